"""Lists to tick: programmes by kind, units by kind inside the catchment."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from vuntrong.accounts.queries import Somebody
from vuntrong.planning.models import NeedsSurvey
from vuntrong.planning.policies import surveys as policies
from vuntrong.planning.queries.surveys import kind_rank
from vuntrong.programmes.models import Programme
from vuntrong.registry.models import Unit


@dataclass(frozen=True)
class Box:
    """One box: its key, label, small second line, whether it is ticked."""

    key: str
    label: str
    detail: str
    is_on: bool


@dataclass(frozen=True)
class BoxGroup:
    """Boxes under one heading, which ticks them all."""

    key: str
    label: str
    boxes: list[Box]

    @property
    def ticked(self) -> int:
        return sum(box.is_on for box in self.boxes)


def offered_programmes(survey: NeedsSurvey | None) -> QuerySet[Programme]:
    """Return the programmes that a survey may offer: those on offer now, and those it has already."""
    on_offer = Q(is_offered=True)
    chosen = Q(pk__in=survey.programmes.values("pk")) if survey else Q()
    return Programme.objects.filter(on_offer | chosen).order_by(kind_rank(), "name")


def units_to_ask(user: Somebody, survey: NeedsSurvey | None) -> QuerySet[Unit]:
    """Return the units that may be asked; for a new survey those of all possible owners. 3 queries."""
    reached = policies.units_to_ask([survey.owner] if survey else policies.owners_for(user))
    chosen = set(survey.recipients.values_list("unit_id", flat=True)) if survey else set()
    return (
        Unit.objects.filter(Q(pk__in=reached, is_alive=True) | Q(pk__in=chosen))
        .select_related("parent")
        .order_by("kind", "sort_key", "pk")
    )


def programme_groups(programmes: Iterable[Programme], chosen: Collection[str]) -> list[BoxGroup]:
    """Return the programmes under their kinds."""
    groups: dict[str, BoxGroup] = {}
    for one in programmes:
        group = groups.setdefault(one.kind, BoxGroup(f"kind-{one.kind}", str(one.get_kind_display()), []))
        group.boxes.append(Box(str(one.pk), one.name, str(one.get_mode_display()), str(one.pk) in chosen))
    return list(groups.values())


def unit_groups(units: Iterable[Unit], chosen: Collection[str]) -> list[BoxGroup]:
    """Return the units under their kinds, each with the unit above it."""
    groups: dict[str, BoxGroup] = {}
    for one in units:
        group = groups.setdefault(one.kind, BoxGroup(f"unit-{one.kind}", str(one.get_kind_display()), []))
        above = one.parent.short_name if one.parent else ""
        group.boxes.append(Box(str(one.pk), one.name, above, str(one.pk) in chosen))
    return sorted(groups.values(), key=lambda group: -len(group.boxes))
