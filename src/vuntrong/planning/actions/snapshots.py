"""Needs frozen at a moment."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from vuntrong.kernel import log
from vuntrong.kernel.errors import RuleBroken, Violation
from vuntrong.kernel.transitions import lock_row
from vuntrong.planning.enums import SurveyState
from vuntrong.planning.models import NeedsSnapshot, NeedsSurvey, SnapshotLine
from vuntrong.planning.queries.surveys import standing


@transaction.atomic
def take_snapshot(*, survey: NeedsSurvey, by: log.Actor | None, now: dt.datetime | None = None) -> NeedsSnapshot:
    """Freeze the sent answers as they stand; answers that come later go into the next snapshot.

    The survey is locked, so that an answer is wholly inside or wholly outside. `now` is for loading what happened
    before. Raises RuleBroken while the survey is in preparation.
    """
    fresh = lock_row(survey)
    if fresh.state == SurveyState.DRAFT:
        raise RuleBroken([Violation("survey-not-opened")])
    state = standing(fresh)
    snapshot = NeedsSnapshot.objects.create(
        survey=fresh,
        taken_at=now or timezone.now(),
        taken_by_name=by.get_full_name() if by else log.SYSTEM,
        asked=state.asked,
        answered=state.answered,
        nil_answers=state.nil,
        silent_units=[row.unit.name for row in state.silent],
    )
    SnapshotLine.objects.bulk_create(
        [
            SnapshotLine(
                snapshot=snapshot,
                programme_id=cell.programme_id,
                unit_id=cell.unit_id,
                named=cell.named,
                women=cell.women,
                total=cell.total,
                is_late=cell.is_late,
            )
            for cell in state.cells
            if cell.total
        ],
        batch_size=1000,
    )
    after = {"asked": state.asked, "answered": state.answered, "nil": state.nil, "needs": state.total}
    log.record("take_needs_snapshot", fresh, by=by, after=after)
    return snapshot
