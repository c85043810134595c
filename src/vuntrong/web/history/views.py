"""The action log: the list, and one row with what it changed."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from vuntrong.accounts.policies import log_visible_to, may_see_log
from vuntrong.web.history.entries import shown_at
from vuntrong.web.history.filters import LogFilter
from vuntrong.web.history.sensitive import hidden_names
from vuntrong.web.history.showing import changes_of
from vuntrong.web.history.tables import LogTable
from vuntrong.web.history.words import words_for
from vuntrong.web.kit.listing import answer_list


def log(request: HttpRequest) -> HttpResponse:
    """List what the people of the units in scope did."""
    if not may_see_log(request.user):
        raise PermissionDenied
    return answer_list(
        request,
        "history/log.html",
        log_visible_to(request.user).order_by("-id"),
        table=LogTable,
        filters=LogFilter,
        title=_("Action log"),
        search="",
        empty={"title": _("Nothing was done yet"), "text": _("Every change of a record is written here.")},
    )


def entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Show one row of the log with what stood before and after."""
    found = get_object_or_404(log_visible_to(request.user), pk=entry_id)
    shown = {
        "entry": found,
        "what": words_for(found.action),
        "at": shown_at(found),
        "changes": changes_of(found, hidden_names(request, found)),
    }
    return render(request, "history/entry.html", shown)
