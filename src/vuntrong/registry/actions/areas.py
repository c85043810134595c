"""Saying that a unit lies in a hard area, from a day to a day, by a paper."""

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction

from vuntrong.kernel import log
from vuntrong.kernel.errors import refuse_if
from vuntrong.kernel.text import nfc
from vuntrong.kernel.transitions import edit, lock_row
from vuntrong.registry.models import Unit, UnitArea
from vuntrong.registry.rules.areas import AreaFacts, area_violations
from vuntrong.regulations.enums import Confidence


@dataclass(frozen=True)
class AreaWords:
    """What a row about an area says: AreaKind, days (both included), the paper as typed, Confidence."""

    kind: str
    valid_from: dt.date
    valid_to: dt.date | None
    instrument_text: str
    confidence: str = Confidence.UNVERIFIED


@transaction.atomic
def add_area(*, unit: Unit, words: AreaWords, by: log.Actor | None) -> UnitArea:
    """Enter a row about an area. Raises RuleBroken when it overlaps another one of the same kind."""
    unit = lock_row(unit)
    refuse_if(area_violations(_facts(unit, words, None)))
    row = UnitArea.objects.create(unit=unit, **_stored(words))
    log.record("add_unit_area", unit, by=by, after=_said(words))
    return row


@transaction.atomic
def change_area(*, row: UnitArea, words: AreaWords, revision: int, by: log.Actor | None) -> UnitArea:
    """Correct a row or end it. Raises RuleBroken as `add_area`, StaleState when somebody else saved meanwhile."""
    unit = lock_row(row.unit)
    refuse_if(area_violations(_facts(unit, words, row)))
    before = _said(AreaWords(**{name: getattr(row, name) for name in AreaWords.__dataclass_fields__}))
    row = edit(row, revision=revision, **_stored(words))
    log.record("change_unit_area", unit, by=by, before=before, after=_said(words))
    return row


@transaction.atomic
def remove_area(*, row: UnitArea, by: log.Actor | None) -> None:
    """Take a row out that was entered by mistake."""
    unit = lock_row(row.unit)
    said = AreaWords(**{name: getattr(row, name) for name in AreaWords.__dataclass_fields__})
    if UnitArea.objects.filter(pk=row.pk).delete()[0]:
        log.record("remove_unit_area", unit, by=by, before=_said(said))


def _facts(unit: Unit, words: AreaWords, row: UnitArea | None) -> AreaFacts:
    first_day = unit.versions.order_by("valid_from").values_list("valid_from", flat=True)[0]
    others = unit.areas.filter(kind=words.kind)
    others = others.exclude(pk=row.pk) if row else others
    return AreaFacts((words.valid_from, words.valid_to), first_day, list(others.values_list("valid_from", "valid_to")))


def _stored(words: AreaWords) -> dict[str, object]:
    return asdict(words) | {"instrument_text": nfc(words.instrument_text)}


def _said(words: AreaWords) -> dict[str, object]:
    return {"area_kind": words.kind, **{name: value for name, value in _stored(words).items() if name != "kind"}}
