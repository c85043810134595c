"""Requests about one's own data: clocks, refusals, the race of two clerks."""

import datetime as dt

import pytest
import time_machine

from tests.classes.test_races import at_once
from tests.factories import make_person
from vuntrong.kernel.errors import IllegalTransition, RuleBroken, StaleState
from vuntrong.kernel.log import first_broken
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.kernel.workdays import WorkCalendar
from vuntrong.registry.actions.requests import (
    answer_request,
    carry_out_request,
    enter_request,
    extend_request,
    refuse_request,
)
from vuntrong.registry.enums import RequestEffect, RequestKind
from vuntrong.registry.models import DataRequest
from vuntrong.registry.rules import requests as rules
from vuntrong.regulations.models import SpecialDay, StatutoryTerm

TODAY = dt.date(2026, 11, 20)
"""A Friday."""
TERMS = {
    "privacy-answer": rules.Term(2, is_working=True),
    "privacy-restrict": rules.Term(15, is_working=False),
    "privacy-restrict-processor": rules.Term(20, is_working=False),
}


@pytest.fixture(autouse=True)
def _on_a_friday():
    with time_machine.travel(dt.datetime(2026, 11, 20, 2, tzinfo=dt.UTC), tick=False):
        yield


def ask(kind: str = "correct", **extra) -> DataRequest:
    words = {"person": make_person(), "text": "Sửa ngày sinh", "received_on": TODAY, "by": None}
    return enter_request(kind=kind, **words | extra)


def codes(refusal) -> list[str]:
    return [one.code for one in refusal.value.violations]


@pytest.mark.parametrize(("processor", "carry_out"), [(False, dt.date(2026, 12, 7)), (True, dt.date(2026, 12, 10))])
def test_the_days_of_a_request(processor, carry_out):
    days = rules.clocks("restrict", TODAY, has_processor=processor, terms=TERMS, calendar=WorkCalendar())

    assert days == rules.Clocks(dt.date(2026, 11, 24), carry_out)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"received_on": TODAY + dt.timedelta(1)}, ["request-in-future"]),
        ({"text": ""}, ["request-without-text"]),
        ({"is_anonymous": True}, ["record-anonymous"]),
        ({"has_same_open": True}, ["request-open-already"]),
        ({"text": "", "is_anonymous": True}, ["request-without-text", "record-anonymous"]),
    ],
)
def test_what_may_be_entered(change, expected):
    facts = {"received_on": TODAY, "today": TODAY, "text": "x", "is_anonymous": False, "has_same_open": False}

    assert [one.code for one in rules.new_request_violations(rules.NewRequestFacts(**facts | change))] == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"wanted": dt.date(2026, 12, 22)}, []),
        ({"wanted": dt.date(2026, 12, 23)}, ["extension-too-long"]),
        ({"wanted": dt.date(2026, 12, 8)}, []),
        ({"wanted": dt.date(2026, 12, 7)}, ["extension-too-short"]),
        ({"extended_to": dt.date(2026, 12, 9)}, ["request-extended-already"]),
        ({"reason": ""}, ["reason-missing"]),
    ],
)
def test_what_extension_is_allowed(change, expected):
    facts = {
        "carry_out_by": dt.date(2026, 12, 7),
        "extended_to": None,
        "wanted": dt.date(2026, 12, 15),
        "latest": dt.date(2026, 12, 22),
        "reason": "Phải tra hồ sơ gốc",
    }

    assert [one.code for one in rules.extension_violations(rules.ExtensionFacts(**facts | change))] == expected


@pytest.mark.parametrize("kind", RequestKind.values)
def test_no_request_deletes_a_record(kind):
    allowed = {effect for effect in RequestEffect if not rules.effect_violations(kind, effect)}

    assert allowed
    assert (RequestEffect.NONE in allowed) == (kind in {"see", "correct", "object"})
    assert (RequestEffect.ANONYMISE in allowed) == (kind == "delete")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", RequestKind.values)
@pytest.mark.parametrize("processor", [False, True])
def test_every_kind_has_its_term(kind, processor):
    request = ask(kind, has_processor=processor)

    assert request.answer_by == dt.date(2026, 11, 24)
    assert request.carry_out_by > request.answer_by
    assert request.state == "received"


