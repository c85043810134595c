"""What a refusal about rules says to a person, and what its actions are called in the history of a record."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from vuntrong.kernel.errors import RuleBroken

VIOLATIONS = {
    "rule-ends-before-start": _("The last day lies before the first day, %(first_day)s. Choose a later last day."),
    "rule-before-its-predecessor": _(
        "The rule that this one follows begins on %(first_day)s. Choose a later first day."
    ),
    "rule-unreadable": _("The conditions cannot be read. Look at the words of the row again."),
    "rule-own-proposal": _("Whoever proposes a rule does not decide about it. Ask another person to decide."),
}
ACTIONS = {
    "propose_rule": _("Proposed the rule"),
    "approve_rule": _("Approved the rule"),
    "reject_rule": _("Rejected the rule"),
}


def explain(refusal: RuleBroken) -> list[str]:
    """Return a sentence for each broken rule."""
    return [
        str(VIOLATIONS[one.code]) % {name: _shown(value) for name, value in one.values.items()}
        for one in refusal.violations
    ]


def _shown(value: Any) -> Any:
    return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, dt.date) else value
