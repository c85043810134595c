"""Pages: every programme for one person, everybody for one programme, and how many may attend what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from vuntrong.accounts import policies
from vuntrong.classes.judging import begins_on
from vuntrong.classes.policies import classes_visible_to
from vuntrong.planning.candidates import ranked
from vuntrong.programmes.policies import programmes_visible_to
from vuntrong.programmes.queries.rules import reference_day, rules_by_topic
from vuntrong.registry.actions.privacy import note_read
from vuntrong.registry.enums import Purpose, ReadKind
from vuntrong.web.eligibility.asked import SENSITIVE, Asked, asked, day_asked, mode_tabs
from vuntrong.web.eligibility.lists import CandidateFilter, CandidateTable, ClassCandidateTable, places_in
from vuntrong.web.eligibility.showing import counts_of, verdicts_on
from vuntrong.web.kit.listing import Listing, answer, build_listing


def overview(request: HttpRequest) -> HttpResponse:
    """Show how many of the people in scope may attend each programme."""
    form, day = day_asked(request)
    people = policies.people_visible_to(request.user).filter(merged_into=None, left_on=None)
    shown = {"form": form, "day": day, "rows": counts_of(people, programmes_visible_to(request.user), day)}
    return render(request, "eligibility/overview.html", shown)


def programme(request: HttpRequest, code: str) -> HttpResponse:
    """List everybody in scope with the verdict on a programme, in the order in which they should go."""
    found = get_object_or_404(programmes_visible_to(request.user), code=code)
    form, day = day_asked(request)
    now = asked(request, found, day)
    listing = _candidates(request, now, found.name, CandidateTable)
    shown = {"programme": found, "asked": now, "form": form, "tabs": mode_tabs(request, now)}
    return answer(request, "eligibility/programme.html", listing, context=shown)


def class_candidates(request: HttpRequest, class_id: int) -> HttpResponse:
    """List everybody in scope with the verdict for a class: its programme, its mode, judged on its reference day."""
    visible = classes_visible_to(request.user).select_related("programme")
    run = get_object_or_404(visible, pk=class_id)
    day = reference_day(begins_on(run) or timezone.localdate())
    sets, standards = rules_by_topic(day)
    now = Asked(run.programme, run.mode, day, sets, standards)
    listing = _candidates(request, now, run.name, ClassCandidateTable)
    listing.table.places = places_in(run)
    return answer(request, "eligibility/class.html", listing, context={"run": run, "asked": now})


def _candidates(request: HttpRequest, now: Asked, title: str, table: type[CandidateTable]) -> Listing:
    """Return the list of candidates, and write the read down."""
    request.eligibility = now
    people = policies.people_visible_to(request.user).filter(merged_into=None, left_on=None).select_related("unit")
    people = ranked(people, now.programme.code, now.rules, now.standards, now.day)
    empty = {"title": _("Nobody"), "text": _("Choose another answer, another unit or another day.")}
    listing = build_listing(request, people, table=table, filters=CandidateFilter, title=title, empty=empty)
    swept = listing.filters.swept
    listing.table.judge = lambda key: swept.verdict(now.course, key)
    _note(request, swept.table.height, f"{now.programme.code} {now.mode}")
    return listing


def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show what one person may attend, why not, and from when on."""
    found = get_object_or_404(policies.people_visible_to(request.user).select_related("unit"), pk=person_id)
    form, day = day_asked(request)
    note_read(user=request.user, kind=ReadKind.PAGE, purpose=Purpose.ELIGIBILITY, fields=SENSITIVE, person=found)
    shown = {"person": found, "form": form, "day": day, "rows": verdicts_on(found, day)}
    return render(request, "eligibility/person.html", shown)


def _note(request: HttpRequest, count: int, note: str) -> None:
    kind = ReadKind.EXPORT if request.GET.get("export") else ReadKind.PAGE
    note_read(user=request.user, kind=kind, purpose=Purpose.ELIGIBILITY, fields=SENSITIVE, count=count, note=note)
