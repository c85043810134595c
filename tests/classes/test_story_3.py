"""Story 3: a unit nominates somebody too young. Every row of its table, and its edges."""

import datetime as dt

import pytest

from tests.classes.nomination_cases import give_places, make_fit, make_open_class, people_of_story_3
from tests.factories import make_unit, make_user
from vuntrong.classes.actions.nomination import judge_again, nominate, withdraw
from vuntrong.classes.actions.nomination_answers import accept, ask_exception, enrol_accepted, refuse_exception
from vuntrong.classes.judging import classes_instead
from vuntrong.classes.models import Nomination
from vuntrong.classes.seats import quota_uses
from vuntrong.documents.actions import store_file
from vuntrong.kernel.dates import PartialDate
from vuntrong.kernel.errors import RuleBroken
from vuntrong.regulations.models import RuleRow

pytestmark = pytest.mark.django_db
EXPECTED = {
    "Liên": ("not-eligible", ["age-below"]),
    "Toản": ("eligible", []),
    "Páo": ("missing-data", ["missing-data"]),
    "Mai": ("eligible", []),
    "Cường": ("not-eligible", ["degree-below"]),
    "Hằng": ("not-eligible", ["grading-below"]),
}


@pytest.fixture
def unit():
    return make_unit("Đảng ủy xã An Phú")


@pytest.fixture
def k14(unit):
    run = make_open_class(capacity=40)
    give_places(run, unit, 6)
    return run


@pytest.fixture
def nominated(k14, unit):
    people = people_of_story_3(unit)
    rows = nominate(class_run=k14, unit=unit, people=list(people.values()), by=None)
    return dict(zip(people, rows, strict=True))


def test_the_six_get_their_verdicts_with_rule_source_and_day(nominated):
    said = {name: (row.answer, [one["code"] for one in row.reasons]) for name, row in nominated.items()}

    assert said == EXPECTED
    assert {row.judged_for for row in nominated.values()} == {dt.date(2027, 3, 15)}
    assert all(row.rule_rows for row in nominated.values())
    assert {one["instrument"] for row in nominated.values() for one in row.reasons} == {"350-QĐ/TW"}
    assert nominated["Páo"].reasons[0]["fields"] == ["born_on"]


def test_there_are_three_ways_for_the_one_who_is_too_young(nominated, k14, unit):
    k52 = make_open_class(code="K52", mode="full_time")
    give_places(k52, unit, 1)
    row = nominated["Liên"]

    assert row.fits_full_time
    assert [run.code for run in classes_instead(k14, unit.pk, mode="full_time")] == ["K52"]
    assert row.holds_from == dt.date(2027, 8, 14)
    assert row.exception_by


def test_the_whole_story(nominated, k14, unit):
    clerk, bao, dung = make_user("Cán bộ An Phú"), make_user("Bảo"), make_user("Dũng")

    pao = nominated["Páo"].person  # 3: the birth date is filled in from the 2C record
    pao.born_on = PartialDate.parse("1997-06-09")
    pao.save()
    assert judge_again(class_run=k14, nominations=[nominated["Páo"].pk], by=clerk) == 1
    assert Nomination.objects.get(pk=nominated["Páo"].pk).answer == "not-eligible"

    letter = store_file(content=b"%PDF", name="cong-van.pdf", content_type="application/pdf", by=clerk)  # 4
    asked = ask_exception(nomination=nominated["Liên"], reason="Nữ duy nhất trong cấp ủy", letter=letter, by=clerk)

    for name in ("Cường", "Hằng", "Páo"):  # 5
        withdraw(nomination=nominated[name], reason="Không đủ điều kiện", by=clerk)
    nominate(class_run=k14, unit=unit, people=[make_fit("Lê An", unit), make_fit("Lê Ba", unit)], by=clerk)
    use = quota_uses(k14)[0]
    assert (use.used, use.quota.places, use.exceptions) == (4, 6, 1)

    with pytest.raises(RuleBroken, match="accept-waits-for-exception"):  # 6
        accept(class_run=k14, nominations=[nominated["Liên"].pk], by=bao)

    refuse_exception(request=asked, reason="Còn chỉ tiêu lớp tập trung K52", by=dung)  # 8
    asked.refresh_from_db()
    assert (asked.state, asked.decision_number, asked.signer) == ("refused", "", "")

    k52 = make_open_class(code="K52", mode="full_time")  # 9
    give_places(k52, unit, 1)
    again = nominate(class_run=k52, unit=unit, people=[nominated["Liên"].person], by=clerk)[0]
    assert (again.answer, again.person_id) == ("eligible", nominated["Liên"].person_id)

    accept(
        class_run=k14, nominations=list(k14.nominations.filter(state="nominated").values_list("pk", flat=True)), by=bao
    )
    before = list(k14.nominations.values_list("pk", "answer", "rule_rows", "reasons"))
    assert enrol_accepted(class_run=k14, decision="112/QĐ-TCT", by=bao) == 4  # 11
    RuleRow.objects.filter(topic="eligibility").delete()
    assert list(k14.nominations.values_list("pk", "answer", "rule_rows", "reasons")) == before


@pytest.mark.parametrize(
    ("sex", "born_on", "answer"),
    [
        ("male", "1997-03-16", "not-eligible"),
        ("male", "1997-03-15", "eligible"),
        ("female", "1999-03-16", "not-eligible"),
        ("female", "1999-03-15", "eligible"),
        ("male", "1996-02-29", "eligible"),
        ("female", "2000-02-29", "not-eligible"),
    ],
)
def test_the_edges_of_the_age(k14, unit, sex, born_on, answer):
    person = make_fit("Lê An", unit, sex=sex, born_on=born_on)

    assert nominate(class_run=k14, unit=unit, people=[person], by=None)[0].answer == answer
