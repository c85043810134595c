"""Classes of a year with what a table shows of them, and the registers that enrolling needs."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from vuntrong.classes.enums import ClassState, EnrolmentState, UnitRole
from vuntrong.classes.models import ClassRole, ClassRun, Enrolment
from vuntrong.classes.rules.attention import RunFacts, StageCell, latest_start, stage_cells
from vuntrong.classes.rules.enrolment import SEAT_STATES
from vuntrong.classes.rules.learner_rows import LearnerRow, Register
from vuntrong.classes.rules.life import LineFacts, planned_period, share
from vuntrong.kernel.dates import Period
from vuntrong.kernel.text import search_key
from vuntrong.planning.enums import AnswerState, LineState, SubmissionState
from vuntrong.planning.models import PlanSubmission, SubmittedLine, TrainingNeed
from vuntrong.planning.queries.lines import countable_lines
from vuntrong.registry.enums import Sex
from vuntrong.registry.models import Unit, UnitVersion
from vuntrong.registry.queries import people_with_keys
from vuntrong.registry.rules import unit_index


@dataclass(frozen=True)
class Counts:
    """Learners of one class, in people."""

    seats: int = 0
    """Who holds a seat: studying, completed or not completed."""
    studying: int = 0
    """Who has no result yet."""
    withdrawn: int = 0
    absent: int = 0
    """Who never came."""
    women: int = 0
    """Of those who hold a seat."""

    @property
    def came(self) -> int:
        return self.seats + self.withdrawn

    @property
    def with_result(self) -> int:
        return self.seats - self.studying


SEATED = Q(state__in=sorted(SEAT_STATES))


def counts_by_class(class_ids: Collection[int] | QuerySet) -> dict[int, Counts]:
    """Return the learners of each class; classes without any are left out. 1 query."""
    rows = (
        Enrolment.objects.filter(class_run__in=class_ids)
        .order_by()
        .values_list("class_run_id")
        .annotate(
            seats=Count("pk", filter=SEATED),
            studying=Count("pk", filter=Q(state=EnrolmentState.STUDYING)),
            withdrawn=Count("pk", filter=Q(state=EnrolmentState.WITHDRAWN)),
            absent=Count("pk", filter=Q(state=EnrolmentState.NO_SHOW)),
            women=Count("pk", filter=SEATED & Q(person__sex=Sex.FEMALE)),
        )
    )
    return {row[0]: Counts(*row[1:]) for row in rows}


def counts_of(class_run: ClassRun) -> Counts:
    """Return the learners of one class. 1 query."""
    return counts_by_class([class_run.pk]).get(class_run.pk, Counts())


def learners_of(class_run: ClassRun) -> QuerySet[Enrolment]:
    """Return the enrolments of a class with person and unit, by given name."""
    rows = class_run.enrolments.select_related("person", "unit")
    return rows.order_by("person__sort_key", "pk")


# ---- plan lines ----
def firm_lines(year: int) -> QuerySet[SubmittedLine]:
    """Return the lines of a year that are to become classes, with what a table shows of them."""
    rows = countable_lines().filter(submission__plan__year=year, line_state=LineState.PLANNED)
    return rows.select_related("programme", "submission__plan__owner", "submission__decision").order_by(
        "submission__plan_id", "position", "pk"
    )


def classes_made(line_ids: Collection[int] | QuerySet) -> dict[int, int]:
    """Return how many classes each working line has that are not cancelled. 1 query."""
    rows = ClassRun.objects.filter(plan_line__in=line_ids).exclude(state=ClassState.CANCELLED)
    return dict(rows.order_by().values_list("plan_line_id").annotate(Count("pk")))


def line_facts(line: SubmittedLine, wanted: int | None) -> LineFacts:
    """Return what decides whether classes may be made; `wanted` None asks for all that are left. 2 queries.

    True as long as the caller holds the row of the working line.
    """
    made = classes_made([line.line_id]).get(line.line_id, 0)
    newest = PlanSubmission.objects.filter(plan=line.submission.plan_id, state=SubmissionState.APPROVED)
    newest_id = newest.order_by("-number").values_list("pk", flat=True).first()
    left = max(0, line.class_count - made) if line.class_count is not None else 1
    return LineFacts(
        is_approved=line.submission.state == SubmissionState.APPROVED,
        is_newest=line.submission_id == newest_id,
        is_planned=line.line_state == LineState.PLANNED,
        class_count=line.class_count,
        made=made,
        wanted=left if wanted is None else wanted,
    )


@dataclass(frozen=True)
class LineLeft:
    """A planned line with its classes so far."""

    line: SubmittedLine
    made: int

    @property
    def left(self) -> int | None:
        """Classes that it still may have; null where the plan leaves the number open."""
        return None if self.line.class_count is None else max(0, self.line.class_count - self.made)


def lines_with_left(year: int, lines: QuerySet[SubmittedLine]) -> list[LineLeft]:
    """Return the planned lines of a year with the classes made, those with classes left first. 2 queries."""
    found = list(firm_lines(year).filter(pk__in=lines.values("pk")))
    made = classes_made([line.line_id for line in found])
    rows = [LineLeft(line, made.get(line.line_id, 0)) for line in found]
    return sorted(rows, key=lambda row: row.left == 0)


# ---- the year's table ----
@dataclass(frozen=True)
class YearRow:
    """One planned class, made or not yet."""

    class_run: ClassRun | None
    line: SubmittedLine | None
    """The approved line of a class that is not made yet."""
    number: int
    """Which of the classes of its line it will be, from 1."""
    host: str
    host_unit: Unit | None
    """The unit that hosts it, where one has that role."""
    window: Period | None
    """Month or quarter that the plan names, as long as no day is set."""
    facts: RunFacts
    cells: tuple[StageCell, ...]


def year_rows(
    year: int,
    classes: QuerySet[ClassRun],
    lines: QuerySet[SubmittedLine],
    today: dt.date,
    *,
    hosts_on: dt.date | None = None,
) -> list[YearRow]:
    """Return one row for each class of the year and for each planned class not made yet. 6 queries.

    The hosts are those of `hosts_on`, of today by default.
    """
    runs = list(
        classes.filter(year=year)
        .select_related("programme", "owner", "opening_decision", "plan_line")
        .order_by("planned_start", "code", "pk")
    )
    counts = counts_by_class(classes.filter(year=year).order_by().values("pk"))
    hosts = _hosts(classes.filter(year=year).order_by().values("pk"), hosts_on or today)
    planned = _plan_days([run.plan_line_id for run in runs if run.plan_line_id])
    rows = [
        _made_row(run, counts.get(run.pk, Counts()), hosts.get(run.pk), planned.get(run.plan_line_id or 0), today)
        for run in runs
    ]
    return rows + _rows_to_make(list(lines), today)


def _hosts(class_ids: QuerySet, day: dt.date) -> dict[int, Unit]:
    rows = ClassRole.objects.on(day).filter(class_run__in=class_ids, role=UnitRole.HOST)
    return {row.class_run_id: row.unit for row in rows.order_by().select_related("unit")}


def _plan_days(line_ids: Collection[int]) -> dict[int, dt.date]:
    """Return the dates of the decisions that approved the lines. 1 query."""
    return dict(countable_lines().filter(line__in=line_ids).values_list("line_id", "submission__decision__issued_on"))


def run_facts(run: ClassRun, counts: Counts, planned_on: dt.date | None, today: dt.date) -> RunFacts:
    """Return a class as the attention rules see it. No queries when the decision and the plan line are loaded."""
    window = window_of(run)
    return RunFacts(
        today=today,
        state=run.state,
        start_from=run.planned_start,
        start_by=latest_start(run.planned_start, window.start if window else None, window.end if window else None),
        planned_end=run.planned_end,
        opened_on=run.opened_on,
        closed_on=run.closed_on,
        decided_on=run.opening_decision.issued_on if run.opening_decision else None,
        planned_on=planned_on,
        planned_learners=run.planned_learners,
        capacity=run.capacity,
        learners=counts.seats,
        without_result=counts.studying,
        modules_total=run.modules_total,
        modules_finished=run.modules_finished,
    )


def window_of(run: ClassRun) -> Period | None:
    """Return the month or quarter of the plan line while the class keeps its first day; no query if it is loaded."""
    if run.plan_line is None:
        return None
    window = planned_period(run.year, run.plan_line.month, run.plan_line.quarter)
    return window if window and window.start == run.planned_start else None


def _made_row(run: ClassRun, counts: Counts, host: Unit | None, planned_on: dt.date | None, today: dt.date) -> YearRow:
    facts = run_facts(run, counts, planned_on, today)
    name = host.short_name if host else ""
    return YearRow(run, None, 0, name, host, window_of(run), facts, stage_cells(facts))


def _rows_to_make(lines: Sequence[SubmittedLine], today: dt.date) -> list[YearRow]:
    made = classes_made([line.line_id for line in lines])
    return [
        _row_to_make(line, number, today)
        for line in lines
        for number in range(made.get(line.line_id, 0) + 1, (line.class_count or 0) + 1)
    ]


def _row_to_make(line: SubmittedLine, number: int, today: dt.date) -> YearRow:
    window = planned_period(line.submission.plan.year, line.month, line.quarter)
    facts = RunFacts(
        today=today,
        state="",
        start_from=window.start if window else None,
        start_by=window.end if window else None,
        planned_end=None,
        opened_on=None,
        closed_on=None,
        decided_on=None,
        planned_on=line.submission.decision.issued_on if line.submission.decision else None,
        planned_learners=share(line.learner_count, line.class_count or 0, number - 1),
        capacity=None,
        learners=0,
        without_result=0,
    )
    return YearRow(None, line, number, line.place, None, window, facts, stage_cells(facts))


# ---- needs behind a class ----
@dataclass(frozen=True)
class NamedNeed:
    """Somebody whom a unit named in the survey behind a class."""

    need: TrainingNeed
    sits_in: str
    """Code of the class of the same programme and year in which the person is enrolled; empty for none."""


def _named_needs(class_run: ClassRun) -> QuerySet[TrainingNeed]:
    """Return the people named for the programme in the survey behind the plan; none without a survey."""
    plan = class_run.plan_line.plan if class_run.plan_line else None
    if plan is None or plan.survey_id is None:
        return TrainingNeed.objects.none()
    return TrainingNeed.objects.filter(
        answer__survey=plan.survey_id,
        answer__state=AnswerState.SENT,
        programme=class_run.programme_id,
        person__isnull=False,
    )


def needs_behind(class_run: ClassRun) -> list[NamedNeed]:
    """Return the people named for the programme in the survey behind the plan, by unit and given name. 2 queries."""
    needs = _named_needs(class_run).select_related("person__unit", "answer__unit")
    found = list(needs.order_by("answer__unit__sort_key", "answer__unit_id", "person__sort_key", "pk"))
    sits = _sits(class_run, [need.person_id for need in found])
    return [NamedNeed(need, sits.get(need.person_id or 0, "")) for need in found]


def _sits(class_run: ClassRun, person_ids: Iterable[int | None]) -> dict[int, str]:
    rows = Enrolment.objects.filter(
        SEATED, class_run__programme=class_run.programme_id, class_run__year=class_run.year, person__in=list(person_ids)
    )
    return dict(rows.order_by().values_list("person_id", "class_run__code"))


def needs_by_unit(needs: Iterable[NamedNeed]) -> list[tuple[Unit, list[NamedNeed]]]:
    """Group the needs by the unit that named them, in the order given. No queries."""
    groups = groupby(needs, key=lambda one: one.need.answer.unit)
    return [(unit, list(named)) for unit, named in groups]


# ---- registers for a workbook ----
def register_for(rows: Iterable[LearnerRow], class_run: ClassRun, seen_units: frozenset[int] | None) -> Register:
    """Return what is known about the people and units of a workbook. 2 queries, and 1 for each 900 different names."""
    units = list(Unit.objects.filter(is_alive=True).values_list("id", "name", "short_name"))
    return Register(
        people=people_with_keys({search_key(name) for name in {row.name for row in rows}}),
        units=unit_index(units),
        unit_names={unit_id: name for unit_id, name, _short in units},
        enrolled=frozenset(class_run.enrolments.values_list("person_id", flat=True)),
        seen_units=seen_units,
    )


def units_named(texts: Collection[str]) -> frozenset[int]:
    """Return every unit that one of the texts may mean. 1 query."""
    index = unit_index(Unit.objects.filter(is_alive=True).values_list("id", "name", "short_name"))
    return frozenset().union(*(index.get(search_key(text), set()) for text in texts))


def need_ids(class_run: ClassRun) -> dict[int, int]:
    """Return the needs by person in the survey behind the class, so that an enrolment keeps its link. 3 queries."""
    pairs = _named_needs(class_run).values_list("person_id", "pk")
    return {person_id: pk for person_id, pk in pairs if person_id}


def named_for(class_run: ClassRun) -> tuple[int, int]:
    """Return how many people, of how many units, were named for the programme in the survey behind. 1 query or none."""
    needs = _named_needs(class_run).order_by()
    row = needs.aggregate(people=Count("pk"), units=Count("answer__unit", distinct=True))
    return row["people"], row["units"]


# ---- units of a class, through re-organisations ----
@dataclass(frozen=True)
class RoleSpan:
    """What a unit does in a class, under the name that it bore, up to a day."""

    role: str
    """owner, or a `UnitRole`."""
    unit_id: int
    name: str
    until: dt.date | None
    """Last day under this name or in this role; null while it goes on."""


def roles_over_time(class_run: ClassRun) -> list[RoleSpan]:
    """Return the owner and the other units of a class with the names they bore since it began, oldest first.

    What ended before the class opened is left out. 3 queries.
    """
    owners = list(class_run.owners.values_list("unit_id", "valid_from", "valid_to")) or [
        (class_run.owner_id, None, None)
    ]
    rows = [("owner", *row) for row in owners]
    rows += class_run.roles.order_by("role", "pk").values_list("role", "unit_id", "valid_from", "valid_to")
    start = class_run.opened_on or class_run.planned_start or timezone.localdate()
    versions = UnitVersion.objects.filter(unit__in={row[1] for row in rows}).order_by("unit", "valid_from")
    names: dict[int, list[tuple[str, dt.date, dt.date | None]]] = {}
    for unit_id, name, first, last in versions.values_list("unit_id", "name", "valid_from", "valid_to"):
        names.setdefault(unit_id, []).append((name, first, last))
    return [span for row in rows for span in _spans(*row, start, names[row[1]])]


def _spans(
    role: str,
    unit_id: int,
    first: dt.date | None,
    last: dt.date | None,
    start: dt.date,
    names: Sequence[tuple[str, dt.date, dt.date | None]],
) -> list[RoleSpan]:
    """Return the names of the unit while it had the role; a name that goes on without a change is told once."""
    begins = max(first or start, start)
    found: list[RoleSpan] = []
    for name, since, until in names:
        ends = min(filter(None, (until, last)), default=None)
        if (ends is None or ends >= begins) and (last is None or since <= last):
            if found and found[-1].name == name:
                found.pop()
            found.append(RoleSpan(role, unit_id, name, ends))
    return found
