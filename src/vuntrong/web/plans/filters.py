"""Filters of the list of plans."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuntrong.planning.enums import PlanState, Side
from vuntrong.planning.policies.plans import plans_visible_to
from vuntrong.registry.models import Unit
from vuntrong.web.kit import filters
from vuntrong.web.plans.tables import TONES


def owners(request):
    """Return the owners of the plans that the person sees."""
    return Unit.objects.filter(pk__in=plans_visible_to(request.user).values("owner_id"))


def years() -> list[tuple[str, str]]:
    """Return the years on offer, the next one first."""
    this = timezone.localdate().year
    return [(str(year), str(year)) for year in range(this + 1, this - 8, -1)]


class PlanFilter(filters.ListFilter):
    """By state (chips), year, side and owner."""

    chip = "state"
    tones = TONES
    state = filters.choice_chip(PlanState.choices)
    year = filters.choice_menu(_("Year"), years)
    side = filters.choice_menu(_("Side"), Side.choices)
    owner = filters.record_menu(_("Owner"), owners)
