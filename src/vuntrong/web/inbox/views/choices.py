"""What comes by e-mail, and to which address."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vuntrong.accounts.actions import choose_mails
from vuntrong.accounts.enums import MessageKind
from vuntrong.web.inbox.forms import ChoicesForm


def choices(request: HttpRequest) -> HttpResponse:
    """Let the person who signed in choose."""
    wanted = [kind for kind in MessageKind if kind not in request.user.kinds_without_mail]
    form = ChoicesForm(request.POST or None, initial={"email": request.user.email, "kinds": wanted})
    if request.method == "POST" and form.is_valid():
        choose_mails(user=request.user, **form.cleaned_data, by=request.user)
        messages.success(request, _("Your choice is kept. Everything still comes into the inbox."))
        return redirect("inbox:choices")
    return render(request, "inbox/choices.html", {"form": form, "sends_mail": settings.SENDS_MAIL})
