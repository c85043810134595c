import dataclasses
import datetime as dt
import json

import pytest

from tests.factories import make_decision, make_programme, make_survey, make_unit, make_user
from tests.planning.plan_samples import GOOD, approved, house, line_of, plan_with, snapshot_of, submitted
from vuntrong.kernel import log
from vuntrong.kernel.errors import IllegalTransition, RuleBroken, StaleState
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.planning.actions.decisions import record_decision
from vuntrong.planning.actions.lines import (
    add_line,
    edit_line,
    propose_lines,
    remove_line,
    reorder_lines,
    restore_line,
)
from vuntrong.planning.actions.plans import (
    approve_plan,
    cancel_amendment,
    create_plan,
    recall_plan,
    return_plan,
    start_amendment,
    submit_plan,
)
from vuntrong.planning.models import Decision, PlanLine, PlanSubmission, TrainingPlan
from vuntrong.planning.queries.lines import line_draft, submitted_lines, working_lines

pytestmark = pytest.mark.django_db

PAPER = {"number": "718-QĐ/HU", "issued_on": dt.date(2026, 1, 10), "signer_name": "Trần Văn Hòa"}


def codes(refusal) -> list[str]:
    return [one.code for one in refusal.value.violations]


def last_log() -> ActionLogEntry:
    return ActionLogEntry.objects.latest("id")


def test_create_plan_begins_a_draft():
    committee, centre = house()
    clerk = make_user("Nguyễn Thị Thu")

    plan = create_plan(
        owner=centre,
        approver=committee,
        approver_text="Ban Thường vụ Huyện ủy Tuyên Hóa",
        year=2027,
        side="party",
        title="  Kế hoạch  2027 ",
        by=clerk,
    )

    assert (plan.title, plan.state, plan.revision) == ("Kế hoạch 2027", "draft", 0)
    assert (last_log().action, last_log().actor_name, last_log().subject_id) == (
        "create_plan",
        "Nguyễn Thị Thu",
        plan.pk,
    )


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"title": "Kế hoạch 2027"}, ["plan-title-used"]),
        ({"title": " "}, ["plan-title-missing"]),
        ({"approver_text": ""}, ["plan-approver-missing"]),
        ({"year": 1989}, ["plan-year-unlikely"]),
        ({"year": 2101, "title": ""}, ["plan-title-missing", "plan-year-unlikely"]),
    ],
)
def test_create_plan_refuses(changes, found):
    committee, centre = house()
    words = {"approver_text": "Ban Thường vụ", "year": 2027, "side": "party", "title": "Kế hoạch khác"}
    create_plan(owner=centre, approver=committee, by=None, **words | {"title": "Kế hoạch 2027"})

    with pytest.raises(RuleBroken) as refusal:
        create_plan(owner=centre, approver=committee, by=None, **words | changes)

    assert codes(refusal) == found
    assert (TrainingPlan.objects.count(), ActionLogEntry.objects.filter(action="create_plan").count()) == (1, 1)


def test_add_line_goes_to_the_end_and_keeps_what_it_says():
    plan = plan_with(2)
    lead, partner = make_unit("Trường Chính trị"), make_unit("Sở Nội vụ")
    draft = dataclasses.replace(
        GOOD,
        programme_id=make_programme().pk,
        lead_id=lead.pk,
        cooperating_ids=frozenset({partner.pk}),
        place=" Xã  A ",
    )

    line = add_line(plan=plan, draft=draft, by=None)

    assert (line.position, line_draft(line)) == (3, dataclasses.replace(draft, place="Xã A"))
    assert (last_log().action, last_log().after["cooperating_ids"]) == ("add_line", [partner.pk])


def test_add_line_refuses_a_line_that_cannot_be_read_and_leaves_no_trace():
    plan = plan_with(0)
    before = ActionLogEntry.objects.count()

    with pytest.raises(RuleBroken) as refusal:
        add_line(plan=plan, draft=dataclasses.replace(GOOD, month=13), by=None)

    assert codes(refusal) == ["line-month-outside-year"]
    assert (PlanLine.objects.count(), ActionLogEntry.objects.count()) == (0, before)


