"""Verdicts by the shipped rules: before and after the changes of the law, with every reason."""

import datetime as dt
import random

import pytest

from tests.programmes.rule_data import fit_record, random_record, shipped_rules
from vuntrong.programmes.rules.conditions import read_conditions
from vuntrong.programmes.rules.facts import row_of
from vuntrong.programmes.rules.frames import ANSWERS, bits_of, frame_of, verdict_of
from vuntrong.programmes.rules.verdicts import Answer, RuleSet, answer_of, verdict_on, with_full_time

PART, FULL = "part_time", "full_time"
TC, CC, SC, DVM, NTD = "trung-cap-llct", "cao-cap-llct", "so-cap-llct", "dang-vien-moi", "nhan-thuc-ve-dang"
OPENING = dt.date(2027, 3, 15)
DONE, POST = "programme-already-completed", "post-not-covered"


def judge(programme, mode, day, **changes):
    row = row_of(fit_record(**changes))
    return verdict_on(shipped_rules(programme, mode, day), row, day)


def codes(verdict):
    return [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize(
    ("name", "changes", "answer", "found"),
    [
        ("Liên", {"born_on": "1999-08-14"}, Answer.NOT_ELIGIBLE, ["age-below"]),
        ("Toản", {"born_on": "1997-03-15", "sex": "male"}, Answer.ELIGIBLE, []),
        (
            "Páo",
            {"born_on": "1997", "sex": "male", "ethnicity": "Dao", "degree": "college"},
            Answer.MISSING_DATA,
            ["missing-data"],
        ),
        ("Mai", {"born_on": "1998-02-02", "ethnicity": "Thái", "degree": "upper-secondary"}, Answer.ELIGIBLE, []),
        (
            "Cường",
            {"born_on": "1988-11-30", "sex": "male", "degree": "upper-secondary"},
            Answer.NOT_ELIGIBLE,
            ["degree-below"],
        ),
        ("Hằng", {"ratings": {"2025": "good", "2026": "completed"}}, Answer.NOT_ELIGIBLE, ["grading-below"]),
        ("Páo, filled in", {"born_on": "1997-06-09", "sex": "male"}, Answer.NOT_ELIGIBLE, ["age-below"]),
    ],
)
def test_the_six_whom_a_commune_nominated(name, changes, answer, found):
    verdict = judge(TC, PART, OPENING, **changes)

    assert (verdict.answer, codes(verdict)) == (answer, found), name


def test_somebody_too_young_is_told_from_when_on_and_the_full_time_mode():
    row = row_of(fit_record(born_on="1999-08-14"))

    verdict = verdict_on(shipped_rules(TC, PART, OPENING), row, OPENING)
    verdict = with_full_time(verdict, shipped_rules(TC, FULL, OPENING), row, OPENING)

    assert verdict.holds_from == dt.date(2027, 8, 14)
    assert verdict.fits_full_time


def test_somebody_too_young_and_unfit_is_not_sent_to_the_full_time_mode():
    row = row_of(fit_record(born_on="1999-08-14", degree="vocational"))

    verdict = verdict_on(shipped_rules(TC, PART, OPENING), row, OPENING)
    verdict = with_full_time(verdict, shipped_rules(TC, FULL, OPENING), row, OPENING)

    assert codes(verdict) == ["age-below", "degree-below"]
    assert not verdict.fits_full_time
    assert verdict.holds_from is None


@pytest.mark.parametrize(
    ("day", "sex", "born", "answer"),
    [
        (dt.date(2023, 2, 10), "female", "1990-02-10", Answer.ELIGIBLE),
        (dt.date(2023, 2, 10), "female", "1990-02-11", Answer.NOT_ELIGIBLE),
        (dt.date(2023, 2, 10), "male", "1988-02-10", Answer.ELIGIBLE),
        (dt.date(2023, 2, 10), "male", "1988-02-11", Answer.NOT_ELIGIBLE),
        (dt.date(2025, 8, 28), "female", "1995-01-01", Answer.NOT_ELIGIBLE),
        (dt.date(2025, 8, 29), "female", "1995-01-01", Answer.ELIGIBLE),
        (dt.date(2025, 8, 29), "female", "1997-08-29", Answer.ELIGIBLE),
        (dt.date(2025, 8, 29), "female", "1997-08-30", Answer.NOT_ELIGIBLE),
    ],
)
def test_lang_son_asked_for_a_lower_age_and_the_rule_of_2025_brought_it(day, sex, born, answer):
    assert judge(TC, PART, day, sex=sex, born_on=born).answer is answer


@pytest.mark.parametrize(
    ("programme", "mode", "day", "changes", "answer", "found"),
    [
        (TC, FULL, OPENING, {"born_on": "2004-01-01"}, Answer.ELIGIBLE, []),
        (TC, PART, OPENING, {"party_status": "none"}, Answer.NOT_ELIGIBLE, ["party-status"]),
        (TC, PART, OPENING, {"party_status": "probationary"}, Answer.ELIGIBLE, []),
        (TC, PART, OPENING, {"llct_level": "trung-cap"}, Answer.NOT_ELIGIBLE, ["level-already-held"]),
        (TC, PART, OPENING, {"posts": ["cong-chuc-xa"]}, Answer.NOT_ELIGIBLE, ["post-not-covered"]),
        (TC, PART, OPENING, {"posts": ["cong-chuc-xa"], "planned_posts": ["pho-truong-phong-xa"]}, Answer.ELIGIBLE, []),
        (TC, PART, OPENING, {"posts": ["chi-uy-vien"]}, Answer.ELIGIBLE, []),
        (TC, PART, dt.date(2023, 2, 10), {"posts": ["chi-uy-vien"]}, Answer.NOT_ELIGIBLE, ["post-not-covered"]),
        (TC, PART, dt.date(2023, 2, 10), {"ratings": {}}, Answer.ELIGIBLE, []),
        (TC, PART, OPENING, {"ratings": None}, Answer.MISSING_DATA, ["missing-data"]),
        (TC, PART, OPENING, {"studying": True}, Answer.NOT_ELIGIBLE, ["studies-elsewhere"]),
        (CC, PART, OPENING, {"llct_level": "trung-cap"}, Answer.ELIGIBLE, []),
        (CC, PART, OPENING, {"degree": "college"}, Answer.NOT_ELIGIBLE, ["degree-below"]),
        (CC, PART, OPENING, {"posts": [], "planned_posts": ["truong-phong-xa"]}, Answer.NOT_ELIGIBLE, [POST]),
        (CC, PART, OPENING, {"posts": ["truong-phong-xa"]}, Answer.ELIGIBLE, []),
        (SC, PART, OPENING, {"degree": "lower-secondary", "party_status": "none"}, Answer.ELIGIBLE, []),
        (SC, PART, OPENING, {"degree": "none"}, Answer.NOT_ELIGIBLE, ["degree-below"]),
        (SC, PART, OPENING, {"llct_level": "so-cap"}, Answer.NOT_ELIGIBLE, ["level-already-held"]),
        (DVM, FULL, OPENING, {"party_status": "probationary"}, Answer.ELIGIBLE, []),
        (DVM, FULL, OPENING, {"party_status": "full"}, Answer.NOT_ELIGIBLE, ["party-status"]),
        (DVM, FULL, OPENING, {"party_status": "probationary", "completed": [DVM]}, Answer.NOT_ELIGIBLE, [DONE]),
        (NTD, FULL, OPENING, {"party_status": "none"}, Answer.ELIGIBLE, []),
        (NTD, FULL, OPENING, {"party_status": "none", "degree": "none"}, Answer.NEEDS_EXCEPTION, ["degree-below"]),
        (NTD, FULL, OPENING, {"degree": "none"}, Answer.NOT_ELIGIBLE, ["party-status", "degree-below"]),
        (NTD, FULL, dt.date(2020, 1, 1), {}, Answer.MISSING_DATA, ["no-rule"]),
    ],
)  # fmt: skip
def test_verdicts_by_the_shipped_rules(programme, mode, day, changes, answer, found):
    verdict = judge(programme, mode, day, **changes)

    assert (verdict.answer, codes(verdict)) == (answer, found)


def test_every_reason_is_named_never_the_first_only():
    verdict = judge(
        TC, PART, OPENING, born_on="2001-01-01", party_status="none", degree=None, ratings={"2026": "failed"}
    )

    assert verdict.answer is Answer.NOT_ELIGIBLE
    assert codes(verdict) == ["age-below", "party-status", "missing-data", "grading-below"]
    assert verdict.reasons[2].fields == ("degree",)


def test_missing_fields_are_named():
    verdict = judge(
        TC,
        PART,
        OPENING,
        degree="upper-secondary",
        ethnicity=None,
        ratings={"2026": "good"},
        posts=[],
        planned_posts=None,
    )

    assert [reason.fields for reason in verdict.reasons] == [("ethnicity",), ("ratings.2025",), ("planned_posts",)]


def test_an_older_row_admits_by_its_transition_clause():
    strict = RuleSet(
        2, "new", "N", read_conditions([{"kind": "age", "female": 40, "male": 40}]), valid_from=dt.date(2026, 1, 1)
    )
    mild = RuleSet(
        1, "old", "O", read_conditions([{"kind": "age", "female": 30, "male": 30}]), valid_from=dt.date(2020, 1, 1)
    )
    kept = RuleSet(1, "old", "O", mild.conditions, valid_from=mild.valid_from, transition="Người đã được cử trước 2026")
    row = row_of(fit_record(born_on="1990-01-01"))

    assert verdict_on([mild, strict], row, OPENING).answer is Answer.NOT_ELIGIBLE
    assert verdict_on([kept, strict], row, OPENING).rules == (kept,)
    assert answer_of([]) is Answer.ELIGIBLE


@pytest.mark.parametrize("programme", [TC, CC, SC, DVM, NTD])
@pytest.mark.parametrize(
    ("mode", "day"), [(PART, OPENING), (FULL, OPENING), (PART, dt.date(2024, 2, 29)), (PART, dt.date(2021, 4, 30))]
)
def test_one_person_and_the_table_agree_on_10_000_people(programme, mode, day):
    draw = random.Random(f"{programme} {mode} {day}")
    rules = shipped_rules(programme, mode, day)
    rows = [row_of(random_record(draw)) for _ in range(10_000 if mode == PART and day == OPENING else 500)]
    bits = bits_of(rules, day)
    table = frame_of(rows, bits)

    weights = table.select(verdict_of(rules, day, bits, table.columns).alias("verdict"))["verdict"]

    found = [ANSWERS[weight] for weight in (weights if len(weights) > 1 else list(weights) * len(rows))]
    assert found == [verdict_on(rules, row, day).answer for row in rows]
