"""The action log: one row for each action, chained by hash so that a change behind our back shows."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from vuntrong.kernel.models import ActionLogEntry, ActionLogHead

START = "0" * 64
"""The hash before the first row."""
SYSTEM = "Hệ thống"
"""Name of the actor when the clock, not a person, acted."""


class Actor(Protocol):
    """Whoever acts: a user with a key and a name."""

    pk: Any

    def get_full_name(self) -> str: ...


@dataclass(frozen=True)
class Broken:
    """The first row at which the chain does not hold."""

    entry_id: int | None
    """Null when rows are missing at the end."""
    why: str


def record(
    action: str,
    subject: models.Model | None,
    *,
    by: Actor | None,
    label: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> ActionLogEntry:
    """Append one row to the log inside the caller's transaction; the last thing an action does.

    Holds the head of the chain until the transaction ends (2 writes, 1 read). Raises TransactionManagementError outside
    a transaction.
    """
    head = _locked_head()
    entry = ActionLogEntry(
        at=timezone.now(),
        actor_id=by.pk if by else None,
        actor_name=by.get_full_name() if by else SYSTEM,
        action=action,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=subject.pk if subject else None,
        subject_label=(label or str(subject or ""))[:300],
        before=_plain(before or {}),
        after=_plain(after or {}),
        reason=reason[:500],
        previous_hash=head.hash,
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    ActionLogHead.objects.filter(pk=head.pk).update(hash=entry.hash, count=head.count + 1)
    return entry


def entry_hash(entry: ActionLogEntry) -> str:
    """Return the SHA-256 of everything that the row says, the previous hash included."""
    said = [
        entry.previous_hash,
        entry.at.isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.actor_name,
        entry.action,
        entry.subject_type,
        entry.subject_id,
        entry.subject_label,
        entry.before,
        entry.after,
        entry.reason,
    ]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken() -> Broken | None:
    """Return the first row that does not follow from the one before, or None when the chain holds."""
    previous, count = START, 0
    for entry in _entries():
        if entry.previous_hash != previous:
            return Broken(entry.pk, "does not follow the row before it")
        if entry.hash != entry_hash(entry):
            return Broken(entry.pk, "was changed after it was written")
        previous, count = entry.hash, count + 1
    head = ActionLogHead.objects.first()
    if head and (head.count, head.hash) != (count, previous):
        return Broken(None, f"{head.count - count} rows are missing at the end")
    return None


def history(subject: models.Model) -> models.QuerySet[ActionLogEntry]:
    """Return the rows about one record, newest first."""
    rows = ActionLogEntry.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)
    return rows.order_by("-id")


def _entries() -> Iterator[ActionLogEntry]:
    return ActionLogEntry.objects.order_by("id").iterator(chunk_size=5000)


def _locked_head() -> ActionLogHead:
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("the action log is written inside the action's transaction")
    head, _made = ActionLogHead.objects.select_for_update().get_or_create(pk=1, defaults={"hash": START})
    return head


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Turn dates and numbers into what the database will give back, so that the hash can be computed again."""
    return dict(json.loads(json.dumps(values, cls=DjangoJSONEncoder)))
