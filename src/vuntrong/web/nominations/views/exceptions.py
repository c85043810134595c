"""The desk of exceptions: a unit asks with a letter, the competent body's decision is recorded."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from vuntrong.accounts.queries import Somebody
from vuntrong.classes import policies
from vuntrong.classes.actions import nomination_answers as actions
from vuntrong.classes.models import ExceptionRequest, Nomination
from vuntrong.documents.actions import store_file, stored_bytes
from vuntrong.documents.models import StoredFile
from vuntrong.web.classes.access import actor
from vuntrong.web.kit.listing import answer_list
from vuntrong.web.nominations.access import answer_form, seen_nomination
from vuntrong.web.nominations.forms import AskForm, GrantForm, ReasonForm
from vuntrong.web.nominations.showing import exception_of
from vuntrong.web.nominations.tables import ExceptionFilter, ExceptionTable


def desk(request: HttpRequest) -> HttpResponse:
    """List the requests for exceptions of units in scope."""
    rows = policies.exceptions_visible_to(request.user)
    return answer_list(
        request,
        "nominations/exceptions.html",
        rows.select_related("nomination__person", "nomination__unit", "nomination__class_run"),
        table=ExceptionTable,
        filters=ExceptionFilter,
        title=_("Requests for exceptions"),
        search=("nomination__person__search_key", "nomination__unit__search_key"),
        empty={
            "title": _("No request for an exception"),
            "text": _("Units ask for exceptions on the page of a nomination; the requests arrive here."),
        },
    )


def ask(request: HttpRequest, nomination_id: int) -> HttpResponse:
    """Ask for an exception with a reason and a letter."""
    row = seen_nomination(request, nomination_id, policies.may_send)
    form = AskForm(request.POST or None, request.FILES or None)

    def do() -> None:
        said = form.cleaned_data["reason"]
        actions.ask_exception(nomination=row, reason=said, letter=_letter(request, form), by=actor(request))

    words = {"title": _("Ask for an exception"), "verb": _("Send the request"), "row": row, "run": row.class_run}
    return answer_form(request, form, do, done=_("The exception is asked for."), back=_url(row), **words)


def _letter(request: HttpRequest, form: AskForm) -> StoredFile | None:
    sent = form.cleaned_data["letter"]
    if not sent:
        return None
    return store_file(content=sent.read(), name=sent.name, content_type=sent.content_type, by=actor(request))


def _url(row: Nomination) -> str:
    return reverse("nominations:nomination", args=[row.pk])


def _may_decide(user: Somebody, row: Nomination) -> bool:
    request = exception_of(row)
    return request is not None and policies.may_decide_exception(user, request)


def _asked(request: HttpRequest, nomination_id: int) -> tuple[Nomination, ExceptionRequest]:
    row = seen_nomination(request, nomination_id, _may_decide)
    found = exception_of(row)
    if found is None:
        raise PermissionDenied
    return row, found


def grant(request: HttpRequest, nomination_id: int) -> HttpResponse:
    """Record the decision that grants an exception."""
    row, asked = _asked(request, nomination_id)
    form = GrantForm(request.POST or None)

    def do() -> None:
        actions.grant_exception(request=asked, grant=form.grant, by=actor(request))

    words = {"title": _("Grant the exception"), "verb": _("Record the decision"), "row": row, "run": row.class_run}
    return answer_form(request, form, do, done=_("The exception is granted."), back=_url(row), **words)


def refuse(request: HttpRequest, nomination_id: int) -> HttpResponse:
    """Refuse an exception with a reason; the nomination ends with it."""
    row, asked = _asked(request, nomination_id)
    form = ReasonForm(request.POST or None)

    def do() -> None:
        actions.refuse_exception(request=asked, by=actor(request), **form.cleaned_data)

    words = {"title": _("Refuse the exception"), "verb": _("Refuse"), "row": row, "run": row.class_run}
    return answer_form(request, form, do, done=_("The exception is refused."), back=_url(row), **words)


def letter(request: HttpRequest, nomination_id: int) -> HttpResponse:
    """Send the letter of the unit as it came in."""
    asked = exception_of(seen_nomination(request, nomination_id))
    if asked is None or asked.letter is None:
        raise Http404
    response = HttpResponse(stored_bytes(asked.letter), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=asked.letter.name)
    return response
