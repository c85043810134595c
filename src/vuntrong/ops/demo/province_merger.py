"""Vĩnh Hà: the merger of two communes next year, typed and waiting, so that a newcomer can walk through the rest."""

import datetime as dt

from vuntrong.ops.demo.needs import Office
from vuntrong.registry.actions.reorganise import draft_reorganisation
from vuntrong.registry.enums import EventKind, UnitKind
from vuntrong.registry.models import Reorganisation, Unit
from vuntrong.registry.rules.events import Event, Target, UnitSaid

BOARD = Office("Ban Tổ chức Tỉnh ủy")
OLD = ("vinh-ha-dang-uy-xa-tan-phong", "vinh-ha-dang-uy-xa-tan-lap")
NEW = "vinh-ha-dang-uy-xa-tan-phu"
RENAMED = {
    "vinh-ha-ttct-tan-phong": ("Trung tâm Chính trị xã Tân Phú", "TTCT xã Tân Phú"),
    "vinh-ha-uy-ban-nhan-dan-xa-tan-phong": ("Ủy ban nhân dân xã Tân Phú", "UBND xã Tân Phú"),
}


def draft_merger(today: dt.date) -> Reorganisation:
    """Enter the draft: from the next first of March two Party committees are one, and the centre bears its name."""
    year = today.year + 1
    return draft_reorganisation(
        title="Sáp nhập xã Tân Phong và xã Tân Lập thành xã Tân Phú",
        takes_effect_on=dt.date(year, 3, 1),
        instrument_text=f"Nghị quyết 118/NQ-UBTVQH16 ngày 20/01/{year} (giả định)",
        unit=Unit.objects.get(slug="vinh-ha"),
        events=_events(),
        by=BOARD,
    )


def _events() -> list[Event]:
    said = UnitSaid(
        name="Đảng ủy xã Tân Phú",
        short_name="Đảng ủy xã Tân Phú",
        kind=UnitKind.COMMUNE_COMMITTEE,
        parent="vinh-ha",
        code="ĐU",
        seat="Tân Phú",
    )
    merger = Event(EventKind.MERGE, OLD, (Target(NEW, said, is_new=True),), row="1")
    renamings = [
        Event(EventKind.RENAME, (slug,), (Target(slug, UnitSaid(name, short, seat="Tân Phú")),), row=str(row))
        for row, (slug, (name, short)) in enumerate(RENAMED.items(), start=2)
    ]
    return [merger, *renamings]
