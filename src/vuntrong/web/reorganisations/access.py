"""Fetching what a page of re-organisations is about: strangers get 404, people without the right 403."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from vuntrong.accounts.models import User
from vuntrong.accounts.policies import may_reorganise, reorganisations_visible_to
from vuntrong.registry.enums import ReorganisationState
from vuntrong.registry.models import Reorganisation


def seen(request: HttpRequest, key: int) -> Reorganisation:
    """Return a re-organisation that the person may open. 1 query besides her scope."""
    return get_object_or_404(reorganisations_visible_to(request.user).select_related("unit"), pk=key)


def managed(request: HttpRequest, key: int) -> Reorganisation:
    """Return one that the person may confirm or undo."""
    found = seen(request, key)
    if not may_reorganise(request.user, found.unit):
        raise PermissionDenied
    return found


def own_draft(request: HttpRequest, key: int) -> Reorganisation:
    """Return a draft that the person may change. Raises Http404 for one that is no draft any more."""
    found = managed(request, key)
    if found.state != ReorganisationState.DRAFT:
        raise Http404
    return found


def actor(request: HttpRequest) -> User:
    """Return the person who acts; every page here asks for sign-in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def sent_revision(request: HttpRequest) -> int:
    """Return the revision that the person saw; -1, which no record has, for none."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
