"""The seats of a class: who holds one, who stands in line, and whose unit has a place left."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from vuntrong.classes.enums import ENROLLING_STATES, QUOTA_STATES, NominationState
from vuntrong.classes.models import ClassRun, Enrolment, Nomination, Quota
from vuntrong.classes.rules.enrolment import SEAT_STATES
from vuntrong.classes.rules.nominations import dealt, free_seats

SEATED = Q(state__in=sorted(SEAT_STATES))


def seats_taken(class_run: ClassRun) -> int:
    """Return how many seats are taken by learners or promised to accepted nominees.

    1 query; true as long as the caller holds the row of the class.
    """
    learners = _counted(Enrolment.objects.filter(SEATED))
    accepted = _counted(Nomination.objects.filter(state=NominationState.ACCEPTED))
    return ClassRun.objects.filter(pk=class_run.pk).values_list(learners + accepted, flat=True).get()


def _counted(rows: QuerySet) -> Coalesce:
    here = rows.filter(class_run=OuterRef("pk")).order_by().values("class_run").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(here, output_field=IntegerField()), 0)


def move_up(class_run: ClassRun) -> list[str]:
    """Give free seats to those who wait, who was nominated first goes first; returns their names.

    The caller holds the row of the class. 1 query where nobody waits, else 3.
    """
    if class_run.state not in ENROLLING_STATES:
        return []
    line = list(
        class_run.nominations.filter(state=NominationState.WAITING).in_order().values_list("pk", "person__full_name")
    )
    if not line:
        return []
    chosen = line[: dealt(len(line), free_seats(class_run.capacity, seats_taken(class_run)))]
    class_run.nominations.filter(pk__in=[key for key, _name in chosen]).update(
        state=NominationState.ACCEPTED, state_at=timezone.now()
    )
    return [name for _key, name in chosen]


@dataclass(frozen=True)
class QuotaUse:
    """What a unit has made of its places."""

    quota: Quota
    used: int
    """Nominated, accepted, waiting for a seat or enrolled."""
    exceptions: int
    """Waiting for an exception; they use no place."""

    @property
    def left(self) -> int:
        return max(0, self.quota.places - self.used)


def quota_uses(class_run: ClassRun, units: Collection[int] | None = None) -> list[QuotaUse]:
    """Return the quotas of a class, of all units or of some, with their use. 2 queries."""
    quotas = class_run.quotas.select_related("unit")
    rows = class_run.nominations.order_by()
    if units is not None:
        quotas, rows = quotas.filter(unit__in=units), rows.filter(unit__in=units)
    counts = {
        unit: (used, exceptions)
        for unit, used, exceptions in rows.values_list("unit_id").annotate(
            used=Count("pk", filter=Q(state__in=sorted(QUOTA_STATES))),
            exceptions=Count("pk", filter=Q(state=NominationState.EXCEPTION)),
        )
    }
    return [QuotaUse(quota, *counts.get(quota.unit_id, (0, 0))) for quota in quotas]
