"""Each kind of condition, on both sides of each boundary, and with its data missing."""

import datetime as dt
from typing import Any

import pytest

from vuntrong.programmes.rules.conditions import BadCondition, birth_bound, months_before, read_condition
from vuntrong.programmes.rules.facts import BadFact, row_of, years_later
from vuntrong.programmes.rules.truths import is_true

DAY = dt.date(2027, 3, 15)
AGE = {"kind": "age", "female": 28, "male": 30}
DEGREE = {"kind": "degree", "at_least": "college", "minority_at_least": "upper-secondary"}
HARD = {"kind": "degree", "at_least": "college", "hard_area_at_least": "vocational"}
POSTS = {"kind": "posts", "serving": ["a"], "planned": ["b"]}
GRADINGS = {"kind": "gradings", "years": 2, "at_least": "good"}
YES, NO, UNKNOWN = True, False, None


def says(condition: dict[str, Any], record: dict[str, Any], day: dt.date = DAY) -> bool | None:
    truth = read_condition(condition).truth(day)
    row = row_of(record)
    yes, no = is_true(truth.yes, row), is_true(truth.no, row)
    assert not (yes and no)
    return True if yes else False if no else None


@pytest.mark.parametrize(
    ("condition", "record", "answer"),
    [
        (AGE, {"sex": "male", "born_on": "1997-03-15"}, YES),
        (AGE, {"sex": "male", "born_on": "1997-03-16"}, NO),
        (AGE, {"sex": "female", "born_on": "1999-03-15"}, YES),
        (AGE, {"sex": "female", "born_on": "1999-03-16"}, NO),
        (AGE, {"sex": "male", "born_on": "1997"}, UNKNOWN),
        (AGE, {"sex": "male", "born_on": "1997-03"}, UNKNOWN),
        (AGE, {"sex": "male", "born_on": "1997-02"}, YES),
        (AGE, {"sex": "male", "born_on": "1997-04"}, NO),
        (AGE, {"sex": "male", "born_on": "1996"}, YES),
        (AGE, {"sex": "male", "born_on": "1998"}, NO),
        (AGE, {"sex": "male"}, UNKNOWN),
        (AGE, {"born_on": "1998-01-01"}, UNKNOWN),
        (AGE, {"born_on": "1990-01-01"}, YES),
        (AGE, {"born_on": "2005-01-01"}, NO),
        ({**AGE, "kind": "age-at-most"}, {"sex": "female", "born_on": "1998-03-16"}, YES),
        ({**AGE, "kind": "age-at-most"}, {"sex": "female", "born_on": "1998-03-15"}, NO),
        ({"kind": "party", "status": ["full"]}, {"party_status": "full"}, YES),
        ({"kind": "party", "status": ["full"]}, {"party_status": "probationary"}, NO),
        ({"kind": "party", "status": ["full"]}, {}, UNKNOWN),
        ({"kind": "party-time", "since": "full", "months": 12}, {"party_full_on": "2026-03-15"}, YES),
        ({"kind": "party-time", "since": "full", "months": 12}, {"party_full_on": "2026-03-16"}, NO),
        ({"kind": "party-time", "since": "full", "months": 12}, {"party_full_on": "2026"}, UNKNOWN),
        (DEGREE, {"degree": "college"}, YES),
        (DEGREE, {"degree": "vocational", "ethnicity": "Kinh"}, NO),
        (DEGREE, {"degree": "vocational", "ethnicity": "dân tộc Kinh"}, NO),
        (DEGREE, {"degree": "upper-secondary", "ethnicity": "Thái"}, YES),
        (DEGREE, {"degree": "lower-secondary", "ethnicity": "Thái"}, NO),
        (DEGREE, {"degree": "upper-secondary"}, UNKNOWN),
        (DEGREE, {"degree": "lower-secondary"}, NO),
        (DEGREE, {"ethnicity": "Thái"}, UNKNOWN),
        (HARD, {"degree": "vocational"}, NO),
        (HARD, {"degree": "vocational", "hard_area": True}, YES),
        (HARD, {"degree": "upper-secondary", "hard_area": True}, NO),
        (GRADINGS, {"ratings": {"2025": "good", "2026": "excellent"}}, YES),
        (GRADINGS, {"ratings": {"2025": "good", "2026": "completed"}}, NO),
        (GRADINGS, {"ratings": {"2025": "failed"}}, NO),
        (GRADINGS, {"ratings": {"2026": "good"}}, UNKNOWN),
        (GRADINGS, {"ratings": {"2024": "failed", "2025": "good", "2026": "good"}}, YES),
        (POSTS, {"posts": ["a", "x"]}, YES),
        (POSTS, {"posts": [], "planned_posts": ["b"]}, YES),
        (POSTS, {"posts": ["b"], "planned_posts": ["a"]}, NO),
        (POSTS, {"posts": ["x"]}, UNKNOWN),
        (POSTS, {"planned_posts": []}, UNKNOWN),
        ({"kind": "level", "at_least": "cao-cap"}, {"llct_level": "cu-nhan"}, YES),
        ({"kind": "level", "at_least": "cao-cap"}, {"llct_level": "trung-cap"}, NO),
        ({"kind": "level-below", "level": "trung-cap"}, {"llct_level": "so-cap"}, YES),
        ({"kind": "level-below", "level": "trung-cap"}, {"llct_level": "trung-cap"}, NO),
        ({"kind": "level-below", "level": "trung-cap"}, {}, UNKNOWN),
        ({"kind": "completed", "programmes": ["p"]}, {"completed": ["p"]}, YES),
        ({"kind": "completed", "programmes": ["p"]}, {"completed": []}, NO),
        ({"kind": "not-completed", "programmes": ["p"]}, {"completed": ["p"]}, NO),
        ({"kind": "not-completed", "programmes": ["p"]}, {}, UNKNOWN),
        ({"kind": "interval", "programmes": ["p"], "months": 12}, {"ended": {"p": "2026-03-15"}}, YES),
        ({"kind": "interval", "programmes": ["p"], "months": 12}, {"ended": {"p": "2026-03-16"}}, NO),
        ({"kind": "interval", "programmes": ["p"], "months": 12}, {}, YES),
        ({"kind": "not-studying"}, {"studying": True}, NO),
        ({"kind": "not-studying"}, {"studying": False}, YES),
        ({"kind": "not-studying"}, {}, YES),
    ],
)
def test_what_a_condition_says(condition, record, answer):
    assert says(condition, record) is answer


