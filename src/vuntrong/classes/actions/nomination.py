"""Units nominate people for a class, withdraw them, put others in their place, and move them to a later class."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from vuntrong.classes.enums import NOMINATION_MOVES, OPEN_NOMINATIONS, NominationState
from vuntrong.classes.judging import begins_on, judge
from vuntrong.classes.models import ClassRun, Nomination, Quota
from vuntrong.classes.rules import nominations as rules
from vuntrong.classes.seats import move_up, quota_uses
from vuntrong.kernel import log
from vuntrong.kernel.errors import StaleState, Violation, refuse_if
from vuntrong.kernel.text import nfc
from vuntrong.kernel.transitions import lock_row, move
from vuntrong.registry.models import Person, Unit
from vuntrong.registry.queries import subtree_ids

LONGEST_REASON = 500
"""Letters of a reason."""


@dataclass(frozen=True)
class NewQuota:
    """Places for one unit."""

    unit: Unit
    places: int


@transaction.atomic
def set_quotas(*, class_run: ClassRun, quotas: Sequence[NewQuota], source: str, by: log.Actor | None) -> list[Quota]:
    """Give places in a class to sending units, in place of what was given before; `source` is the decision as written.

    Raises RuleBroken: quota-twice, quota-in-use where a unit would have fewer places than it uses.
    """
    run = lock_row(class_run)
    wanted = {one.unit.pk: one for one in quotas}
    uses = {use.quota.unit_id: use for use in quota_uses(run)}
    short = [use for key, use in uses.items() if use.used > (wanted[key].places if key in wanted else 0)]
    found = [Violation("quota-in-use", values={"unit": use.quota.unit.name, "used": use.used}) for use in short]
    refuse_if([*found, *([Violation("quota-twice")] if len(wanted) < len(quotas) else [])])
    run.quotas.all().delete()
    rows = [Quota(class_run=run, unit=one.unit, places=one.places, source=nfc(source)[:200]) for one in quotas]
    Quota.objects.bulk_create(rows)
    before = {use.quota.unit.name: use.quota.places for use in uses.values()}
    after = {one.unit.name: one.places for one in quotas}
    log.record("set_quotas", run, by=by, before={"quotas": before}, after={"quotas": after, "decision": source})
    return rows


@transaction.atomic
def nominate(*, class_run: ClassRun, unit: Unit, people: Collection[Person], by: log.Actor | None) -> list[Nomination]:
    """Nominate people of a unit for a class; each keeps the verdict on the first day of the class.

    A verdict that is not good hinders nobody: the unit sees it, and may ask for an exception. Raises RuleBroken:
    class-not-enrolling, class-without-day, no-quota, quota-full, person-of-another-unit, already-nominated,
    already-enrolled.
    """
    run = lock_row(class_run)
    found = _nominate(run, unit, people)
    after = {"unit": unit.name, "people": [one.full_name for one in people], "answers": [one.answer for one in found]}
    log.record("nominate", run, by=by, after=after)
    return found


def _nominate(run: ClassRun, unit: Unit, people: Collection[Person]) -> list[Nomination]:
    refuse_if(rules.nomination_violations(_facts(run, unit, people)))
    now, verdicts = timezone.now(), judge(run, [one.pk for one in people])
    rows = [
        Nomination(
            class_run=run,
            unit=unit,
            person=one,
            post_text=one.post_text,
            nominated_on=timezone.localdate(),
            nominated_at=now,
            state_at=now,
            judged_at=now,
            **asdict(verdicts[one.pk]),
        )
        for one in people
    ]
    return Nomination.objects.bulk_create(rows)


def _facts(run: ClassRun, unit: Unit, people: Collection[Person]) -> rules.NominationFacts:
    """True as long as the caller holds the row of the class. 5 queries."""
    use = next(iter(quota_uses(run, [unit.pk])), None)
    names = {one.pk: one.full_name for one in people}
    inside = subtree_ids({unit.pk}, timezone.localdate())
    states = [*OPEN_NOMINATIONS, NominationState.ENROLLED]
    nominated = run.nominations.filter(person__in=names, state__in=states).values_list("person_id", flat=True)
    enrolled = run.enrolments.filter(person__in=names).values_list("person_id", flat=True)
    return rules.NominationFacts(
        class_state=run.state,
        begins_on=begins_on(run),
        places=use.quota.places if use else None,
        used=use.used if use else 0,
        coming=len(names),
        strangers=tuple(one.full_name for one in people if one.unit_id not in inside),
        nominated=tuple(names[key] for key in set(nominated) - set(enrolled)),
        enrolled=tuple(names[key] for key in enrolled),
    )


@transaction.atomic
def judge_again(*, class_run: ClassRun, nominations: Collection[int], by: log.Actor | None) -> int:
    """Judge nominations that nobody has answered yet by the data and rules of now; returns how many changed.

    Raises RuleBroken: nobody-chosen, class-without-day.
    """
    run = lock_row(class_run)
    rows = list(run.nominations.filter(pk__in=nominations, state=NominationState.NOMINATED).select_related("person"))
    refuse_if([] if rows else [Violation("nobody-chosen")])
    refuse_if([] if begins_on(run) else [Violation("class-without-day")])
    changed = refresh_verdicts(run, rows)
    before = {row.person.full_name: answer for row, answer in changed}
    after = {row.person.full_name: row.answer for row, _answer in changed}
    log.record("judge_again", run, by=by, before=before, after=after)
    return len(changed)


def refresh_verdicts(run: ClassRun, rows: Sequence[Nomination]) -> list[tuple[Nomination, str]]:
    """Write what data and rules say now into nominations; returns those whose answer changed with the one before."""
    if not rows:
        return []
    verdicts, changed = judge(run, [row.person_id for row in rows]), []
    for row in rows:
        fresh: Mapping[str, Any] = asdict(verdicts[row.person_id])
        if fresh["answer"] != row.answer:
            changed.append((row, row.answer))
        for name, value in {**fresh, "judged_at": timezone.now()}.items():
            setattr(row, name, value)
    Nomination.objects.bulk_update(rows, [*asdict(verdicts[rows[0].person_id]), "judged_at"])
    return changed


@transaction.atomic
def withdraw(
    *, nomination: Nomination, reason: str, replacement: Person | None = None, by: log.Actor | None
) -> Nomination | None:
    """Take a nomination back, with somebody else of the same unit in its place where one is named; returns that one.

    A seat that becomes free goes to who waits; the replacement stands in line anew. Raises RuleBroken:
    nomination-answered, reason-missing, and as `nominate`.
    """
    run, row = held(nomination)
    _end(row, NominationState.WITHDRAWN, reason)
    after = {"person": row.person.full_name, "unit": row.unit.name}
    fresh = None
    if replacement is not None:
        fresh = _nominate(run, row.unit, [replacement])[0]
        Nomination.objects.filter(pk=row.pk).update(replaced_by=fresh)
        after["replacement"] = replacement.full_name
    log.record("withdraw_nomination", run, by=by, after=after | told(move_up(run)), reason=reason)
    return fresh


@transaction.atomic
def refuse_nomination(*, nomination: Nomination, reason: str, by: log.Actor | None) -> None:
    """Refuse a nomination, even an accepted one. Raises RuleBroken: nomination-answered, reason-missing."""
    run, row = held(nomination)
    _end(row, NominationState.REFUSED, reason)
    after = {"person": row.person.full_name, "unit": row.unit.name}
    log.record("refuse_nomination", run, by=by, after=after | told(move_up(run)), reason=reason)


@transaction.atomic
def move_nomination(*, nomination: Nomination, to: ClassRun, reason: str, by: log.Actor | None) -> Nomination:
    """Let a nomination go on in a later class of the same programme, with a verdict on the first day of that class.

    Raises RuleBroken: move-to-same-class, move-to-other-programme, move-to-earlier-class, nomination-answered,
    reason-missing, and as `nominate`.
    """
    runs = list(ClassRun.objects.select_for_update().filter(pk__in={nomination.class_run_id, to.pk}).order_by("pk"))
    by_key = {one.pk: one for one in runs}
    if len(by_key) != len({nomination.class_run_id, to.pk}):
        raise StaleState(f"a class of nomination {nomination.pk} is gone")
    run, there = by_key[nomination.class_run_id], by_key[to.pk]
    row = run.nominations.select_related("person", "unit").get(pk=nomination.pk)
    same_programme = run.programme_id == there.programme_id
    refuse_if(
        rules.move_violations(rules.MoveFacts(run.pk == there.pk, same_programme, begins_on(run), begins_on(there)))
    )
    fresh = _nominate(there, row.unit, [row.person])[0]
    _end(row, NominationState.MOVED, reason, moved_to=fresh)
    after = {"person": row.person.full_name, "unit": row.unit.name, "later_class": there.code}
    log.record("move_nomination", run, by=by, after=after | told(move_up(run)), reason=reason)
    return fresh


def held(nomination: Nomination) -> tuple[ClassRun, Nomination]:
    """Hold the class of a nomination and return both fresh. Raises StaleState when one is gone."""
    run = lock_row(nomination.class_run)
    row = run.nominations.select_related("person", "unit").filter(pk=nomination.pk).first()
    if row is None:
        raise StaleState(f"nomination {nomination.pk} is gone")
    return run, row


def _end(row: Nomination, to: NominationState, reason: str, **changes: Any) -> None:
    refuse_if(rules.end_violations(rules.EndFacts(row.person.full_name, row.state, to, reason)))
    words = nfc(reason)[:LONGEST_REASON]
    move(row, to, table=NOMINATION_MOVES, reason=words, state_at=timezone.now(), **changes)


def told(names: list[str]) -> dict[str, list[str]]:
    """Return who has moved up, for the log; nothing where nobody has."""
    return {"moved_up": names} if names else {}


def held_rows(run: ClassRun, keys: Collection[int]) -> QuerySet[Nomination]:
    """Return nominations of a class that the caller holds, in the order of the waiting list."""
    return run.nominations.filter(pk__in=keys).select_related("person", "unit", "exception").in_order()
