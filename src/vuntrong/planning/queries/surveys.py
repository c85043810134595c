"""How a survey stands: who answered, what is needed, what was frozen."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, Count, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from vuntrong.planning.enums import AnswerState, SurveyState
from vuntrong.planning.models import (
    NeedsSnapshot,
    NeedsSurvey,
    SurveyAnswer,
    SurveyRecipient,
    TrainingNeed,
)
from vuntrong.planning.rules.surveys import unit_total
from vuntrong.programmes.enums import ProgrammeKind
from vuntrong.programmes.models import Programme
from vuntrong.registry.enums import Sex
from vuntrong.registry.models import Unit


@dataclass(frozen=True)
class NeedCell:
    """What one unit needs of one programme, in people."""

    programme_id: int
    unit_id: int
    named: int
    women: int
    """Women among the named people."""
    number: int
    """Without names; 0 when the unit gave none."""
    is_late: bool = False

    @property
    def total(self) -> int:
        return unit_total(self.named, self.number)


def standing_of(answer: SurveyAnswer | None) -> str:
    """Return nil, late, sent, draft or silent; a late nil answer is nil, a draft without content is silence."""
    if answer is None:
        return "silent"
    if answer.state == AnswerState.DRAFT:
        return "draft" if answer.revision else "silent"
    if answer.is_nil:
        return "nil"
    return "late" if answer.is_late else "sent"


@dataclass(frozen=True)
class AnswerRow:
    """A unit that was asked, and its answer so far."""

    recipient: SurveyRecipient
    answer: SurveyAnswer | None
    total: int

    @property
    def unit(self) -> Unit:
        return self.recipient.unit

    @property
    def standing(self) -> str:
        return standing_of(self.answer)

    @property
    def is_sent(self) -> bool:
        return self.answer is not None and self.answer.state == AnswerState.SENT


@dataclass(frozen=True)
class Habit:
    """How a unit answered the earlier surveys of the same owner."""

    asked: int = 0
    late: int = 0
    silent: int = 0


@dataclass(frozen=True)
class Standing:
    """All answers of a survey at this moment, with their needs. Drafts are kept apart and never counted."""

    survey: NeedsSurvey
    rows: list[AnswerRow]
    cells: list[NeedCell]
    last_snapshot: NeedsSnapshot | None = None

    @cached_property
    def sent(self) -> list[AnswerRow]:
        return [row for row in self.rows if row.is_sent]

    @property
    def asked(self) -> int:
        return len(self.rows)

    @property
    def answered(self) -> int:
        return len(self.sent)

    @property
    def nil(self) -> int:
        return sum(row.standing == "nil" for row in self.rows)

    @property
    def drafts(self) -> int:
        return sum(row.standing == "draft" for row in self.rows)

    @property
    def silent(self) -> list[AnswerRow]:
        """Units without a sent answer, drafts included: a draft says nothing yet."""
        return [row for row in self.rows if not row.is_sent]

    @property
    def total(self) -> int:
        return sum(cell.total for cell in self.cells)

    @property
    def late_answers(self) -> int:
        return sum(row.answer.is_late for row in self.sent if row.answer)

    @property
    def late_needs(self) -> int:
        return sum(cell.total for cell in self.cells if cell.is_late)

    @cached_property
    def added_units(self) -> frozenset[int]:
        """Units whose answer was sent after the last snapshot; empty without a snapshot."""
        if self.last_snapshot is None:
            return frozenset()
        taken_at = self.last_snapshot.taken_at
        return frozenset(row.unit.pk for row in self.sent if row.answer and _sent_after(row.answer, taken_at))

    @property
    def added_needs(self) -> int:
        return sum(cell.total for cell in self.cells if cell.unit_id in self.added_units)


def standing(survey: NeedsSurvey) -> Standing:
    """Return how the survey stands now. 4 queries, whatever the number of units and programmes."""
    recipients = list(survey.recipients.select_related("unit").order_by("unit__sort_key", "unit_id"))
    answers = {answer.unit_id: answer for answer in survey.answers.all()}
    cells = need_cells(survey)
    totals = totals_by_unit(cells)
    rows = [AnswerRow(one, answers.get(one.unit_id), totals.get(one.unit_id, 0)) for one in recipients]
    return Standing(survey, rows, cells, survey.snapshots.first())


def totals_by_unit(cells: Iterable[NeedCell]) -> dict[int, int]:
    """Add up people by unit. No query."""
    totals: dict[int, int] = {}
    for cell in cells:
        totals[cell.unit_id] = totals.get(cell.unit_id, 0) + cell.total
    return totals


def need_cells(survey: NeedsSurvey) -> list[NeedCell]:
    """Return the needs of all sent answers, by programme and unit. 1 query."""
    needs = TrainingNeed.objects.filter(answer__survey=survey, answer__state=AnswerState.SENT)
    rows = (
        needs.order_by()
        .values_list("programme_id", "answer__unit_id", "answer__is_late")
        .annotate(
            named=Count("person"),
            women=Count("person", filter=Q(person__sex=Sex.FEMALE)),
            number=Coalesce(Max("headcount", filter=Q(person__isnull=True)), Value(0)),
        )
    )
    return [
        NeedCell(programme_id=programme, unit_id=unit, named=named, women=women, number=number, is_late=late)
        for programme, unit, late, named, women, number in rows
    ]


def habits_before(survey: NeedsSurvey) -> dict[int, Habit]:
    """Return by unit how the earlier surveys of the owner were answered. 2 queries."""
    earlier = NeedsSurvey.objects.filter(owner=survey.owner_id, year__lt=survey.year).exclude(state=SurveyState.DRAFT)
    asked = SurveyRecipient.objects.filter(survey__in=earlier).order_by().values_list("unit_id")
    sent = SurveyAnswer.objects.filter(survey__in=earlier, state=AnswerState.SENT).order_by().values_list("unit_id")
    answered = {
        unit: (count, late)
        for unit, count, late in sent.annotate(count=Count("id"), late=Count("id", filter=Q(is_late=True)))
    }
    habits = {}
    for unit_id, times in asked.annotate(count=Count("id")):
        count, late = answered.get(unit_id, (0, 0))
        habits[unit_id] = Habit(asked=times, late=late, silent=times - count)
    return habits


@dataclass(frozen=True)
class Matrix:
    """Needs by programme and column; a column is a unit or a kind of unit."""

    columns: list[tuple[str, str]]
    """Key and heading."""
    programmes: list[Programme]
    values: Mapping[tuple[int, str], int]

    def row(self, programme: Programme) -> list[int]:
        return [self.values.get((programme.pk, key), 0) for key, _ in self.columns]

    def row_total(self, programme: Programme) -> int:
        return sum(self.row(programme))

    @property
    def column_totals(self) -> list[int]:
        return [sum(self.values.get((one.pk, key), 0) for one in self.programmes) for key, _ in self.columns]


def matrix_by_unit(now: Standing, programmes: list[Programme], kind: str = "") -> Matrix:
    """Return needs by programme and answering unit, of one kind of unit when given. No query."""
    rows = [row for row in now.sent if row.total and kind in ("", row.unit.kind)]
    columns = [(str(row.unit.pk), row.unit.short_name) for row in rows]
    return Matrix(
        columns, programmes, _summed((cell.programme_id, str(cell.unit_id), cell.total) for cell in now.cells)
    )


def matrix_by_kind(now: Standing, programmes: list[Programme]) -> Matrix:
    """Return needs by programme and kind of unit. No query."""
    kinds = {row.unit.pk: row.unit for row in now.sent if row.total}
    columns = {str(unit.kind): str(unit.get_kind_display()) for unit in kinds.values()}
    values = _summed((cell.programme_id, str(kinds[cell.unit_id].kind), cell.total) for cell in now.cells if cell.total)
    return Matrix(sorted(columns.items(), key=lambda column: column[1]), programmes, values)


def _summed(figures: Iterable[tuple[int, str, int]]) -> dict[tuple[int, str], int]:
    values: dict[tuple[int, str], int] = {}
    for programme_id, key, total in figures:
        values[programme_id, key] = values.get((programme_id, key), 0) + total
    return values


def offered(survey: NeedsSurvey) -> list[Programme]:
    """Return the programmes of the survey in the order of the catalogue. 1 query."""
    return list(survey.programmes.order_by(kind_rank(), "name"))


def kind_rank(path: str = "") -> Case:
    """Return an expression that sorts training before retraining before updating; `path` leads to the programme."""
    ranks = enumerate((ProgrammeKind.TRAINING, ProgrammeKind.RETRAINING))
    return Case(*[When(**{f"{path}kind": kind}, then=Value(at)) for at, kind in ranks], default=Value(2))


def requests_with_standing(requests: QuerySet[SurveyRecipient]) -> QuerySet[SurveyRecipient]:
    """Annotate requests with `standing` (as AnswerRow), `sent_at` and `sent_by`. No query of its own."""
    answers = SurveyAnswer.objects.filter(survey=OuterRef("survey"), unit=OuterRef("unit"))
    standing_of = Case(
        When(state=AnswerState.DRAFT, revision=0, then=Value("silent")),
        When(state=AnswerState.DRAFT, then=Value("draft")),
        When(is_nil=True, then=Value("nil")),
        When(is_late=True, then=Value("late")),
        default=Value("sent"),
    )
    sent = answers.filter(state=AnswerState.SENT)
    return requests.select_related("unit", "survey__owner").annotate(
        standing=Coalesce(Subquery(answers.values_list(standing_of)[:1]), Value("silent")),
        sent_at=Subquery(sent.values("sent_at")[:1]),
        sent_by=Subquery(sent.values("sent_by_name")[:1]),
    )


def needs_behind(
    survey: NeedsSurvey, *, programme_id: int | None, unit_id: int | None, kind: str
) -> QuerySet[TrainingNeed]:
    """Return the needs that a figure of the matrix counts: sent answers only, by name. 1 query."""
    needs = TrainingNeed.objects.filter(answer__survey=survey, answer__state=AnswerState.SENT)
    if programme_id:
        needs = needs.filter(programme_id=programme_id)
    if unit_id:
        needs = needs.filter(answer__unit_id=unit_id)
    if kind:
        needs = needs.filter(answer__unit__kind=kind)
    related = needs.select_related("person", "person__unit", "programme", "answer__unit")
    by_unit = ("answer__unit__sort_key", "person__sort_key", "id")
    return related.order_by(kind_rank("programme__"), "programme__name", *by_unit)


def with_counts(surveys: QuerySet[NeedsSurvey]) -> QuerySet[NeedsSurvey]:
    """Annotate `asked`, `answered` and `late`. No query of its own."""
    return surveys.annotate(
        asked=_counted(SurveyRecipient.objects.all()),
        answered=_counted(SurveyAnswer.objects.filter(state=AnswerState.SENT)),
        late=_counted(SurveyAnswer.objects.filter(state=AnswerState.SENT, is_late=True)),
    ).select_related("owner")


def _counted(rows: QuerySet) -> Coalesce:
    own = rows.filter(survey=OuterRef("pk")).order_by().values("survey")
    return Coalesce(Subquery(own.annotate(count=Count("id")).values("count")), Value(0))


def _sent_after(answer: SurveyAnswer, moment: dt.datetime) -> bool:
    return answer.sent_at is not None and answer.sent_at > moment
