"""Filters that a person keeps under a name of her own."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.accounts.actions import delete_filter, rename_filter, save_filter
from vuntrong.accounts.models import SavedFilter, User
from vuntrong.kernel.errors import RuleBroken

LONGEST = 2000


def saved_filters(request: HttpRequest) -> HttpResponse:
    """Show the saved filters of the person, to rename and delete."""
    return render(request, "kit/saved_filters.html", {"saved": _user(request).saved_filters.all()})


def menu(request: HttpRequest) -> HttpResponse:
    """Answer what the menu of a list offers: the filters saved for it, and a name for the present ones."""
    page, query = request.GET.get("page", ""), request.GET.get("query", "")
    saved = _user(request).saved_filters.filter(page=page)
    return render(request, "kit/_filter_menu.html", {"saved": saved, "page": page, "query": query})


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filters of a list, and go back to it."""
    page, name = request.POST.get("page", ""), request.POST.get("name", "").strip()
    query = QueryDict(request.POST.get("query", "")).urlencode()
    if not _is_page(page):
        raise Http404
    if not name or len(query) > LONGEST:
        messages.error(request, _("Write a name for the filter, then save it again."))
    else:
        saved = save_filter(user=_user(request), page=page, name=name, query=query)
        messages.success(request, _("The filter “%(name)s” is saved.") % {"name": saved.name})
    return redirect(f"{page}?{query}")


@require_POST
def rename(request: HttpRequest, filter_id: int) -> HttpResponse:
    """Give a saved filter another name."""
    saved, name = _own(request, filter_id), request.POST.get("name", "").strip()
    try:
        if name:
            rename_filter(saved=saved, name=name, by=_user(request))
    except RuleBroken:
        messages.error(
            request, _("Another filter of this list is called “%(name)s”. Choose another name.") % {"name": name}
        )
    return redirect("saved-filters")


@require_POST
def delete(request: HttpRequest, filter_id: int) -> HttpResponse:
    """Forget a saved filter."""
    saved = _own(request, filter_id)
    delete_filter(saved=saved, by=_user(request))
    messages.success(request, _("The filter “%(name)s” is deleted.") % {"name": saved.name})
    return redirect("saved-filters")


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def _own(request: HttpRequest, filter_id: int) -> SavedFilter:
    return get_object_or_404(_user(request).saved_filters, pk=filter_id)


def _is_page(path: str) -> bool:
    """Say whether a path is one of ours: nobody is sent elsewhere."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return path.startswith("/") and not path.startswith("//") and len(path) <= 200
