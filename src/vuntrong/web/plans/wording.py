"""The words of a plan against units and bodies that have ended."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vuntrong.planning.models import TrainingPlan
from vuntrong.registry.queries.wording import ended_in
from vuntrong.registry.rules.wording import Mention

WORDS = ("title", "audience", "place", "funding_source", "legal_basis", "note")


def ended_in_plan(plan: TrainingPlan) -> list[str]:
    """Return a sentence for each name in the words of a plan that has ended by today. At most 4 queries."""
    lines = plan.lines.filter(is_removed=False).values_list(*WORDS)
    texts: Iterable[str] = [plan.title, plan.approver_text, *(text for line in lines for text in line)]
    return [_sentence(one) for one in ended_in(texts, timezone.localdate())]


def _sentence(mention: Mention) -> str:
    words = {
        "name": mention.written,
        "day": date_format(mention.named.ended_on, "SHORT_DATE_FORMAT"),
        "successor": mention.named.successor,
    }
    if mention.named.successor:
        return _("The plan names “%(name)s”, which ended on %(day)s; now %(successor)s.") % words
    return _("The plan names “%(name)s”, which ended on %(day)s.") % words