@pytest.mark.parametrize(
    ("day", "born", "answer"),
    [
        (dt.date(2024, 2, 28), "1994-02-28", YES),
        (dt.date(2024, 2, 28), "1994-02", YES),
        (dt.date(2024, 2, 29), "1994-02-28", YES),
        (dt.date(2024, 2, 29), "1994-03-01", NO),
        (dt.date(2026, 2, 28), "1996-02-29", NO),
        (dt.date(2026, 3, 1), "1996-02-29", YES),
        (dt.date(2026, 4, 30), "1996-04", YES),
        (dt.date(2026, 4, 29), "1996-04", UNKNOWN),
        (dt.date(2026, 12, 31), "1996", YES),
        (dt.date(2026, 12, 30), "1996", UNKNOWN),
    ],
)
def test_age_at_the_ends_of_months(day, born, answer):
    assert says(AGE, {"sex": "male", "born_on": born}, day) is answer


def test_somebody_born_on_29_february_is_older_on_1_march():
    assert years_later("1996-02-29", 30) == dt.date(2026, 3, 1)
    assert years_later("1996-02-29", 28) == dt.date(2024, 2, 29)


def test_bounds_are_filled_to_the_end_of_a_month():
    assert birth_bound(dt.date(2024, 2, 29), 30) == "1994-02-31"
    assert birth_bound(dt.date(2027, 3, 15), 30) == "1997-03-15"
    assert months_before(dt.date(2027, 3, 31), 13) == "2026-02-31"
    assert months_before(dt.date(2027, 1, 15), 1) == "2026-12-15"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"kind": "luck"}, "unknown-kind"),
        ({"kind": "age", "female": 28}, "missing-value"),
        ({"kind": "age", "female": "young", "male": 30}, "bad-value"),
        ({"kind": "degree", "at_least": "professor"}, "bad-value"),
        ({"kind": "party", "status": ["friend"]}, "bad-value"),
        ({"kind": "posts"}, "missing-value"),
    ],
)
def test_a_condition_that_cannot_be_read_is_refused(data, code):
    with pytest.raises(BadCondition) as refusal:
        read_condition(data)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ({"sex": "x"}, "sex"),
        ({"born_on": "31/02/1990"}, "born_on"),
        ({"ratings": {"2026": "splendid"}}, "ratings.2026"),
        ({"ratings": ["good"]}, "ratings"),
        ({"posts": "a"}, "posts"),
        ({"degree": "đại học"}, "degree"),
    ],
)
def test_a_fact_that_cannot_be_read_names_its_field(record, field):
    with pytest.raises(BadFact) as refusal:
        row_of(record)

    assert refusal.value.field == field
