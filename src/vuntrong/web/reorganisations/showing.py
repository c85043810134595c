"""Values that the pages of re-organisations show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vuntrong.registry.enums import ReorganisationState
from vuntrong.registry.following import Group, Ref
from vuntrong.registry.models import Posting, Reorganisation
from vuntrong.registry.queries.reorganisation import Preview, UnitLine
from vuntrong.web.kit.values import Fact, Step

UNITS = "units"
"""The list of units, beside those of the followers."""
PAGES = {
    "registry.person": "registry:person",
    "classes.classrun": "classes:class",
    "planning.trainingplan": "plans:plan",
    "planning.needssurvey": "surveys:survey",
}
"""Where a record of a list is opened; the others have no page of their own."""
SHOWN_UNITS = 30


@dataclass(frozen=True)
class GroupLine:
    """One kind of things that are touched; its count opens the list."""

    code: str
    label: str
    count: int
    follows: str
    url: str
    is_open: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a list."""

    label: str
    detail: str
    url: str = ""


def day(value: Any) -> str:
    """Return dd/mm/yyyy."""
    return date_format(value, "SHORT_DATE_FORMAT")


def steps(draft: Reorganisation | None, now: int, waiting: int = 0) -> list[Step]:
    """Return the five steps; `waiting` things have no successor yet."""
    labels = [_("Basis"), _("Events"), _("Posts and classes"), _("Preview"), _("Put into effect")]
    views = ["basis", "events", "choices", "preview", ""]
    found = []
    for at, (label, view) in enumerate(zip(labels, views, strict=True), start=1):
        state = "now" if at == now else "done" if at < now else "later"
        words = label
        if at == 3 and waiting and now != 3:
            state, words = "wait", _("Posts and classes: %(count)s left") % {"count": waiting}
        url = reverse(f"reorganisations:{view}", args=[draft.pk]) if draft and view and at != now else ""
        found.append(Step(words, state, url))
    return found


def facts_line(record: Reorganisation) -> str:
    """Return the line under the title: day, paper, area."""
    words = _("Takes effect on %(day)s") % {"day": day(record.takes_effect_on)}
    return f"{words} · {record.instrument_text} · {record.unit.name}"


def group_lines(record: Reorganisation, seen: Preview) -> list[GroupLine]:
    """Return what a draft touches. 1 query for each kind."""
    lines = [GroupLine(UNITS, _("Units"), len(seen.units), _("Old ones end, new ones begin."), _url(record, UNITS))]
    for group in seen.groups:
        if count := group.count():
            url = _url(record, group.code)
            lines.append(GroupLine(group.code, str(group.label), count, str(group.follows), url, group.is_open))
    return lines


def kept_lines(record: Reorganisation) -> list[GroupLine]:
    """Return what was touched, as it was shown when it was confirmed."""
    units = record.preview.get("units", [])
    lines = [GroupLine(UNITS, _("Units"), len(units), _("Old ones end, new ones begin."), _url(record, UNITS))]
    lines += [
        GroupLine(one["code"], one["label"], one["count"], one["follows"], _url(record, one["code"]))
        for one in record.preview.get("groups", [])
        if one["count"]
    ]
    return lines


def _url(record: Reorganisation, code: str) -> str:
    return reverse("reorganisations:group", args=[record.pk, code])


def waiting_count(seen: Preview) -> int:
    """Return how many things wait for the maker. 1 query for each kind."""
    return sum(group.count() for group in seen.groups if group.is_open)


# ---- one list ----
def kept_rows(record: Reorganisation, code: str) -> tuple[str, list[Row]] | None:
    """Return the label and rows of a list as it was confirmed; None for a kind that there is not."""
    if code == UNITS:
        return _("Units"), [unit_row(UnitLine(**one)) for one in record.preview.get("units", [])]
    for one in record.preview.get("groups", []):
        if one["code"] == code:
            refs = [Ref(one["model"], key, label, detail) for key, label, detail in one["rows"]]
            return one["label"], linked(refs)
    return None


def group_of(seen: Preview, code: str) -> Group | None:
    """Return the list of one kind."""
    return next((group for group in seen.groups if group.code == code), None)


def linked(refs: Sequence[Ref]) -> list[Row]:
    """Return rows with the address of their record. 1 query for postings, whose page is that of the person."""
    people = dict(
        Posting.objects.filter(pk__in=[one.id for one in refs if one.model == "registry.posting"]).values_list(
            "pk", "person_id"
        )
    )
    return [Row(one.label, one.detail, _address(one, people)) for one in refs]


def _address(ref: Ref, people: dict[int, int]) -> str:
    if ref.model == "registry.posting":
        return reverse("registry:person", args=[people[ref.id]]) if ref.id in people else ""
    view = PAGES.get(ref.model)
    try:
        return reverse(view, args=[ref.id]) if view else ""
    except NoReverseMatch:
        return ""


def unit_row(line: UnitLine) -> Row:
    """Return what happens to a unit in words."""
    said = {
        "created": _("new"),
        "ended": _("ends; then: %(after)s") % {"after": line.after or "–"},
        "changed": _("becomes: %(after)s") % {"after": line.after},
    }[line.kind]
    url = reverse("registry:unit", args=[line.slug]) if line.id else ""
    return Row(line.before or line.after, said, url)


# ---- the picture of the change ----
@dataclass(frozen=True)
class Flow:
    """Old units on the left, new ones on the right."""

    before: tuple[str, ...]
    after: tuple[str, ...]


def flows(seen: Preview) -> list[Flow]:
    """Return each event as old and new names, the first ones only."""
    names = {slug: unit.said.name for slug, unit in seen.known.items()}
    after = names | {slug: said.name for slug, said in {**seen.outcome.created, **seen.outcome.changed}.items()}
    found = [
        Flow(
            tuple(names.get(slug, slug) for slug in event.sources),
            tuple(_with_share(after.get(one.unit, one.unit), one.share) for one in event.targets),
        )
        for event in seen.outcome.events[:SHOWN_UNITS]
    ]
    return [flow for flow in dict.fromkeys(found) if flow.before or flow.after]


def _with_share(name: str, share: Any) -> str:
    return name if share is None else f"{name} ({share * 100:.2f}".rstrip("0").rstrip(".") + "%)"


def dock(lines: Sequence[GroupLine]) -> list[Fact]:
    """Return the totals of the action bar: the first kinds."""
    return [Fact(line.label, line.count, tone="wait" if line.is_open else "") for line in lines[:5]]


def is_draft(record: Reorganisation) -> bool:
    """Whether it may still be changed."""
    return record.state == ReorganisationState.DRAFT
