"""Fetching what a page of imports is about: strangers get 404, people without the right 403."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from vuntrong.accounts.models import User
from vuntrong.documents.actions import stored_bytes
from vuntrong.documents.workbooks import Workbook, reopen_workbook
from vuntrong.exchange import policies
from vuntrong.exchange.enums import ImportState
from vuntrong.exchange.models import Import


def importer(request: HttpRequest) -> User:
    """Return the person, who may enter people from workbooks."""
    if not isinstance(request.user, User) or not policies.may_import(request.user):
        raise PermissionDenied
    return request.user


def seen_import(request: HttpRequest, import_id: int) -> Import:
    """Return an import that the person may open. 1 query."""
    runs = policies.imports_visible_to(request.user).select_related("file", "unit", "made_by", "job")
    return get_object_or_404(runs, pk=import_id)


def open_import(request: HttpRequest, import_id: int) -> Import:
    """Return an import that the person may still prepare."""
    run = seen_import(request, import_id)
    if not policies.may_change_import(request.user, run):
        raise PermissionDenied
    return run


def is_over(run: Import) -> bool:
    """Say whether the import is written or discarded."""
    return run.state in {ImportState.WRITTEN, ImportState.DISCARDED}


def book_of(run: Import) -> Workbook:
    """Return the workbook as it came."""
    return reopen_workbook(stored_bytes(run.file), run.file.name)
