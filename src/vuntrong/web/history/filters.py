"""Filters of the list of what was done."""

from django.utils.translation import gettext_lazy as _

from vuntrong.kernel.models import ActionLogEntry
from vuntrong.web.history.words import ACTIONS
from vuntrong.web.kit.filters import ListFilter, choice_menu, days, words


class LogFilter(ListFilter):
    """What was done, by whom, and when."""

    action = choice_menu(_("Action"), sorted(ACTIONS.items()))
    actor_name = words(_("Who"))
    at = days(_("When"))

    class Meta:
        model = ActionLogEntry
        fields = ("action", "actor_name", "at")
