"""The words of a new paper against units and bodies that have ended."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from vuntrong.registry.queries.wording import ended_in
from vuntrong.web.units.wording import KEPT, paper_day, typed_texts


@require_POST
def wording(request: HttpRequest) -> HttpResponse:
    """Answer the form that asks what its words name that has ended; writes nothing and forbids nothing."""
    found = ended_in(typed_texts(request.POST), paper_day(request.POST))
    kept = set(request.POST.getlist(KEPT))
    shown = [(one, one.written in kept) for one in found]
    return render(
        request, "units/_wording.html", {"mentions": shown, "open": [one for one, is_kept in shown if not is_kept]}
    )