def test_edit_line_writes_and_logs_only_what_changed():
    plan = plan_with(1)
    line = plan.lines.get()

    edit_line(line=line, revision=0, draft=dataclasses.replace(line_draft(line), class_count=3), by=None)

    line.refresh_from_db()
    assert (line.class_count, line.revision) == (3, 1)
    assert (last_log().before, last_log().after) == ({"class_count": 2}, {"line": line.pk, "class_count": 3})


def test_edit_line_refuses_a_stale_form():
    plan = plan_with(1)
    line = plan.lines.get()
    edit_line(line=line, revision=0, draft=dataclasses.replace(line_draft(line), class_count=3), by=None)
    before = ActionLogEntry.objects.count()

    with pytest.raises(StaleState):
        edit_line(line=line, revision=0, draft=dataclasses.replace(line_draft(line), class_count=9), by=None)

    assert PlanLine.objects.get().class_count == 3
    assert ActionLogEntry.objects.count() == before


def test_remove_line_keeps_the_row_and_restore_line_undoes_it():
    plan = plan_with(2)
    line = plan.lines.first()

    removed = remove_line(line=line, revision=0, by=None)

    assert ([one.position for one in working_lines(plan)], plan.lines.count()) == ([2], 2)
    with pytest.raises(StaleState):
        remove_line(line=line, revision=1, by=None)

    restore_line(line=removed, revision=1, by=None)

    assert [one.position for one in working_lines(plan)] == [1, 2]
    assert last_log().action == "restore_line"


def test_reorder_lines_puts_them_in_the_order_asked():
    plan = plan_with(3)
    first, second, third = plan.lines.values_list("pk", flat=True)

    reorder_lines(plan=plan, line_ids=[third, first, second], by=None)

    assert [one.line_id for one in working_lines(plan)] == [third, first, second]
    assert last_log().after == {"lines": [third, first, second]}


def test_reorder_lines_refuses_when_the_lines_are_others_now():
    plan = plan_with(2)
    first, _second = plan.lines.values_list("pk", flat=True)

    with pytest.raises(StaleState):
        reorder_lines(plan=plan, line_ids=[first], by=None)

    assert [one.position for one in working_lines(plan)] == [1, 2]


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_no_line_changes_while_the_plan_is_closed(state):
    plan = plan_with(1)
    line = plan.lines.get()
    TrainingPlan.objects.update(state=state)

    for act in (
        lambda: add_line(plan=plan, draft=GOOD, by=None),
        lambda: edit_line(line=line, revision=0, draft=GOOD, by=None),
        lambda: remove_line(line=line, revision=0, by=None),
        lambda: reorder_lines(plan=plan, line_ids=[line.pk], by=None),
    ):
        with pytest.raises(RuleBroken) as refusal:
            act()
        assert codes(refusal) == ["plan-not-editable"]

    assert (plan.lines.count(), plan.lines.get().revision) == (1, 0)


def surveyed_plan():
    """A plan with a survey of two programmes: 431 people for the first, 20 for the second."""
    plan = plan_with(0)
    long, short = make_programme("Trung cấp LLCT", days=90, mode="part_time"), make_programme("Bồi dưỡng ngắn")
    survey = make_survey(owner=plan.owner, programmes=[long, short])
    TrainingPlan.objects.filter(pk=plan.pk).update(survey=survey)
    plan.refresh_from_db()
    one, other = make_unit(), make_unit()
    snapshot = snapshot_of(survey, {(one, long): 200, (other, long): 231, (one, short): 20})
    return plan, snapshot, long, short


