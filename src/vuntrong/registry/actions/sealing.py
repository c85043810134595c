"""Restricting a record, lifting the restriction, making a record anonymous."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from vuntrong.kernel import log
from vuntrong.kernel.errors import refuse_if
from vuntrong.kernel.text import nfc, search_key
from vuntrong.kernel.transitions import lock_row
from vuntrong.registry.actions.erasing import erase_people, masked_values, redact_log, without, words_of
from vuntrong.registry.copies import COPIES
from vuntrong.registry.enums import Erasure
from vuntrong.registry.models import FormerName, Person, SealedIdentity
from vuntrong.registry.queries.privacy import FORMER_NAMES, restore
from vuntrong.registry.rules import requests as rules
from vuntrong.registry.rules.privacy import FIELD_CLASSES

RULES = FIELD_CLASSES["registry.Person"]


def restricted_name(person_id: int) -> str:
    """Return what stands for the name of a restricted record."""
    return f"Hồ sơ hạn chế số {person_id}"


def anonymous_name(person_id: int) -> str:
    """Return what stands for the name in an anonymous record."""
    return f"Hồ sơ ẩn danh số {person_id}"


@transaction.atomic
def restrict_person(*, person: Person, reason: str, by: log.Actor | None) -> Person:
    """Take what identifies the person out of her record and seal it: lists, search and papers then cannot show it.

    Raises RuleBroken.
    """
    person = lock_row(person)
    refuse_if(rules.restriction_violations(_facts(person, reason)))
    SealedIdentity.objects.create(person=person, content=_content(person), reason=nfc(reason)[:300])
    FormerName.objects.filter(person=person).delete()
    values = masked_values(RULES, restricted_name(person.pk), Person)
    changes = {"restricted_on": timezone.localdate(), "revision": person.revision + 1}
    Person.objects.filter(pk=person.pk).update(**values, **changes)
    person.refresh_from_db()
    log.record("restrict_person", person, by=by, after={"restricted_on": person.restricted_on}, reason=reason)
    return person


@transaction.atomic
def lift_restriction(*, person: Person, reason: str, by: log.Actor | None) -> Person:
    """Put what was sealed back into the record. Raises RuleBroken."""
    person = lock_row(person)
    refuse_if(rules.lifting_violations(_facts(person, reason)))
    _unseal(person)
    person.revision += 1
    person.save()
    log.record("lift_restriction", person, by=by, reason=reason)
    return person


@transaction.atomic
def anonymise_person(*, person: Person, reason: str, by: log.Actor | None) -> Person:
    """Take everything that says who she is out of her record, of the records merged into it, and of the action log.

    What figures count stays: enrolments with their results, sex, unit, years. Nobody can undo it. Raises RuleBroken,
    also where a package above needs the name still (blockers of registry.copies).
    """
    person = lock_row(person)
    refuse_if([*rules.erasure_violations(_facts(person, reason)), *_blockers(person)])
    _unseal(person)
    person.save()
    people = [person, *person.merged_from.all()]
    words, keys = words_of(people), [one.pk for one in people]
    reason = without(words, nfc(reason))
    redact_log(keys, words, by=by, reason=reason)
    erase_people(keys, anonymous_name)
    today = timezone.localdate()
    Person.objects.filter(pk__in=keys).update(anonymised_on=today, restricted_on=today)
    person.refresh_from_db()
    log.record("anonymise_person", person, by=by, after={"records": len(keys)}, reason=reason)
    return person


def _facts(person: Person, reason: str) -> rules.SealFacts:
    return rules.SealFacts(
        is_restricted=person.restricted_on is not None,
        is_anonymous=person.anonymised_on is not None,
        reason=nfc(reason),
    )


def _blockers(person: Person) -> list[Any]:
    return [violation for copies in COPIES.values() for violation in copies.blockers([person.pk])]


def _content(person: Person) -> dict[str, Any]:
    """Return what is sealed, as plain values, with the former names."""
    names = [name for name, rule in RULES.items() if rule.erasure != Erasure.KEEP]
    fields: list[Any] = [Person._meta.get_field(name) for name in names]
    said = {field.name: field.get_prep_value(getattr(person, field.attname)) for field in fields}
    return said | {FORMER_NAMES: list(person.former_names.values("full_name", "note"))}


def _unseal(person: Person) -> None:
    """Put sealed values back into a locked object, its former names into their table, and forget the seal."""
    for sealed in SealedIdentity.objects.filter(person=person):
        restore(person, sealed.content)
        former = sealed.content.get(FORMER_NAMES, [])
        FormerName.objects.bulk_create(
            FormerName(person=person, search_key=search_key(name["full_name"]), **name) for name in former
        )
        sealed.delete()
    person.restricted_on = None
