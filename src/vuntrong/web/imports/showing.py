"""An import as its pages show it: steps, notes on the sheet, rows of the preview, what will be written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from vuntrong.exchange.enums import RowKind
from vuntrong.exchange.models import Import
from vuntrong.exchange.sentences import field_label, say
from vuntrong.kernel.dates import PartialDate
from vuntrong.web.imports.values import Labels
from vuntrong.web.kit.address import with_query
from vuntrong.web.kit.numbers import number
from vuntrong.web.kit.values import Choice, Fact, State

TONES = {RowKind.NEW: "ok", RowKind.CHANGED: "run", RowKind.SAME: "none", RowKind.ERROR: "bad"}
GLYPHS = {RowKind.NEW: "plus", RowKind.CHANGED: "edit", RowKind.SAME: "minus", RowKind.ERROR: "alert-triangle"}
COUNTED = {RowKind.NEW: "created", RowKind.CHANGED: "updated", RowKind.SAME: "unchanged"}
SHOWN = 200
"""Rows on one page of the preview; errors stand first."""


@dataclass(frozen=True)
class ShownProblem:
    """What is wrong with a cell of a row, with the field it stands in."""

    field: str
    text: str
    is_error: bool


@dataclass(frozen=True)
class ShownChange:
    """A field of somebody who exists, old and new."""

    field: str
    old: str
    new: str


@dataclass
class ShownRow:
    """One row of the preview."""

    number: int
    state: State
    kind: str
    name: str
    born: str
    unit: str
    post: str
    problems: list[ShownProblem] = field(default_factory=list)
    changes: list[ShownChange] = field(default_factory=list)
    choices: list[tuple[int, str]] = field(default_factory=list)
    decided: str = ""


def shown_rows(run: Import, labels: Labels, kind: str) -> list[ShownRow]:
    """Return the rows of a kind, all without one; those with errors first."""
    report = run.report
    problems: dict[int, list[ShownProblem]] = {}
    for row, column, code, values, is_error in report.get("problems", ()):
        problems.setdefault(row, []).append(ShownProblem(field_label(column), say(code, values), is_error))
    rows = [_row(row, labels, report, run.options) for row in report.get("rows", ()) if kind in {"", row["kind"]}]
    for row in rows:
        row.problems = problems.get(row.number, [])
    return sorted(rows, key=lambda row: (row.kind != RowKind.ERROR, row.number))


def _row(row: Mapping[str, Any], labels: Labels, report: Mapping[str, Any], options: Mapping[str, Any]) -> ShownRow:
    changes = [
        ShownChange(field_label(key), labels.shown(key, old), labels.shown(key, new))
        for key, (old, new) in row["changes"].items()
    ]
    known = report.get("choices", {}).get(str(row["number"]), ())
    decided = options.get("decisions", {}).get(str(row["number"]), "")
    kind = RowKind(row["kind"])
    return ShownRow(
        number=row["number"],
        state=State(TONES[kind], str(kind.label), GLYPHS[kind]),
        kind=row["kind"],
        name=row["name"],
        born=PartialDate.parse(row["born"]).display() if row["born"] else "",
        unit=row["unit_said"] or labels.units.get(row["unit"], ""),
        post=row["post"],
        changes=changes,
        choices=[(person, labels.people.get(person, "")) for person in known],
        decided=decided,
    )


def chips_of(run: Import, request: HttpRequest, wrong: int) -> list[Choice]:
    """Return the kinds of rows as chips with counts."""
    chosen = request.GET.get("kind", "")
    counts = run.counts
    chips = [Choice(_("All rows"), counts["rows"], with_query(request, kind=""), not chosen)]
    for kind in (RowKind.ERROR, RowKind.NEW, RowKind.CHANGED, RowKind.SAME):
        count = wrong if kind == RowKind.ERROR else counts[COUNTED[kind]]
        url = with_query(request, kind=kind.value)
        chips.append(Choice(str(kind.label), count, url, chosen == kind, GLYPHS[kind]))
    return chips


def wrong_rows(run: Import) -> int:
    """Return how many rows have errors."""
    counts = run.counts
    return counts["rows"] - counts["created"] - counts["updated"] - counts["unchanged"] if counts else 0


def dock_of(run: Import, wrong: int) -> list[Fact]:
    """Return what will be written."""
    counts = run.counts
    return [
        Fact(_("New people"), number(counts["created"])),
        Fact(_("Will be updated"), number(counts["updated"])),
        Fact(_("Stay as they are"), number(counts["unchanged"])),
        Fact(_("With errors"), number(wrong), tone="bad" if wrong else ""),
    ]


def codes_of(run: Import) -> list[tuple[str, str, int, bool]]:
    """Return (field, example, count, is error) of every kind of problem."""
    examples: dict[tuple[str, str], str] = {}
    for _row, column, code, values, _is_error in run.report.get("problems", ()):
        examples.setdefault((column, code), say(code, values))
    return [
        (field_label(column), examples.get((column, code), ""), count, is_error)
        for column, code, is_error, count in run.report.get("codes", ())
    ]


def fields_of(run: Import) -> list[tuple[str, str, int, bool]]:
    """Return (key, label, people, is chosen) of every field in which people differ."""
    counts: dict[str, int] = {}
    for key, count in _differing(run.report):
        counts[key.partition(":")[0]] = counts.get(key.partition(":")[0], 0) + count
    may = run.options.get("update")
    return [(key, _plain_label(key), count, may is None or key in may) for key, count in counts.items()]


def _plain_label(key: str) -> str:
    return _("Yearly gradings") if key == "grading" else field_label(key)


def _differing(report: Mapping[str, Any]) -> Iterable[tuple[str, int]]:
    return [*report.get("fields", {}).items(), *report.get("left", {}).items()]
