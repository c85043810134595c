"""What pages say of an e-mail."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vuntrong.accounts.actions.messages import NO_ADDRESS
from vuntrong.accounts.enums import UNSENT
from vuntrong.accounts.models import OutgoingMail
from vuntrong.web.kit.values import Fact

SIGNS = (
    ("550", lambda: _("The server of the address says that there is no such box.")),
    ("552", lambda: _("The box is full.")),
    ("452", lambda: _("The box is full.")),
    ("535", lambda: _("Our mail server refused our user name or password.")),
    ("ConnectionRefusedError", lambda: _("Our mail server does not answer.")),
    ("TimeoutError", lambda: _("Our mail server does not answer.")),
    ("gaierror", lambda: _("The name of our mail server is not known.")),
)
"""What a server or the network says at the beginning of an error, and what it means."""


def receiver(mail: OutgoingMail) -> str:
    """Return whose address it is: the account, else the person, with the unit."""
    who = str(mail.user) if mail.user else mail.person.full_name if mail.person else ""
    return " · ".join(part for part in (who, mail.unit.short_name if mail.unit else "") if part)


def why_it_failed(mail: OutgoingMail) -> str:
    """Return why the last attempt failed, in words first; "" where nothing failed."""
    if not mail.last_error:
        return ""
    if mail.last_error == NO_ADDRESS:
        return _("This is no e-mail address. Correct it in the record.")
    known = next((says() for sign, says in SIGNS if mail.last_error.startswith(sign)), "")
    return f"{known} ({mail.last_error})" if known else mail.last_error


def mail_facts(mail: OutgoingMail) -> list[Fact]:
    """Return what is known of an e-mail."""
    facts = [
        Fact(_("E-mail address"), mail.address or _("(address removed)")),
        Fact(_("Whose"), receiver(mail) or "–"),
        Fact(_("About"), mail.message.get_kind_display()),
        Fact(_("Made at"), _moment(mail.queued_at)),
        Fact(_("Attempts"), mail.attempts),
    ]
    if mail.sent_at:
        facts.append(Fact(_("Sent"), _moment(mail.sent_at)))
    if mail.state in UNSENT:
        facts.append(Fact(_("Next attempt"), _moment(mail.next_attempt_at)))
    return facts


def _moment(at: dt.datetime) -> str:
    return date_format(timezone.localtime(at), "H:i d/m/Y")
