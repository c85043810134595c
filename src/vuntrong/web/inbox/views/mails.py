"""What left the house by e-mail, what did not, and why."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vuntrong.accounts.actions import retry_mails
from vuntrong.accounts.enums import MailState
from vuntrong.accounts.policies import mails_visible_to, may_see_mails
from vuntrong.web.inbox.showing import mail_facts, why_it_failed
from vuntrong.web.inbox.tables import MailFilter, MailTable
from vuntrong.web.kit.listing import answer_list


def mails(request: HttpRequest) -> HttpResponse:
    """List the e-mails of the units that the office works for."""
    if not may_see_mails(request.user):
        raise PermissionDenied
    return answer_list(
        request,
        "inbox/mails.html",
        mails_visible_to(request.user).select_related("message", "user", "person", "unit"),
        table=MailTable,
        filters=MailFilter,
        title=_("Outgoing e-mails"),
        search=("message__search_key", "address"),
        empty={"title": _("No e-mail yet"), "text": _("Reminders and decisions that leave by e-mail are listed here.")},
        context={"sends_mail": settings.SENDS_MAIL},
    )


def mail(request: HttpRequest, mail_id: int) -> HttpResponse:
    """Show one e-mail: what it says, where it stands, why it failed."""
    if not may_see_mails(request.user):
        raise PermissionDenied
    visible = mails_visible_to(request.user).select_related("message", "user", "person", "unit")
    found = get_object_or_404(visible, pk=mail_id)
    shown = {
        "mail": found,
        "facts": mail_facts(found),
        "why": why_it_failed(found),
        "may_retry": found.state in {MailState.FAILED, MailState.GIVEN_UP} and found.address,
    }
    return render(request, "inbox/mail.html", shown)


@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Have the ticked e-mails sent again."""
    if not may_see_mails(request.user):
        raise PermissionDenied
    keys = [int(key) for key in request.POST.getlist("rows") if key.isdecimal()]
    count = retry_mails(mails=mails_visible_to(request.user).filter(pk__in=keys), by=request.user)
    if count:
        said = ngettext("%(count)s e-mail is tried again now.", "%(count)s e-mails are tried again now.", count)
        messages.success(request, said % {"count": count})
    else:
        messages.warning(request, _("None of these e-mails has failed; nothing is sent again."))
    return redirect("inbox:mails")