def test_propose_lines_makes_a_line_for_each_programme_with_enough_needs():
    plan, snapshot, long, short = surveyed_plan()

    outcome = propose_lines(
        plan=plan, snapshot=snapshot, programme_ids=[long.pk, short.pk], smallest=30, largest=60, by=None
    )

    line = plan.lines.get()
    assert (line.programme, line.class_count, line.learner_count, line.snapshot) == (long, 8, 431, snapshot)
    assert (line.mode, line.days) == ("part_time", 90)
    assert [(one.code, one.values["programme"]) for one in outcome.remarks] == [
        ("needs-below-minimum", "Bồi dưỡng ngắn"),
    ]
    assert last_log().after["lines"] == [line.pk]


def test_propose_lines_proposes_only_what_the_plan_does_not_cover():
    plan, snapshot, long, _short = surveyed_plan()
    line_of(plan, long, class_count=5, learner_count=300)

    propose_lines(plan=plan, snapshot=snapshot, programme_ids=[long.pk], smallest=30, largest=70, by=None)

    assert list(plan.lines.values_list("class_count", "learner_count")) == [(5, 300), (2, 131)]


@pytest.mark.parametrize(
    ("smallest", "largest", "found"),
    [
        (61, 60, ["class-limits-reversed"]),
        (30, 60, ["needs-below-minimum"]),
        (20, 60, ["needs-already-covered"]),
    ],
)
def test_propose_lines_refuses_when_no_class_comes_out(smallest, largest, found):
    plan, snapshot, _long, short = surveyed_plan()
    if found == ["needs-already-covered"]:
        line_of(plan, short, class_count=1, learner_count=20)
    before = (plan.lines.count(), ActionLogEntry.objects.count())

    with pytest.raises(RuleBroken) as refusal:
        propose_lines(
            plan=plan, snapshot=snapshot, programme_ids=[short.pk], smallest=smallest, largest=largest, by=None
        )

    assert codes(refusal) == found
    assert (plan.lines.count(), ActionLogEntry.objects.count()) == before


def test_propose_lines_refuses_nothing_chosen_and_a_foreign_snapshot():
    plan, snapshot, long, _short = surveyed_plan()
    foreign = snapshot_of(make_survey(owner=plan.owner), {(make_unit(), long): 50})

    with pytest.raises(RuleBroken) as empty:
        propose_lines(plan=plan, snapshot=snapshot, programme_ids=[], smallest=1, largest=60, by=None)
    with pytest.raises(RuleBroken) as other:
        propose_lines(plan=plan, snapshot=foreign, programme_ids=[long.pk], smallest=1, largest=60, by=None)

    assert (codes(empty), codes(other)) == (["nothing-chosen"], ["snapshot-of-another-survey"])


def test_submit_plan_freezes_the_lines():
    plan = plan_with(1)
    partner = make_unit("Ban Tổ chức")
    line_of(plan, budget_vnd=12_500_000, funding_source="Ngân sách", cooperating_ids=frozenset({partner.pk}))

    submission = submit_plan(plan=plan, paper_number="12-TTr/TTCT", by=make_user("Thu"))

    plan.refresh_from_db()
    frozen = submitted_lines(submission)
    assert (plan.state, submission.number, submission.state, submission.submitted_by_name) == (
        "submitted",
        1,
        "pending",
        "Thu",
    )
    assert frozen == working_lines(plan)
    assert last_log().after == {"number": 1, "classes": 4, "learners": 188, "budget_vnd": 12_500_000}


def test_a_frozen_line_does_not_follow_the_working_line():
    plan = plan_with(1)
    submission = submitted(plan)
    recall_plan(submission=submission, by=None)
    line = plan.lines.get()
    before = submitted_lines(submission)

    edit_line(line=line, revision=0, draft=dataclasses.replace(line_draft(line), class_count=7), by=None)

    assert submitted_lines(submission) == before


def test_submit_plan_refuses_with_everything_that_is_missing_and_leaves_no_trace():
    plan = plan_with(0)
    line_of(plan, class_count=None, budget_vnd=5)
    before = ActionLogEntry.objects.count()

    with pytest.raises(RuleBroken) as refusal:
        submit_plan(plan=plan, by=None)

    plan.refresh_from_db()
    assert codes(refusal) == ["line-without-classes", "line-budget-without-source"]
    assert (plan.state, PlanSubmission.objects.count(), ActionLogEntry.objects.count()) == ("draft", 0, before)


