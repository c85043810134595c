"""Data about me: all that is kept of the person at the screen, who read it, what she asks."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from vuntrong.kernel.errors import DomainError
from vuntrong.registry.actions.requests import enter_request
from vuntrong.registry.models import Person, SensitiveRead
from vuntrong.web.kit.listing import answer_list
from vuntrong.web.privacy import showing
from vuntrong.web.privacy.filters import ReadFilter
from vuntrong.web.privacy.forms import AskForm
from vuntrong.web.privacy.sentences import explain
from vuntrong.web.privacy.tables import OwnReadTable

SHOWN = 5


def me(request: HttpRequest) -> HttpResponse:
    """Show all that is kept about the person at the screen; her own reads are not written down."""
    person = request.user.person
    if person is None:
        return render(request, "privacy/me_unlinked.html")
    asked = person.data_requests.order_by("-received_on", "-id")
    shown = {
        "person": person,
        "facts": showing.person_facts(person),
        "sections": showing.sections(person),
        "reads": person.sensitive_reads.select_related("user")[:SHOWN],
        "read_count": person.sensitive_reads.count(),
        "asked": [(one, showing.due_state(one, timezone.localdate())) for one in asked],
    }
    return render(request, "privacy/me.html", shown)


def own_reads(request: HttpRequest) -> HttpResponse:
    """List who read the sensitive part of the person's own record."""
    return answer_list(
        request,
        "privacy/own_reads.html",
        SensitiveRead.objects.filter(person=_own(request)).select_related("user"),
        table=OwnReadTable,
        filters=ReadFilter,
        title=_("Who read my sensitive data"),
        search="",
        empty={"title": _("Nobody yet"), "text": _("Every read of a sensitive field is written down here.")},
    )


def ask(request: HttpRequest) -> HttpResponse:
    """Ask the office about one's own data."""
    person = _own(request)
    form = AskForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        words = {"kind": form.cleaned_data["kind"], "text": form.cleaned_data["text"]}
        try:
            made = enter_request(person=person, **words, received_on=timezone.localdate(), by=request.user)
        except DomainError as refusal:
            form.add_error(None, explain(refusal))
        else:
            said = _("The office has your request. You will be answered by %(day)s.")
            messages.success(request, said % {"day": showing.told(made, "answer_by")})
            return redirect("privacy:request", made.pk)
    return render(request, "privacy/ask.html", {"form": form})


def _own(request: HttpRequest) -> Person:
    """Return the record of the person at the screen. Raises Http404 without one."""
    if request.user.person is None:
        raise Http404
    return request.user.person
