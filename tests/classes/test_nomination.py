"""Nominations: results, log, refusals without a trace."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.classes.nomination_cases import OPENING, give_places, make_fit, make_open_class
from tests.factories import make_enrolment, make_unit, make_user
from vuntrong.classes.actions.enrolment import enrol
from vuntrong.classes.actions.making import ClassContent, edit_class
from vuntrong.classes.actions.nomination import (
    NewQuota,
    judge_again,
    move_nomination,
    nominate,
    refuse_nomination,
    set_quotas,
    withdraw,
)
from vuntrong.classes.actions.nomination_answers import (
    Grant,
    accept,
    ask_exception,
    enrol_accepted,
    grant_exception,
    refuse_exception,
)
from vuntrong.classes.actions.results import mark_departed
from vuntrong.classes.judging import clashes, classes_instead
from vuntrong.classes.models import Nomination
from vuntrong.classes.seats import quota_uses, seats_taken
from vuntrong.kernel.errors import IllegalTransition, RuleBroken
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.regulations.models import RuleRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_unit("Đảng ủy xã An Phú")


@pytest.fixture
def run(unit):
    found = make_open_class(capacity=2)
    give_places(found, unit, 6)
    return found


def nominated(run, unit, *names, **changes):
    return nominate(class_run=run, unit=unit, people=[make_fit(name, unit, **changes) for name in names], by=None)


def refused(call, *codes):
    with pytest.raises(RuleBroken) as refusal:
        call()
    assert [one.code for one in refusal.value.violations] == list(codes)


def states(run):
    return list(run.nominations.in_order().values_list("state", flat=True))


def test_a_nomination_keeps_the_verdict_of_the_first_day_with_its_rows(run, unit):
    row = nominated(run, unit, "Hà Liên", born_on="1999-08-14")[0]

    assert (row.answer, row.judged_for, row.holds_from) == ("not-eligible", OPENING, dt.date(2027, 8, 14))
    assert row.fits_full_time
    assert row.exception_by == "Cấp có thẩm quyền theo Quy định 350-QĐ/TW"
    assert [(one["code"], one["instrument"]) for one in row.reasons] == [("age-below", "350-QĐ/TW")]
    assert "Đủ tuổi từ ngày 14/08/2027" in row.reasons[0]["sentence"]
    assert RuleRow.objects.get(pk=row.rule_rows[0]).code == "trung-cap-khong-tap-trung"
    entry = ActionLogEntry.objects.latest("pk")
    assert (entry.action, entry.after["answers"]) == ("nominate", ["not-eligible"])


def test_a_refused_nomination_leaves_no_trace(run, unit):
    people = [make_fit(f"Lê Văn {number}", unit) for number in range(7)]
    stranger = make_fit("Lê Lạ", make_unit())
    count = ActionLogEntry.objects.count()

    refused(lambda: nominate(class_run=run, unit=unit, people=people, by=None), "quota-full")
    refused(lambda: nominate(class_run=run, unit=unit, people=[stranger], by=None), "person-of-another-unit")

    assert not run.nominations.exists()
    assert ActionLogEntry.objects.count() == count


def test_nobody_is_nominated_twice_or_after_enrolment(run, unit):
    person = nominated(run, unit, "Lê An")[0].person
    learner = make_enrolment(class_run=run, person=make_fit("Lê Ba", unit)).person

    refused(lambda: nominate(class_run=run, unit=unit, people=[person], by=None), "already-nominated")
    refused(lambda: nominate(class_run=run, unit=unit, people=[learner], by=None), "already-enrolled")


def test_who_was_nominated_first_gets_the_seat_and_the_next_one_moves_up(run, unit):
    rows = nominated(run, unit, "Lê An", "Lê Ba", "Lê Ca", "Lê Dân")

    outcome = accept(class_run=run, nominations=[row.pk for row in rows[1:]], by=None)
    assert (outcome.seated, outcome.waiting) == (2, 1)
    assert accept(class_run=run, nominations=[rows[0].pk], by=None).waiting == 1
    assert states(run) == ["waiting", "accepted", "accepted", "waiting"]

    withdraw(nomination=rows[2], reason="Nghỉ thai sản", by=None)

    assert states(run) == ["accepted", "accepted", "withdrawn", "waiting"]
    assert ActionLogEntry.objects.latest("pk").after["moved_up"] == ["Lê An"]


def test_a_raised_capacity_and_a_learner_who_leaves_let_people_move_up(run, unit):
    rows = nominated(run, unit, "Lê An", "Lê Ba", "Lê Ca", "Lê Dân")
    accept(class_run=run, nominations=[row.pk for row in rows], by=None)

    names = ClassContent.__dataclass_fields__
    run.refresh_from_db()
    content = ClassContent(**{name: getattr(run, name) for name in names} | {"capacity": 3})
    edit_class(class_run=run, revision=run.revision, content=content, by=None)
    assert states(run) == ["accepted", "accepted", "accepted", "waiting"]

    enrol_accepted(class_run=run, decision="15-QĐ/TCT", on=dt.date(2026, 1, 5), by=None)
    learner = run.enrolments.get(person=rows[0].person)
    day = timezone.localdate()
    mark_departed(class_run=run, enrolments=[learner], to="no_show", on=day, reason="Không đến", by=None)

    assert states(run) == ["enrolled", "enrolled", "enrolled", "accepted"]


def test_capacity_cannot_fall_below_the_seats_that_are_promised(run, unit):
    rows = nominated(run, unit, "Lê An", "Lê Ba")
    accept(class_run=run, nominations=[row.pk for row in rows], by=None)

    run.refresh_from_db()
    content = ClassContent(code="K14", name="Lớp", mode="part_time", capacity=1)

    refused(
        lambda: edit_class(class_run=run, revision=run.revision, content=content, by=None), "capacity-below-learners"
    )


def test_enrolling_by_name_does_not_pass_by_the_nomination(run, unit):
    waits, accepted = nominated(run, unit, "Lê An", "Lê Ba")
    accept(class_run=run, nominations=[accepted.pk], by=None)

    refused(lambda: enrol(class_run=run, person=waits.person, by=None), "nominated-not-accepted")
    enrol(class_run=run, person=accepted.person, by=None)

    assert states(run) == ["nominated", "enrolled"]
    assert seats_taken(run) == 1


def test_promised_seats_are_not_free_for_others(run, unit):
    rows = nominated(run, unit, "Lê An", "Lê Ba")
    accept(class_run=run, nominations=[row.pk for row in rows], by=None)

    refused(lambda: enrol(class_run=run, person=make_fit("Lê Ca", unit), by=None), "class-full")


def test_a_replacement_stands_in_line_anew(run, unit):
    rows = nominated(run, unit, "Lê An", "Lê Ba", "Lê Ca")
    accept(class_run=run, nominations=[row.pk for row in rows], by=None)

    fresh = withdraw(nomination=rows[0], reason="Ốm", replacement=make_fit("Lê Dân", unit), by=None)

    assert Nomination.objects.get(pk=rows[0].pk).replaced_by == fresh
    assert states(run) == ["withdrawn", "accepted", "accepted", "nominated"]
    assert quota_uses(run)[0].used == 3


def test_an_ended_nomination_cannot_end_again_and_needs_a_reason(run, unit):
    row = nominated(run, unit, "Lê An")[0]

    refused(lambda: withdraw(nomination=row, reason=" ", by=None), "reason-missing")
    refuse_nomination(nomination=row, reason="Không đúng đối tượng", by=None)

    refused(lambda: withdraw(nomination=row, reason="Ốm", by=None), "nomination-answered")


def test_a_verdict_is_taken_again_when_somebody_is_accepted_and_stays_from_then_on(run, unit):
    row = nominated(run, unit, "Lý Páo", born_on="1990", sex="male")[0]
    assert row.answer == "eligible"
    person = row.person
    person.born_on = "1997-06-09"
    person.save()

    refused(lambda: accept(class_run=run, nominations=[row.pk], by=None), "accept-not-eligible")
    assert judge_again(class_run=run, nominations=[row.pk], by=None) == 1
    assert Nomination.objects.get(pk=row.pk).answer == "not-eligible"

    person.born_on = "1985-06-09"
    person.save()
    accept(class_run=run, nominations=[row.pk], by=None)
    RuleRow.objects.all().delete()
    refused(lambda: judge_again(class_run=run, nominations=[row.pk], by=None), "nobody-chosen")

    assert Nomination.objects.get(pk=row.pk).answer == "eligible"


def test_an_exception_gives_the_place_back_and_takes_it_again_when_granted(run, unit):
    clerk, board = make_user("Cán bộ xã"), make_user("Nguyễn Văn Dũng")
    row = nominated(run, unit, "Hà Liên", born_on="1999-08-14")[0]
    refused(lambda: accept(class_run=run, nominations=[row.pk], by=None), "accept-not-eligible")

    request = ask_exception(nomination=row, reason="Nữ duy nhất trong cấp ủy", by=clerk)
    use = quota_uses(run)[0]
    assert (use.used, use.exceptions) == (0, 1)
    refused(lambda: accept(class_run=run, nominations=[row.pk], by=None), "accept-waits-for-exception")
    grant = Grant("12-QĐ/BTCTU", dt.date(2026, 1, 5), "Nguyễn Văn Dũng")
    refused(lambda: grant_exception(request=request, grant=grant, by=clerk), "own-request")
    grant_exception(request=request, grant=grant, by=board)

    assert accept(class_run=run, nominations=[row.pk], by=None).seated == 1
    row.refresh_from_db()
    assert (row.state, row.answer, quota_uses(run)[0].used) == ("accepted", "not-eligible", 1)


def test_a_refused_exception_ends_the_nomination_and_is_decided_once(run, unit):
    row = nominated(run, unit, "Hà Liên", born_on="1999-08-14")[0]
    request = ask_exception(nomination=row, reason="Nữ duy nhất", by=None)

    refused(lambda: refuse_exception(request=request, reason="", by=None), "reason-missing")
    refuse_exception(request=request, reason="Có lớp tập trung", by=None)

    row.refresh_from_db()
    assert (row.state, row.reason) == ("refused", "Có lớp tập trung")
    with pytest.raises(IllegalTransition):
        refuse_exception(request=request, reason="Lần nữa", by=None)


def test_a_granted_exception_above_the_quota_blocks_the_unit_until_one_is_withdrawn(unit):
    run = make_open_class()
    give_places(run, unit, 1)
    young = nominated(run, unit, "Hà Liên", born_on="1999-08-14")[0]
    request = ask_exception(nomination=young, reason="Nữ duy nhất", by=None)
    other = nominated(run, unit, "Lê An")[0]
    grant_exception(request=request, grant=Grant("12-QĐ", dt.date(2026, 1, 5), "Dũng"), by=None)

    refused(lambda: accept(class_run=run, nominations=[young.pk], by=None), "unit-over-quota")
    withdraw(nomination=other, reason="Nhường chỗ", by=None)

    assert accept(class_run=run, nominations=[young.pk], by=None).seated == 1


def test_a_nomination_goes_on_in_a_later_class(run, unit):
    later = make_open_class(code="K15", opened_on=dt.date(2027, 9, 1))
    give_places(later, unit, 1)
    row = nominated(run, unit, "Hà Liên", born_on="1999-08-14")[0]
    assert [one.code for one in classes_instead(run, unit.pk)] == ["K15"]

    fresh = move_nomination(nomination=row, to=later, reason="Chờ đủ tuổi", by=None)

    row.refresh_from_db()
    assert (row.state, row.moved_to, fresh.answer) == ("moved", fresh, "eligible")
    refused(lambda: move_nomination(nomination=fresh, to=run, reason="Lại", by=None), "move-to-earlier-class")


def test_the_accepted_are_enrolled_by_a_decision_with_unit_and_post(run, unit):
    rows = nominated(run, unit, "Lê An", "Lê Ba", "Lê Ca")
    accept(class_run=run, nominations=[row.pk for row in rows], by=None)
    run.minimum = 2
    run.save()

    refused(lambda: enrol_accepted(class_run=run, decision="", by=None), "list-decision-missing")
    assert enrol_accepted(class_run=run, decision="15-QĐ/TCT", by=None) == 2

    learner = run.enrolments.get(person=rows[0].person)
    assert (learner.unit, learner.post_text) == (unit, "Phó Trưởng phòng")
    assert states(run) == ["enrolled", "enrolled", "waiting"]
    assert ActionLogEntry.objects.latest("pk").after == {"count": 2, "decision": "15-QĐ/TCT"}
    refused(lambda: enrol_accepted(class_run=run, decision="15-QĐ/TCT", by=None), "nobody-accepted")


def test_quotas_are_replaced_but_not_below_their_use(run, unit):
    other = make_unit("Đảng ủy xã Hải Yến")
    nominated(run, unit, "Lê An", "Lê Ba")

    refused(lambda: set_quotas(class_run=run, quotas=[NewQuota(unit, 1)], source="45-QĐ/TU", by=None), "quota-in-use")
    refused(lambda: set_quotas(class_run=run, quotas=[], source="", by=None), "quota-in-use")
    set_quotas(class_run=run, quotas=[NewQuota(unit, 2), NewQuota(other, 3)], source="45-QĐ/TU", by=None)

    assert [(use.quota.unit.name, use.quota.places, use.left) for use in quota_uses(run)] == [
        ("Đảng ủy xã An Phú", 2, 0),
        ("Đảng ủy xã Hải Yến", 3, 3),
    ]


def test_other_classes_at_the_same_time_inform_only(run, unit):
    person = make_fit("Lê An", unit)
    beside = make_open_class(code="K20", opened_on=dt.date(2027, 3, 1), planned_end=dt.date(2027, 3, 15))
    before = make_open_class(code="K21", opened_on=dt.date(2027, 1, 1), planned_end=dt.date(2027, 3, 14))
    give_places(before, unit, 1)
    make_enrolment(class_run=beside, person=person)
    nominate(class_run=before, unit=unit, people=[person], by=None)

    nominate(class_run=run, unit=unit, people=[person], by=None)

    assert clashes(run, [person.pk]) == {person.pk: ["K20"]}


def test_judging_and_accepting_cost_the_same_for_one_and_three(unit):
    run, counts = make_open_class(), []
    give_places(run, unit, 6)
    for names in (["Lê Một"], ["Lê Hai", "Lê Ba", "Lê Bốn"]):
        people = [make_fit(name, unit) for name in names]
        with CaptureQueriesContext(connection) as counted:
            rows = nominate(class_run=run, unit=unit, people=people, by=None)
            accept(class_run=run, nominations=[row.pk for row in rows], by=None)
        counts.append(len(counted))

    assert counts[0] == counts[1]
