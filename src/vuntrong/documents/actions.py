"""Keeping files exactly as they came in."""

import hashlib
from collections.abc import Collection, Mapping
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import ProtectedError

from vuntrong.documents.models import FileReading, StoredFile
from vuntrong.kernel.log import Actor


def store_file(*, content: bytes, name: str, content_type: str, by: Actor | None) -> StoredFile:
    """Keep a file under a name of our own; `name` is the sender's and is shown only.

    The file is on disk before the row: a row without a file is never seen, a file without a row only costs space.
    """
    digest = hashlib.sha256(content).hexdigest()
    stored = StoredFile(
        name=name[-255:],
        content_type=content_type[:100],
        size=len(content),
        sha256=digest,
        stored_by_id=by.pk if by else None,
    )
    stored.file.save(digest[:24], ContentFile(content), save=False)
    stored.save(force_insert=True)
    return stored


def stored_bytes(stored: StoredFile) -> bytes:
    """Read a stored file back."""
    with stored.file.open("rb") as stream:
        return bytes(stream.read())


def reading_of(stored: StoredFile) -> FileReading:
    """Return what was decided about reading a kept workbook; nothing yet for one that nobody looked at. 1 query."""
    return FileReading.objects.filter(file=stored).first() or FileReading(file=stored)


@transaction.atomic
def settle_reading(*, file: StoredFile, mapping: Mapping[str, Any], zeros: bool) -> FileReading:
    """Keep what a person decided about reading a workbook; who saw the former reading is told by its revision."""
    StoredFile.objects.select_for_update().get(pk=file.pk)
    kept = reading_of(file)
    kept.mapping, kept.zeros, kept.revision = dict(mapping), zeros, kept.revision + 1
    kept.save()
    return kept


def discard_files(keys: Collection[int]) -> int:
    """Remove stored files that nothing refers to any more, from the disk when the transaction has committed.

    One that something still refers to stays. Returns how many went.
    """
    gone = 0
    for stored in StoredFile.objects.filter(pk__in=keys):
        try:
            with transaction.atomic():
                StoredFile.objects.get(pk=stored.pk).delete()
        except ProtectedError:
            continue
        transaction.on_commit(partial(stored.file.storage.delete, str(stored.file.name)))
        gone += 1
    return gone
