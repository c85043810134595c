"""Changes to people."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from vuntrong.kernel import log
from vuntrong.kernel.bulk import insert_rows, reserve_ids
from vuntrong.kernel.dates import PartialDate
from vuntrong.kernel.text import nfc, search_key, sort_key
from vuntrong.registry.models import Person, Posting


@dataclass(frozen=True)
class NewPerson:
    """Somebody who enters the registry."""

    full_name: str
    sex: str
    born_on: PartialDate | None
    unit_id: int
    post_text: str = ""


@transaction.atomic
def create_person(*, new: NewPerson, by: log.Actor | None) -> Person:
    """Enter one person with her posting."""
    [person] = _insert_people([new])
    log.record("create_person", person, by=by, after={"name": person.full_name, "unit": person.unit_id})
    return person


@transaction.atomic
def create_people(*, new: Sequence[NewPerson], by: log.Actor | None, reason: str) -> list[Person]:
    """Enter many people at once, in the order given; one row in the log. 2 inserts for each batch."""
    people = _insert_people(new)
    log.record("create_people", None, by=by, label=reason, after={"count": len(people)}, reason=reason)
    return people


def _insert_people(new: Sequence[NewPerson]) -> list[Person]:
    ids = reserve_ids(Person, len(new))
    people = [_person(key, one) for key, one in zip(ids, new, strict=True)]
    columns = ("id", "full_name", "sex", "born_on", "unit", "post_text", "search_key", "sort_key")
    rows = [
        (
            one.pk,
            one.full_name,
            one.sex,
            one.born_on.iso() if one.born_on else None,
            one.unit_id,
            one.post_text,
            one.search_key,
            one.sort_key,
        )
        for one in people
    ]
    insert_rows(Person, columns, rows, same={"revision": 0})
    insert_rows(Posting, ("person", "unit", "post_text"), [(one.pk, one.unit_id, one.post_text) for one in people])
    return people


def _person(key: int, new: NewPerson) -> Person:
    name = nfc(new.full_name)
    return Person(
        pk=key,
        full_name=name,
        sex=new.sex,
        born_on=new.born_on,
        unit_id=new.unit_id,
        post_text=nfc(new.post_text),
        search_key=search_key(name),
        sort_key=sort_key(name),
    )
