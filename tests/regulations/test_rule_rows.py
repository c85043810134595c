"""Rule rows: shipped, proposed by one person, decided by another, never overwritten."""

import datetime as dt

import pytest

from tests.factories import make_user
from vuntrong.kernel.errors import IllegalTransition, RuleBroken, StaleState
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.regulations import rules
from vuntrong.regulations.actions import RuleWords, approve_rule, propose_rule, reject_rule
from vuntrong.regulations.enums import RuleState
from vuntrong.regulations.models import LegalInstrument, RuleRow
from vuntrong.regulations.queries import history_of, rules_on

D = dt.date
ALL = ["rule-ends-before-start", "rule-before-its-predecessor", "rule-unreadable"]
pytestmark = pytest.mark.django_db


def shipped():
    return rules_on(D(2026, 1, 1)).get(code="trung-cap-khong-tap-trung")


def words(old, **changes):
    said = {
        "topic": old.topic,
        "code": old.code,
        "title": old.title,
        "subject": old.subject,
        "mode": old.mode,
        "values": {"conditions": [{"kind": "age", "female": 25, "male": 27}]},
        "instrument": old.instrument,
        "valid_from": D(2027, 1, 1),
        "follows": old,
    }
    return RuleWords(**said | changes)


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ((D(2027, 1, 1), None, D(2025, 8, 29), True), []),
        ((D(2027, 1, 1), D(2027, 1, 1), None, True), []),
        ((D(2027, 1, 1), D(2026, 12, 31), None, True), ["rule-ends-before-start"]),
        ((D(2025, 8, 29), None, D(2025, 8, 29), True), ["rule-before-its-predecessor"]),
        ((D(2025, 8, 30), None, D(2025, 8, 29), True), []),
        ((D(2020, 1, 1), D(2019, 1, 1), D(2025, 8, 29), False), ALL),
    ],
)  # fmt: skip
def test_when_a_row_may_be_proposed(facts, codes):
    assert [one.code for one in rules.proposal_violations(rules.ProposalFacts(*facts))] == codes


def test_a_proposal_does_not_act_until_another_person_approves():
    old, clerk, head = shipped(), make_user(), make_user()

    row = propose_rule(words=words(old), by=clerk)

    assert [one.pk for one in rules_on(D(2027, 6, 1)).filter(code=old.code)] == [old.pk]
    with pytest.raises(RuleBroken) as refusal:
        approve_rule(row=row, by=clerk)
    assert [one.code for one in refusal.value.violations] == ["rule-own-proposal"]

    approve_rule(row=row, note="Đã đọc toàn văn", by=head)

    old.refresh_from_db()
    assert [one.pk for one in rules_on(D(2027, 6, 1)).filter(code=old.code)] == [row.pk]
    assert [one.pk for one in rules_on(D(2026, 12, 31)).filter(code=old.code)] == [old.pk]
    assert (old.valid_to, old.values["conditions"][0]["female"]) == (D(2026, 12, 31), 28)
    assert [one.pk for one in history_of(row)] == [row.pk, old.pk, history_of(row)[2].pk]
    actions = list(
        ActionLogEntry.objects.filter(subject_type="regulations.rulerow")
        .order_by("pk")
        .values_list("action", flat=True)
    )
    assert actions == ["propose_rule", "approve_rule"]


def test_a_transition_clause_keeps_two_rows_in_force():
    old = shipped()
    RuleRow.objects.filter(pk=old.pk).update(transition="Người đã được cử trước ngày 01/01/2027")
    old.refresh_from_db()

    row = propose_rule(words=words(old), by=make_user())
    approve_rule(row=row, by=make_user())

    assert {one.pk for one in rules_on(D(2027, 6, 1)).filter(code=old.code)} == {old.pk, row.pk}


def test_a_rejected_row_stays_in_the_history_and_never_acts():
    old = shipped()
    row = propose_rule(words=words(old), by=make_user())

    reject_rule(row=row, note="Chưa có văn bản", by=make_user())

    assert row.state == RuleState.REJECTED
    assert row in history_of(old)
    assert row not in rules_on(D(2027, 6, 1))
    with pytest.raises(IllegalTransition):
        approve_rule(row=row, by=make_user())


def test_of_two_who_decide_one_wins():
    row = propose_rule(words=words(shipped()), by=make_user())
    seen_by_another = RuleRow.objects.get(pk=row.pk)
    approve_rule(row=row, by=make_user())

    with pytest.raises(StaleState):
        reject_rule(row=seen_by_another, note="", by=make_user())

    row.refresh_from_db()
    assert row.state == RuleState.APPROVED


def test_every_shipped_row_cites_an_instrument_and_says_how_sure_it_is():
    rows = RuleRow.objects.select_related("instrument")

    assert rows.count() >= 60
    assert {row.confidence for row in rows} == {"seen", "unverified"}
    assert all(row.instrument.number and row.state == RuleState.APPROVED for row in rows)
    replaced = LegalInstrument.objects.get(number="350-QĐ/TW").replaces
    assert replaced.number == "57-QĐ/TW"
