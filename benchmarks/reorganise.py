"""Merging 130 communes into 60 with all their people, running classes and grants: preview, confirmation, undoing."""

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from vuntrong.accounts.models import Grant, User
from vuntrong.classes.models import ClassRun
from vuntrong.registry.actions.reorganise import (
    choose,
    confirm_reorganisation,
    draft_reorganisation,
    undo_reorganisation,
)
from vuntrong.registry.models import Person, Posting, Reorganisation, Unit
from vuntrong.registry.queries.reorganisation import Preview
from vuntrong.registry.queries.resting import preview_of_draft
from vuntrong.registry.rules.events import Choice, Event, Target, UnitSaid

NEW_UNITS = 60
LIMIT = 30.0
"""Seconds for the preview and the confirmation together."""
GATHER = """
    UPDATE registry_posting SET post_id = NULL, post_text = '', unit_id = CASE person_id % {count} {cases} END
    WHERE valid_to IS NULL
"""


@dataclass(frozen=True)
class Seconds:
    """How long something took, and the most that we allow ourselves; without a limit it is only told."""

    name: str
    seconds: float
    limit: float | None = None

    @property
    def is_missed(self) -> bool:
        return self.limit is not None and self.seconds > self.limit

    def line(self) -> str:
        verdict = "" if self.limit is None else f"<= {self.limit:4.1f} s  {'MISSED' if self.is_missed else 'kept'}"
        return f"{self.name:<58} {self.seconds:8.3f} s {verdict}"


def run() -> Iterator[Seconds]:
    """Measure in one transaction that is rolled back, so that the data stay as they are."""
    with transaction.atomic():
        communes = list(Unit.objects.filter(kind="commune_committee", is_alive=True).order_by("pk")[:130])
        _busy(communes)
        started = time.perf_counter()
        draft = _draft(communes)
        seen = preview_of_draft(draft)
        counts = {group.code: group.count() for group in seen.groups}
        shown = time.perf_counter() - started
        draft = choose(reorganisation=draft, revision=0, choices=_choices(seen), by=None)
        done = confirm_reorganisation(reorganisation=draft, by=None)
        confirmed = time.perf_counter() - started
        if Posting.objects.filter(unit__slug__startswith="moi-").count() != counts["posting"]:
            raise AssertionError("somebody was left behind")
        touched = f"{counts['posting']} posts, {counts['class']} classes, {counts['learner']} learners"
        yield Seconds(f"re-organisation, preview ({touched})", shown)
        yield Seconds(f"re-organisation, {len(communes)} into {NEW_UNITS}, with preview", confirmed, LIMIT)
        started = time.perf_counter()
        undo_reorganisation(reorganisation=done, by=None)
        yield Seconds("re-organisation, undone", time.perf_counter() - started)
        transaction.set_rollback(True)


def _busy(communes: list[Unit]) -> None:
    """Let everybody work in one of the communes, the classes of the last year run, and each commune have clerks."""
    with connection.cursor() as cursor:
        cases = " ".join(f"WHEN {n} THEN {unit.pk}" for n, unit in enumerate(communes))
        cursor.execute(GATHER.format(count=len(communes), cases=cases))
    last = ClassRun.objects.order_by("-year").values_list("year", flat=True).first()
    ClassRun.objects.filter(year=last).update(state="running", closed_on=None)
    users = User.objects.bulk_create(
        [User(username=f"bm-{n}", full_name=f"Cán bộ {n}") for n in range(3 * len(communes))]
    )
    long_ago = dt.date(2020, 1, 1)
    Grant.objects.bulk_create(
        [
            Grant(user=user, unit=communes[n // 3], role="unit_clerk", valid_from=long_ago)
            for n, user in enumerate(users)
        ]
    )


def _draft(communes: list[Unit]) -> Reorganisation:
    above = communes[0].parent
    if above is None or not Person.objects.exists():
        raise AssertionError("the data hold no province")
    groups = [communes[n::NEW_UNITS] for n in range(NEW_UNITS)]
    events = [
        Event(
            "merge",
            tuple(unit.slug for unit in group),
            (Target(f"moi-{n}", _said(n, above.slug), is_new=True),),
            row=str(n + 1),
        )
        for n, group in enumerate(groups)
    ]
    return draft_reorganisation(
        title="Sắp xếp đơn vị hành chính cấp xã",
        takes_effect_on=timezone.localdate(),
        instrument_text="Nghị quyết",
        unit=above,
        events=events,
        by=None,
    )


def _choices(seen: Preview) -> list[Choice]:
    """Leave every holder of a crowded post in it: nobody is left for whom the maker has said nothing."""
    [waiting] = [group.rows for group in seen.groups if group.code == "posting-open"]
    heirs = seen.change.heir_names
    return [Choice("posting", key, heirs[unit]) for key, unit in waiting.values_list("pk", "unit_id")]


def _said(number: int, above: str) -> UnitSaid:
    return UnitSaid(f"Đảng ủy xã mới {number}", f"Xã mới {number}", "commune_committee", above)
