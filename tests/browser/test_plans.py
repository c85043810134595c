"""Plans in a real browser: every page at both widths, and the way from ticked needs to the approved plan."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import make_programme, make_survey, make_unit, make_user_with
from tests.planning.plan_samples import approved, line_of, plan_with, snapshot_of, submitted
from vuntrong.planning.actions.plans import return_plan
from vuntrong.planning.models import PlanLine, TrainingPlan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan():
    plan = plan_with(1)
    long, short = make_programme("Bồi dưỡng đảng viên mới"), make_programme("Bồi dưỡng bí thư chi bộ")
    survey = make_survey(owner=plan.owner, programmes=[long, short])
    one, other, cell = make_unit(), make_unit(), make_unit(kind="party_cell")
    needs = {(one, long): 231, (other, long): 200, (cell, short): 40}
    snapshot_of(survey, needs, silent_units=["Đảng ủy xã Lê Hóa"])
    TrainingPlan.objects.update(survey=survey)
    plan.refresh_from_db()
    return plan


@pytest.mark.parametrize("width", ["wide", "phone"])
def test_every_page_passes_axe_without_overflow(plan, enter, width):
    planner = make_user_with("centre_staff", plan.owner, name="Nguyễn Thị Thu")
    approver = make_user_with("approver", plan.approver, name="Trần Văn Hòa")
    watched = enter(planner, reverse("plans:list"), width)
    paths = [reverse(f"plans:{name}", args=[plan.pk]) for name in ("plan", "needs", "papers", "line-create", "removed")]
    for path in [reverse("plans:create"), *paths]:
        watched.check_page()
        watched.go(path)
    return_plan(submission=submitted(plan), remarks="Bổ sung kinh phí.", by=None)
    line_of(plan)
    submitted(plan)
    for path in (reverse("plans:submissions", args=[plan.pk]), reverse("plans:plan", args=[plan.pk])):
        watched.check_page()
        watched.go(path)
    watched.check_page()

    deciding = enter(approver, reverse("plans:decide", args=[plan.pk]), width)
    deciding.check_page()
    decision = approved(line_of(plan_with(0)).plan, issued_on=dt.date(2026, 1, 5)).decision
    TrainingPlan.objects.exclude(pk=plan.pk).update(owner=plan.owner, title="Kế hoạch khác")
    deciding.go(reverse("plans:decision", args=[decision.pk]))
    deciding.check_page()


def test_needs_become_classes_by_keyboard_and_the_plan_is_submitted(plan, enter):
    planner = make_user_with("centre_staff", plan.owner)
    watched = enter(planner, reverse("plans:needs", args=[plan.pk]))
    page = watched.page

    page.get_by_label("Bồi dưỡng đảng viên mới", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Đề xuất lớp").click()
    page.wait_for_load_state("networkidle")
    line = PlanLine.objects.get(programme__name="Bồi dưỡng đảng viên mới")
    page.click(f"#cell-{line.pk}-class_count")
    page.keyboard.type("9")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(f"#cell-{line.pk}-class_count.is-saved")
    page.get_by_role("button", name="Trình duyệt").click()
    page.locator("dialog[open] .btn-primary").click()
    page.wait_for_url("**/submissions/")

    plan.refresh_from_db()
    assert (plan.state, PlanLine.objects.get(pk=line.pk).class_count) == ("submitted", 9)
    assert (watched.errors, watched.strangers) == ([], [])


def test_the_approver_decides_in_three_presses(plan, enter):
    submitted(plan)
    watched = enter(make_user_with("approver", plan.approver), reverse("plans:plan", args=[plan.pk]))
    page = watched.page

    page.get_by_role("link", name="Xem xét, phê duyệt").click()
    page.fill("#id_number", "718-QĐ/HU")
    page.fill("#id_issued_on", "10/01/2026")
    page.fill("#id_signer_name", "Trần Văn Hòa")
    page.get_by_role("button", name="Phê duyệt kế hoạch").click()
    page.wait_for_url("**/decisions/*/")

    plan.refresh_from_db()
    assert plan.state == "approved"
    assert (watched.errors, watched.strangers) == ([], [])
