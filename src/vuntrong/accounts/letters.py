"""What people are told: every letter of the product, plain text, in one place.

A letter names no person and nothing sensitive: an e-mail passes through foreign servers and lies in foreign boxes. It
says what happened and leads to the page, where the reader's rights decide what she sees. WORDS holds what may be
filled in, and a test holds every letter to it.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from vuntrong.accounts.enums import MessageKind

WORDS = frozenset({"survey", "closes", "request", "rule", "day", "unit", "count", "class_run", "paper", "refused"})
"""What may be filled into a letter: names of things, numbers and days; never the name of a person."""


@dataclass(frozen=True)
class Letter:
    """A subject and a text with places for words: %(survey)s."""

    kind: MessageKind
    subject: Any
    text: Any


SURVEY_REMINDER = Letter(
    MessageKind.SURVEY,
    _("Reminder: %(survey)s"),
    _(
        "The answer of your unit to “%(survey)s” has not come yet. It can be sent until %(closes)s.\n\n"
        "Where nobody needs training, please send an empty answer, so that we need not ask again."
    ),
)
REQUEST_ANSWERED = Letter(
    MessageKind.DATA_REQUEST,
    _("Your request about personal data has an answer"),
    _("Your request of %(day)s (%(request)s) has an answer. Sign in to read it."),
)
REQUEST_CLOSED = Letter(
    MessageKind.DATA_REQUEST,
    _("Your request about personal data is carried out"),
    _("Your request of %(day)s (%(request)s) is carried out. Sign in to read what was done."),
)
REQUEST_REFUSED = Letter(
    MessageKind.DATA_REQUEST,
    _("Your request about personal data is refused"),
    _("Your request of %(day)s (%(request)s) is refused. Sign in to read why."),
)
RULE_PROPOSED = Letter(
    MessageKind.RULE,
    _("A rule waits for a decision: %(rule)s"),
    _("“%(rule)s” is proposed to hold from %(day)s. It acts only after somebody other than the proposer approves it."),
)
IMPORT_DONE = Letter(
    MessageKind.IMPORT,
    _("The list is imported: %(unit)s"),
    _("The list of %(unit)s is imported: %(count)s rows. The page shows what was entered and what was changed."),
)
IMPORT_FAILED = Letter(
    MessageKind.IMPORT,
    _("The list was not imported: %(unit)s"),
    _("The list of %(unit)s was not imported; nothing was written. The page says why."),
)
FOOT = _("Vun Trồng sent this message. Choose which ones come by e-mail: %(url)s")
"""Below every e-mail."""
