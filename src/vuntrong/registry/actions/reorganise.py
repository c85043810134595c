"""Re-organisation: a list of events drafted, confirmed in one transaction, and taken back whole."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from vuntrong.kernel import log
from vuntrong.kernel.errors import Violation, refuse_if
from vuntrong.kernel.text import nfc
from vuntrong.kernel.transitions import edit, lock_row, move
from vuntrong.kernel.undo import Undo, take_back
from vuntrong.registry.actions.unit_events import Paper, write_outcome
from vuntrong.registry.actions.units import refresh_units
from vuntrong.registry.enums import REORGANISATION_MOVES, ReorganisationState
from vuntrong.registry.following import FOLLOWERS, Change
from vuntrong.registry.models import Reorganisation, Unit
from vuntrong.registry.queries.reorganisation import Preview, known_units
from vuntrong.registry.queries.resting import frozen_preview, named_rows, preview_of_draft, rests_on
from vuntrong.registry.rules.events import Choice, Event, from_plain, to_plain
from vuntrong.registry.rules.reorganisation import outcome_of
from vuntrong.regulations.models import LegalInstrument

Tell = Callable[[int, int], None]
"""Called with steps done and of how many."""
NAMED = 5
"""Rows that a refusal names."""


@transaction.atomic
def draft_reorganisation(
    *,
    title: str,
    takes_effect_on: dt.date,
    instrument_text: str,
    unit: Unit,
    events: Sequence[Event] = (),
    instrument: LegalInstrument | None = None,
    by: log.Actor | None,
) -> Reorganisation:
    """Enter a list of events that take effect together; nothing changes yet."""
    reorganisation = Reorganisation.objects.create(
        title=nfc(title),
        takes_effect_on=takes_effect_on,
        instrument_text=nfc(instrument_text),
        instrument=instrument,
        unit=unit,
        rows=to_plain(events),
    )
    after = {"title": title, "takes_effect_on": takes_effect_on, "count": len(events)}
    log.record("draft_reorganisation", reorganisation, by=by, after=after)
    return reorganisation


@transaction.atomic
def edit_reorganisation(
    *,
    reorganisation: Reorganisation,
    revision: int,
    changes: Mapping[str, Any],
    events: Sequence[Event] | None = None,
    by: log.Actor | None,
) -> Reorganisation:
    """Change a draft: columns (title, takes_effect_on, instrument_text, instrument, unit) and its events.

    Raises RuleBroken for one that is no draft any more, StaleState when somebody else saved meanwhile.
    """
    draft = lock_row(reorganisation)
    refuse_if([] if draft.state == ReorganisationState.DRAFT else [Violation("reorganisation-not-draft")])
    before = {name: getattr(draft, name) for name, value in changes.items() if getattr(draft, name) != value}
    rows = {} if events is None else {"rows": to_plain(events)}
    edit(draft, revision=revision, **changes, **rows)
    after = _told({name: changes[name] for name in before})
    log.record("edit_reorganisation", draft, by=by, before=_told(before), after=after)
    return draft


@transaction.atomic
def choose(
    *, reorganisation: Reorganisation, revision: int, choices: Sequence[Choice], by: log.Actor | None
) -> Reorganisation:
    """Keep what the maker said of things without a plain successor, in place of what was said of the same before.

    A choice stands with the first event; it is about a thing, not about a row. Raises as `edit_reorganisation`.
    """
    events = list(from_plain(reorganisation.rows))
    refuse_if([] if events else [Violation("events-missing")])
    said = {(one.what, one.id): one for event in events for one in event.choices}
    said |= {(one.what, one.id): one for one in choices}
    events = [dataclasses.replace(event, choices=()) for event in events]
    events[0] = dataclasses.replace(events[0], choices=tuple(said.values()))
    return edit_reorganisation(reorganisation=reorganisation, revision=revision, changes={}, events=events, by=by)


@transaction.atomic
def discard_reorganisation(*, reorganisation: Reorganisation, by: log.Actor | None) -> None:
    """Throw a draft away. Raises RuleBroken for one that is no draft any more."""
    draft = lock_row(reorganisation)
    refuse_if([] if draft.state == ReorganisationState.DRAFT else [Violation("reorganisation-not-draft")])
    log.record("discard_reorganisation", draft, by=by, before={"title": draft.title})
    draft.delete()


@transaction.atomic
def confirm_reorganisation(
    *, reorganisation: Reorganisation, revision: int | None = None, tell: Tell | None = None, by: log.Actor | None
) -> Reorganisation:
    """Let a draft take effect from its day on: everything or nothing.

    `revision` is the one that the maker saw. Dated rows are written now, also for a day to come. Raises RuleBroken with
    every reason, each naming its row; StaleState or IllegalTransition when somebody else was faster.
    """
    draft = lock_row(reorganisation)
    if revision is not None:
        edit(draft, revision=revision)
    move(draft, ReorganisationState.CONFIRMED, table=REORGANISATION_MOVES, confirmed_at=timezone.now())
    _hold_units(draft)
    seen = preview_of_draft(draft)
    refuse_if(seen.violations)
    frozen = frozen_preview(seen)
    undo, change = _carry_out(draft, seen, tell or (lambda _done, _total: None))
    is_effective = change.on <= timezone.localdate()
    _take_effect(change, undo, is_effective=is_effective)
    said = {"entries": undo.entries, "change": change.to_plain(), "is_effective": is_effective}
    Reorganisation.objects.filter(pk=draft.pk).update(preview=frozen, undo=said)
    draft.preview, draft.undo = frozen, said
    counts = {one["code"]: one["count"] for one in frozen["groups"]}
    after = {"takes_effect_on": change.on, "instrument_text": draft.instrument_text, "touched": counts}
    log.record("confirm_reorganisation", draft, by=by, after=after)
    return draft


def _carry_out(draft: Reorganisation, seen: Preview, tell: Tell) -> tuple[Undo, Change]:
    """Write the units, then let every package follow."""
    undo = Undo()
    paper = Paper(draft.takes_effect_on, draft.instrument_text, draft.instrument, draft)
    change = _known_change(seen.change, write_outcome(seen.outcome, seen.known, paper, undo))
    for done, follower in enumerate(FOLLOWERS):
        tell(done, len(FOLLOWERS))
        follower.follow(change, undo)
    return undo, change


def _hold_units(draft: Reorganisation) -> None:
    """Keep others from letting anything refer to the units until the transaction ends."""
    units = known_units()
    outcome = outcome_of(from_plain(draft.rows), units)
    named = {*outcome.ended, *outcome.changed, *outcome.heirs.values()}
    touched = sorted(units[slug].id for slug in named if slug in units)
    list(Unit.objects.select_for_update().filter(pk__in=touched).order_by("pk").values_list("pk"))


def _known_change(change: Change, ids: Mapping[str, int]) -> Change:
    """Return the change with the keys of the units that were made."""
    named = {one.to for by_id in change.choices.values() for one in by_id.values() if one.to}
    return dataclasses.replace(
        change,
        heirs={key: ids[slug] for key, slug in change.heir_names.items() if slug in ids},
        chosen_units={slug: ids[slug] for slug in named if slug in ids},
    )


def _take_effect(change: Change, undo: Undo, *, is_effective: bool) -> None:
    """On the day also change what bears no dates; refresh what repeats dated rows in any case."""
    if is_effective:
        for follower in FOLLOWERS:
            follower.take_effect(change, undo)
    touched = [*change.ended, *change.kept, *undo.ids_made("registry.unit")]
    _refresh(touched)


def _refresh(unit_ids: Sequence[int]) -> None:
    today = timezone.localdate()
    refresh_units(today, only=unit_ids)
    refresh_all(today)


def refresh_all(today: dt.date) -> None:
    """Let every column that repeats dated rows say what holds on `today`; units have `refresh_units`.

    Run by the scheduler after midnight. A few statements for each package.
    """
    for follower in FOLLOWERS:
        follower.refresh(today)


@transaction.atomic
def undo_reorganisation(*, reorganisation: Reorganisation, by: log.Actor | None) -> Reorganisation:
    """Take a confirmed re-organisation back whole, as if it had never been.

    Raises RuleBroken (reorganisation-rests) naming what is newer and rests on it, IllegalTransition, StaleState.
    """
    done = lock_row(reorganisation)
    move(done, ReorganisationState.UNDONE, table=REORGANISATION_MOVES, undone_at=timezone.now())
    change = Change.from_plain(done.undo["change"], ())
    list(Unit.objects.select_for_update().filter(pk__in=sorted(change.ended | change.kept)).values_list("pk"))
    if resting := rests_on(done):
        names = "; ".join(f"{one.label} ({one.detail})" for one in named_rows(resting[:NAMED]))
        refuse_if([Violation("reorganisation-rests", "", {"count": len(resting), "names": names})])
    made = Undo(done.undo["entries"]).ids_made("registry.unit")
    take_back([one for one in done.undo["entries"] if not (one["model"] == "registry.unit" and "sums" in one)])
    _refresh([*change.ended, *change.kept])
    Unit.objects.filter(pk__in=made).delete()
    log.record("undo_reorganisation", done, by=by, before={"takes_effect_on": done.takes_effect_on})
    return done


def finish_reorganisations(today: dt.date) -> int:
    """Complete what was confirmed ahead and takes effect by `today`; returns how many were completed.

    Run by the scheduler after midnight: what was entered for an old unit since the confirmation follows now, and what
    bears no dates changes. Safe to run twice.
    """
    waiting = Reorganisation.objects.filter(
        state=ReorganisationState.CONFIRMED, takes_effect_on__lte=today, undo__is_effective=False
    )
    for one in waiting.order_by("takes_effect_on", "pk").only("pk"):
        _finish(one)
    return len(waiting)


@transaction.atomic
def _finish(reorganisation: Reorganisation) -> None:
    done = lock_row(reorganisation)
    if done.state != ReorganisationState.CONFIRMED or done.undo["is_effective"]:
        return
    choices = [one for event in from_plain(done.rows) for one in event.choices]
    change = Change.from_plain(done.undo["change"], choices)
    undo = Undo(done.undo["entries"])
    for follower in FOLLOWERS:
        follower.follow(change, undo)
    _take_effect(change, undo, is_effective=True)
    said = {**done.undo, "entries": undo.entries, "is_effective": True}
    Reorganisation.objects.filter(pk=done.pk).update(undo=said)
    log.record("finish_reorganisation", done, by=None, after={"takes_effect_on": done.takes_effect_on})


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return changed columns as the log keeps them."""
    return {name: getattr(value, "pk", value) for name, value in values.items()}
