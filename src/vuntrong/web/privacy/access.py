"""Sensitive fields on a page: hidden until a purpose is named, written down each time they show."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from vuntrong.accounts.policies import may_read_sensitive, reads_sensitive_daily
from vuntrong.registry.actions.privacy import note_read
from vuntrong.registry.enums import Purpose, ReadKind
from vuntrong.registry.models import Person
from vuntrong.web.privacy.forms import PurposeForm

OPEN = dt.timedelta(minutes=15)
"""So long the fields of one person stay open for the purpose that was named."""
KEPT = "sensitive"
"""Where the session keeps what is open: key of the person -> [purpose, until when]."""


@dataclass(frozen=True)
class SensitiveAccess:
    """What parts/_sensitive.html needs: whether the fields show, for what, and how to ask for them."""

    is_open: bool
    may_ask: bool
    purpose: str
    url: str
    form: PurposeForm

    @property
    def purpose_label(self) -> str:
        return str(Purpose(self.purpose).label) if self.purpose else ""


def sensitive_access(
    request: HttpRequest, person: Person, fields: Collection[str], *, note: str = ""
) -> SensitiveAccess:
    """Say whether this page may show `fields` of a person, and write the read down if it may. At most 1 insert.

    `fields` as rules.privacy.SENSITIVE_FIELDS names them. Who works with them daily sees them at once, for training;
    everybody else names a purpose first, which holds for a quarter of an hour.
    """
    purpose = ""
    may_ask = may_read_sensitive(request.user)
    if may_ask:
        daily = Purpose.TRAINING.value if reads_sensitive_daily(request.user, person) else ""
        purpose = _named(request, person) or daily
    if purpose:
        note_read(user=request.user, kind=ReadKind.PAGE, purpose=purpose, fields=fields, person=person, note=note)
    url = reverse("privacy:show-sensitive", args=[person.pk])
    return SensitiveAccess(bool(purpose), may_ask, purpose, url, PurposeForm(auto_id="sensitive_%s"))


def open_for(request: HttpRequest, person: Person, purpose: str) -> None:
    """Remember for a while that the person at the screen named a purpose."""
    kept = {key: value for key, value in request.session.get(KEPT, {}).items() if _is_running(value[1])}
    kept[str(person.pk)] = [purpose, (timezone.now() + OPEN).isoformat()]
    request.session[KEPT] = kept


def _named(request: HttpRequest, person: Person) -> str:
    purpose, until = request.session.get(KEPT, {}).get(str(person.pk), ("", ""))
    return purpose if _is_running(until) else ""


def _is_running(until: str) -> bool:
    moment = parse_datetime(until) if until else None
    return moment is not None and moment > timezone.now()
