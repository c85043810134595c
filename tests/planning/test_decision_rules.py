import datetime as dt

import pytest

from vuntrong.planning.rules.decisions import DecisionFacts, KnownDecision, decision_violations, tidy_number

KNOWN = [KnownDecision("418-QĐ/TU", dt.date(2027, 1, 12))]


def facts(**changes):
    words = {
        "number": "718-QĐ/HU",
        "issued_on": dt.date(2027, 1, 10),
        "issuer_text": "Ban Thường vụ Huyện ủy",
        "signer_name": "Trần Văn Hòa",
        "today": dt.date(2027, 1, 10),
    }
    return DecisionFacts(**words | changes)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"number": "36/QĐ-TCT"}, []),
        ({"number": "03a-QĐ/HU"}, []),
        ({"number": ""}, ["decision-number-unreadable"]),
        ({"number": "QĐ/HU"}, ["decision-number-unreadable"]),
        ({"number": "718"}, ["decision-number-unreadable"]),
        ({"today": dt.date(2027, 1, 9)}, ["decision-date-in-future"]),
        ({"issuer_text": " "}, ["decision-issuer-missing"]),
        ({"signer_name": ""}, ["decision-signer-missing"]),
        ({"number": "418-QĐ/TU"}, ["decision-number-used"]),
        ({"number": "418-qd/tu"}, ["decision-number-used"]),
        ({"number": "418-QĐ/TU", "issued_on": dt.date(2026, 12, 31)}, []),
    ],
)
def test_what_a_decision_must_say(changes, codes):
    assert [one.code for one in decision_violations(facts(**changes), KNOWN)] == codes


def test_a_used_number_names_the_day_of_the_other_paper():
    found = decision_violations(facts(number="418-QĐ/TU"), KNOWN)

    assert found[0].values == {"number": "418-QĐ/TU", "date": dt.date(2027, 1, 12)}


@pytest.mark.parametrize("typed", ["718-QĐ/HU", "Số 718-QĐ/HU", "số: 718 - QĐ/HU ", "718-QĐ /HU"])
def test_a_number_is_tidied(typed):
    assert tidy_number(typed) == "718-QĐ/HU"
