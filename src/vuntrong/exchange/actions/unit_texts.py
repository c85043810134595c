"""Units that lists named and the registry did not know: what a person says they are."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from vuntrong.exchange.models import UnitAlias
from vuntrong.kernel import log
from vuntrong.kernel.text import nfc, search_key
from vuntrong.registry.models import Person, Posting, Unit


@transaction.atomic
def match_unit_texts(*, texts: Iterable[tuple[Unit, str]], unit: Unit, by: log.Actor | None) -> int:
    """Say that several texts, each inside its home, mean one unit: all or none. Returns how many people moved."""
    ordered = sorted(texts, key=lambda one: (one[0].pk, one[1]))
    return sum(match_unit_text(home=home, text=text, unit=unit, by=by) for home, text in ordered)


@transaction.atomic
def match_unit_text(*, home: Unit, text: str, unit: Unit, by: log.Actor | None) -> int:
    """Say that a text means a unit: every posting of `home` that carries it moves there; later lists know it.

    Returns how many people moved. 7 queries.
    """
    said = {"text": nfc(text), "unit": unit}
    UnitAlias.objects.update_or_create(home=home, search_key=search_key(text), defaults=said)
    postings = Posting.objects.select_for_update().filter(unit=home, unit_text=text)
    people = sorted(set(postings.values_list("person_id", flat=True)))
    here = Person.objects.filter(pk__in=people, unit=home, postings__in=postings.filter(is_main=True, valid_to=None))
    moved = sorted(set(here.values_list("pk", flat=True)))
    postings.update(unit=unit, unit_text="")
    now = timezone.now()
    Person.objects.filter(pk__in=moved).update(unit=unit, updated_on=now, revision=F("revision") + 1)
    subjects = [(person, {"unit": [text, unit.name]}) for person in people]
    after = {"unit": unit.name, "count": len(people)}
    log.record_many("match_unit_text", Person, subjects, by=by, label=text, after=after)
    return len(people)
