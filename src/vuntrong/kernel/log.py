"""The action log: one row for each action, chained by hash so that a change behind our back shows."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from vuntrong.kernel.bulk import insert_rows
from vuntrong.kernel.models import ActionLogEntry, ActionLogHead, ActionLogSubject

START = "0" * 64
"""The hash before the first row."""
SUBJECTS = "subjects_hash"
"""Name of the value in which an entry holds the hash over its many records."""
SYSTEM = "Hệ thống"
"""Name of the actor when the clock, not a person, acted."""
REDACTION = "redact_log"
"""The action whose row tells which rows lost their words."""


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
    subject_type: str = "",
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
        subject_type=subject._meta.label_lower if subject else subject_type,
        subject_id=subject.pk if subject else None,
        subject_label=(label or str(subject or ""))[:300],
        before=_plain(before or {}),
        after=_plain(after or {}),
        reason=reason[:500],
        salt=secrets.token_hex(16),
        previous_hash=head.hash,
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    ActionLogHead.objects.filter(pk=head.pk).update(hash=entry.hash, count=head.count + 1)
    return entry


def record_many(
    action: str,
    model: type[models.Model],
    subjects: Iterable[tuple[int, Mapping[str, Any]]],
    *,
    by: Actor | None,
    label: str,
    after: Mapping[str, Any],
    reason: str = "",
) -> ActionLogEntry:
    """Append one row for a run that changed many records of a model; the last thing an action does.

    `subjects` are (key, {name of the value: [before, after]}), of plain values; nothing in the second for a record that
    the run made. The entry holds a hash over them, so that the chain covers them too. Raises as `record` does.
    """
    rows = [(key, _compact(changes)) for key, changes in subjects]
    said = {**after, SUBJECTS: _subjects_hash(rows)}
    entry = record(action, None, by=by, label=label, after=said, reason=reason, subject_type=model._meta.label_lower)
    insert_rows(ActionLogSubject, ("subject_id", "changes"), rows, same={"entry": entry.pk})
    return entry


def _compact(changes: Mapping[str, Any]) -> str:
    if not changes:
        return "{}"
    return json.dumps(changes, sort_keys=True, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)


def _subjects_hash(rows: Iterable[tuple[int, str]]) -> str:
    digest = hashlib.sha256()
    for key, changes in rows:
        digest.update(f"{key}:{changes}\n".encode())
    return digest.hexdigest()


def _subjects_hold(entry: ActionLogEntry) -> bool:
    """Say whether the records that an entry names are those that it was written with."""
    return SUBJECTS not in entry.after or bool(_subjects_now(entry) == entry.after[SUBJECTS])


def _subjects_now(entry: ActionLogEntry) -> str:
    rows = entry.subjects.order_by("id").values_list("subject_id", "changes")
    return _subjects_hash((key, _compact(changes)) for key, changes in rows)


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
        *([entry.salt] if entry.salt else []),
    ]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"), cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def redact(
    entries: Iterable[ActionLogEntry],
    *,
    subjects: Iterable[ActionLogSubject] = (),
    by: Actor | None,
    reason: str,
) -> ActionLogEntry | None:
    """Write back rows whose words the caller has replaced, so that the chain still holds; null when there are none.

    `subjects` are rows of `record_many` whose changes were replaced. A redacted row keeps its hash, which the next row
    repeats, and loses its salt, so that the words cannot be guessed from the hash. What it says from now on is fixed by
    its digest in the new row of the log that tells of it.
    """
    changed = {entry.pk: entry for entry in entries}
    for entry in _with_subjects(subjects):
        told = changed.setdefault(entry.pk, entry)
        told.after = {**told.after, SUBJECTS: _subjects_now(entry)}
    for entry in changed.values():
        entry.salt, entry.is_redacted = "", True
        entry.save(update_fields=["subject_label", "before", "after", "reason", "salt", "is_redacted"])
    digests = {str(key): entry_hash(entry) for key, entry in changed.items()}
    return record(REDACTION, None, by=by, after={"entries": digests}, reason=reason) if digests else None


def _with_subjects(subjects: Iterable[ActionLogSubject]) -> list[ActionLogEntry]:
    """Save the rows and return the entries that they belong to."""
    rows = list(subjects)
    ActionLogSubject.objects.bulk_update(rows, ["changes"], batch_size=200)
    return list(ActionLogEntry.objects.filter(pk__in={row.entry_id for row in rows}).order_by("id"))


def first_broken() -> Broken | None:
    """Return the first row that does not follow from the one before, or None when the chain holds."""
    previous, count = START, 0
    redacted: dict[str, str] = {}
    for entry in _entries():
        if entry.previous_hash != previous:
            return Broken(entry.pk, "does not follow the row before it")
        if not _holds(entry):
            return Broken(entry.pk, "was changed after it was written")
        redacted |= {str(entry.pk): entry_hash(entry)} if entry.is_redacted else {}
        if entry.action == REDACTION:
            redacted = {key: digest for key, digest in redacted.items() if entry.after["entries"].get(key) != digest}
        previous, count = entry.hash, count + 1
    if redacted:
        return Broken(min(map(int, redacted)), "was redacted, and no row of the log says so")
    head = ActionLogHead.objects.first()
    if head and (head.count, head.hash) != (count, previous):
        return Broken(None, f"{head.count - count} rows are missing at the end")
    return None


def _holds(entry: ActionLogEntry) -> bool:
    """Say whether a row is what it was written as; of a redacted one only a later row can tell."""
    return (entry.is_redacted or entry.hash == entry_hash(entry)) and _subjects_hold(entry)


def history(subject: models.Model) -> models.QuerySet[ActionLogEntry]:
    """Return the rows about one record, newest first; those of runs that changed it among many too."""
    kind = subject._meta.label_lower
    runs = ActionLogSubject.objects.filter(subject_id=subject.pk).values("entry_id")
    about = Q(subject_type=kind, subject_id=subject.pk) | Q(subject_type=kind, pk__in=runs)
    return ActionLogEntry.objects.filter(about).order_by("-id")


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
