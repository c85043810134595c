"""The classes of a year as rows of a table: what stands in them, how they are found, sorted, counted and exported."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vuntrong.accounts.enums import PLANNERS
from vuntrong.accounts.queries import scope
from vuntrong.classes import policies
from vuntrong.classes.enums import ClassState, Stage, Tone
from vuntrong.classes.models import ClassOwner, ClassRun, in_force
from vuntrong.classes.queries import YearRow, firm_lines, year_rows
from vuntrong.classes.rules.attention import StageCell
from vuntrong.documents.sheets import CellValue, Sheet
from vuntrong.kernel.text import search_key
from vuntrong.planning.models import SubmittedLine
from vuntrong.registry.models import Unit
from vuntrong.web.classes.reasons import one_line
from vuntrong.web.units.readings import Asked, ShownUnit, asked_units, units_shown

STATUSES = ("late", "waiting", "to-open", "running", "closed", "cancelled")


@dataclass(frozen=True)
class ShownRow:
    """One row; a class that is not made yet has no key of its own."""

    row: YearRow
    may_act: bool
    run_by: ShownUnit
    """What stands for the unit that runs it, in the reading of the list."""
    hosted_by: ShownUnit | None = None

    @property
    def pk(self) -> str:
        run, line = self.row.class_run, self.row.line
        return str(run.pk) if run else f"l{line.pk if line else 0}-{self.row.number}"

    @property
    def code(self) -> str:
        run = self.row.class_run
        return run.code if run else _("Class %(number)s of the line") % {"number": self.row.number}

    @property
    def name(self) -> str:
        run, line = self.row.class_run, self.row.line
        return run.name if run else (line.title or line.programme.name if line else "")

    @property
    def second_line(self) -> str:
        """The name, and that the class was given up."""
        is_gone = self.row.facts.state == ClassState.CANCELLED
        return f"{ClassState.CANCELLED.label} · {self.name}" if is_gone else self.name

    @property
    def programme_id(self) -> int:
        return self._about.programme_id

    @property
    def owner(self) -> str:
        return self.run_by.label

    @property
    def host(self) -> str:
        run = self.row.class_run
        return (self.hosted_by.label if self.hosted_by else self.row.host) or (run.venue if run else "") or self.owner

    @property
    def start(self) -> dt.date | None:
        """The day on which it began or is to begin by decision, else the planned one."""
        run = self.row.class_run
        return (run.opened_on if run else None) or self.planned_start

    @property
    def planned_start(self) -> dt.date | None:
        return self.row.facts.start_from

    @property
    def planned_words(self) -> str:
        """The planned start as the plan says it: a month or quarter as long as no day is set."""
        window = self.row.window
        if window and window.end:
            is_month = window.start.month == window.end.month
            quarter = (window.start.month + 2) // 3
            return (
                _("month %(month)s/%(year)s") % {"month": window.start.month, "year": window.start.year}
                if is_month
                else _("quarter %(quarter)s/%(year)s") % {"quarter": quarter, "year": window.start.year}
            )
        return date_format(self.planned_start, "SHORT_DATE_FORMAT") if self.planned_start else ""

    @property
    def is_on_plan(self) -> bool:
        """Whether it began on the day, or within the month or quarter, of the plan."""
        return bool(self.opened_on and self.row.facts.start_by and self.opened_on <= self.row.facts.start_by)

    @property
    def opened_on(self) -> dt.date | None:
        run = self.row.class_run
        return run.opened_on if run else None

    @property
    def sort_start(self) -> str:
        return f"{self.start or dt.date.max:%Y-%m-%d}"

    @property
    def learners(self) -> int:
        return self.row.facts.learners

    @property
    def planned_learners(self) -> int | None:
        return self.row.facts.planned_learners

    @property
    def sort_planned_learners(self) -> int:
        return self.planned_learners or 0

    @property
    def is_over(self) -> bool:
        limit = self.planned_learners
        return limit is not None and self.learners > limit

    @cached_property
    def cells(self) -> dict[Stage, StageCell]:
        return {cell.stage: cell for cell in self.row.cells}

    @property
    def statuses(self) -> frozenset[str]:
        """The chips under which the row is found."""
        tones = {cell.tone for cell in self.row.cells if cell.reason}
        found = {"late"} if Tone.BAD in tones else set()
        found |= {"waiting"} if Tone.WAIT in tones else set()
        state = self.row.facts.state
        names = {"": "to-open", ClassState.DRAFT: "to-open", ClassState.OPEN: "to-open"}
        return frozenset(found | {names.get(state, str(state))})

    @property
    def url(self) -> str:
        run, line = self.row.class_run, self.row.line
        if run:
            return reverse("classes:class", args=[run.pk])
        return reverse("classes:make", args=[line.pk]) if line and self.may_act else ""

    @property
    def is_class(self) -> bool:
        return self.row.class_run is not None

    @property
    def haystack(self) -> str:
        return search_key(f"{self.code} {self.name} {self.host} {self.owner}")

    @property
    def _about(self) -> ClassRun | SubmittedLine:
        found = self.row.class_run or self.row.line
        if found is None:
            raise ValueError("a row shows a class or a line")
        return found


def rows_of(request: HttpRequest, year: int, today: dt.date, asked: Asked | None = None) -> list[ShownRow]:
    """Return the rows that the person may see, by start and code, with the units asked for, those of today by default.

    8 queries besides her scope, 10 in today's units.
    """
    asked = asked or asked_units(request, today)
    seen = policies.classes_visible_to(request.user)
    lines = policies.lines_visible_to(request.user)
    managed = scope(request.user, PLANNERS)
    lines = firm_lines(year).filter(pk__in=lines.values("pk"))
    found = year_rows(year, seen, lines, today, hosts_on=asked.day)
    rows = with_units(found, managed, asked)
    return sorted(rows, key=lambda one: (one.sort_start, not one.is_class, one.code))


def with_units(rows: Sequence[YearRow], managed: Collection[int], asked: Asked) -> list[ShownRow]:
    """Return the rows with what stands for their owners and hosts in a reading. 2 queries, 4 in today's units."""
    owners = _owners_on(rows, asked.day)
    held = [(row, _owner(row), owners.get(row.class_run.pk) if row.class_run else None) for row in rows]
    ids = {then or unit.pk for _row, unit, then in held} | {row.host_unit.pk for row in rows if row.host_unit}
    shown = units_shown(asked, ids)
    return [
        ShownRow(
            row,
            unit.pk in managed,
            shown.of(then or unit.pk),
            shown.of(row.host_unit.pk) if row.host_unit else None,
        )
        for row, unit, then in held
    ]


