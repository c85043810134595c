"""One's own messages: the list, one of them, the bell."""

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vuntrong.accounts.actions import mark_read
from vuntrong.accounts.policies import inbox_of, may_see_mails
from vuntrong.accounts.queries import unread_count
from vuntrong.web.inbox.tables import InboxFilter, InboxTable
from vuntrong.web.kit.listing import answer_list


def messages(request: HttpRequest) -> HttpResponse:
    """List the messages of the person who signed in, the newest first."""
    empty = {
        "title": _("No message"),
        "text": _("Reminders, answers and decisions that concern you come here, and by e-mail where you want it."),
    }
    return answer_list(
        request,
        "inbox/list.html",
        inbox_of(request.user).select_related("message"),
        table=InboxTable,
        filters=InboxFilter,
        title=_("Messages"),
        search="message__search_key",
        empty=empty,
        context={"may_see_mails": may_see_mails(request.user)},
    )


def message(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Show one message; the page itself then says that it was read."""
    entry = get_object_or_404(inbox_of(request.user).select_related("message"), pk=entry_id)
    return render(request, "inbox/message.html", {"entry": entry, "message": entry.message})


@require_POST
def read(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Mark a message as read and answer with the bell."""
    entry = get_object_or_404(inbox_of(request.user), pk=entry_id)
    mark_read(entries=[entry.pk], user=request.user)
    return _bell(request, is_answer=True)


@require_POST
def mark(request: HttpRequest) -> HttpResponse:
    """Mark the ticked messages, or all of them, as read or as not read."""
    keys = [int(key) for key in request.POST.getlist("rows") if key.isdecimal()]
    is_read = "unread" not in request.POST
    count = mark_read(entries=None if "all" in request.POST else keys, user=request.user, is_read=is_read)
    if is_read:
        said = ngettext("%(count)s message is marked as read.", "%(count)s messages are marked as read.", count)
    else:
        said = ngettext("%(count)s message is marked as not read.", "%(count)s messages are marked as not read.", count)
    notes.success(request, said % {"count": count})
    return redirect("inbox:list")


def bell(request: HttpRequest) -> HttpResponse:
    """Answer with the bell and its count."""
    return _bell(request, is_answer=False)


def _bell(request: HttpRequest, *, is_answer: bool) -> HttpResponse:
    return render(request, "frame/_bell.html", {"unread": unread_count(request.user), "is_answer": is_answer})
