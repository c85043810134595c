"""Which records may be one human being."""

import pytest

from vuntrong.kernel.errors import Violation
from vuntrong.registry.rules.duplicates import (
    CROWD,
    Candidate,
    Clash,
    KnownRecord,
    MergeFacts,
    UnmergeFacts,
    candidates,
    differ_by_a_letter,
    merge_violations,
    names_are_near,
    unmerge_violations,
)


def record(key: int, name: str = "nguyen van an", born_on: str = "1990-05-01", unit: int = 1, **extra) -> KnownRecord:
    words = {"sex": "male", "personal_id": "", "old_personal_id": ""} | extra
    return KnownRecord(key, name, born_on, unit, **words)


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        (record(1), record(2, unit=2), ["same-name-and-birth"]),
        (record(1), record(2), ["same-name-and-birth", "near-name"]),
        (record(1), record(2, born_on="1991-05-01"), []),
        (record(1), record(2, born_on="1990"), ["near-name"]),
        (record(1, born_on="1990"), record(2, born_on="1990", unit=2), []),
        (record(1), record(2, born_on="1991"), []),
        (record(1), record(2, born_on=""), ["near-name"]),
        (record(1, born_on=""), record(2, born_on=""), ["near-name"]),
        (record(1, born_on=""), record(2, born_on="", unit=2), []),
        (record(1, born_on="1990-05-01"), record(2, born_on="1990-01-05"), ["near-name"]),
        (record(1), record(2, sex="female"), ["same-name-and-birth"]),
        (record(1), record(2, "nguyen an"), ["near-name"]),
        (record(1), record(2, "nguyen van quoc an", born_on="1990"), ["near-name"]),
        (record(1), record(2, "nguyen huu an"), ["near-name"]),
        (record(1), record(2, "nguyen huu an", born_on="1990"), []),
        (record(1), record(2, "nguyen vann an", born_on="1990"), ["near-name"]),
        (record(1), record(2, "nguyen van binh"), []),
        (record(1), record(2, "nguyen van anh"), ["near-name"]),
        (record(1), record(2, "nguyen van anh", born_on="1990"), []),
        (record(1), record(2, "tran van an"), []),
        (record(1, "le an", personal_id="1"), record(2, "vu ba", "", 2, personal_id="1"), ["same-id"]),
        (record(1, "le an", old_personal_id="1"), record(2, "vu ba", "", 2, old_personal_id="1"), ["same-old-id"]),
        (record(1, personal_id="1"), record(2, personal_id="2"), ["same-name-and-birth"]),
    ],
)
def test_two_records_may_be_one_human_being(one, other, reasons):
    assert candidates([one, other]) == ([Candidate(1, 2, tuple(reasons))] if reasons else [])
    assert candidates([other, one]) == candidates([one, other])


def test_pairs_that_are_different_people_are_left_out_and_the_surest_stand_first():
    people = [record(1), record(2), record(3, "nguyen an"), record(4, "le an", "", 9, personal_id="7")]
    people.append(record(5, "vu ba", "", 8, personal_id="7"))

    found = candidates(people, {(1, 2)})

    assert [(one.first, one.second) for one in found] == [(4, 5), (1, 3), (2, 3)]


@pytest.mark.parametrize(("count", "pairs"), [(CROWD, CROWD * (CROWD - 1) // 2), (CROWD + 1, 0)])
def test_an_id_that_a_crowd_shares_is_a_habit_of_typing(count, pairs):
    people = [record(key, f"ten{key} rieng{key}", "", key, personal_id="000000000000") for key in range(1, count + 1)]

    assert len(candidates(people)) == pairs


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("thi", "thy", True),
        ("thi", "thii", True),
        ("thi", "th", True),
        ("thi", "thi", False),
        ("thi", "van", False),
        ("an", "na", False),
        ("a", "abc", False),
    ],
)
def test_words_that_differ_by_a_letter(one, other, expected):
    assert differ_by_a_letter(one, other) is expected
    assert differ_by_a_letter(other, one) is expected


def test_a_lost_given_name_is_not_near():
    assert not names_are_near("nguyen thi", "nguyen thi lan", same_day=True)
    assert names_are_near("van an", "nguyen van an", same_day=False)


def test_every_reason_against_a_merge_is_told_at_once():
    facts = MergeFacts(
        is_same=True,
        kept_is_merged=True,
        gone_is_merged=False,
        is_sealed=True,
        clashes=[Clash("registry.YearlyGrading", "2024")],
    )

    assert [one.code for one in merge_violations(facts)] == [
        "merge-with-itself",
        "merge-of-merged",
        "merge-of-sealed",
        "merge-clash",
    ]
    assert merge_violations(MergeFacts()) == []


def test_everything_that_rests_on_a_merge_is_named():
    facts = UnmergeFacts(
        is_undone=True,
        is_sealed=True,
        kept_merged_into="Lê An",
        later_merges=["Lê Bình"],
        changed_fields=["phone"],
        lost_rows={"classes.Enrolment": 2},
    )

    assert unmerge_violations(facts) == [
        Violation("merge-already-undone"),
        Violation("merge-of-sealed"),
        Violation("merge-rests-below", "", {"name": "Lê An"}),
        Violation("merge-rests-above", "", {"name": "Lê Bình"}),
        Violation("merge-field-changed", "", {"field": "phone"}),
        Violation("merge-rows-lost", "", {"model": "classes.Enrolment", "count": 2}),
    ]
    assert unmerge_violations(UnmergeFacts(is_undone=False)) == []
