"""Refusals, troubles of workbooks and deeds of classes in words: what is wrong, where, the remedy."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from vuntrong.classes.enums import UnitRole
from vuntrong.documents.inspection import WorkbookError
from vuntrong.documents.refusals import WORKBOOK_WORDS
from vuntrong.kernel.errors import IllegalTransition, RuleBroken, StaleState, Violation

Words = Mapping[str, Any]

VIOLATIONS: dict[str, Any] = {
    # making
    "line-not-approved": _("The plan of this line is not approved yet. Make the classes after the decision."),
    "line-replaced": _("The line was replaced by an amendment of the plan. Make the classes from the new line."),
    "line-not-firm": _("The line is under study or meant for a later year. Amend the plan before making classes."),
    "no-class-wanted": _("The number of classes is missing. Write 1 or more."),
    "line-exhausted": _(
        "The line plans %(planned)s classes and has %(made)s already, so %(left)s can be made. Amend the plan, or open "
        "the class outside the plan."
    ),
    "code-taken": _("The code “%(code)s” is already used by a class of %(year)s. Choose another code."),
    "code-missing": _("The code of the class is missing. Write it."),
    "name-missing": _("The name of the class is missing. Write it."),
    "roles-change-coming": _("The units of the class change on %(day)s. Change them from that day on."),
    "owner-as-host": _("The unit that runs the class cannot be its host venue. Choose another unit or none."),
    "role-twice": _("The role “%(role)s” is given to two units. Keep one of them."),
    # opening, holding, closing
    "decision-number-missing": _("The number of the opening decision is missing. Write it as on the paper."),
    "decision-issuer-missing": _("The issuer of the opening decision is missing. Write it as on the paper."),
    "decision-date-missing": _("The date of the opening decision is missing. Write it as on the paper."),
    "opening-date-missing": _("The opening day is missing. Write dd/mm/yyyy."),
    "opens-before-decision": _(
        "The class opens on %(opens_on)s, before its decision of %(issued_on)s. Check both dates."
    ),
    "ends-before-opening": _("The last day %(ends_on)s lies before the first day %(opens_on)s. Check both dates."),
    "start-in-future": _("The class begins on %(starts_on)s, and today is %(today)s. Record the start on that day."),
    "class-not-running": _("The class is not running. Record its start first."),
    "modules-out-of-range": _("%(finished)s of %(total)s modules is not possible. Write a number from 0 to %(total)s."),
    "closing-date-missing": _("The closing day is missing. Write dd/mm/yyyy."),
    "closing-in-future": _("The closing day %(closes_on)s is yet to come. Close the class on that day."),
    "closes-before-opening": _(
        "The closing day %(closes_on)s lies before the opening day %(opened_on)s. Check both dates."
    ),
    "class-without-learners": _("Nobody was enrolled in the class. Enrol the learners, or cancel the class."),
    "results-missing": _("%(count)s learners have no result yet. Enter the results, then close the class."),
    "modules-unfinished": _("%(finished)s of %(total)s modules are finished. Record the others, then close the class."),
    "class-has-results": _(
        "%(count)s learners already have a result, so the class cannot be given up. Close it instead."
    ),
    "reason-missing": _("The reason is missing. Write it."),
    "capacity-below-learners": _(
        "The class already has %(taken)s learners, more than %(capacity)s. Write %(taken)s or more."
    ),
    "minimum-above-capacity": _(
        "At least %(least)s learners and at most %(most)s is not possible. Check both numbers."
    ),
    # learners
    "class-not-enrolling": _("The class takes no more learners, because it is closed or cancelled."),
    "class-full": _("The class is full with %(capacity)s learners; %(left)s places are left. Raise the limit first."),
    "already-enrolled": _("%(name)s is already on the list of the class."),
    "nobody-chosen": _("Nobody is chosen. Tick at least one person."),
    "person-known": _("%(name)s is already on the list of officials. Find the name and enrol this person."),
    "person-ambiguous": _("%(count)s people are called %(name)s. Add the birth date, or choose the right one."),
    "person-restricted": _(
        "The use of the record of %(name)s is restricted. Leave the person out, or ask the desk for personal data."
    ),
    "need-without-person": _("This need has no name, only a number. Enrol its people by name."),
    "need-of-another-programme": _("This need is for another programme. Choose people named for this programme."),
    "results-while-running": _("Results are entered while the class is running."),
    "result-for-absent": _("%(name)s left the class or never came, so there is no result to enter."),
    "grade-unknown": _("The result of %(name)s is not on the list. Choose one."),
    "class-cancelled": _("The class is cancelled. Its list does not change any more."),
    "departure-impossible": _("%(name)s: this change does not follow from the present state. Load the page again."),
    "departure-date-missing": _("The day from which it holds is missing. Write dd/mm/yyyy."),
    "departure-in-future": _("The day %(on)s is yet to come. Write a day up to %(today)s."),
    "departure-before-class": _("%(name)s: the day %(on)s lies before the first day, %(first_day)s. Check the day."),
    # nominating
    "class-without-day": _("The class has no first day yet, so nobody can be judged. Set its planned start first."),
    "no-quota": _("The decision gives this unit no place in the class. Ask the owner of the class for places."),
    "quota-full": _(
        "The unit has %(places)s places and uses %(used)s, so %(left)s are left. Withdraw somebody, or ask "
        "for more places."
    ),
    "quota-in-use": _("%(unit)s uses %(used)s places already. Give it %(used)s or more."),
    "quota-twice": _("One unit stands twice in the list of places. Keep one row for each unit."),
    "person-of-another-unit": _("%(name)s works in another unit. That unit has to nominate."),
    "already-nominated": _("%(name)s is nominated for this class already."),
    "nomination-answered": _("%(name)s: the nomination was answered meanwhile. Load the page again."),
    # answering
    "accept-not-eligible": _(
        "%(name)s does not meet the conditions, so nobody can accept by hand. The unit may ask for an exception."
    ),
    "accept-needs-exception": _("%(name)s needs an exception. The unit has to ask for it first."),
    "accept-missing-data": _("%(name)s: data are missing for a verdict. The unit has to fill them in first."),
    "accept-waits-for-exception": _("%(name)s waits for the decision about an exception."),
    "unit-over-quota": _("%(unit)s uses %(used)s places of %(places)s. It has to withdraw somebody first."),
    "nominated-not-accepted": _("The nomination of %(name)s is not accepted yet. Answer the nomination first."),
    "nobody-accepted": _("Nobody is accepted and not yet enrolled. Accept nominations first."),
    "class-below-minimum": _(
        "The class needs at least %(minimum)s learners and has %(seats)s. Accept more people, or lower the "
        "least number."
    ),
    "list-decision-missing": _("The number of the decision that recognises the learners is missing. Write it."),
    # moving
    "move-to-same-class": _("This is the class for which the person is nominated. Choose a later one."),
    "move-to-other-programme": _("That class teaches another programme. Choose a class of the same programme."),
    "move-to-earlier-class": _("That class begins on %(on)s, not after %(from_day)s. Choose a later class."),
    # exceptions
    "exception-not-needed": _("%(name)s is eligible, so no exception is needed."),
    "exception-data-missing": _(
        "%(name)s: data are missing for a verdict. Fill them in; then it shows what is needed."
    ),
    "exception-by-nobody": _("%(name)s: the rule knows no exception from this condition. Choose another person."),
    "exception-answered": _("An exception for %(name)s was asked for and decided already."),
    "own-request": _("Who asked for the exception cannot decide about it. Somebody else has to decide."),
    "exception-number-missing": _("The number of the decision is missing. Write it as on the paper."),
    "exception-date-missing": _("The date of the decision is missing. Write dd/mm/yyyy."),
    "exception-date-in-future": _("The decision is dated %(on)s, and today is %(today)s. Check the date."),
    "exception-signer-missing": _("The signer of the decision is missing. Write the name as on the paper."),
    # workbook
    "rows-with-errors": _(
        "%(count)s rows have errors. Nothing has been written yet. Repair the marked rows and import again."
    ),
}
STALE = _("Somebody else has changed this meanwhile. What was typed stands below; compare it and save again.")

PROBLEMS: dict[str, Any] = {
    "name-missing": _("the name is missing. Write the full name."),
    "text-too-long": _("the text has %(length)s characters, at most %(limit)s are kept. Shorten it."),
    "sex-unknown": _("“%(value)s” is not a sex. Write Nam or Nữ."),
    "sex-contradicts": _("“%(value)s” contradicts the column of the birth date. Keep one of the two."),
    "birth-twice": _("a date stands under Nam and under Nữ. Keep one of them."),
    "unit-missing": _("the unit is missing. Write its name."),
    "unit-unknown": _("no unit is called “%(unit)s”. Copy the name from the sheet “Tên đơn vị” of the template."),
    "unit-unknown-near": _("no unit is called “%(unit)s”. Perhaps: %(nearest)s."),
    "unit-ambiguous": _("%(count)s units are called “%(unit)s”. Write the full name of one of them."),
    "person-ambiguous": _("%(count)s people are called %(name)s. Add the birth date."),
    "person-restricted": _(
        "The use of the record of %(name)s is restricted. Leave the person out, or ask the desk for personal data."
    ),
    "person-out-of-sight": _("%(name)s is on the list of a unit outside this area. Ask that unit to send her."),
    "row-twice": _("%(name)s already stands in row %(row)s. Delete one of the two rows."),
    "date-unreadable": _("“%(value)s” is not a date. Write dd/mm/yyyy, or only the year."),
    "date-short-year": _("“%(value)s” leaves the century open. Write the year with four digits."),
    "date-year-out-of-range": _("“%(value)s” has an impossible year. Write the year again."),
    "date-month-out-of-range": _("“%(value)s” has no month from 1 to 12. Write dd/mm/yyyy."),
    "date-day-out-of-range": _("“%(value)s” is not a real date. Write the day again."),
    "date-zero-lost": _(
        "“%(value)s” has lost its leading zero. It may have been %(offer)s: have the zeros put back in the step "
        "“Sheet and columns”, or write dd/mm/yyyy."
    ),
    "date-empty": _("the date is empty. Write dd/mm/yyyy, or only the year."),
}
WORKBOOK: dict[str, Any] = {
    **WORKBOOK_WORDS,
    "not-a-workbook": _("“%(name)s” is not a workbook. Save it as .xlsx in Excel, then upload it again."),
    "encrypted": _("“%(name)s” is protected by a password. Remove the password, then upload it again."),
    "empty": _("“%(name)s” is empty. Choose the workbook that holds the list."),
    "too-large": _("“%(name)s” is larger than %(limit_mb)s MB. Delete sheets that do not belong to it."),
    "too-many-rows": _(
        "Sheet “%(sheet)s” reaches to row %(row)s. Delete the empty rows below the list, then upload it again."
    ),
    "no-such-sheet": _("The workbook has no sheet “%(sheet)s”. Choose another sheet."),
    "no-header": _("Sheet “%(sheet)s” has no row of headings. Write headings such as: %(expected)s."),
    "columns-missing": _("Sheet “%(sheet)s”, row %(row)s: the columns %(missing)s are missing. Write these headings."),
    "column-twice": _("Sheet “%(sheet)s”, row %(row)s: the column “%(header)s” stands twice. Delete one of them."),
    "no-rows": _("Sheet “%(sheet)s” has headings but no people. Choose another sheet."),
}

ACTIONS: dict[str, Any] = {
    "create_classes": _("Made classes from the plan"),
    "create_unplanned_class": _("Opened the class outside the plan"),
    "edit_class": _("Changed the class"),
    "set_roles": _("Changed the units of the class"),
    "open_class": _("Opened the class by decision"),
    "start_class": _("Recorded the start"),
    "record_modules": _("Recorded finished modules"),
    "close_class": _("Closed the class"),
    "cancel_class": _("Cancelled the class"),
    "enrol": _("Enrolled a learner"),
    "enrol_people": _("Enrolled learners"),
    "enrol_from_needs": _("Enrolled learners named in the survey"),
    "enrol_from_workbook": _("Enrolled learners from a workbook"),
    "record_results": _("Entered results"),
    "mark_departed": _("Recorded who left or never came"),
    "reinstate": _("Took a learner back"),
    "set_quotas": _("Gave places to units"),
    "nominate": _("Nominated people"),
    "judge_again": _("Took verdicts again"),
    "withdraw_nomination": _("Withdrew a nomination"),
    "refuse_nomination": _("Refused a nomination"),
    "move_nomination": _("Moved a nomination to a later class"),
    "accept_nominations": _("Accepted nominations"),
    "enrol_accepted": _("Enrolled the accepted people"),
    "ask_exception": _("Asked for an exception"),
    "grant_exception": _("Granted an exception"),
    "refuse_exception": _("Refused an exception"),
}
FIELDS: dict[str, Any] = {
    "codes": _("Codes of the classes"),
    "cohort": _("Cohort"),
    "mode": _("Mode"),
    "venue": _("Venue"),
    "planned_start": _("Planned start"),
    "planned_end": _("Planned end"),
    "planned_learners": _("Planned learners"),
    "capacity": _("Most learners"),
    "modules_total": _("Modules"),
    "modules_finished": _("Finished modules"),
    "opened_on": _("Opening day"),
    "closed_on": _("Closing day"),
    "enrolled_on": _("Day of enrolment"),
    "decision": _("Decision"),
    "roles": _("Units and their roles"),
    "person": _("Person"),
    "people": _("People"),
    "learners": _("Learners"),
    "file": _("File"),
    "new": _("New people"),
    "known": _("Known people"),
    "unchanged": _("Unchanged"),
    "on": _("From the day"),
    "owner": _("Run by"),
    "quotas": _("Places by unit"),
    "answers": _("Verdicts"),
    "accepted": _("Accepted"),
    "waiting": _("On the waiting list"),
    "moved_up": _("Moved up from the waiting list"),
    "replacement": _("In place of this person"),
    "signer": _("Signed by"),
    "minimum": _("Least learners"),
    "later_class": _("Later class"),
}


def explain(refusal: Exception) -> list[str]:
    """Return the sentences of a refusal, each once."""
    if isinstance(refusal, RuleBroken):
        return list(dict.fromkeys(explain_one(violation) for violation in refusal.violations))
    if isinstance(refusal, StaleState | IllegalTransition):
        return [str(STALE)]
    if isinstance(refusal, WorkbookError):
        return [explain_workbook(refusal)]
    raise refusal


def explain_one(violation: Violation) -> str:
    """Return the sentence of one broken rule; one that another part has declared speaks for itself."""
    if violation.code not in VIOLATIONS and "sentence" in violation.values:
        return str(violation.values["sentence"])
    return str(VIOLATIONS[violation.code] % shown(violation.values))


def explain_workbook(error: WorkbookError) -> str:
    """Return what is wrong with a workbook."""
    return str(WORKBOOK[error.code] % shown(error.values))


def at_cell(code: str, values: Words) -> str:
    """Return what is wrong with a cell, without its place."""
    wanted = f"{code}-near" if code == "unit-unknown" and values.get("nearest") else code
    sentence = str(PROBLEMS[wanted] % shown(values))
    return sentence[:1].upper() + sentence[1:]


def shown(values: Words) -> dict[str, Any]:
    """Return values as sentences need them: days as dd/mm/yyyy, lists joined, roles in words."""
    return {name: _shown(name, value) for name, value in values.items()}


def _shown(name: str, value: Any) -> Any:
    if isinstance(value, dt.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, list | tuple):
        return "; ".join(str(one) for one in value)
    return UnitRole(value).label if name == "role" else value
