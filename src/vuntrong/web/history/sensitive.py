"""Sensitive values in a row of the log: shown and written down as on the page of the person, else hidden."""

from django.http import HttpRequest

from vuntrong.accounts.policies import may_see_person
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.registry.models import Person
from vuntrong.registry.rules.privacy import SENSITIVE_FIELDS
from vuntrong.web.privacy.access import sensitive_access

ABOUT = "registry.person"
"""How the log names a row about a person."""


def hidden_names(request: HttpRequest, entry: ActionLogEntry) -> frozenset[str]:
    """Return the values of the row that this reader may not see now; what she sees is written down. At most 1 insert.

    A value is sensitive when a sensitive field of any record of a person bears its name.
    """
    if entry.subject_type != ABOUT:
        return frozenset()
    said = {*entry.before, *entry.after}
    fields = {field for field in SENSITIVE_FIELDS if _name_of(field) in {name.removesuffix("_id") for name in said}}
    if not fields:
        return frozenset()
    person = Person.objects.filter(pk=entry.subject_id).first()
    if person and may_see_person(request.user, person) and _opens(request, person, fields):
        return frozenset()
    names = {_name_of(field) for field in fields}
    return frozenset(name for name in said if name.removesuffix("_id") in names)


def _opens(request: HttpRequest, person: Person, fields: set[str]) -> bool:
    return sensitive_access(request, person, sorted(fields), note="action log").is_open


def _name_of(field: str) -> str:
    return field.rpartition(".")[2]
