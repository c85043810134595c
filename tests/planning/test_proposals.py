import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuntrong.planning.rules.proposals import (
    Coverage,
    CoverageState,
    balanced,
    coverage,
    limit_violations,
    overall,
    propose_classes,
)


@pytest.mark.parametrize(
    ("needs", "smallest", "largest", "sizes"),
    [
        (431, 30, 60, (54,) * 7 + (53,)),
        (388, 30, 60, (56,) * 3 + (55,) * 4),
        (0, 30, 60, ()),
        (30, 30, 60, (30,)),
        (60, 30, 60, (60,)),
        (61, 30, 60, (31, 30)),
        (120, 60, 60, (60, 60)),
        (1, 1, 1, (1,)),
    ],
)
def test_needs_are_split_into_equal_classes(needs, smallest, largest, sizes):
    proposal = propose_classes(needs, smallest=smallest, largest=largest)

    assert (proposal.sizes, proposal.unplaced, proposal.remark) == (sizes, 0, None)


def test_needs_below_the_minimum_get_no_class_and_a_reason():
    proposal = propose_classes(29, smallest=30, largest=60)

    assert (proposal.sizes, proposal.unplaced) == ((), 29)
    assert (proposal.remark.code, proposal.remark.values["needs"]) == ("needs-below-minimum", 29)


@pytest.mark.parametrize(
    ("needs", "smallest", "largest", "sizes", "unplaced"),
    [
        (65, 40, 60, (60,), 5),
        (79, 40, 60, (60,), 19),
        (121, 60, 60, (60, 60), 1),
    ],
)
def test_what_no_split_can_hold_is_left_over_and_said(needs, smallest, largest, sizes, unplaced):
    proposal = propose_classes(needs, smallest=smallest, largest=largest)

    assert (proposal.sizes, proposal.unplaced, proposal.remark.code) == (sizes, unplaced, "needs-left-over")


@given(st.integers(0, 5000), st.integers(1, 200), st.integers(0, 200))
def test_a_proposal_adds_up_and_keeps_both_limits(needs, smallest, room):
    largest = smallest + room

    proposal = propose_classes(needs, smallest=smallest, largest=largest)

    assert sum(proposal.sizes) + proposal.unplaced == needs
    assert all(smallest <= size <= largest for size in proposal.sizes)
    assert max(proposal.sizes, default=0) - min(proposal.sizes, default=0) <= 1
    assert (proposal.unplaced == 0) == (proposal.remark is None)


@given(st.integers(1, 5000), st.integers(1, 100))
def test_balanced_sizes_add_up(learners, count):
    sizes = balanced(learners, count)

    assert (len(sizes), sum(sizes)) == (count, learners)


def test_balanced_sizes_of_no_classes_are_none():
    assert balanced(50, 0) == ()


@pytest.mark.parametrize(
    ("smallest", "largest", "codes"),
    [
        (1, 1, []),
        (30, 500, []),
        (30, 501, ["class-maximum-too-large"]),
        (0, 60, ["class-minimum-below-one"]),
        (61, 60, ["class-limits-reversed"]),
        (0, -1, ["class-minimum-below-one", "class-limits-reversed"]),
    ],
)
def test_limits_of_a_class(smallest, largest, codes):
    assert [one.code for one in limit_violations(smallest, largest)] == codes


@pytest.mark.parametrize(
    ("demand", "planned", "state", "covered", "short", "over"),
    [
        (100, 100, CoverageState.COVERED, 100, 0, 0),
        (100, 99, CoverageState.UNDER, 99, 1, 0),
        (100, 101, CoverageState.OVER, 100, 0, 1),
        (100, 0, CoverageState.NOT_PLANNED, 0, 100, 0),
        (0, 50, CoverageState.NOT_ASKED, 0, 0, 50),
        (0, 0, CoverageState.NOT_ASKED, 0, 0, 0),
    ],
)
def test_coverage_of_a_programme(demand, planned, state, covered, short, over):
    row = Coverage(demand, planned)

    assert (row.state, row.covered, row.short, row.over) == (state, covered, short, over)


def test_surplus_of_one_programme_covers_no_other():
    rows = coverage({1: 100, 2: 50}, {2: 80, 3: 10})

    assert overall(rows) == (50, 150)
    assert [rows[key].state for key in (1, 2, 3)] == ["not_planned", "over", "not_asked"]
