"""Switches of the frame, and the living sheet of all parts."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from vuntrong.web.context import own_units, years
from vuntrong.web.kit import sheet


@require_POST
def switch_unit(request: HttpRequest) -> HttpResponse:
    """Remember for which of her units the person works now."""
    chosen = request.POST.get("unit", "")
    if chosen not in {str(unit.pk) for unit in own_units(request)}:
        raise Http404
    request.session["unit"] = int(chosen)
    return HttpResponseRedirect(_back(request))


@require_POST
def switch_year(request: HttpRequest) -> HttpResponse:
    """Remember on which year the person works."""
    chosen = request.POST.get("year", "")
    if chosen not in {str(year) for year in years()}:
        raise Http404
    request.session["year"] = int(chosen)
    return HttpResponseRedirect(_back(request))


def parts(request: HttpRequest) -> HttpResponse:
    """Show every part with sample values; for developers and the superuser."""
    if not (settings.DEBUG or request.user.is_superuser):
        raise Http404
    return sheet.show(request)


def part_job(request: HttpRequest) -> HttpResponse:
    """Answer the sample long job of the sheet."""
    return render(request, "parts/_progress.html", {"job": sheet.job(request)})


def _back(request: HttpRequest) -> str:
    """Return the page that the form stood on, when it is one of ours."""
    address = request.POST.get("next", "")
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else "/"
