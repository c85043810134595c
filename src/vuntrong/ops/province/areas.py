"""Which communes of an invented province lie in hard areas."""

import random
from collections.abc import Mapping

from vuntrong.ops.province.bodies import TWO_LEVELS
from vuntrong.registry.enums import AreaKind, UnitKind
from vuntrong.registry.models import Unit, UnitArea
from vuntrong.regulations.enums import Confidence

SHARE = 0.3
PAPER = "Quyết định số 861/QĐ-TTg và văn bản tiếp nối (giả định)"
KINDS = (AreaKind.HARD, AreaKind.MOUNTAIN, AreaKind.MINORITY, AreaKind.BORDER)


def mark_areas(ids: Mapping[str, int], dice: random.Random) -> None:
    """Mark some of the communes that are there today, from the day of the two-level government on. 2 queries."""
    made = frozenset(ids.values())
    communes = Unit.objects.filter(kind=UnitKind.COMMUNE_COMMITTEE, is_alive=True).order_by("pk")
    keys = [key for key in communes.values_list("pk", flat=True) if key in made]
    chosen = [key for key in keys if dice.random() < SHARE]
    UnitArea.objects.bulk_create(
        UnitArea(
            unit_id=key,
            kind=dice.choice(KINDS),
            valid_from=TWO_LEVELS,
            instrument_text=PAPER,
            confidence=Confidence.UNVERIFIED,
        )
        for key in chosen
    )
