import datetime as dt
from dataclasses import replace

import pytest

from vuntrong.planning.rules.surveys import (
    AnswerFacts,
    EditFacts,
    NamedPerson,
    OpeningFacts,
    edit_violations,
    is_late,
    match_programme,
    opening_violations,
    recall_violations,
    saving_violations,
    send_back_violations,
    sending_violations,
    unit_total,
)

DEADLINE = dt.datetime(2026, 10, 23, 17, 0, tzinfo=dt.UTC)
INSTANT = dt.timedelta(microseconds=1)
AN = NamedPerson(programme_id=1, person_id=7, name="Lê Văn An", unit_id=10)
GOOD = AnswerFacts(
    is_open=True,
    is_sent=False,
    is_asked=True,
    offered={1: "Trung cấp", 2: "Cập nhật"},
    unit_ids={10, 11},
    numbers={2: 5},
    named=[AN],
    is_nil=False,
    nil_reason="",
    now=DEADLINE,
    closes_at=DEADLINE,
    late_reason="",
)


def codes(violations):
    return [violation.code for violation in violations]


@pytest.mark.parametrize(
    ("sent_at", "expected"), [(DEADLINE - INSTANT, False), (DEADLINE, False), (DEADLINE + INSTANT, True)]
)
def test_an_answer_is_late_after_the_deadline_only(sent_at, expected):
    assert is_late(sent_at, DEADLINE) is expected


@pytest.mark.parametrize(
    ("named", "number", "total"), [(0, 0, 0), (3, 0, 3), (0, 5, 5), (3, 5, 5), (5, 5, 5), (6, 5, 6)]
)
def test_names_and_number_of_a_unit_are_never_added(named, number, total):
    assert unit_total(named, number) == total


@pytest.mark.parametrize(
    ("programmes", "recipients", "now", "expected"),
    [
        (1, 1, DEADLINE - INSTANT, []),
        (1, 1, DEADLINE, ["deadline-passed"]),
        (0, 1, DEADLINE - INSTANT, ["survey-without-programmes"]),
        (1, 0, DEADLINE - INSTANT, ["survey-without-recipients"]),
        (0, 0, DEADLINE, ["survey-without-programmes", "survey-without-recipients", "deadline-passed"]),
    ],
)
def test_survey_opens_with_programmes_units_and_a_deadline_ahead(programmes, recipients, now, expected):
    facts = OpeningFacts(programmes=programmes, recipients=recipients, closes_at=DEADLINE, now=now)

    assert codes(opening_violations(facts)) == expected


@pytest.mark.parametrize(
    ("programmes", "recipients", "is_draft", "expected"),
    [
        ({1, 2}, {10}, False, []),
        ({2}, {10}, False, ["programme-has-needs"]),
        ({1}, set(), False, ["recipient-has-answered", "survey-without-recipients"]),
        ({1}, {10}, True, []),
    ],
)
def test_what_units_wrote_down_cannot_be_taken_out(programmes, recipients, is_draft, expected):
    facts = EditFacts(programmes, {1: "Trung cấp"}, recipients, {10: "Đảng ủy xã Suối Khe"}, is_draft)

    assert codes(edit_violations(facts)) == expected


def test_survey_in_preparation_may_lose_everything():
    assert edit_violations(EditFacts(set(), {}, set(), {}, is_draft=True)) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"is_asked": False}, ["unit-not-asked"]),
        ({"is_sent": True}, ["answer-already-sent"]),
        ({"is_open": False}, ["survey-not-open"]),
        ({"numbers": {}, "named": []}, ["nothing-answered"]),
        ({"numbers": {2: 0}, "named": []}, ["nothing-answered"]),
        ({"numbers": {}, "named": [], "is_nil": True, "nil_reason": "Đã cử đủ"}, []),
        ({"numbers": {}, "named": [], "is_nil": True, "nil_reason": " "}, ["nil-without-reason"]),
        ({"is_nil": True, "nil_reason": "Đã cử đủ"}, ["nil-with-needs"]),
        ({"numbers": {3: 1}}, ["programme-not-offered"]),
        ({"named": [replace(AN, programme_id=3)]}, ["programme-not-offered"]),
        ({"named": [AN, AN]}, ["person-twice"]),
        ({"named": [AN, replace(AN, programme_id=2)]}, []),
        ({"named": [replace(AN, unit_id=11)]}, []),
        ({"named": [replace(AN, unit_id=12)]}, ["person-of-other-unit"]),
        ({"numbers": {2: 9999}}, []),
        ({"numbers": {2: 10_000}}, ["number-out-of-range"]),
        ({"numbers": {2: -1}}, ["number-out-of-range"]),
        ({"now": DEADLINE + INSTANT}, ["late-without-reason"]),
        ({"now": DEADLINE + INSTANT, "late_reason": "Mất điện"}, []),
    ],
)
def test_answer_is_sent_only_when_nothing_speaks_against_it(changes, expected):
    assert codes(sending_violations(replace(GOOD, **changes))) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"numbers": {}, "named": []}, []),
        ({"is_nil": True}, []),
        ({"now": DEADLINE + INSTANT}, []),
        ({"named": [AN, AN]}, ["person-twice"]),
        ({"is_open": False}, ["survey-not-open"]),
    ],
)
def test_draft_may_be_incomplete_but_not_wrong(changes, expected):
    assert codes(saving_violations(replace(GOOD, **changes))) == expected


def test_all_reasons_are_told_at_once():
    facts = replace(GOOD, named=[AN, AN], is_nil=True, numbers={9: 1}, now=DEADLINE + INSTANT)

    found = codes(sending_violations(facts))

    assert found == [
        "programme-not-offered",
        "person-twice",
        "nil-with-needs",
        "nil-without-reason",
        "late-without-reason",
    ]


@pytest.mark.parametrize(
    ("is_open", "now", "expected"),
    [
        (True, DEADLINE, []),
        (True, DEADLINE + INSTANT, ["recall-after-deadline"]),
        (False, DEADLINE, ["survey-not-open"]),
    ],
)
def test_unit_takes_its_answer_back_until_the_deadline(is_open, now, expected):
    assert codes(recall_violations(is_open=is_open, now=now, closes_at=DEADLINE)) == expected


def test_sending_back_needs_an_open_survey_and_a_reason():
    assert codes(send_back_violations(is_open=True, reason="Thiếu ngày sinh")) == []
    assert codes(send_back_violations(is_open=False, reason=" ")) == ["send-back-without-reason", "survey-not-open"]


@pytest.mark.parametrize(
    ("text", "programme_id", "suggestion"),
    [
        ("Trung cấp LLCT", 1, None),
        ("TRUNG CAP  llct", 1, None),
        ("Trung cấp lí luận", None, 1),
        ("Bơi lội", None, None),
    ],
)
def test_programme_is_recognised_or_the_nearest_suggested(text, programme_id, suggestion):
    offered = {"trung cap llct": 1, "trung cap li luan chinh tri": 1, "doi tuong dang": 2}

    match = match_programme(text, offered)

    assert match.programme_id == programme_id
    assert (match.violation.values["suggestion"] if match.violation else None) == suggestion
