"""The register of processing as its page and its papers show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vuntrong.accounts.enums import EVERYBODY, SENSITIVE_READERS, Role
from vuntrong.registry.copies import all_field_classes
from vuntrong.registry.enums import FieldClass, Purpose
from vuntrong.registry.field_names import MODEL_NAMES
from vuntrong.registry.rules.privacy import PROCESSING, FieldRule
from vuntrong.web.privacy.showing import field_name


@dataclass(frozen=True)
class ShownField:
    """One line of the register."""

    name: str
    field_class: str
    is_sensitive: bool
    erasure: str
    source: str
    is_verified: bool


@dataclass(frozen=True)
class FieldGroup:
    """The fields of one kind of records."""

    title: str
    fields: Sequence[ShownField]
    technical: int
    """How many more fields say nothing about the person."""


@dataclass(frozen=True)
class ShownPurpose:
    """Why data is used."""

    label: str
    basis: str
    readers: str
    needs_sensitive: bool
    is_verified: bool


def field_groups() -> list[FieldGroup]:
    """Return every classed field of every package. No queries."""
    groups = []
    for label, rules in all_field_classes().items():
        told = [_shown(name, rule) for name, rule in rules.items() if rule.field_class != FieldClass.TECHNICAL]
        if told:
            groups.append(FieldGroup(str(MODEL_NAMES[label]), told, len(rules) - len(told)))
    return groups


def _shown(name: str, rule: FieldRule) -> ShownField:
    return ShownField(
        name=field_name(name),
        field_class=str(rule.field_class.label),
        is_sensitive=rule.field_class == FieldClass.SENSITIVE,
        erasure=str(rule.erasure.label),
        source=rule.source,
        is_verified=rule.is_verified,
    )


def purposes() -> list[ShownPurpose]:
    """Return the purposes with their ground and their readers."""
    return [
        ShownPurpose(
            str(Purpose(purpose).label),
            said.basis,
            _readers(needs=said.needs_sensitive),
            said.needs_sensitive,
            said.is_verified,
        )
        for purpose, said in PROCESSING.items()
    ]


def _readers(*, needs: bool) -> str:
    roles = SENSITIVE_READERS if needs else EVERYBODY
    return _("%(roles)s, each in the units of the role") % {
        "roles": ", ".join(str(role.label) for role in Role if role in roles)
    }
