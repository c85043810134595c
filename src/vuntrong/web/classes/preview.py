"""A workbook of learners before it is written: what each row will become, and what is wrong where."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from vuntrong.classes.documents import LearnerTable
from vuntrong.classes.enums import RowKind
from vuntrong.classes.models import ClassRun
from vuntrong.classes.queries import register_for
from vuntrong.classes.rules.enrolment import EnrolmentFacts, enrolment_violations
from vuntrong.classes.rules.learner_rows import LearnerRow, Verdict, judge_rows
from vuntrong.classes.seats import seats_taken
from vuntrong.documents.annotated import Remark
from vuntrong.documents.notes import sheet_notes
from vuntrong.kernel.dates import PartialDate
from vuntrong.kernel.errors import Violation
from vuntrong.registry.enums import Sex
from vuntrong.web.classes.sentences import at_cell, explain_one
from vuntrong.web.kit.values import State
from vuntrong.web.workbooks.sentences import notes_of, restored_of, undecided

TONES = {RowKind.NEW: "ok", RowKind.KNOWN: "run", RowKind.ENROLLED: "none", RowKind.ERROR: "bad"}
GLYPHS = {RowKind.NEW: "plus", RowKind.KNOWN: "user-check", RowKind.ENROLLED: "minus", RowKind.ERROR: ""}
SHOWN_COLUMNS = {
    "name": gettext_lazy("Full name"),
    "born": gettext_lazy("Date of birth"),
    "sex": gettext_lazy("Sex"),
    "unit": gettext_lazy("Unit"),
    "post": gettext_lazy("Post"),
    "note": gettext_lazy("Note"),
}
STANDS_FOR = {"born_male": "born", "born_female": "born"}


@dataclass(frozen=True)
class ShownCell:
    """One cell of the preview with what is wrong in it."""

    label: str
    text: str
    problems: tuple[str, ...]

    @property
    def phone(self) -> str:
        """Its place on the phone; what is empty and right is left out there."""
        return "line" if self.text or self.problems else "hide"


@dataclass(frozen=True)
class ShownVerdict:
    """One row of the preview."""

    number: int
    state: State
    cells: tuple[ShownCell, ...]
    kind: RowKind


@dataclass(frozen=True)
class Preview:
    """What the whole sheet will do."""

    table: LearnerTable
    verdicts: tuple[Verdict, ...]
    refusals: tuple[str, ...]
    """What forbids the whole list, such as a class that is full, or dates of which nobody has said the order."""

    def count(self, kind: RowKind) -> int:
        return sum(verdict.kind == kind for verdict in self.verdicts)

    @property
    def notes(self) -> list[str]:
        """What a person should know of the sheet; doubtful dates stand among the refusals."""
        notes = sheet_notes(self.table.table)
        return [*notes_of({**notes, "doubts": ()}), *restored_of(self.table.restored)]

    @property
    def writes(self) -> int:
        return self.count(RowKind.NEW) + self.count(RowKind.KNOWN)

    @property
    def may_write(self) -> bool:
        return not self.refusals and not self.count(RowKind.ERROR) and self.writes > 0


def preview_of(table: LearnerTable, run: ClassRun, seen_units: frozenset[int] | None) -> Preview:
    """Judge a sheet. 5 queries and 1 for each 900 names."""
    verdicts = tuple(judge_rows(table.rows, register_for(table.rows, run, seen_units)))
    coming = sum(verdict.kind in {RowKind.NEW, RowKind.KNOWN} for verdict in verdicts)
    facts = EnrolmentFacts(run.state, run.capacity, seats_taken(run), coming)
    refused = [one for one in enrolment_violations(facts) if _counts(one)]
    return Preview(table, verdicts, (*undecided(table.doubts), *(explain_one(one) for one in refused)))


def _counts(violation: Violation) -> bool:
    """A list of which everybody is enrolled already changes nothing; that is no refusal."""
    return violation.code != "nobody-chosen"


def shown_rows(preview: Preview, kinds: Iterable[str]) -> list[ShownVerdict]:
    """Return the rows of the kinds asked for, all without any, those with errors first."""
    wanted = set(kinds)
    rows = [_shown(verdict) for verdict in preview.verdicts if not wanted or verdict.kind in wanted]
    return sorted(rows, key=lambda row: (row.kind != RowKind.ERROR, row.number))


def _shown(verdict: Verdict) -> ShownVerdict:
    row = verdict.row
    texts = (row.name, born(row), _sex(row), row.unit, row.post, row.note)
    wrong: dict[str, list[str]] = {}
    for problem in verdict.problems:
        key = STANDS_FOR.get(problem.column, problem.column)
        wrong.setdefault(key, []).append(at_cell(problem.code, problem.values))
    cells = tuple(
        ShownCell(str(label), text, tuple(wrong.get(key, ())))
        for (key, label), text in zip(SHOWN_COLUMNS.items(), texts, strict=True)
    )
    label = str(RowKind(verdict.kind).label)
    return ShownVerdict(row.number, State(TONES[verdict.kind], label, GLYPHS[verdict.kind]), cells, verdict.kind)


def born(row: LearnerRow) -> str:
    """Return the birth date, or the text that could not be read as one."""
    if row.born_on:
        return PartialDate.parse(row.born_on).display()
    return next((str(one.values.get("value", "")) for one in row.problems if one.column.startswith("born")), "")


def _sex(row: LearnerRow) -> str:
    if row.sex:
        return str(Sex(row.sex).label)
    return next((str(one.values.get("value", "")) for one in row.problems if one.column == "sex"), "")


def remarks_of(preview: Preview) -> list[Remark]:
    """Return everything that is wrong, each at its cell."""
    table = preview.table
    return [
        Remark(
            sheet=table.sheet,
            row=verdict.row.number,
            column=table.columns[problem.column].letter if problem.column in table.columns else "",
            is_error=True,
            sentence=at_cell(problem.code, problem.values),
        )
        for verdict in preview.verdicts
        for problem in verdict.problems
    ]