def test_submit_plan_twice_is_refused():
    plan = plan_with(1)
    submitted(plan)

    with pytest.raises(IllegalTransition):
        submit_plan(plan=plan, by=None)

    assert PlanSubmission.objects.count() == 1


def test_recall_plan_gives_the_draft_back():
    plan = plan_with(1)
    submission = submitted(plan)

    recall_plan(submission=submission, by=make_user("Thu"))

    plan.refresh_from_db()
    submission.refresh_from_db()
    assert (plan.state, submission.state, submission.decided_by_name) == ("draft", "recalled", "Thu")
    assert submit_plan(plan=plan, by=None).number == 2


def test_return_plan_keeps_the_remarks():
    plan = plan_with(1)
    submission = submitted(plan)

    return_plan(submission=submission, remarks="Bổ sung nguồn kinh phí.", by=None)

    plan.refresh_from_db()
    assert (plan.state, submission.state, submission.remarks) == ("returned", "returned", "Bổ sung nguồn kinh phí.")
    assert (last_log().action, last_log().reason) == ("return_plan", "Bổ sung nguồn kinh phí.")


def test_return_plan_without_a_word_is_refused():
    submission = submitted(plan_with(1))

    with pytest.raises(RuleBroken) as refusal:
        return_plan(submission=submission, remarks="  ", by=None)

    submission.refresh_from_db()
    assert (codes(refusal), submission.state) == (["return-without-remarks"], "pending")


def test_approve_plan_records_the_decision():
    plan = plan_with(2)
    submission = submitted(plan)

    decision = approve_plan(submission=submission, by=make_user("Bí thư"), signer_post="Bí thư", **PAPER)

    plan.refresh_from_db()
    submission.refresh_from_db()
    assert (plan.state, submission.state, submission.decision) == ("approved", "approved", decision)
    assert (decision.number, decision.issuer, decision.issuer_text, decision.kind, decision.subject) == (
        "718-QĐ/HU",
        plan.approver,
        plan.approver_text,
        "plan",
        plan.title,
    )
    assert last_log().after == {
        "submission": 1,
        "number": "718-QĐ/HU",
        "issued_on": "2026-01-10",
        "classes": 4,
        "learners": 188,
        "budget_vnd": 0,
    }


def test_approve_plan_refuses_a_number_that_the_issuer_used_this_year():
    plan = plan_with(1)
    submission = submitted(plan)
    make_decision(issuer=plan.approver, number="718-QĐ/HU", issued_on=dt.date(2026, 1, 5))
    before = ActionLogEntry.objects.count()

    with pytest.raises(RuleBroken) as refusal:
        approve_plan(submission=submission, by=None, **PAPER)

    submission.refresh_from_db()
    assert codes(refusal) == ["decision-number-used"]
    assert refusal.value.violations[0].values == {"number": "718-QĐ/HU", "date": dt.date(2026, 1, 5)}
    assert (submission.state, Decision.objects.count(), ActionLogEntry.objects.count()) == ("pending", 1, before)


@pytest.mark.parametrize("other", [{"issued_on": dt.date(2025, 12, 31)}, {"issuer": None}])
def test_approve_plan_takes_a_number_of_another_year_or_issuer(other):
    plan = plan_with(1)
    make_decision(**{"issuer": plan.approver, "number": "718-QĐ/HU", "issued_on": dt.date(2026, 1, 5)} | other)

    approve_plan(submission=submitted(plan), by=None, **PAPER)

    assert Decision.objects.count() == 2


