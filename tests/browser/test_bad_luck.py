"""What goes wrong at a desk: two tabs with the same form, a question opened by mistake."""

import pytest
from django.urls import reverse

from tests.factories import make_class, make_survey, make_unit, make_user_with
from tests.planning.plan_samples import plan_with
from vuntrong.classes.models import ClassRun
from vuntrong.planning.models import PlanLine, SurveyAnswer, TrainingPlan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def planner():
    return make_user_with("centre_staff", plan_with(1).owner, name="Nguyễn Thị Thu")


def line_form(planner):
    line = PlanLine.objects.get()
    return reverse("plans:line", args=[line.plan_id, line.pk]), "#id_place", lambda: PlanLine.objects.get().place


def class_form(planner):
    run = make_class(owner=TrainingPlan.objects.get().owner)
    return reverse("classes:edit", args=[run.pk]), "#id_venue", lambda: ClassRun.objects.get().venue


def answer_form(planner):
    survey = make_survey(owner=TrainingPlan.objects.get().owner)
    unit = make_unit(parent=survey.owner.parent)
    survey.recipients.create(unit=unit)
    url = reverse("surveys:answer", args=[survey.pk, unit.pk])
    return url, "[name=nil_reason]", lambda: SurveyAnswer.objects.get().nil_reason


@pytest.mark.parametrize("form", [line_form, class_form, answer_form])
def test_a_stale_form_says_so_and_keeps_what_was_typed(enter, planner, form):
    url, field, stored = form(planner)
    first, second = enter(planner, url), enter(planner, url)

    first.page.fill(field, "Hội trường A")
    first.page.locator("main form .btn:is(.btn-primary, [value=save])").first.click()
    first.page.wait_for_load_state("networkidle")
    second.page.fill(field, "Nhà văn hóa B")
    second.page.locator("main form .btn:is(.btn-primary, [value=save])").first.click()
    second.page.wait_for_selector("main [role=alert], main .vt-note.is-bad, main .vt-messages")

    assert stored() == "Hội trường A"
    assert second.page.input_value(field) == "Nhà văn hóa B"
    second.errors = [one for one in second.errors if "422" not in one]  # the browser's own note of a refusal
    second.check_page()


def test_escape_leaves_the_question_and_sends_nothing(enter, planner):
    plan = TrainingPlan.objects.get()
    watched = enter(planner, reverse("plans:plan", args=[plan.pk]))

    watched.page.get_by_role("button", name="Trình duyệt").click()
    watched.page.wait_for_selector("dialog[open]")
    watched.page.keyboard.press("Escape")

    assert not watched.page.locator("dialog[open]").count()
    plan.refresh_from_db()
    assert plan.state == "draft"


def test_nothing_is_lost_when_the_server_cannot_be_reached(enter, planner):
    line = PlanLine.objects.get()
    watched = enter(planner, reverse("plans:needs", args=[line.plan_id]))
    cell = watched.page.locator(f"#cell-{line.pk}-class_count")
    watched.page.context.set_offline(True)

    cell.fill("7")
    cell.press("Enter")
    watched.page.wait_for_selector("#request-failed:visible")

    assert cell.input_value() == "7"
    watched.page.context.set_offline(False)
    cell.fill("8")
    cell.press("Enter")
    watched.page.wait_for_selector(f"#cell-{line.pk}-class_count.is-saved")
    line.refresh_from_db()
    assert line.class_count == 8
