"""What is wrong in a list of people, in words: what, where, the remedy. Commands and pages say the same."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from vuntrong.documents.inspection import WorkbookError
from vuntrong.documents.refusals import WORKBOOK_WORDS
from vuntrong.exchange.rules.people_fields import GRADING_KEY
from vuntrong.exchange.rules.reading import Problem, Remark

PROBLEMS: dict[str, Any] = {
    # errors
    "name-missing": _("The name is missing. Write the full name."),
    "text-too-long": _("The text has %(length)s characters, at most %(limit)s are kept. Shorten it."),
    "sex-unknown": _("“%(value)s” is not a sex. Write Nam or Nữ."),
    "sex-contradicts": _("The sex contradicts the column of the birth date. Keep one of the two."),
    "birth-twice": _("A date stands under Nam and under Nữ. Keep one of them."),
    "date-unreadable": _("“%(value)s” is not a date. Write dd/mm/yyyy, mm/yyyy or only the year."),
    "date-short-year": _("“%(value)s” leaves the century open. Write the year with all four digits."),
    "date-year-out-of-range": _("“%(value)s” has a year that cannot be. Write the year again."),
    "date-month-out-of-range": _("“%(value)s” has no month between 1 and 12. Write dd/mm/yyyy."),
    "date-day-out-of-range": _("“%(value)s” is not a day of the calendar. Write the day again."),
    "date-empty": _("The date is empty. Write dd/mm/yyyy, mm/yyyy or only the year."),
    "person-ambiguous": _(
        "%(count)s people of the registry fit %(name)s. Choose the right one, or add birth date or personal ID."
    ),
    "id-ambiguous": _("%(count)s people of the registry have the personal ID %(value)s. Choose the right one."),
    "id-of-another": _(
        "The personal ID %(value)s belongs to somebody else in the registry, not to %(name)s. Choose who is meant."
    ),
    "row-twice": _("%(name)s stands in row %(row)s already. Delete one of the two rows."),
    "person-out-of-reach": _("%(name)s works in a unit that you may not change. Ask that unit to correct the data."),
    "unit-out-of-reach": _("You may not enter people of this unit. Ask that unit, or take the row out of the list."),
    # warnings
    "name-odd": _("“%(value)s” has figures in it. Check the name."),
    "id-odd": _("“%(value)s” is no personal ID and was left out. Write 12 digits, or 9 of the old card."),
    "id-zero-lost": _("“%(value)s” has lost leading zeros and was left out. It may have been %(offer)s."),
    "id-zero-restored": _("Leading zeros were put back: %(value)s."),
    "id-against-sex": _("The personal ID %(value)s belongs to the other sex. Check both."),
    "id-against-birth": _("The personal ID %(value)s belongs to another birth year than %(year)s. Check both."),
    "id-province": _("The personal ID %(value)s begins with a province that does not exist. Check it."),
    "phone-zero-lost": _("“%(value)s” has lost its leading zero. It may have been %(offer)s."),
    "phone-zero-restored": _("The leading zero was put back: %(value)s."),
    "phone-odd": _("“%(value)s” is an unusual telephone number. Check it."),
    "email-odd": _("“%(value)s” is no e-mail address and was left out."),
    "ethnicity-unknown": _("“%(value)s” is not on the list of ethnic groups and was left out."),
    "religion-unknown": _("“%(value)s” is not on the list of religions and was left out."),
    "level-unknown": _("“%(value)s” names no level that is known. The text is kept."),
    "level-lower": _("The registry knows a higher level. It stays."),
    "party-known": _("The registry knows Party dates of this person, so they stay. End the membership on the record."),
    "grade-unknown": _("“%(value)s” is no grading of a year and was left out."),
    "unit-unknown": _("No unit is called “%(unit)s”. The text is kept; match it to a unit later."),
    "unit-ambiguous": _("%(count)s units are called “%(unit)s”. The text is kept; match it to a unit later."),
    "unit-ended": _("“%(unit)s” has ended. The person goes to its successor %(successor)s."),
    "unit-ended-open": _(
        "“%(unit)s” has ended and has no single successor. The text is kept; match it to a unit later."
    ),
    "unit-assumed": _("No unit was named for the list; people without a known unit go to %(unit)s."),
    "person-restricted": _("The use of the record of %(name)s is restricted. Nothing of it is changed."),
    "namesake": _("Somebody of the same name and birth date has another personal ID. A new person is entered."),
}
WORKBOOK: dict[str, Any] = {
    **WORKBOOK_WORDS,
    "no-rows": _("Sheet “%(sheet)s” has headings but no people. Choose another sheet."),
    "no-file": _("The file “%(name)s” cannot be opened: %(why)s."),
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
    "macros": _("“%(name)s” contains macros. Save it as .xlsx in Excel, then upload it again."),
    "secret": _(
        "“%(name)s” bears the mark %(mark)s. State secrets must not be entered here. Close the file and handle it as "
        "the law on state secrets says."
    ),
    "line-too-long": _("“%(name)s”, line %(row)s is too long to be a row of a list. Choose the file of the list."),
    "mapping-broken": _("The mapping of columns cannot be read at “%(part)s”. Correct that part of the file."),
    "mapping-column-unknown": _(
        "Sheet “%(sheet)s” has no column “%(header)s”. Write a heading of the sheet or a column letter."
    ),
    "mapping-key-unknown": _("Column “%(header)s” was given the unknown meaning “%(key)s”. Choose one of: %(keys)s."),
    "mapping-key-twice": _("The meaning “%(key)s” was given to two columns, last to “%(header)s”. Give it to one."),
    "no-unit": _("There is no unit to put people into. Enter the units first, or name one."),
}
OTHER = _("The value cannot be taken (%(code)s). Check it.")
"""For a trouble that has no sentence of its own yet."""

FIELDS: dict[str, Any] = {
    "number": _("Number in the list"),
    "name": _("Full name"),
    "born": _("Date of birth"),
    "born_male": _("Date of birth (men)"),
    "born_female": _("Date of birth (women)"),
    "sex": _("Sex"),
    "id": _("Personal ID"),
    "old_id": _("Old identity card"),
    "profile_code": _("Code of the cadre file"),
    "ethnicity": _("Ethnic group"),
    "religion": _("Religion"),
    "birth_place": _("Place of birth"),
    "origin": _("Place of origin"),
    "residence": _("Residence"),
    "unit": _("Unit"),
    "post": _("Post"),
    "civil_rank": _("Civil-service rank"),
    "party_probationary": _("Admitted to the Party on probation"),
    "party_status": _("Party"),
    "party_full": _("Full Party member from"),
    "party_card": _("Party card number"),
    "general_education": _("General education"),
    "professional": _("Professional level"),
    "professional_field": _("Field of study"),
    "political": _("Political-theory level"),
    "state_management": _("State management"),
    "it": _("Information technology"),
    "language": _("Foreign language"),
    "defence": _("Defence and security"),
    "planned": _("Planned post"),
    "programme": _("Programme"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
    "note": _("Note"),
}
GRADING = _("Grading of %(year)s")


def field_label(key: str) -> str:
    """Return what a field is called."""
    if key.startswith(GRADING_KEY):
        return str(GRADING % {"year": key.removeprefix(GRADING_KEY)})
    return str(FIELDS.get(key, key))


def say(code: str, values: Mapping[str, Any]) -> str:
    """Return the sentence of a remark on a cell."""
    sentence = PROBLEMS.get(code)
    return str(sentence % values) if sentence else str(OTHER % {"code": code})


def say_remark(remark: Remark) -> str:
    """Return the sentence of a remark."""
    return say(remark.code, remark.values)


def as_rows(problems: list[Problem], sheet: str, letters: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return problems as commands and interfaces give them: sheet, row, column, code, message."""
    return [
        {
            "sheet": sheet,
            "row": problem.row,
            "column": letters.get(problem.column, "") if problem.row else "",
            "code": problem.remark.code,
            "message": say_remark(problem.remark),
        }
        for problem in problems
    ]


def explain_workbook(error: WorkbookError) -> str:
    """Return what is wrong with a workbook."""
    values = {name: _listed(value) for name, value in error.values.items()}
    sentence = WORKBOOK.get(error.code)
    return str(sentence % values) if sentence else str(OTHER % {"code": error.code})


def _listed(value: Any) -> Any:
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else value
