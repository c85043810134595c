"""What happens after too many wrong passwords: a lock for one user name from one address, told with its length."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vuntrong.kernel.text import nfc


def username_of(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """Return the user name in the one spelling that is counted: other capitals do not give five more attempts."""
    said = (credentials or {}).get("username") or request.POST.get("login", "")
    return nfc(str(said)).lower()[:150]


def address_of(request: HttpRequest) -> str | None:
    """Return the address of the browser, behind as many proxies as the settings trust; null without a network."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return None


def locked_out(request: HttpRequest, _response: HttpResponse | None, _credentials: object) -> HttpResponse:
    """Answer 429 and say for how many minutes."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    return render(request, "account/locked.html", {"minutes": minutes}, status=429)
