"""People who enter the registry."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from vuntrong.kernel import log
from vuntrong.kernel.dates import PartialDate
from vuntrong.kernel.text import nfc, search_key, sort_key
from vuntrong.registry.actions.writing import PersonWrite, insert_people
from vuntrong.registry.models import Person


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
    [key] = insert_people([_written(new)])
    person = _person(key, new)
    log.record("create_person", person, by=by, after={"name": person.full_name, "unit": person.unit_id})
    return person


@transaction.atomic
def enter_people(*, new: Sequence[NewPerson], by: log.Actor | None, reason: str) -> list[int]:
    """Enter many people at once; returns their keys in the order given. One row in the log, 2 inserts a batch."""
    ids = insert_people([_written(one) for one in new])
    log.record("create_people", None, by=by, label=reason, after={"count": len(ids)}, reason=reason)
    return ids


def create_people(*, new: Sequence[NewPerson], by: log.Actor | None, reason: str) -> list[Person]:
    """Enter many people at once and return them; an object costs three times its row, so lists take `enter_people`."""
    ids = enter_people(new=new, by=by, reason=reason)
    return [_person(key, one) for key, one in zip(ids, new, strict=True)]


def _written(new: NewPerson) -> PersonWrite:
    return PersonWrite(
        fields={
            "full_name": new.full_name,
            "sex": new.sex,
            "born_on": new.born_on.iso() if new.born_on else None,
            "unit": new.unit_id,
            "post_text": nfc(new.post_text),
        }
    )


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
