"""Plans in lists, needs beside plans, and the copies that were submitted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BigIntegerField, Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce

from vuntrong.planning.enums import LineState, SubmissionState
from vuntrong.planning.models import NeedsSnapshot, NeedsSurvey, PlanLine, PlanSubmission, TrainingPlan
from vuntrong.planning.queries.snapshots import cells_of
from vuntrong.planning.queries.surveys import NeedCell, need_cells
from vuntrong.planning.rules.plans import LineFacts
from vuntrong.planning.rules.proposals import Coverage, coverage, overall
from vuntrong.programmes.models import Programme
from vuntrong.registry.enums import UnitKind
from vuntrong.registry.models import Unit


def with_totals(plans: QuerySet[TrainingPlan]) -> QuerySet[TrainingPlan]:
    """Add classes, learners and budget of the planned working lines, and the last decision's number and date."""
    lines = PlanLine.objects.filter(plan=OuterRef("pk"), is_removed=False, line_state=LineState.PLANNED)
    approved = PlanSubmission.objects.filter(plan=OuterRef("pk"), state=SubmissionState.APPROVED).order_by("-number")
    return plans.annotate(
        class_total=_sum(lines, "class_count"),
        learner_total=_sum(lines, "learner_count"),
        budget_total=_sum(lines, "budget_vnd"),
        decision_number=Subquery(approved.values("decision__number")[:1]),
        decided_on=Subquery(approved.values("decision__issued_on")[:1]),
        decision_key=Subquery(approved.values("decision_id")[:1]),
    ).select_related("owner", "approver")


def _sum(lines: QuerySet[PlanLine], field: str) -> Coalesce:
    added = lines.order_by().values("plan").annotate(total=Sum(field)).values("total")
    return Coalesce(Cast(Subquery(added), BigIntegerField()), 0)


@dataclass(frozen=True)
class PlanSums:
    """Totals of a list of plans."""

    plans: int
    classes: int
    learners: int
    budget_vnd: int


def plan_sums(plans: QuerySet[TrainingPlan]) -> PlanSums:
    """Return the totals of the working copies of `plans`. 1 query."""
    planned = Q(lines__is_removed=False, lines__line_state=LineState.PLANNED)
    row = plans.order_by().aggregate(
        plans=Count("pk", distinct=True),
        classes=Sum("lines__class_count", filter=planned),
        learners=Sum("lines__learner_count", filter=planned),
        budget=Sum("lines__budget_vnd", filter=planned),
    )
    return PlanSums(row["plans"], row["classes"] or 0, row["learners"] or 0, int(row["budget"] or 0))


def pending_submission(plan: TrainingPlan) -> PlanSubmission | None:
    """Return the copy that waits for approval. 1 query."""
    return plan.submissions.filter(state=SubmissionState.PENDING).first()


def last_snapshot(survey: NeedsSurvey | None) -> NeedsSnapshot | None:
    """Return the newest consolidation of a survey. 1 query, none without a survey."""
    return survey.snapshots.order_by("-taken_at", "-id").first() if survey else None


def plan_of_last_year(plan: TrainingPlan) -> TrainingPlan | None:
    """Return the same owner's plan of the year before on the same side, the approved one first. 1 query."""
    rows = TrainingPlan.objects.filter(owner_id=plan.owner_id, side=plan.side, year=plan.year - 1)
    return (
        rows.annotate(approved=Count("submissions", filter=Q(submissions__state="approved")))
        .order_by("-approved", "-id")
        .first()
    )


def needs_of(survey: NeedsSurvey, snapshot: NeedsSnapshot | None) -> list[NeedCell]:
    """Return the needs by programme and unit: those of a snapshot, or the sent answers of now. 1 query."""
    return cells_of(snapshot) if snapshot else need_cells(survey)


def demand_by_programme(needs: Iterable[NeedCell]) -> dict[int, int]:
    """Add up people by programme. No queries."""
    demand = Counter[int]()
    for need in needs:
        demand[need.programme_id] += need.total
    return dict(demand)


@dataclass(frozen=True)
class ConsolidationRow:
    """One programme: who asks, and what the plan offers."""

    programme: Programme
    cells: tuple[int, ...]
    """People by cluster, in the order of the columns."""
    coverage: Coverage
    lines: tuple[LineFacts, ...]


@dataclass(frozen=True)
class Consolidation:
    """Needs beside the working copy of a plan."""

    clusters: tuple[tuple[str, int], ...]
    """Kind of unit and how many units of it asked for something."""
    rows: tuple[ConsolidationRow, ...]
    column_totals: tuple[int, ...]
    covered: int
    demand: int

    @property
    def planned(self) -> int:
        """Places of the planned lines."""
        return sum(row.coverage.planned for row in self.rows)


def consolidation(plan: TrainingPlan, lines: list[LineFacts], snapshot: NeedsSnapshot | None) -> Consolidation:
    """Return needs beside plan: a row for each programme that is offered, asked for or planned. 3 queries at most."""
    needs = [need for need in needs_of(plan.survey, snapshot) if need.total] if plan.survey else []
    kinds = dict(Unit.objects.filter(pk__in={need.unit_id for need in needs}).order_by().values_list("pk", "kind"))
    people = Counter[tuple[int, str]]()
    for need in needs:
        people[need.programme_id, kinds[need.unit_id]] += need.total
    clusters = _clusters(Counter(kinds.values()))
    compared = coverage(demand_by_programme(needs), planned_people(lines))
    rows = tuple(
        ConsolidationRow(
            programme=programme,
            cells=tuple(people[programme.pk, kind] for kind, _count in clusters),
            coverage=compared.get(programme.pk, Coverage(0, 0)),
            lines=tuple(line for line in lines if line.draft.programme_id == programme.pk),
        )
        for programme in _programmes(plan, set(compared))
    )
    covered, demand = overall(compared)
    columns = tuple(sum(row.cells[index] for row in rows) for index in range(len(clusters)))
    return Consolidation(clusters, rows, columns, covered, demand)


def planned_people(lines: Iterable[LineFacts]) -> dict[int, int]:
    """Add up the places of planned lines by programme; a programme with other lines only stands with 0. No queries."""
    planned = Counter[int]()
    for line in lines:
        planned[line.draft.programme_id] += (line.draft.learner_count or 0) if line.is_planned else 0
    return dict(planned)


def _programmes(plan: TrainingPlan, known: set[int]) -> QuerySet[Programme]:
    offered = Q(pk__in=known)
    if plan.survey_id:
        offered |= Q(surveys=plan.survey_id)
    return Programme.objects.filter(offered).distinct().order_by("kind", "field", "name")


def _clusters(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Return the kinds of the units that ask, in the order of the registry, with the number of units."""
    order = [kind.value for kind in UnitKind]
    return tuple((kind, counts[kind]) for kind in sorted(counts, key=order.index))
