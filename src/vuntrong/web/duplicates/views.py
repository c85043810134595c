"""The list of candidates, two records side by side, merging, undoing."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.accounts import policies
from vuntrong.kernel.errors import DomainError, RuleBroken
from vuntrong.registry.actions import note_read
from vuntrong.registry.actions.merged_rows import plan_rows
from vuntrong.registry.actions.merging import CHOICES, merge_people, say_distinct, take_back_distinct, undo_merge
from vuntrong.registry.enums import DuplicateReason, Purpose, ReadKind
from vuntrong.registry.models import Person
from vuntrong.registry.queries.duplicates import duplicate_candidates
from vuntrong.registry.rules.duplicates import MergeFacts, merge_violations
from vuntrong.web.duplicates import showing
from vuntrong.web.duplicates.sentences import explain
from vuntrong.web.duplicates.tables import DuplicateFilter, MergeTable, PairTable
from vuntrong.web.kit.address import with_query
from vuntrong.web.kit.listing import Listing, answer, answer_list, configure
from vuntrong.web.kit.values import Choice


def duplicates(request: HttpRequest) -> HttpResponse:
    """List the pairs of visible records that may be one human being."""
    if not policies.may_merge_people(request.user):
        raise PermissionDenied
    filters = DuplicateFilter(data=request.GET, queryset=policies.people_mergeable_by(request.user), request=request)
    scope = f"{request.user.pk}:{request.GET.get('unit', '')}"
    pairs = showing.pairs_of(duplicate_candidates(filters.qs, scope=scope), filters.qs)
    words = showing.words_in(request.GET.get("q", ""))
    pairs = [pair for pair in pairs if pair.holds(words)]
    reason = request.GET.get("reason", "")
    table = PairTable([pair for pair in pairs if not reason or reason in pair.reasons], request=None)
    table.request = request
    configure(table, request)
    empty = {"title": _("No duplicates found"), "text": _("No two records look like one human being.")}
    listing = Listing(
        request, table, filters, _("Possible duplicates"), searches=True, empty=empty, chips=_chips(request, pairs)
    )
    return answer(request, "duplicates/list.html", listing)


def _chips(request: HttpRequest, pairs: list[showing.Pair]) -> list[Choice]:
    counts = Counter(reason for pair in pairs for reason in pair.reasons)
    chosen = request.GET.get("reason", "")
    every = Choice(_("All"), len(pairs), with_query(request, reason=""), not chosen)
    return [every] + [
        Choice(str(label), counts[value], with_query(request, reason=value), value == chosen)
        for value, label in DuplicateReason.choices
    ]


def merge(request: HttpRequest, kept_id: int, gone_id: int) -> HttpResponse:
    """Show two records side by side; on POST let the first take over the second."""
    kept, gone = _pair(request, kept_id, gone_id)
    if kept.merged_into_id or gone.merged_into_id:
        messages.info(request, _("These records have been merged already."))
        return redirect("registry:person", kept.merged_into_id or kept.pk)
    refused: list[str] = []
    if request.method == "POST":
        refused = _try_merge(request, kept, gone)
        if not refused:
            return redirect("registry:duplicates")
    return render(request, "duplicates/merge.html", _side_by_side(request, kept, gone, refused))


def _side_by_side(request: HttpRequest, kept: Person, gone: Person, refused: list[str]) -> dict[str, Any]:
    """Return what the page of two records shows, and write down what sensitive it shows."""
    plans = plan_rows(kept.pk, gone.pk)
    _note_sensitive(request, kept, gone)
    return {
        "kept": kept,
        "gone": gone,
        "lines": showing.lines_of(kept, gone, _chosen(request)),
        "rows": showing.rows_of(plans),
        "clashes": refused or _clashes(plans),
        "is_refused": bool(refused),
        "distinct_url": reverse("registry:distinct", args=[kept.pk, gone.pk]),
    }


def _pair(request: HttpRequest, one_id: int, other_id: int) -> tuple[Person, Person]:
    """Return two records that the user may merge, else 404."""
    people = policies.people_mergeable_by(request.user).select_related("unit", "ethnicity", "religion", "post")
    if one_id == other_id:
        raise Http404
    return get_object_or_404(people, pk=one_id), get_object_or_404(people, pk=other_id)


def _chosen(request: HttpRequest) -> dict[str, str]:
    return {key: value for key in CHOICES if (value := request.POST.get(f"choose-{key}", ""))}


def _try_merge(request: HttpRequest, kept: Person, gone: Person) -> list[str]:
    """Merge as chosen; returns why not, in sentences."""
    seen = (_whole(request, "kept_revision"), _whole(request, "gone_revision"))
    from_gone = [key for key, value in _chosen(request).items() if value == "gone"]
    try:
        done = merge_people(kept=kept, gone=gone, from_gone=from_gone, revisions=seen, by=request.user)
    except RuleBroken as refusal:
        return explain(refusal)
    except DomainError:
        return [_("Somebody changed one of the records meanwhile. Look at both again, then merge.")]
    told = _("The record of %(gone)s now belongs to that of %(kept)s.")
    names = {"gone": gone.full_name, "kept": kept.full_name}
    url = reverse("registry:person", args=[done.kept_id])
    links = (url, _("Open the record"), reverse("registry:merges"), _("Undo"))
    messages.success(request, format_html('{} <a href="{}">{}</a> <a href="{}">{}</a>', told % names, *links))
    return []


def _whole(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def _clashes(plans: Any) -> list[str]:
    """Return what forbids the merge already now, in sentences."""
    clashes = [clash for plan in plans for clash in plan.clashes]
    return explain(RuleBroken(merge_violations(MergeFacts(clashes=clashes))))


def _note_sensitive(request: HttpRequest, *people: Person) -> None:
    """Write down that ethnic group and religion were shown. 1 insert for each record that has one."""
    for person in people:
        fields = [f"registry.Person.{name}" for name in ("ethnicity", "religion") if getattr(person, f"{name}_id")]
        note_read(user=request.user, kind=ReadKind.PAGE, purpose=Purpose.CORRECTION, fields=fields, person=person)


@require_POST
def distinct(request: HttpRequest, kept_id: int, gone_id: int) -> HttpResponse:
    """Remember that the two are different people; the message offers the undo."""
    kept, gone = _pair(request, kept_id, gone_id)
    if request.POST.get("undo"):
        take_back_distinct(one=kept, other=gone, by=request.user)
        return redirect("registry:merge", kept.pk, gone.pk)
    say_distinct(one=kept, other=gone, by=request.user)
    told = _("%(one)s and %(other)s are two different people. They will not be proposed again.")
    messages.success(request, told % {"one": kept.full_name, "other": gone.full_name})
    return redirect("registry:duplicates")


def merges(request: HttpRequest) -> HttpResponse:
    """List the merges of records that the user may merge."""
    if not policies.may_merge_people(request.user):
        raise PermissionDenied
    return answer_list(
        request,
        "duplicates/merges.html",
        policies.merges_visible_to(request.user).select_related("kept__unit", "gone"),
        table=MergeTable,
        search=("kept__search_key", "gone__search_key"),
        title=_("Merged records"),
        empty={"title": _("Nothing merged yet"), "text": _("Merges show here and can be undone.")},
    )


@require_POST
def unmerge(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Undo a merge, or say what rests on it."""
    found = get_object_or_404(policies.merges_visible_to(request.user), pk=merge_id)
    try:
        back = undo_merge(merge=found, by=request.user)
    except RuleBroken as refusal:
        for sentence in explain(refusal):
            messages.error(request, sentence)
    else:
        messages.success(request, _("The record of %(name)s is back.") % {"name": back.full_name})
    return redirect("registry:merges")
