"""The rows behind every figure, of today from the enrolments and of a submission from its frozen rows, in one form."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from vuntrong.classes.enums import EnrolmentState, Grade
from vuntrong.classes.models import Enrolment
from vuntrong.kernel.text import search_key
from vuntrong.registry.models import UnitVersion
from vuntrong.reports.enums import Reading, Result
from vuntrong.reports.models import ReportRow, ReportSubmission
from vuntrong.reports.queries.folding import told_units
from vuntrong.reports.queries.scopes import Scope, counted_enrolments, held_classes
from vuntrong.reports.rules.checks import Recount

ROW_FIELDS = (
    "enrolment_id",
    "person_id",
    "person_name",
    "search_key",
    "sex",
    "result",
    "unit_name",
    "class_id",
    "class_code",
    "class_name",
    "programme_id",
    "programme_name",
)
"""What a row says, live and frozen alike."""

RESULT = Case(
    When(state=EnrolmentState.WITHDRAWN, then=Value(Result.WITHDRAWN)),
    When(Q(state=EnrolmentState.NOT_COMPLETED) | Q(grade=Grade.FAILED), then=Value(Result.FAILED)),
    When(~Q(state=EnrolmentState.COMPLETED), then=Value(Result.PENDING)),
    When(grade__in=[Grade.EXCELLENT, Grade.GOOD], then=Value(Result.GOOD)),
    When(grade=Grade.FAIR, then=Value(Result.FAIR)),
    When(grade=Grade.AVERAGE, then=Value(Result.AVERAGE)),
    default=Value(Result.PASSED),
    output_field=CharField(),
)
"""`rules.figures.result_of` for the database; a test holds the two together."""

NAME_THEN = Coalesce(
    Subquery(
        UnitVersion.objects.filter(unit=OuterRef("unit_id"), valid_from__lte=OuterRef("enrolled_on"))
        .order_by("-valid_from")
        .values("name")[:1]
    ),
    F("unit__name"),
)
"""The name of the sending unit on the day of enrolment."""


@dataclass(frozen=True)
class RowFilter:
    """Which rows of a report are wanted; an absent value does not filter."""

    class_ids: Collection[int] | None = None
    sex: str | None = None
    result: str = ""
    unit_ids: Collection[int] | None = None
    """Sending units; of enrolments only, for frozen rows keep words."""
    sender: str | None = None
    """Name of the sending unit, of frozen rows."""
    text: str = ""
    """Part of a name, of a unit or of a class code, without regard to case and marks of names."""

    def condition(self) -> Q:
        """Return the filter for rows of either kind."""
        found = Q()
        if self.class_ids is not None:
            found &= Q(class_id__in=self.class_ids)
        if self.sex is not None:
            found &= Q(sex=self.sex)
        if self.unit_ids is not None:
            found &= Q(sent_by__in=self.unit_ids)
        if self.sender is not None:
            found &= Q(unit_name=self.sender)
        if self.result:
            found &= Q(result=self.result)
        if self.text:
            text = Q(search_key__contains=search_key(self.text)) | Q(class_code__icontains=self.text)
            found &= text | Q(unit_name__icontains=self.text)
        return found


NO_FILTER = RowFilter()


def report_rows(scope: Scope, wanted: RowFilter = NO_FILTER) -> QuerySet[Any]:
    """Return the counted enrolments of today as dicts of ROW_FIELDS, by class, then by name."""
    enrolments = counted_enrolments(scope)
    named = in_words(enrolments, _told_today(enrolments) if scope.reading == Reading.TODAY else None)
    return named.filter(wanted.condition()).order_by("class_run__opened_on", "class_code", "person__sort_key", "id")


def frozen_rows(submission: ReportSubmission, wanted: RowFilter = NO_FILTER) -> QuerySet[Any]:
    """Return the rows that a submission counted as dicts of ROW_FIELDS, in the order of that day."""
    rows = ReportRow.objects.filter(wanted.condition(), submission=submission)
    return rows.order_by("id").values(*ROW_FIELDS)


def _told_today(enrolments: QuerySet[Enrolment]) -> dict[int, str]:
    """Return the words of today for the sending units that changed. 4 queries."""
    return told_units(set(enrolments.order_by().values_list("unit_id", flat=True).distinct()))


def in_words(enrolments: QuerySet[Enrolment], told: Mapping[int, str] | None = None) -> QuerySet[Any]:
    """Return enrolments as dicts of ROW_FIELDS; sending units by their name of that day, or by the words `told`."""
    return enrolments.annotate(
        sent_by=F("unit_id"),
        enrolment_id=F("id"),
        person_name=F("person__full_name"),
        search_key=F("person__search_key"),
        sex=F("person__sex"),
        result=RESULT,
        unit_name=NAME_THEN if told is None else _name_today(told),
        class_id=F("class_run_id"),
        class_code=F("class_run__code"),
        class_name=F("class_run__name"),
        programme_id=F("class_run__programme_id"),
        programme_name=F("class_run__programme__name"),
    ).values(*ROW_FIELDS)


def _name_today(told: Mapping[int, str]) -> Any:
    changed = [When(unit_id=unit_id, then=Value(words)) for unit_id, words in told.items()]
    return Case(*changed, default=F("unit__name"), output_field=CharField()) if changed else F("unit__name")


def people_of(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the distinct people of rows of either kind with their number of turns, by name."""
    by_name = "person__sort_key" if rows.model is Enrolment else "person_name"
    people = rows.order_by().values("person_id", "person_name", "sex").annotate(turns=Count("enrolment_id"))
    return people.order_by(by_name, "person_id")


def recount(scope: Scope) -> Recount:
    """Return classes, learners and turns counted from the lists themselves, not from the figures. 2 queries."""
    rows = counted_enrolments(scope).aggregate(turns=Count("id"), learners=Count("person_id", distinct=True))
    return Recount(classes=held_classes(scope).count(), learners=rows["learners"], turns=rows["turns"])


def recount_frozen(submission: ReportSubmission, classes: int) -> Recount:
    """Return the same of a submission's frozen rows; a class may have no row, so that its number is given. 1 query."""
    rows = submission.rows.aggregate(turns=Count("id"), learners=Count("person_id", distinct=True))
    return Recount(classes=classes, learners=rows["learners"], turns=rows["turns"])
