"""A newcomer walks the whole thread with the accounts of the demonstration: survey, plan, approval, class, learners."""

import datetime as dt

import pytest
from django.utils import timezone

from vuntrong.accounts.models import User
from vuntrong.classes import policies as class_policies
from vuntrong.classes.actions.enrolment import enrol_from_needs
from vuntrong.classes.actions.life import NewDecision, open_class, start_class
from vuntrong.classes.actions.making import create_classes_from_line
from vuntrong.classes.models import Enrolment
from vuntrong.ops.demo import loading
from vuntrong.planning.actions.answers import send_answer
from vuntrong.planning.actions.lines import propose_lines
from vuntrong.planning.actions.plans import approve_plan, create_plan, submit_plan
from vuntrong.planning.actions.snapshots import take_snapshot
from vuntrong.planning.models import NeedsSurvey, PlanLine, SubmittedLine, TrainingNeed
from vuntrong.planning.policies import plans as plan_policies
from vuntrong.planning.policies import surveys as survey_policies
from vuntrong.planning.queries.answer_contents import AnswerContent, NamedNeed
from vuntrong.programmes.models import Programme
from vuntrong.registry.models import Person, Unit


@pytest.fixture
def demo(db, settings):
    settings.DEMO, settings.DEMO_PASSWORD = True, "hoc-de-lam-viec"
    list(loading.load_demo())


def somebody(username: str) -> User:
    return User.objects.get(username=username)


def test_newcomer_walks_from_the_survey_to_the_class(demo):
    clerk, centre, approver = map(somebody, ("xa-tan-phong", "trung-tam-tan-phong", "dang-uy-tan-phong"))
    unit = Unit.objects.get(slug="vinh-ha-ttct-tan-phong")
    survey = NeedsSurvey.objects.get(owner=unit, state="open")
    awareness = Programme.objects.get(code="nhan-thuc-ve-dang")

    cell = Unit.objects.get(slug="vinh-ha-chi-bo-thon-dong-xa-tan-phong")
    assert survey_policies.requests_to(clerk).filter(survey=survey, unit=cell, unit__answers__isnull=True).exists()
    person = Person.objects.filter(unit=cell).first()
    content = AnswerContent(numbers={awareness.pk: 60}, named=[NamedNeed(awareness.pk, person.pk)])
    send_answer(survey=survey, unit=cell, content=content, revision=0, by=clerk)

    assert survey_policies.may_run_survey(centre, survey)
    snapshot = take_snapshot(survey=survey, by=centre)
    assert plan_policies.may_create_plan(centre, unit)
    words = {"year": survey.year, "side": "party", "title": "Kế hoạch mở lớp năm sau", "survey": survey}
    plan = create_plan(owner=unit, approver=unit.parent, approver_text="Ban Thường vụ", by=centre, **words)
    propose_lines(plan=plan, snapshot=snapshot, programme_ids=[awareness.pk], smallest=30, largest=80, by=centre)
    PlanLine.objects.filter(plan=plan).update(place=unit.name)
    submission = submit_plan(plan=plan, by=centre)
    assert plan_policies.may_approve_plan(approver, plan)
    today = timezone.localdate()
    approve_plan(submission=submission, number="99-QĐ/ĐU", issued_on=today, signer_name="Hà Văn Thủy", by=approver)

    line = SubmittedLine.objects.get(submission=submission)
    assert class_policies.may_make_classes(centre, line)
    run = create_classes_from_line(line=line, count=1, by=centre)[0]
    needs = list(TrainingNeed.objects.filter(answer__survey=survey, programme=awareness, person__isnull=False))
    count = enrol_from_needs(class_run=run, needs=needs, by=centre)
    decision = NewDecision("70-QĐ/TTCT", today, unit, unit.name)
    open_class(class_run=run, decision=decision, opens_on=today, ends_on=today + dt.timedelta(days=4), by=centre)
    run.refresh_from_db()
    start_class(class_run=run, on=today, by=centre)

    assert person.pk in {need.person_id for need in needs}
    assert (count, Enrolment.objects.counted().filter(class_run=run).count()) == (len(needs), len(needs))


def test_province_has_somebody_for_what_waits(demo):
    chief, office, clerk = map(somebody, ("thuong-vu-tinh-uy", "phong-dao-tao", "xa-tan-phong"))
    waiting = plan_policies.submissions_visible_to(chief).filter(
        state="pending", plan__owner__slug="vinh-ha-ttct-binh-minh"
    )
    draft = plan_policies.plans_visible_to(office).get(state="draft", owner__slug="vinh-ha-truong")

    assert plan_policies.may_approve_plan(chief, waiting.get().plan)
    assert plan_policies.may_edit_plan(office, draft)
    open_requests = survey_policies.requests_to(clerk).filter(survey__state="open")
    assert {request.unit.slug for request in open_requests if not request.survey.answers.filter(unit=request.unit)} == {
        "vinh-ha-dang-uy-xa-tan-phong",
        "vinh-ha-chi-bo-thon-dong-xa-tan-phong",
        "vinh-ha-ban-xay-dung-dang-xa-tan-phong",
    }