def test_a_submission_is_dealt_with_once():
    submission = submitted(plan_with(1))
    approve_plan(submission=submission, by=None, **PAPER)
    stale = PlanSubmission.objects.get()

    with pytest.raises(StaleState):
        approve_plan(submission=stale, by=None, **PAPER | {"number": "719-QĐ/HU"})
    with pytest.raises(IllegalTransition):
        return_plan(submission=stale, remarks="Trả lại", by=None)
    with pytest.raises(IllegalTransition):
        recall_plan(submission=stale, by=None)

    assert Decision.objects.count() == 1


def test_start_amendment_opens_the_working_copy_only():
    plan = plan_with(1)
    submission = approved(plan)

    start_amendment(plan=plan, reason="Thêm 2 lớp theo đề nghị của các xã", by=None)

    plan.refresh_from_db()
    submission.refresh_from_db()
    assert (plan.state, plan.amendment_reason, submission.state) == (
        "amending",
        "Thêm 2 lớp theo đề nghị của các xã",
        "approved",
    )
    assert (last_log().action, last_log().reason) == ("start_amendment", plan.amendment_reason)


def test_start_amendment_asks_for_a_reason_and_an_approved_plan():
    plan = plan_with(1)

    with pytest.raises(RuleBroken) as draft:
        start_amendment(plan=plan, reason="Vì", by=None)
    approved(plan)
    with pytest.raises(RuleBroken) as mute:
        start_amendment(plan=plan, reason=" ", by=None)

    assert (codes(draft), codes(mute)) == (["plan-not-approved"], ["amendment-without-reason"])


def test_an_amendment_is_submitted_with_its_reason_and_recalled_to_amending():
    plan = plan_with(1)
    approved(plan)
    start_amendment(plan=plan, reason="Thêm lớp", by=None)
    line_of(plan)

    submission = submitted(plan)
    recall_plan(submission=submission, by=None)

    plan.refresh_from_db()
    assert (submission.number, submission.reason, plan.state) == (2, "Thêm lớp", "amending")


@pytest.mark.parametrize("is_returned", [False, True])
def test_cancel_amendment_returns_to_the_approved_copy(is_returned):
    plan = plan_with(0)
    partner = make_unit()
    kept = line_of(plan, cooperating_ids=frozenset({partner.pk}))
    taken_out = line_of(plan)
    approved_copy = submitted_lines(approved(plan))
    start_amendment(plan=plan, reason="Thử", by=None)
    edit_line(line=kept, revision=0, draft=dataclasses.replace(line_draft(taken_out), class_count=9), by=None)
    remove_line(line=taken_out, revision=0, by=None)
    line_of(plan)
    if is_returned:
        return_plan(submission=submitted(plan), remarks="Chưa cần", by=None)

    cancel_amendment(plan=plan, by=None)

    plan.refresh_from_db()
    assert (plan.state, plan.amendment_reason) == ("approved", "")
    assert working_lines(plan) == approved_copy
    assert (last_log().action, last_log().after["classes"]) == ("cancel_amendment", 4)


def test_cancel_amendment_refuses_where_nothing_is_amended():
    plan = plan_with(1)

    with pytest.raises(RuleBroken) as draft:
        cancel_amendment(plan=plan, by=None)
    approved(plan)
    with pytest.raises(RuleBroken) as settled:
        cancel_amendment(plan=plan, by=None)

    assert (codes(draft), codes(settled)) == (["plan-not-amending"], ["plan-not-amending"])


def test_record_decision_enters_a_paper_of_its_own():
    issuer = make_unit("Huyện ủy")

    decision = record_decision(kind="opening", issuer=issuer, issuer_text="Huyện ủy", by=None, **PAPER)

    assert (decision.number, decision.kind, last_log().action) == ("718-QĐ/HU", "opening", "record_decision")


def test_the_log_of_a_whole_life_holds():
    plan = plan_with(1)
    approve_plan(submission=submitted(plan), by=None, **PAPER)
    start_amendment(plan=plan, reason="Thêm", by=None)
    cancel_amendment(plan=plan, by=None)

    assert log.first_broken() is None
    assert json.dumps([entry.after for entry in log.history(plan)])