def _owners_on(rows: Sequence[YearRow], day: dt.date) -> dict[int, int]:
    """Return the owners on a day of the classes whose owner ever changed. 1 query."""
    ids = [row.class_run.pk for row in rows if row.class_run]
    held = ClassOwner.objects.filter(in_force(day), class_run__in=ids)
    return dict(held.order_by("pk").values_list("class_run_id", "unit_id"))


def _owner(row: YearRow) -> Unit:
    if row.class_run:
        return row.class_run.owner
    if row.line is None:
        raise ValueError("a row shows a class or a line")
    return row.line.submission.plan.owner


def found(rows: Iterable[ShownRow], words: str) -> list[ShownRow]:
    """Keep the rows that hold every word."""
    wanted = search_key(words).split()
    return [row for row in rows if all(word in row.haystack for word in wanted)]


def sheet_of(rows: Iterable[ShownRow], title: str, units: str) -> Sheet:
    """Return the table as a workbook, with the reasons in words."""
    header = (
        _("Class"),
        _("Name"),
        _("Run by"),
        _("Venue"),
        _("Planned start"),
        _("Actual start"),
        _("Planned learners"),
        _("Actual learners"),
        _("State"),
        _("Needs attention"),
    )
    rows = list(rows)
    planned, actual = sum(row.planned_learners or 0 for row in rows), sum(row.learners for row in rows)
    total = (_("Total"), None, None, None, None, None, planned, actual, None, None)
    return Sheet(title=title, header=header, title_lines=(title, units), rows=map(_values, rows), total=total)


def _values(row: ShownRow) -> tuple[CellValue, ...]:
    state = row.row.facts.state
    return (
        row.code,
        row.name,
        row.owner,
        row.host,
        row.planned_words,
        row.opened_on,
        row.planned_learners,
        row.learners,
        str(ClassState(state).label) if state else _("Not made yet"),
        "; ".join(one_line(cell) for cell in row.row.cells if cell.reason),
    )
