"""Fetching what a page of classes is about: strangers get 404, people without the right 403."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from vuntrong.accounts.models import User
from vuntrong.classes import policies
from vuntrong.classes.models import ClassRun
from vuntrong.planning.models import SubmittedLine


def seen_class(request: HttpRequest, class_id: int) -> ClassRun:
    """Return a class that the person may open. 1 query besides her scope."""
    runs = policies.classes_visible_to(request.user).select_related(
        "programme", "owner", "opening_decision", "plan_line__plan__survey"
    )
    return get_object_or_404(runs, pk=class_id)


def managed_class(request: HttpRequest, class_id: int) -> ClassRun:
    """Return a class that the person may change."""
    run = seen_class(request, class_id)
    if not policies.may_manage_class(request.user, run):
        raise PermissionDenied
    return run


def makeable_line(request: HttpRequest, line_id: int) -> SubmittedLine:
    """Return an approved line from which the person may make classes."""
    lines = policies.lines_visible_to(request.user).select_related(
        "programme", "lead", "opener", "line", "submission__plan__owner", "submission__decision"
    )
    line = get_object_or_404(lines, pk=line_id)
    if not policies.may_make_classes(request.user, line):
        raise PermissionDenied
    return line


def actor(request: HttpRequest) -> User:
    """Return the person who acts; every page here asks for sign-in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
