"""Rules of nominations, each on both sides of its boundary."""

import datetime as dt
from dataclasses import replace

import pytest

from vuntrong.classes.enums import NOMINATION_MOVES, NominationState
from vuntrong.classes.rules import nominations as rules

DAY = dt.date(2027, 3, 15)
FITS = rules.NominationFacts("open", DAY, places=6, used=3, coming=2)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"coming": 3}, []),
        ({"coming": 4}, ["quota-full"]),
        ({"used": 6, "coming": 1}, ["quota-full"]),
        ({"used": 5, "coming": 1}, []),
        ({"places": None}, ["no-quota"]),
        ({"coming": 0}, ["nobody-chosen"]),
        ({"begins_on": None}, ["class-without-day"]),
        ({"class_state": "draft"}, []),
        ({"class_state": "running"}, []),
        ({"class_state": "closed"}, ["class-not-enrolling"]),
        ({"class_state": "cancelled"}, ["class-not-enrolling"]),
        ({"strangers": ("Mai",)}, ["person-of-another-unit"]),
        (
            {"nominated": ("Mai",), "enrolled": ("An", "Ba")},
            ["already-nominated", "already-enrolled", "already-enrolled"],
        ),
        (
            {"class_state": "closed", "begins_on": None, "places": None},
            ["class-not-enrolling", "class-without-day", "no-quota"],
        ),
    ],
)
def test_nominating(changes, codes):
    found = rules.nomination_violations(replace(FITS, **changes))

    assert [one.code for one in found] == codes


@pytest.mark.parametrize(
    ("state", "answer", "exception", "codes"),
    [
        ("nominated", "eligible", "", []),
        ("nominated", "not-eligible", "", ["accept-not-eligible"]),
        ("nominated", "needs-exception", "", ["accept-needs-exception"]),
        ("nominated", "missing-data", "", ["accept-missing-data"]),
        ("nominated", "not-eligible", "asked", ["accept-not-eligible"]),
        ("nominated", "not-eligible", "refused", ["accept-not-eligible"]),
        ("nominated", "not-eligible", "granted", []),
        ("exception", "not-eligible", "asked", ["accept-waits-for-exception"]),
        ("accepted", "eligible", "", ["nomination-answered"]),
        ("waiting", "eligible", "", ["nomination-answered"]),
        ("withdrawn", "eligible", "", ["nomination-answered"]),
    ],
)
def test_accepting_by_hand(state, answer, exception, codes):
    found = rules.acceptance_violations(rules.AcceptanceFacts("Liên", state, answer, exception))

    assert [one.code for one in found] == codes


@pytest.mark.parametrize(
    ("places", "used", "codes"), [(6, 6, []), (6, 7, ["unit-over-quota"]), (None, 1, ["unit-over-quota"])]
)
def test_a_unit_over_its_quota(places, used, codes):
    assert [one.code for one in rules.over_quota("xã An Phú", places, used)] == codes


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"answer": "needs-exception"}, []),
        ({"answer": "eligible"}, ["exception-not-needed"]),
        ({"answer": "missing-data"}, ["exception-data-missing"]),
        ({"exception_by": ""}, ["exception-by-nobody"]),
        ({"reason": "  "}, ["reason-missing"]),
        ({"state": "accepted"}, ["nomination-answered"]),
    ],
)
def test_asking_for_an_exception(changes, codes):
    asked = rules.AskFacts("Liên", "nominated", "not-eligible", "Ban Tổ chức Tỉnh ủy", "Nữ duy nhất trong cấp ủy")

    assert [one.code for one in rules.ask_violations(replace(asked, **changes))] == codes


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"decided_on": DAY + dt.timedelta(days=1)}, ["exception-date-in-future"]),
        (
            {"decided_on": None, "number": " ", "signer": ""},
            ["exception-number-missing", "exception-date-missing", "exception-signer-missing"],
        ),
        ({"is_own": True}, ["own-request"]),
    ],
)
def test_granting_an_exception(changes, codes):
    grant = rules.GrantFacts("12-QĐ/BTCTU", DAY, "Nguyễn Văn Dũng", DAY, is_own=False)

    assert [one.code for one in rules.grant_violations(replace(grant, **changes))] == codes


@pytest.mark.parametrize("to", [NominationState.REFUSED, NominationState.WITHDRAWN, NominationState.MOVED])
@pytest.mark.parametrize("state", NominationState)
def test_a_nomination_ends_only_from_an_open_state_and_with_a_reason(state, to):
    ends = to in NOMINATION_MOVES[state]

    with_reason = rules.end_violations(rules.EndFacts("Liên", state, to, "Đã nghỉ việc"))
    without = rules.end_violations(rules.EndFacts("Liên", state, to, " "))

    assert [one.code for one in with_reason] == ([] if ends else ["nomination-answered"])
    assert "reason-missing" in [one.code for one in without]


@pytest.mark.parametrize(
    ("there", "codes"),
    [
        (DAY + dt.timedelta(days=1), []),
        (DAY, ["move-to-earlier-class"]),
        (None, []),
    ],
)
def test_moving_to_a_later_class(there, codes):
    facts = rules.MoveFacts(same_class=False, same_programme=True, begins_on=DAY, begins_there_on=there)

    assert [one.code for one in rules.move_violations(facts)] == codes
    assert [one.code for one in rules.move_violations(replace(facts, same_programme=False))] == [
        "move-to-other-programme",
        *codes,
    ]
    assert [one.code for one in rules.move_violations(replace(facts, same_class=True))] == ["move-to-same-class"]


@pytest.mark.parametrize(
    ("accepted", "seats", "minimum", "decision", "codes"),
    [
        (20, 20, 20, "15-QĐ/TCT", []),
        (19, 19, 20, "15-QĐ/TCT", ["class-below-minimum"]),
        (1, 20, 20, "15-QĐ/TCT", []),
        (1, 1, None, "15-QĐ/TCT", []),
        (0, 30, 20, "15-QĐ/TCT", ["nobody-accepted"]),
        (20, 20, None, " ", ["list-decision-missing"]),
    ],
)
def test_enrolling_the_accepted(accepted, seats, minimum, decision, codes):
    found = rules.list_violations(rules.ListFacts(accepted, seats, minimum, decision))

    assert [one.code for one in found] == codes


@pytest.mark.parametrize(
    ("capacity", "taken", "wanted", "seated"),
    [(3, 0, 5, 3), (3, 3, 1, 0), (3, 4, 1, 0), (3, 2, 1, 1), (None, 90, 5, 5)],
)
def test_dealing_out_seats(capacity, taken, wanted, seated):
    assert rules.dealt(wanted, rules.free_seats(capacity, taken)) == seated
