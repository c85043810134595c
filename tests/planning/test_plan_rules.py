import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.planning.plan_samples import GOOD, facts
from vuntrong.planning.rules.plans import (
    FieldChange,
    Totals,
    difference,
    grouped,
    line_violations,
    submission_violations,
    submission_warnings,
    totals,
)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"month": 1}, []),
        ({"month": 12}, []),
        ({"month": 0}, ["line-month-outside-year"]),
        ({"month": 13}, ["line-month-outside-year"]),
        ({"month": None, "quarter": 4}, []),
        ({"month": None, "quarter": 5}, ["line-quarter-outside-year"]),
        ({"month": None, "quarter": 0}, ["line-quarter-outside-year"]),
        ({"month": 3, "quarter": 1}, ["line-month-and-quarter"]),
        ({"line_state": "later_year", "for_year": 2028}, []),
        ({"line_state": "later_year", "for_year": 2027}, ["line-later-year-not-later"]),
        ({"line_state": "later_year", "for_year": 2047}, []),
        ({"line_state": "later_year", "for_year": 2048}, ["line-later-year-not-later"]),
        ({"line_state": "later_year"}, ["line-later-year-missing"]),
        ({"for_year": 2028}, ["line-year-not-later-state"]),
        ({"class_count": 9999, "learner_count": 9999}, []),
        ({"class_count": 10_000, "learner_count": 10_000}, ["line-number-out-of-range"]),
        ({"budget_vnd": 10**15}, []),
        ({"budget_vnd": 10**15 + 1}, ["line-number-out-of-range"]),
        ({"budget_vnd": -1}, ["line-number-out-of-range"]),
        ({"class_count": 2, "learner_count": 2}, []),
        ({"class_count": 2, "learner_count": 1}, ["line-fewer-learners-than-classes"]),
        ({"note": "x" * 500}, []),
        ({"note": "x" * 501}, ["line-text-too-long"]),
    ],
)
def test_what_a_line_may_say(changes, codes):
    draft = dataclasses.replace(GOOD, **changes)

    found = line_violations(draft, plan_year=2027, name="Đảng viên mới")

    assert [one.code for one in found] == codes
    assert all(one.values["line"] == "Đảng viên mới" for one in found)


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        ([facts()], []),
        ([], ["plan-without-lines"]),
        ([facts(line_state="under_study")], ["plan-without-planned-lines"]),
        ([facts(), facts(2, line_state="under_study", class_count=None, learner_count=None)], []),
        ([facts(class_count=None)], ["line-without-classes"]),
        ([facts(class_count=0)], ["line-without-classes"]),
        ([facts(learner_count=None)], ["line-without-learners"]),
        ([facts(budget_vnd=1)], ["line-budget-without-source"]),
        ([facts(budget_vnd=0)], []),
        ([facts(budget_vnd=1, funding_source="Ngân sách huyện")], []),
        ([facts(class_count=None, learner_count=None), facts(2, month=13)],
         ["line-without-classes", "line-without-learners", "line-month-outside-year"]),
    ],
)  # fmt: skip
def test_everything_that_keeps_a_plan_from_being_submitted_is_said(lines, codes):
    assert [one.code for one in submission_violations(lines, plan_year=2027)] == codes


@pytest.mark.parametrize(
    ("lines", "demand", "codes"),
    [
        ([facts()], {}, []),
        ([facts()], {1: 94}, []),
        ([facts()], {1: 93}, ["plan-more-than-needs"]),
        ([facts()], {1: 94, 2: 1}, ["plan-needs-left-out"]),
        ([facts()], {1: 94, 2: 0}, []),
        ([facts(month=None)], {}, ["plan-lines-without-time"]),
        ([facts(), facts(2, programme_id=1, line_state="under_study")], {1: 94}, []),
    ],
)
def test_what_the_submitter_should_look_at_is_no_refusal(lines, demand, codes):
    assert [one.code for one in submission_warnings(lines, demand=demand)] == codes


def test_totals_count_planned_lines_only():
    lines = [facts(budget_vnd=5), facts(2, line_state="later_year", for_year=2028), facts(3, class_count=None)]

    assert totals(lines) == Totals(lines=2, classes=2, learners=188, budget_vnd=5)


def test_lines_are_grouped_as_the_annex_asks():
    lines = [
        facts(1, kind="retraining", field="professional"),
        facts(2, kind="training"),
        facts(3, kind="updating", field="political_theory"),
        facts(4, kind="training", field="professional"),
    ]

    parts = grouped(lines)

    assert [(part.group, [line.line_id for line in part.lines]) for part in parts] == [
        ("training", [2, 4]),
        ("theory", [3]),
        ("skills", [1]),
    ]


def test_difference_names_lines_and_fields():
    before = [facts(1), facts(2), facts(3, lead="Trường Chính trị", lead_id=1)]
    after = [facts(1), facts(3, lead="Ban Tuyên giáo", lead_id=2, class_count=3), facts(4)]

    found = difference(before, after)

    assert ([line.line_id for line in found.added], [line.line_id for line in found.removed]) == ([4], [2])
    assert [(one.after.line_id, one.fields) for one in found.changed] == [
        (3, (FieldChange("class_count", 2, 3), FieldChange("lead", "Trường Chính trị", "Ban Tuyên giáo"))),
    ]
    assert (found.before.classes, found.after.classes) == (6, 7)


LINES = st.lists(
    st.builds(
        facts,
        st.integers(1, 9),
        class_count=st.none() | st.integers(0, 20),
        learner_count=st.none() | st.integers(0, 900),
        place=st.text(max_size=5),
    ),
    unique_by=lambda line: line.line_id,
)


@given(LINES)
def test_a_copy_does_not_differ_from_itself(lines):
    assert difference(lines, list(reversed(lines))).is_empty


@given(LINES, LINES)
def test_a_difference_reversed_swaps_added_and_removed(before, after):
    forth, back = difference(before, after), difference(after, before)

    assert ({line.line_id for line in forth.added}) == ({line.line_id for line in back.removed})
    assert len(forth.changed) == len(back.changed)


@given(LINES)
def test_parts_add_up_to_the_whole(lines):
    parts = grouped(lines)

    assert sum(part.totals.classes for part in parts) == totals(lines).classes
    assert sum(len(part.lines) for part in parts) == len(lines)
