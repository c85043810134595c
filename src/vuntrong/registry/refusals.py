"""What a refused list of events says to a person: what is wrong, in which row, and what to do."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from vuntrong.kernel.errors import Violation
from vuntrong.registry.rules.event_rows import RowProblem

REORGANISATION = {
    "events-missing": _("The list has no event yet. Enter at least one."),
    "event-kind-unknown": _("Row %(row)s: the kind of event “%(kind)s” is not known. Choose one of the list."),
    "create-needs-new-unit": _("Row %(row)s: to create a unit, enter the new unit and leave the old one empty."),
    "merge-needs-target": _("Row %(row)s: a merger leads into one unit. Enter just one new unit."),
    "merge-needs-two": _("Row %(row)s: a merger needs at least two units. For one unit choose a new name instead."),
    "split-needs-source": _("Row %(row)s: a split divides one unit. Enter just one old unit."),
    "split-needs-two": _("Row %(row)s: a split needs at least two units that take a part. Add the others."),
    "split-share-missing": _("Row %(row)s: each part of a split needs its share above 0 and below 100 percent."),
    "split-shares-sum": _("Row %(row)s: the shares add up to %(percent)s percent. Correct them to 100 percent."),
    "change-needs-unit": _("Row %(row)s: this change is about one unit that goes on. Enter just that unit."),
    "change-says-nothing": _("Row %(row)s: nothing new is said of “%(unit)s”. Fill in what changes."),
    "dissolve-needs-unit": _("Row %(row)s: enter the unit that is dissolved, and no new unit."),
    "new-unit-word-missing": _("Row %(row)s: the new unit “%(unit)s” lacks its %(field)s. Fill it in."),
    "new-unit-as-source": _("Row %(row)s: “%(unit)s” is made by this very list. Use a unit that exists already."),
    "event-unit-unknown": _("Row %(row)s: the unit “%(unit)s” is not known. Check its code or enter it first."),
    "event-unit-ended": _("Row %(row)s: “%(unit)s” ends on %(last_day)s already. Name its successor."),
    "event-unit-newer": _(
        "Row %(row)s: “%(unit)s” changes on %(day)s already. Choose that day or a later one, or undo that change first."
    ),
    "event-unit-starts": _("Row %(row)s: “%(unit)s” only begins on %(day)s. Choose a later day for its end."),
    "event-unit-outside": _("Row %(row)s: “%(unit)s” lies outside the units of this re-organisation. Leave it out."),
    "target-ends": _("Row %(row)s: “%(unit)s” takes over and ends in the same list. Name the unit that goes on."),
    "unit-ends-twice": _("Row %(row)s: “%(unit)s” ends in another row as well. Keep one of the two."),
    "ended-unit-changed": _("Row %(row)s: “%(unit)s” ends in another row. Take this change out."),
    "event-slug-taken": _("Row %(row)s: another unit already has the code “%(unit)s”. Choose another code."),
    "new-unit-twice": _("Row %(row)s: the new unit “%(unit)s” is made twice. Give one of them another code."),
    "parent-unknown": _("Row %(row)s: “%(parent)s”, above “%(unit)s”, is not known. Check its code."),
    "parent-ends": _("Row %(row)s: “%(parent)s”, above “%(unit)s”, ends that day. Name its successor."),
    "event-unit-inside-itself": _("Row %(row)s: “%(unit)s” would stand below itself. Choose another unit above it."),
    "children-left": _("Row %(row)s: %(count)s units below “%(unit)s” have nobody above them. Say where they go."),
    "posting-open": _("Row %(row)s: %(count)s posts in “%(unit)s” have no plain successor. Say what becomes of each."),
    "class-open": _("Row %(row)s: %(count)s classes of “%(unit)s” have no plain successor. Say who runs each on."),
    "reorganisation-not-draft": _("The re-organisation is no draft any more. Undo it before changing it."),
    "reorganisation-rests": _(
        "%(count)s newer records rest on the re-organisation: %(names)s. Take these back or move them first."
    ),
}
COLUMNS = {
    "event-kind-unknown": "kind",
    "merge-needs-two": "old",
    "split-needs-source": "old",
    "change-needs-unit": "old",
    "dissolve-needs-unit": "old",
    "event-unit-starts": "old",
    "unit-ends-twice": "old",
    "children-left": "old",
    "create-needs-new-unit": "new",
    "merge-needs-target": "new",
    "split-needs-two": "new",
    "target-ends": "new",
    "event-slug-taken": "new",
    "new-unit-twice": "new",
    "split-share-missing": "share",
    "split-shares-sum": "share",
    "parent-unknown": "parent",
    "parent-ends": "parent",
    "event-unit-inside-itself": "parent",
}
"""The column of a workbook in which a refused row is to be corrected; others are about the row as a whole."""
CELLS: dict[str, Any] = {
    "event-cell-missing": _("This cell is empty. Fill it in."),
    "event-cell-unit-unknown": _("No unit that exists today is called “%(unit)s”. Write its full name or its code."),
    "event-cell-unit-ambiguous": _("%(count)s units are called “%(unit)s”. Write the code of the one that is meant."),
    "event-cell-word-unknown": _("“%(text)s” is not on the list. Choose one of the words of the template."),
    "event-cell-share": _("“%(text)s” is no share. Write percent above 0 to 100 with at most two decimals."),
}
FIELDS = {"name": _("name"), "short_name": _("short name"), "kind": _("kind")}


def at_cell(problem: RowProblem) -> str:
    """Return what is wrong with a cell, without its place."""
    return str(CELLS[problem.code] % problem.values)


def explained(violation: Violation) -> str:
    """Return the sentence of a refusal. Raises KeyError for a code of another domain."""
    return str(REORGANISATION[violation.code]) % {name: _shown(name, value) for name, value in violation.values.items()}


def _shown(name: str, value: Any) -> Any:
    if name == "field":
        return FIELDS[value]
    return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, dt.date) else value
