"""What accounts keep of a person: one who signs in keeps a name until the account is closed."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from vuntrong.accounts.models import OutgoingMail, User
from vuntrong.kernel.errors import Violation
from vuntrong.registry import copies
from vuntrong.registry.enums import Erasure
from vuntrong.registry.rules.privacy import ART_4, WORK_RECORD, basic, sensitive, technical

FIELD_CLASSES = {
    "accounts.User": {
        **technical("id", "is_superuser", "is_staff", "is_active", "date_joined", "person"),
        **technical("kinds_without_mail"),
        **basic(Erasure.KEEP, "username", "full_name", "email", source=WORK_RECORD),
        **sensitive(Erasure.KEEP, "password", "last_login", source=ART_4),
    },
    "accounts.OutgoingMail": {
        **technical("id", "message", "user", "person", "unit", "state", "attempts", "next_attempt_at"),
        **technical("queued_at", "sent_at"),
        **basic(Erasure.CLEAR, "address", "last_error"),
    },
}
"""An account is no part of the record: what somebody did with it stays in the action log under its name. A message
names nobody; of an e-mail to a person the address goes, and with it whatever had not left yet."""


def declare() -> None:
    """Tell the registry."""
    copies.declare("accounts", copies.Copies(FIELD_CLASSES, _rows, blockers=_blockers))


def _rows(people: Collection[int]) -> list[QuerySet[Any]]:
    return [OutgoingMail.objects.filter(person_id__in=people)]


def _blockers(people: Collection[int]) -> list[Violation]:
    names = sorted(User.objects.filter(person_id__in=people).values_list("username", flat=True))
    return [Violation("person-signs-in", "", {"account": ", ".join(names)})] if names else []