@pytest.mark.django_db
def test_a_holiday_moves_the_answer_and_a_changed_term_is_followed():
    SpecialDay.objects.create(day=dt.date(2026, 11, 24), name="Ngày nghỉ", kind="off")
    StatutoryTerm.objects.filter(code="privacy-correct").update(days=3)

    request = ask()

    assert request.answer_by == dt.date(2026, 11, 25)
    assert request.carry_out_by == dt.date(2026, 11, 23)


@pytest.mark.django_db
def test_a_day_without_terms_is_refused_with_the_name_of_the_missing_row():
    with pytest.raises(RuleBroken) as refusal:
        ask(received_on=dt.date(2025, 12, 31))

    assert codes(refusal) == ["term-unknown", "term-unknown"]
    assert not DataRequest.objects.exists()


@pytest.mark.django_db
def test_the_seeded_terms_are_all_marked_unverified():
    assert set(StatutoryTerm.objects.values_list("confidence", flat=True)) == {"unverified"}


@pytest.mark.django_db
def test_the_same_request_twice_is_refused_and_leaves_no_trace():
    request = ask()
    rows = ActionLogEntry.objects.count()

    with pytest.raises(RuleBroken) as refusal:
        enter_request(person=request.person, kind="correct", text="Lần nữa", received_on=TODAY, by=None)

    assert codes(refusal) == ["request-open-already"]
    assert (DataRequest.objects.count(), ActionLogEntry.objects.count()) == (1, rows)


@pytest.mark.django_db
def test_a_request_from_arrival_to_end():
    request = ask()

    answer_request(request=request, answer="Sẽ sửa trong tuần", by=None)
    carry_out_request(request=request, outcome="Đã sửa ngày sinh", by=None)

    stored = DataRequest.objects.get()
    assert (stored.state, stored.answer, stored.outcome) == ("done", "Sẽ sửa trong tuần", "Đã sửa ngày sinh")
    assert (stored.answered_on, stored.closed_on) == (TODAY, TODAY)
    said = ActionLogEntry.objects.filter(subject_type="registry.datarequest").values_list("action", flat=True)
    assert list(said) == ["enter_request", "answer_request", "carry_out_request"]


@pytest.mark.django_db
def test_nothing_is_carried_out_before_the_person_was_answered():
    with pytest.raises(IllegalTransition):
        carry_out_request(request=ask(), outcome="Đã sửa", by=None)


@pytest.mark.django_db
def test_an_answer_and_a_refusal_need_words():
    for action, word in ((answer_request, "answer"), (refuse_request, "reason")):
        with pytest.raises(RuleBroken) as refusal:
            action(request=ask(), **{word: "  "}, by=None)
        assert codes(refusal) == ["request-answer-missing"]


@pytest.mark.django_db
def test_a_term_is_extended_once_and_never_by_two_clerks():
    request = ask("restrict")
    stale = DataRequest.objects.get()
    until = dt.date(2026, 12, 15)

    extend_request(request=request, until=until, reason="Tra hồ sơ gốc", revision=request.revision, by=None)

    with pytest.raises(StaleState):
        extend_request(request=stale, until=until, reason="Tra hồ sơ gốc", revision=stale.revision, by=None)
    with pytest.raises(RuleBroken) as refusal:
        extend_request(request=request, until=until, reason="Lần nữa", revision=request.revision, by=None)
    assert codes(refusal) == ["request-extended-already"]


@pytest.mark.django_db
def test_a_wish_to_be_deleted_cannot_end_with_nothing():
    request = ask("delete")
    answer_request(request=request, answer="Sẽ ẩn danh", by=None)

    with pytest.raises(RuleBroken) as refusal:
        carry_out_request(request=request, outcome="Đã xem", effect=RequestEffect.NONE, by=None)

    assert codes(refusal) == ["effect-not-for-kind"]
    assert DataRequest.objects.get().state == "answered"


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_who_answer_one_request_one_wins():
    ask()
    seen = DataRequest.objects.get()

    answers = at_once(
        lambda: answer_request(request=DataRequest(**_columns(seen)), answer="Đồng ý", by=None),
        lambda: refuse_request(request=DataRequest(**_columns(seen)), reason="Không đủ căn cứ", by=None),
    )

    assert answers == ["StaleState", "done"]
    assert DataRequest.objects.get().state in {"answered", "refused"}
    assert first_broken() is None


def _columns(request: DataRequest) -> dict:
    return {field.attname: getattr(request, field.attname) for field in DataRequest._meta.concrete_fields}
