"""Refusals and deeds of surveys in words: what is wrong, where, the remedy."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vuntrong.documents.inspection import WorkbookError
from vuntrong.documents.refusals import WORKBOOK_WORDS
from vuntrong.kernel.errors import Violation

Words = Mapping[str, Any]

SENTENCES: dict[str, Any] = {
    "survey-without-programmes": gettext_lazy("No programme is chosen. Tick at least one programme."),
    "survey-without-recipients": gettext_lazy("No unit is chosen. Tick at least one unit to be asked."),
    "deadline-passed": gettext_lazy("The deadline %(closes_at)s has passed. Set a later one."),
    "survey-title-taken": gettext_lazy("The name “%(title)s” is already used by a survey of this year. Change it."),
    "survey-not-opened": gettext_lazy("The survey is still in preparation. Open it before freezing figures."),
    "programme-has-needs": gettext_lazy("Units have already registered for “%(programme)s”. Keep this programme."),
    "recipient-has-answered": gettext_lazy("%(unit)s has already begun its answer. Keep this unit."),
    "unit-not-asked": gettext_lazy("The unit is not asked in this survey. Contact the unit that runs it."),
    "answer-already-sent": gettext_lazy("The answer has already been sent. To change it, take it back first."),
    "survey-not-open": gettext_lazy("The survey takes no answers now. Contact the unit that runs it."),
    "recall-after-deadline": gettext_lazy(
        "The deadline %(closes_at)s has passed. Ask the unit that runs the survey to send the answer back."
    ),
    "send-back-without-reason": gettext_lazy("The reason is missing. Say what the unit has to complete."),
    "programme-not-offered": gettext_lazy("A programme is not part of this survey. Load the page again."),
    "number-out-of-range": gettext_lazy("“%(programme)s”: %(number)s people. Write a number from 0 to %(limit)s."),
    "person-of-other-unit": gettext_lazy(
        "%(name)s is on the list of another unit. Check the birth date, or count this person in the number."
    ),
    "person-twice": gettext_lazy("%(name)s stands twice for “%(programme)s”. Remove one row."),
    "person-unknown": gettext_lazy("A person is no longer on the list of officials. Remove the row and add her again."),
    "person-ambiguous": gettext_lazy("%(count)s people are called %(name)s. Choose the right one from the list."),
    "person-restricted": gettext_lazy(
        "The use of the record of %(name)s is restricted. Leave the person out, or ask the desk for personal data."
    ),
    "newcomer-without-birth-date": gettext_lazy("%(name)s is new. Add the birth date, or the year at least."),
    "newcomer-without-sex": gettext_lazy("%(name)s is new. Choose the sex."),
    "nil-with-needs": gettext_lazy(
        "“No need” is ticked, but there are people or numbers. Remove the tick or the people and numbers."
    ),
    "nil-without-reason": gettext_lazy("The reason why there is no need is missing. Write it beside the tick."),
    "nothing-answered": gettext_lazy(
        "The answer is empty. Add people or numbers, or tick “No need” and say the reason."
    ),
    "late-without-reason": gettext_lazy("The deadline %(closes_at)s has passed. Say why the answer is late."),
}
PLACED = gettext_lazy("Sheet “%(sheet)s”, row %(row)s, column “%(column)s”: %(problem)s")
PROBLEMS: dict[str, Any] = {
    "name-missing": gettext_lazy("the name is missing. Write the full name."),
    "text-too-long": gettext_lazy("the text is longer than %(limit)s characters. Shorten it."),
    "sex-unknown": gettext_lazy("“%(value)s” is not a sex. Write Nam or Nữ."),
    "sex-contradicts": gettext_lazy("“%(value)s” contradicts the column of the birth date. Keep one of the two."),
    "birth-twice": gettext_lazy("a date stands under Nam and under Nữ. Keep one of them."),
    "programme-missing": gettext_lazy("the programme is missing. Copy its name from the sheet “Hướng dẫn”."),
    "programme-unknown": gettext_lazy(
        "the survey has no programme “%(value)s”. Copy a name from the sheet “Hướng dẫn”."
    ),
    "programme-unknown-near": gettext_lazy("the survey has no programme “%(value)s”. Is it “%(suggestion)s”?"),
    "programme-twice": gettext_lazy("“%(value)s” stands twice. Keep one row with the whole number."),
    "number-out-of-range": gettext_lazy("%(number)s is not possible. Write a number from 0 to %(limit)s."),
    "not-a-number": gettext_lazy("“%(value)s” is not a number. Write digits only."),
    "not-whole": gettext_lazy("“%(value)s” is not a whole number of people. Write a whole number."),
    "date-zero-lost": gettext_lazy(
        "“%(value)s” has lost its leading zero. It may have been %(offer)s: have the zeros put back in the step "
        "“Sheet and columns”, or write dd/mm/yyyy."
    ),
    "date-unreadable": gettext_lazy("“%(value)s” is not a date. Write it as 05/11/1990, or only the year."),
    "date-short-year": gettext_lazy("“%(value)s” leaves the century open. Write the year with four digits."),
    "date-year-out-of-range": gettext_lazy("“%(value)s” has an impossible year. Write the year again."),
    "date-month-out-of-range": gettext_lazy("“%(value)s” has no month from 1 to 12. Write it as 05/11/1990."),
    "date-day-out-of-range": gettext_lazy("“%(value)s” is not a real date. Write the day again."),
    "row-twice": gettext_lazy("%(value)s already stands in row %(first)s for the same programme. Delete one row."),
    "row-person-of-other-unit": gettext_lazy(
        "%(name)s is on the list of another unit. Check the birth date, or move this person into the number."
    ),
    "row-person-ambiguous": gettext_lazy(
        "%(count)s people are called %(name)s. Add the birth date, or name this person on the page."
    ),
    "row-person-restricted": gettext_lazy(
        "The use of the record of %(name)s is restricted. Leave the person out, or ask the desk for personal data."
    ),
    "row-newcomer-without-birth-date": gettext_lazy("%(name)s is new. Add the birth date, or the year at least."),
    "row-newcomer-without-sex": gettext_lazy("%(name)s is new. Write Nam or Nữ in the column of the sex."),
}
WHOLE_FILE: dict[str, Any] = {
    **WORKBOOK_WORDS,
    "workbook-of-other-unit": gettext_lazy(
        "The workbook is that of “%(named)s”, not of “%(unit)s”. Choose the unit's own workbook."
    ),
    "dates-undecided": gettext_lazy(
        "In “%(field)s” day and month may have changed places in %(count)s cells. Choose the order in the step "
        "“Sheet and columns”."
    ),
    "workbook-without-needs": gettext_lazy(
        "The workbook holds no person and no number. A unit without needs ticks “No need” on the page."
    ),
    "not-a-workbook": gettext_lazy("“%(name)s” is not a workbook. Save it as .xlsx in Excel, then upload it again."),
    "encrypted": gettext_lazy("“%(name)s” is protected by a password. Remove the password, then upload it again."),
    "empty": gettext_lazy("“%(name)s” is empty. Choose the workbook that was filled in."),
    "too-large": gettext_lazy("“%(name)s” is larger than %(limit_mb)s MB. Delete sheets that do not belong to it."),
    "too-many-rows": gettext_lazy(
        "Sheet “%(sheet)s” reaches to row %(row)s. Delete the empty rows below the list, then upload it again."
    ),
    "no-such-sheet": gettext_lazy("The workbook has no sheet “%(sheet)s”. Download the unit's workbook again."),
    "no-header": gettext_lazy(
        "Sheet “%(sheet)s” has no row of headings. Keep the headings of the workbook that was downloaded."
    ),
    "columns-missing": gettext_lazy(
        "Sheet “%(sheet)s”, row %(row)s: the columns %(missing)s are missing. Write these headings."
    ),
    "column-twice": gettext_lazy(
        "Sheet “%(sheet)s”, row %(row)s: the column “%(header)s” stands twice. Delete one of them."
    ),
}


def explain(violation: Violation) -> str:
    """Return the sentence of a refusal, with the place in the workbook when it has one."""
    values = {name: _shown(value) for name, value in violation.values.items()}
    if violation.code in PROBLEMS and "row" in values:
        return PLACED % {**values, "problem": PROBLEMS[violation.code] % values}
    return str({**SENTENCES, **WHOLE_FILE}[violation.code] % values)


def explain_all(violations: Iterable[Violation]) -> list[str]:
    """Return the sentences of refusals, each once."""
    return list(dict.fromkeys(explain(violation) for violation in violations))


def at_cell(violation: Violation) -> str:
    """Return the problem alone, for the cell where it stands."""
    values = {name: _shown(value) for name, value in violation.values.items()}
    return str(PROBLEMS[violation.code] % values)


def explain_file(error: WorkbookError) -> str:
    """Return the sentence about a workbook in which nothing can be read."""
    return str(WHOLE_FILE[error.code] % {name: _shown(value) for name, value in error.values.items()})


def stale(name: str, at: str) -> str:
    """Return the sentence for a form that was overtaken."""
    return _(
        "%(name)s saved this answer at %(at)s. What was typed here is kept below. Compare it with the new version, "
        "then save again."
    ) % {"name": name, "at": at}


def _shown(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return ", ".join(f"“{one}”" for one in value)
    if hasattr(value, "tzinfo"):
        return date_format(timezone.localtime(value), "H:i d/m/Y")
    return value
