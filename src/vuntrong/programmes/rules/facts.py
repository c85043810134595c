"""The columns of a person that conditions read, made from what is known of her."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from vuntrong.kernel.dates import BadDate, PartialDate
from vuntrong.kernel.text import search_key
from vuntrong.programmes.rules.conditions import DEGREES, GRADES, LEVELS, PARTY, SEXES
from vuntrong.programmes.rules.truths import Row, Value

MAJORITY = "kinh"
"""Search key of the ethnic majority; everybody else is a minority in the sense of the rules."""
SCALES: Mapping[str, Sequence[str]] = {"sex": SEXES, "party_status": PARTY, "degree": DEGREES, "llct_level": LEVELS}
FIELDS: Mapping[str, str] = {
    "born_first": "born_on",
    "born_last": "born_on",
    "full_first": "party_full_on",
    "full_last": "party_full_on",
    "probationary_first": "party_probationary_on",
    "probationary_last": "party_probationary_on",
    "minority": "ethnicity",
}
"""Columns whose field has another name; the column grading:2025 is the field ratings.2025."""
NEVER_MISSING = ("hard_area", "studying", "ended:")
"""Columns whose absence means no."""


class BadFact(ValueError):
    """A value that cannot be read; `field` names it, `value` is what stood there."""

    def __init__(self, field: str, value: object) -> None:
        self.field, self.value = field, value
        super().__init__(f"{field}: {value!r}")


def field_of(column: str) -> str:
    """Return the field that a person fills so that the column is known."""
    if column.startswith("grading:"):
        return f"ratings.{column.removeprefix('grading:')}"
    return FIELDS.get(column, column)


def first_and_last(iso: str | None) -> tuple[str | None, str | None]:
    """Return the earliest and the latest day that an ISO text may mean; the latest ends in -31 in every month."""
    if not iso:
        return None, None
    return (iso + "-01-01"[len(iso) - 4 :], iso + "-12-31"[len(iso) - 4 :])


def row_of(record: Mapping[str, Any]) -> Row:
    """Return the columns of a record of plain data.

    Keys: sex, born_on, ethnicity, party_status, degree, llct_level, ratings, posts, planned_posts; besides
    party_full_on, party_probationary_on, completed, hard_area, studying (true or false), ended (code to date). An
    absent key is not known. Raises BadFact.
    """
    row: dict[str, Value] = {name: _word(record, name) for name in SCALES}
    for name, field in (("born", "born_on"), ("full", "party_full_on"), ("probationary", "party_probationary_on")):
        row[f"{name}_first"], row[f"{name}_last"] = first_and_last(_iso(record, field))
    ethnicity = record.get("ethnicity")
    row["minority"] = None if not ethnicity else _yes_no(not _is_majority(ethnicity))
    for name in ("hard_area", "studying"):
        row[name] = None if record.get(name) is None else _yes_no(bool(record[name]))
    for name in ("posts", "planned_posts", "completed"):
        row[name] = _codes(record, name)
    row |= {f"grading:{year}": grade for year, grade in _ratings(record).items()}
    return row | {f"ended:{code}": str(day) for code, day in (record.get("ended") or {}).items()}


def _is_majority(ethnicity: object) -> bool:
    return search_key(str(ethnicity)).removeprefix("dan toc ").strip() == MAJORITY


def _yes_no(value: bool) -> str:  # noqa: FBT001 - a fact
    return "yes" if value else "no"


def _word(record: Mapping[str, Any], name: str) -> str | None:
    value = record.get(name)
    if value is not None and value not in SCALES[name]:
        raise BadFact(name, value)
    return value


def _iso(record: Mapping[str, Any], field: str) -> str | None:
    value = record.get(field)
    if value is None or value == "":
        return None
    try:
        return PartialDate.parse(str(value)).iso()
    except BadDate:
        raise BadFact(field, value) from None


def _codes(record: Mapping[str, Any], name: str) -> frozenset[str] | None:
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, list | tuple | set | frozenset) or not all(isinstance(code, str) for code in value):
        raise BadFact(name, value)
    return frozenset(value)


def _ratings(record: Mapping[str, Any]) -> dict[str, str]:
    ratings = record.get("ratings")
    if ratings is None:
        return {}
    if not isinstance(ratings, Mapping):
        raise BadFact("ratings", ratings)
    for year, grade in ratings.items():
        if grade not in GRADES and grade is not None:
            raise BadFact(f"ratings.{year}", grade)
    return {str(year): grade for year, grade in ratings.items() if grade is not None}


def years_later(iso: str, years: int) -> dt.date:
    """Return the day on which somebody born on a whole ISO date is so many years old; 29 February gives 1 March."""
    year, month, day = (int(part) for part in iso.split("-"))
    try:
        return dt.date(year + years, month, day)
    except ValueError:
        return dt.date(year + years, 3, 1)
