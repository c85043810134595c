"""Reads of sensitive fields, written down. Nothing changes or removes these rows."""

from collections.abc import Collection

from vuntrong.kernel.log import Actor
from vuntrong.kernel.text import nfc
from vuntrong.registry.models import Person, SensitiveRead


def note_read(
    *,
    user: Actor | None,
    kind: str,
    purpose: str,
    fields: Collection[str],
    person: Person | None = None,
    count: int = 1,
    note: str = "",
) -> SensitiveRead | None:
    """Write down that `user` (null: a command) read `fields` of a person, or of `count` people. 1 insert.

    `kind` is ReadKind, `purpose` is Purpose, `fields` are model fields as rules.privacy.SENSITIVE_FIELDS names them
    (registry.Person.religion); without any there is nothing to write and the answer is null. `note` says which list,
    filter or paper. These rows are themselves the log: the action log would only repeat them.
    """
    if not fields or not count:
        return None
    return SensitiveRead.objects.create(
        user_id=user.pk if user else None,
        kind=kind,
        person=person,
        count=1 if person else count,
        fields=sorted(fields),
        purpose=purpose,
        note=nfc(note)[:300],
    )
