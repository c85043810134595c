import datetime as dt

import pytest

from vuntrong.classes.enums import EnrolmentState, Grade
from vuntrong.classes.rules import enrolment as rules

DAY = dt.date(2026, 6, 2)


def seen(violations) -> list[str]:
    return [violation.code for violation in violations]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"seats_taken": 59}, []),
        ({"seats_taken": 60}, ["class-full"]),
        ({"seats_taken": 58, "coming": 2}, []),
        ({"seats_taken": 58, "coming": 3}, ["class-full"]),
        ({"capacity": None, "seats_taken": 900}, []),
        ({"class_state": "draft"}, []),
        ({"class_state": "running"}, []),
        ({"class_state": "closed"}, ["class-not-enrolling"]),
        ({"class_state": "cancelled"}, ["class-not-enrolling"]),
        ({"coming": 0}, ["nobody-chosen"]),
        ({"coming": 0, "already": ("An",)}, ["already-enrolled"]),
        (
            {"class_state": "closed", "seats_taken": 60, "already": ("An", "Bình")},
            ["class-not-enrolling", "class-full", "already-enrolled", "already-enrolled"],
        ),
    ],
)
def test_who_may_join_a_class(changes, expected):
    facts = {"class_state": "open", "capacity": 60, "seats_taken": 0, "coming": 1} | changes

    assert seen(rules.enrolment_violations(rules.EnrolmentFacts(**facts))) == expected


@pytest.mark.parametrize(
    ("grade", "state"),
    [
        ("", EnrolmentState.STUDYING),
        (Grade.PASSED, EnrolmentState.COMPLETED),
        (Grade.EXCELLENT, EnrolmentState.COMPLETED),
        (Grade.FAILED, EnrolmentState.NOT_COMPLETED),
    ],
)
def test_a_grade_decides_the_outcome(grade, state):
    assert rules.outcome_of(grade) == state


@pytest.mark.parametrize(
    ("class_state", "state", "grade", "expected"),
    [
        ("running", "studying", "good", []),
        ("running", "completed", "failed", []),
        ("running", "not_completed", "", []),
        ("open", "studying", "good", ["results-while-running"]),
        ("closed", "studying", "good", ["results-while-running"]),
        ("running", "withdrawn", "good", ["result-for-absent"]),
        ("running", "no_show", "good", ["result-for-absent"]),
        ("running", "studying", "splendid", ["grade-unknown"]),
    ],
)
def test_who_may_be_given_a_grade(class_state, state, grade, expected):
    assert seen(rules.result_violations(rules.ResultFacts("An", class_state, state, grade))) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"on": DAY}, []),
        ({"on": DAY - dt.timedelta(days=1)}, ["departure-before-class"]),
        ({"on": DAY + dt.timedelta(days=5)}, []),
        ({"on": DAY + dt.timedelta(days=6)}, ["departure-in-future"]),
        ({"on": None}, ["departure-date-missing"]),
        ({"reason": " "}, ["reason-missing"]),
        ({"to": "withdrawn"}, []),
        ({"state": "completed"}, []),
        ({"state": "completed", "to": "withdrawn"}, ["departure-impossible"]),
        ({"state": "no_show"}, ["departure-impossible"]),
        ({"class_state": "closed"}, []),
        ({"class_state": "cancelled"}, ["class-cancelled"]),
    ],
)
def test_who_may_be_marked_as_gone(changes, expected):
    facts = {
        "name": "An",
        "class_state": "running",
        "state": "studying",
        "to": "no_show",
        "on": DAY + dt.timedelta(days=1),
        "first_day": DAY,
        "today": DAY + dt.timedelta(days=5),
        "reason": "Không đến nhập học",
    } | changes

    assert seen(rules.departure_violations(rules.DepartureFacts(**facts))) == expected
