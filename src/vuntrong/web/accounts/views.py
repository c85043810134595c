"""The account of the person who signed in, and who can sign in to the demonstration."""

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from vuntrong.accounts.actions import end_all_sessions
from vuntrong.accounts.queries import grants_today
from vuntrong.documents.actions import stored_bytes
from vuntrong.web.accounts.demo import demo_accounts, messy_list


class SignIn(LoginView):
    """The library's sign-in; in the demonstration the page lists who can sign in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = super().get_context_data(**kwargs)
        if settings.DEMO:
            shown |= {"demo_accounts": demo_accounts(), "demo_password": settings.DEMO_PASSWORD}
        return shown


sign_in = SignIn.as_view()


def account(request: HttpRequest) -> HttpResponse:
    """Show the roles and units of the account, and the ways to its password, second factor and sessions."""
    shown = {
        "grants": grants_today(request.user),
        "has_second_factor": is_mfa_enabled(request.user, [Authenticator.Type.TOTP]),
    }
    return render(request, "account/account.html", shown)


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of the account, this one too."""
    end_all_sessions(user=request.user, by=request.user)
    logout(request)
    return redirect("account_login")


@login_not_required
def demo(request: HttpRequest) -> HttpResponse:
    """Say who can sign in as what; exists in the demonstration only."""
    if not settings.DEMO:
        raise Http404
    shown = {"accounts": demo_accounts(), "password": settings.DEMO_PASSWORD, "messy_list": messy_list()}
    return render(request, "account/demo.html", shown)


@login_not_required
def demo_list(_request: HttpRequest) -> HttpResponse:
    """Send the messy list of people that the demonstration brings for trying an import."""
    found = messy_list() if settings.DEMO else None
    if found is None:
        raise Http404
    response = HttpResponse(stored_bytes(found), content_type=found.content_type)
    response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return response
