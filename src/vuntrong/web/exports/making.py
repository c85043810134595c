"""Writing the training block, at once or in a worker, and what is written down about it."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from vuntrong.accounts.models import User
from vuntrong.accounts.policies import people_visible_to
from vuntrong.documents.sheets import to_xlsx
from vuntrong.exchange.training_block import TrainingRow, to_json, to_sheets
from vuntrong.exchange.training_rows import EXPORTED_FIELDS, training_rows
from vuntrong.kernel import log
from vuntrong.kernel.dates import EARLIEST_YEAR, Period
from vuntrong.registry.actions.privacy import note_read
from vuntrong.registry.enums import ReadKind
from vuntrong.registry.models import Person, Unit
from vuntrong.registry.queries.units import subtree_ids

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"xlsx": XLSX, "json": "application/json"}


@dataclass(frozen=True)
class Wanted:
    """What was asked for, as plain values that a job can carry."""

    unit_id: int
    start: str
    end: str
    shape: str
    purpose: str

    @property
    def period(self) -> Period | None:
        """The days asked for; nothing for all days."""
        if not self.start and not self.end:
            return None
        start = dt.date.fromisoformat(self.start) if self.start else dt.date(EARLIEST_YEAR, 1, 1)
        return Period(start, dt.date.fromisoformat(self.end) if self.end else None)


def wanted_of(typed: Mapping[str, Any]) -> Wanted:
    """Return what a form asks for."""
    days = {name: typed[name].isoformat() if typed[name] else "" for name in ("start", "end")}
    return Wanted(unit_id=typed["unit"].pk, shape=typed["shape"], purpose=typed["purpose"], **days)


def people_of(user: User, wanted: Wanted) -> QuerySet[Person]:
    """Return the people at and below the unit whom the user sees; no restricted and no merged record."""
    units = subtree_ids({wanted.unit_id})
    return people_visible_to(user).filter(unit_id__in=units, merged_into=None)


def block_bytes(user: User, wanted: Wanted, tell: Callable[[int], None] = lambda _done: None) -> bytes:
    """Return the file; `tell` hears how many rows are written."""
    unit = Unit.objects.get(pk=wanted.unit_id)
    rows = _counted(training_rows(people_of(user, wanted), wanted.period), tell)
    if wanted.shape == "json":
        made_on = timezone.localdate().isoformat()
        return "".join(to_json(rows, scope=unit.slug, period=(wanted.start, wanted.end), made_on=made_on)).encode()
    return to_xlsx(to_sheets(rows, title=f"Khối đào tạo, bồi dưỡng: {unit.name}"))


@transaction.atomic
def note_export(user: User, wanted: Wanted, people: int) -> None:
    """Write down who took the block of how many people for what: in the reads and in the action log."""
    unit = Unit.objects.get(pk=wanted.unit_id)
    note = f"Khối đào tạo, bồi dưỡng: {unit.name}"
    note_read(user=user, kind=ReadKind.EXPORT, purpose=wanted.purpose, fields=EXPORTED_FIELDS, count=people, note=note)
    said = {"purpose": wanted.purpose, "people": people, "valid_from": wanted.start, "valid_to": wanted.end}
    log.record("export_training_block", unit, by=user, after=said)


def _counted(rows: Iterable[TrainingRow], tell: Callable[[int], None]) -> Iterator[TrainingRow]:
    for done, row in enumerate(rows):
        if done % 1000 == 0:
            tell(done)
        yield row


def file_name(wanted: Wanted) -> str:
    """Return the name that the browser gives the file."""
    return f"khoi-dao-tao-{timezone.localdate():%Y-%m-%d}.{wanted.shape}"
