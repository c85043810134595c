"""What each page of re-organisations is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vuntrong.accounts.models import User
from vuntrong.accounts.policies import may_reorganise, units_visible_to
from vuntrong.documents.sheets import Sheet
from vuntrong.kernel import jobs
from vuntrong.registry.following import Group
from vuntrong.registry.models import Reorganisation
from vuntrong.registry.queries.reorganisation import Preview
from vuntrong.registry.queries.resting import named_rows, preview_of_draft, rests_on
from vuntrong.web.history.entries import entries_of
from vuntrong.web.kit.address import with_query
from vuntrong.web.kit.download import xlsx
from vuntrong.web.reorganisations import choosing, showing
from vuntrong.web.reorganisations.sentences import told
from vuntrong.web.reorganisations.tasks import carry_out
from vuntrong.web.units.showing import shown_events

ROWS = 50
"""Rows of a list on one page."""
NAMED = 5
"""Newer records that are named as reasons against undoing."""


def preview_page(draft: Reorganisation, found: Preview) -> dict[str, Any]:
    """Return what the preview shows. 1 query for each kind of things besides the preview."""
    lines = showing.group_lines(draft, found)
    waiting = sum(line.count for line in lines if line.is_open)
    violations = told(found.violations)
    return {
        "record": draft,
        "facts": showing.facts_line(draft),
        "steps": showing.steps(draft, 4, waiting),
        "lines": lines,
        "waiting": waiting,
        "violations": violations,
        "flows": showing.flows(found),
        "unit_rows": [showing.unit_row(one) for one in found.units[: showing.SHOWN_UNITS]],
        "dock": showing.dock(lines),
        "may_confirm": not violations,
    }


def choices_page(
    draft: Reorganisation, groups: Sequence[choosing.OpenGroup], goals: Sequence[tuple[str, str]], refused: list[str]
) -> dict[str, Any]:
    """Return what the page of posts and classes shows. No queries."""
    return {
        "record": draft,
        "facts": showing.facts_line(draft),
        "steps": showing.steps(draft, 3),
        "groups": groups,
        "goals": goals,
        "ends": choosing.ENDS,
        "waiting": sum(group.count for group in groups),
        "said": sum(choosing.counted_choices(draft).values()),
        "refused": refused,
    }


def kept_page(request: HttpRequest, record: Reorganisation) -> dict[str, Any]:
    """Return what the page of a confirmed re-organisation shows: who, when, by which paper, what it touched."""
    events = list(record.events.order_by("id").select_related("reorganisation"))
    may_undo = record.state == "confirmed" and may_reorganise(request.user, record.unit)
    resting = rests_on(record) if may_undo else []
    return {
        "record": record,
        "facts": showing.facts_line(record),
        "lines": showing.kept_lines(record),
        "events": shown_events(events, units_visible_to(request.user)),
        "may_undo": may_undo,
        "resting": named_rows(resting[:NAMED]),
        "resting_more": max(0, len(resting) - NAMED),
        "entries": entries_of(record),
    }


# ---- one list ----
@dataclass(frozen=True)
class GroupRows:
    """A list: of a draft it is read page by page, of a confirmed one it is kept."""

    label: str
    count: int
    kept: tuple[showing.Row, ...] = ()
    group: Group | None = None

    def part(self, start: int, stop: int | None = None) -> list[showing.Row]:
        """Return the rows from `start` on. At most 2 queries."""
        if self.group is not None:
            return showing.linked(self.group.refs(start, stop))
        return list(self.kept[start:stop])


def group_rows(record: Reorganisation, code: str) -> GroupRows | None:
    """Return the list of one kind; None for a kind that there is not."""
    if not showing.is_draft(record):
        kept = showing.kept_rows(record, code)
        return GroupRows(kept[0], len(kept[1]), tuple(kept[1])) if kept else None
    found = preview_of_draft(record)
    if code == showing.UNITS:
        rows = tuple(showing.unit_row(one) for one in found.units)
        return GroupRows(_("Units"), len(rows), rows)
    group = showing.group_of(found, code)
    return GroupRows(str(group.label), group.count(), group=group) if group else None


def group_page(request: HttpRequest, record: Reorganisation, found: GroupRows) -> dict[str, Any]:
    """Return one page of a list."""
    paginator = Paginator(range(found.count), ROWS)
    page = paginator.get_page(request.GET.get("page"))
    start = max(0, page.start_index() - 1)
    return {
        "record": record,
        "facts": showing.facts_line(record),
        "label": found.label,
        "count": found.count,
        "rows": found.part(start, start + ROWS),
        "table": {"page": page, "paginator": paginator},
        "export_url": with_query(request, export="xlsx", page=None),
        "back_url": reverse("reorganisations:page", args=[record.pk]),
    }


def group_workbook(record: Reorganisation, found: GroupRows) -> HttpResponse:
    """Return a whole list as a workbook."""
    rows = [(at, row.label, row.detail) for at, row in enumerate(found.part(0), start=1)]
    title = f"{found.label} · {record.title}"
    header = (_("No."), _("Name"), _("What happens"))
    return xlsx([Sheet(title=found.label, header=header, rows=rows, title_lines=(record.title, found.label))], title)


def start_job(record: Reorganisation, title: str, by: User, *, revision: int, is_undo: bool) -> int:
    """Enter the job and hand it to the worker once it is committed; returns its key."""
    parameters = {
        "reorganisation_id": record.pk,
        "revision": revision,
        "is_undo": is_undo,
        "user_id": by.pk,
        "language": get_language(),
    }
    with transaction.atomic():
        job = jobs.create(kind="reorganise", title=title, by=by, parameters=parameters)
        transaction.on_commit(lambda: carry_out.enqueue(job.pk))
    return job.pk
