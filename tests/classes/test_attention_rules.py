import datetime as dt

import pytest

from vuntrong.classes.enums import Attention, Stage, Tone
from vuntrong.classes.rules.attention import RunFacts, latest_start, stage_cells

TODAY = dt.date(2026, 10, 13)


def days(count: int) -> dt.date:
    return TODAY + dt.timedelta(days=count)


def cells(**changes):
    facts = {
        "today": TODAY,
        "state": "running",
        "start_from": days(-30),
        "start_by": days(-30),
        "planned_end": days(30),
        "opened_on": days(-30),
        "closed_on": None,
        "decided_on": days(-40),
        "planned_on": days(-200),
        "planned_learners": 50,
        "capacity": None,
        "learners": 50,
        "without_result": 50,
    }
    return {cell.stage: cell for cell in stage_cells(RunFacts(**facts | changes))}


def test_a_healthy_class_needs_nobody():
    found = cells()

    assert {stage: (cell.tone, cell.shown) for stage, cell in found.items()} == {
        Stage.PLAN: (Tone.OK, "day"),
        Stage.OPENING: (Tone.OK, "day"),
        Stage.LEARNERS: (Tone.OK, "count"),
        Stage.TEACHING: (Tone.RUN, "running"),
        Stage.RESULTS: (Tone.NONE, "not-yet"),
    }


DRAFT = {"state": "draft", "opened_on": None, "decided_on": None}


@pytest.mark.parametrize(
    ("changes", "stage", "expected"),
    [
        ({**DRAFT, "start_by": days(-1)}, Stage.OPENING, (Tone.BAD, Attention.START_LATE)),
        ({**DRAFT, "state": "", "start_by": days(-1)}, Stage.OPENING, (Tone.BAD, Attention.START_LATE)),
        ({**DRAFT, "start_by": days(0)}, Stage.OPENING, (Tone.WAIT, Attention.DECISION_DUE)),
        ({**DRAFT, "start_by": days(7)}, Stage.OPENING, (Tone.WAIT, Attention.DECISION_DUE)),
        ({**DRAFT, "start_by": days(8)}, Stage.OPENING, (Tone.NONE, "not-yet")),
        ({**DRAFT, "start_by": None}, Stage.OPENING, (Tone.NONE, "not-yet")),
        ({"state": "open", "start_by": days(-1), "opened_on": days(0)}, Stage.OPENING, (Tone.OK, "day")),
        ({"state": "cancelled", "start_by": days(-1)}, Stage.OPENING, (Tone.NONE, "cancelled")),
        ({"decided_on": None}, Stage.OPENING, (Tone.BAD, Attention.NO_DECISION)),
        ({"learners": 51}, Stage.LEARNERS, (Tone.WAIT, Attention.OVER_FULL)),
        ({"learners": 51, "capacity": 51}, Stage.LEARNERS, (Tone.OK, "count")),
        ({"learners": 52, "capacity": 51}, Stage.LEARNERS, (Tone.BAD, Attention.OVER_FULL)),
        ({"learners": 49}, Stage.LEARNERS, (Tone.WAIT, Attention.UNDER_FILLED)),
        ({"learners": 49, "state": "open", "opened_on": days(9)}, Stage.LEARNERS, (Tone.RUN, "count")),
        ({"learners": 50, "state": "open", "opened_on": days(9)}, Stage.LEARNERS, (Tone.OK, "count")),
        ({"learners": 49, "planned_learners": None}, Stage.LEARNERS, (Tone.OK, "count")),
        ({"learners": 0, "state": "open", "opened_on": days(8)}, Stage.LEARNERS, (Tone.NONE, "not-yet")),
        ({"learners": 0, "state": "open", "opened_on": days(7)}, Stage.LEARNERS, (Tone.WAIT, Attention.NOBODY)),
        ({"learners": 0, "state": "open", "opened_on": days(0)}, Stage.LEARNERS, (Tone.BAD, Attention.NOBODY)),
        ({"learners": 0, "state": "cancelled"}, Stage.LEARNERS, (Tone.NONE, "not-yet")),
        ({"state": "open", "opened_on": days(1)}, Stage.TEACHING, (Tone.NONE, "not-yet")),
        ({"state": "open", "opened_on": days(0)}, Stage.TEACHING, (Tone.WAIT, Attention.START_DUE)),
        ({"state": "open", "opened_on": days(-1)}, Stage.TEACHING, (Tone.BAD, Attention.START_DUE)),
        ({"planned_end": days(0)}, Stage.TEACHING, (Tone.RUN, "running")),
        ({"planned_end": days(-1)}, Stage.TEACHING, (Tone.BAD, Attention.CLOSING_LATE)),
        ({"planned_end": None}, Stage.TEACHING, (Tone.RUN, "running")),
        ({"modules_total": 13, "modules_finished": 5}, Stage.TEACHING, (Tone.RUN, "of")),
        ({"state": "closed", "closed_on": days(-1)}, Stage.TEACHING, (Tone.OK, "day")),
        ({"without_result": 49}, Stage.RESULTS, (Tone.RUN, "of")),
        ({"without_result": 0}, Stage.RESULTS, (Tone.OK, "of")),
        ({"planned_on": None}, Stage.PLAN, (Tone.NONE, "unplanned")),
    ],
)
def test_each_reason_at_its_boundary(changes, stage, expected):
    cell = cells(**changes)[stage]

    assert (cell.tone, cell.shown) == expected


def test_a_late_start_says_by_how_much():
    reason = cells(**DRAFT, start_by=days(-8))[Stage.OPENING].reason

    assert reason.values == {"planned": days(-8), "today": TODAY, "days": 8}


@pytest.mark.parametrize(
    ("planned", "expected"),
    [
        (dt.date(2026, 3, 1), dt.date(2026, 3, 31)),
        (dt.date(2026, 3, 2), dt.date(2026, 3, 2)),
        (None, dt.date(2026, 3, 31)),
    ],
)
def test_a_month_gives_time_until_its_end(planned, expected):
    assert latest_start(planned, dt.date(2026, 3, 1), dt.date(2026, 3, 31)) == expected


def test_without_month_and_day_nothing_is_late():
    assert latest_start(None, None, None) is None
