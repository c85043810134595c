"""What tests of re-organisations stand on: communes with people, and lists of events in short."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.apps import apps

from tests.factories import make_person, make_unit
from vuntrong.registry.actions.reorganise import confirm_reorganisation, draft_reorganisation
from vuntrong.registry.enums import EventKind
from vuntrong.registry.models import Post, Posting, Reorganisation, Unit
from vuntrong.registry.rules.events import Choice, Event, Target, UnitSaid

DAY = dt.date(2026, 3, 1)
EVE = dt.date(2026, 2, 28)
UNTOUCHED = {"kernel.actionlogentry", "kernel.actionloghead", "registry.reorganisation", "sessions.session"}


def commune(name: str, **said: Any) -> UnitSaid:
    return UnitSaid(**{"name": f"Đảng ủy {name}", "short_name": name, "kind": "commune_committee"} | said)


def merge(sources: Iterable[Unit], slug: str, said: UnitSaid | None = None, **extra: Any) -> Event:
    target = Target(slug, said or UnitSaid(), is_new=said is not None)
    return Event(EventKind.MERGE, tuple(one.slug for one in sources), (target,), **extra)


def split(source: Unit, parts: dict[str, str], said: dict[str, UnitSaid], **extra: Any) -> Event:
    targets = tuple(
        Target(slug, said.get(slug, UnitSaid()), Decimal(share), slug in said) for slug, share in parts.items()
    )
    return Event(EventKind.SPLIT, (source.slug,), targets, **extra)


def change(event: str, unit: Unit, **said: str) -> Event:
    return Event(event, (unit.slug,), (Target(unit.slug, UnitSaid(**said)),))


def dissolve(unit: Unit, **extra: Any) -> Event:
    return Event(EventKind.DISSOLVE, (unit.slug,), **extra)


def drafted(within: Unit, *events: Event, on: dt.date = DAY) -> Reorganisation:
    return draft_reorganisation(
        title="Sắp xếp đơn vị hành chính cấp xã",
        takes_effect_on=on,
        instrument_text="Nghị quyết 118/NQ-UBTVQH16 ngày 20/02/2026",
        unit=within,
        events=events,
        by=None,
    )


def confirmed(within: Unit, *events: Event, on: dt.date = DAY) -> Reorganisation:
    return confirm_reorganisation(reorganisation=drafted(within, *events, on=on), by=None)


def province(*names: str) -> tuple[Unit, list[Unit]]:
    top = make_unit("Tỉnh ủy Vĩnh Hà", kind="provincial_committee", slug="vinh-ha")
    return top, [make_unit(f"Đảng ủy {name}", short_name=name, parent=top) for name in names]


def hold(unit: Unit, post: Post | None, name: str = "Lê Văn An", **extra: Any) -> Posting:
    person = make_person(name, unit=unit, post=post, **extra)
    posting = person.postings.get()
    posting.post = post
    posting.save()
    return posting


def secretary() -> Post:
    words = {"name": "Bí thư Đảng ủy", "managing_level": "provincial", "rank": 1}
    return Post.objects.get_or_create(code="bi-thu-thu-nghiem", defaults=words)[0]


def chosen(posting: Posting, to: str, **said: str) -> Choice:
    return Choice("posting", posting.pk, to, **said)


def all_rows() -> dict[str, list[Any]]:
    """Every row of every table of ours, but the log and the re-organisations themselves."""
    found = {}
    for model in apps.get_models():
        label = model._meta.label_lower
        if model.__module__.startswith("vuntrong.") and label not in UNTOUCHED:
            names = sorted(one.attname for one in model._meta.concrete_fields)
            found[label] = sorted(tuple(map(str, row)) for row in model._default_manager.values_list(*names))
    return found
