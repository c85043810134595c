"""Which account belongs to whose record; the office says so, after it has seen who the person is."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.accounts import actions, policies
from vuntrong.accounts.models import User
from vuntrong.kernel.errors import DomainError
from vuntrong.registry.models import Person
from vuntrong.web.kit.listing import answer_list, matching
from vuntrong.web.privacy.filters import AccountFilter
from vuntrong.web.privacy.forms import FindForm
from vuntrong.web.privacy.sentences import explain
from vuntrong.web.privacy.tables import AccountTable

FOUND = 20


def accounts(request: HttpRequest) -> HttpResponse:
    """List the accounts that the person may link."""
    if not policies.may_see_reads(request.user):
        raise PermissionDenied
    return answer_list(
        request,
        "privacy/accounts.html",
        policies.accounts_linkable_by(request.user).select_related("person"),
        table=AccountTable,
        filters=AccountFilter,
        title=_("Accounts and their records"),
        search="",
        empty={"title": _("No account"), "text": _("Accounts show when they have a role in your units.")},
    )


def link(request: HttpRequest, user_id: int) -> HttpResponse:
    """Find the record of an account and link the two."""
    account = get_object_or_404(policies.accounts_linkable_by(request.user), pk=user_id)
    people = policies.people_visible_to(request.user).filter(merged_into=None).select_related("unit")
    if request.method == "POST":
        return _link(request, account, get_object_or_404(people, pk=request.POST.get("person") or 0))
    form = FindForm(request.GET or {"q": account.full_name})
    found = matching(people, form.cleaned_data["q"], ["search_key"])[:FOUND] if form.is_valid() else []
    return render(request, "privacy/link.html", {"account": account, "form": form, "found": found})


def _link(request: HttpRequest, account: User, person: Person) -> HttpResponse:
    try:
        actions.link_person(user=account, person=person, by=request.user)
    except DomainError as refusal:
        messages.error(request, " ".join(explain(refusal)))
        return redirect("privacy:link", account.pk)
    messages.success(request, _("The account is linked. This person now sees what is kept of her or him."))
    return redirect("privacy:accounts")


@require_POST
def unlink(request: HttpRequest, user_id: int) -> HttpResponse:
    """Take the record off an account."""
    account = get_object_or_404(policies.accounts_linkable_by(request.user), pk=user_id)
    actions.unlink_person(user=account, by=request.user)
    messages.success(request, _("The record is taken off the account."))
    return redirect("privacy:accounts")
