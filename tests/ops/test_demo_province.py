"""Vĩnh Hà is alive on whatever day it is loaded."""

import datetime as dt
from collections import Counter

import pytest
import time_machine
from django.db import transaction

from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.ops.demo import province, shelf
from vuntrong.planning.models import NeedsSurvey, PlanLine, SurveyAnswer, TrainingPlan
from vuntrong.registry.models import (
    LecturerProfile,
    PartyMembership,
    Person,
    PlannedPost,
    Posting,
    Qualification,
    Reorganisation,
    Unit,
    YearlyGrading,
)
from vuntrong.registry.queries import fold
from vuntrong.registry.queries.resting import preview_of_draft
from vuntrong.reports.models import ReportSubmission

DAYS = ("2026-11-22", "2026-01-02", "2027-07-01", "2028-02-29", "2026-12-31")


@pytest.fixture(scope="module")
def loaded(request, django_db_setup, django_db_blocker):
    """The province as loaded on the day that the test names; once for all tests of that day, taken back afterwards."""
    day = dt.datetime.fromisoformat(f"{request.param}T03:00:00+00:00")
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(day, tick=False):
            shelf.make_programmes()
            province.load()
        yield day.date()
        transaction.set_rollback(True)


@pytest.fixture
def vinh_ha(loaded, db):
    """The day of loading, for one test."""
    return loaded


on_every_day = pytest.mark.parametrize("loaded", DAYS, indirect=True)
in_november = pytest.mark.parametrize("loaded", DAYS[:1], indirect=True)


@on_every_day
def test_classes_are_in_the_state_of_their_days(vinh_ha):
    today = vinh_ha
    started = ClassRun.objects.filter(state__in=["running", "closed"])

    assert started.filter(opened_on__gt=today).count() == 0
    assert ClassRun.objects.filter(state="open", opened_on__isnull=True).count() == 0
    assert ClassRun.objects.filter(closed_on__gte=today).count() == 0
    assert ClassRun.objects.filter(state__in=["draft", "cancelled"], enrolments__isnull=False).count() == 0
    assert Enrolment.objects.filter(enrolled_on__gt=today).count() == 0
    assert Enrolment.objects.filter(state_on__gt=today).count() == 0
    assert [run.code for run in ClassRun.objects.filter(state="open", planned_start__lt=today)] == ["CTX K3"]


@on_every_day
def test_work_for_next_year_waits_for_every_role(vinh_ha):
    year = vinh_ha.year + 1
    surveys = NeedsSurvey.objects.filter(year=year).order_by("owner__slug")
    plans = TrainingPlan.objects.filter(year=year).order_by("owner__slug")

    assert list(surveys.values_list("owner__slug", "state")) == [
        ("vinh-ha-truong", "open"),
        ("vinh-ha-ttct-binh-minh", "closed"),
        ("vinh-ha-ttct-tan-phong", "open"),
    ]
    assert list(plans.values_list("owner__slug", "state")) == [
        ("vinh-ha-truong", "draft"),
        ("vinh-ha-ttct-binh-minh", "submitted"),
    ]


@in_november
def test_survey_of_the_school_has_answers_of_every_kind(vinh_ha):
    survey = NeedsSurvey.objects.get(owner__slug="vinh-ha-truong", year=2027)
    answers = SurveyAnswer.objects.filter(survey=survey)
    counts = Counter(answers.values_list("state", "is_nil", "is_late"))

    assert (survey.recipients.count(), answers.count()) == (54, 47)
    assert counts == {
        ("draft", False, False): 4,
        ("sent", True, False): 3,
        ("sent", False, True): 5,
        ("sent", False, False): 35,
    }
    assert answers.filter(unit__slug="vinh-ha-dang-uy-xa-tan-phong").count() == 0


@in_november
def test_this_year_has_classes_of_all_states_some_late_and_overfull(vinh_ha):
    this_year = ClassRun.objects.filter(year=2026)
    states = Counter(this_year.values_list("state", flat=True))
    overfull = [
        run.code for run in this_year.filter(capacity__isnull=False) if run.enrolments.count() > (run.capacity or 0)
    ]

    assert set(states) == {"draft", "open", "running", "closed", "cancelled"}
    assert (this_year.count(), sorted(overfull)) == (39, ["NTĐ 11", "TC K71"])
    assert this_year.filter(state="running", planned_end__lt=vinh_ha).get().code == "BT K4"
    assert Counter(this_year.values_list("side", flat=True)) == {"party": 30, "government": 9}


@in_november
def test_plan_of_the_school_leads_back_to_needs_and_forward_to_learners(vinh_ha):
    met = Enrolment.objects.filter(need__isnull=False)

    assert met.count() > 100
    assert PlanLine.objects.filter(plan__owner__slug="vinh-ha-truong", plan__year=2026, snapshot=None).count() == 0
    assert {need.person_id for need in (one.need for one in met)} == set(met.values_list("person_id", flat=True))
    assert met.exclude(class_run__year=2026).count() == 0


@on_every_day
def test_submitted_report_has_a_difference_to_explain(vinh_ha):
    submission = ReportSubmission.objects.get()
    frozen = submission.rows.values_list("enrolment_id", flat=True)
    gone = Enrolment.objects.filter(state="no_show")

    assert (submission.unit.slug, submission.kind, submission.number) == ("vinh-ha-truong", "half_year", 1)
    assert submission.period_to < vinh_ha
    assert [one.pk in frozen for one in gone] == [True]


@in_november
def test_province_has_thousands_of_people_with_posts(vinh_ha):
    assert 2000 <= Person.objects.count() <= 4000
    assert Person.objects.filter(post_text="").count() == 0
    assert Unit.objects.filter(kind="commune_committee", is_alive=True).count() == 30
    assert Unit.objects.filter(kind="commune_centre").count() == 3


@in_november
def test_people_have_records_and_posts_of_the_catalogue(vinh_ha):
    people = Person.objects.all()
    count = people.count()

    assert people.exclude(post=None).count() > count / 2
    assert people.exclude(degree="").count() > count * 0.9
    assert PartyMembership.objects.count() > count / 2
    assert Qualification.objects.count() > count
    assert YearlyGrading.objects.values("person").distinct().count() > count / 2
    assert LecturerProfile.objects.filter(unit__slug="vinh-ha-truong", kind="staff").count() >= 4
    assert PlannedPost.objects.exists()
    assert people.filter(political_level="so-cap").exists()


@in_november
def test_communes_came_from_two_each_and_both_lines_are_there(vinh_ha):
    old = list(Unit.objects.filter(kind="commune_committee", is_alive=False).values_list("pk", flat=True))
    folded = fold(old, vinh_ha)
    heirs = Counter(folded.heir(one) for one in old)
    offices = Unit.objects.filter(kind="commune_peoples_committee")

    assert (len(old), set(heirs.values()), len(heirs)) == (60, {2}, 30)
    assert {one.state_parent.slug for one in offices} == {"vinh-ha-ubnd"}
    assert {one.parent.kind for one in offices} == {"commune_committee"}
    assert Posting.objects.filter(unit__in=old, valid_to="2025-06-30").exists()
    assert Unit.objects.get(slug="vinh-ha").parent.kind == "province"


@on_every_day
def test_merger_of_two_communes_waits_with_only_posts_and_the_like_to_be_settled(vinh_ha):
    draft = Reorganisation.objects.get()
    seen = preview_of_draft(draft)
    touched = {group.code: len(group.refs()) for group in seen.groups}

    assert (draft.state, draft.takes_effect_on, draft.unit.slug) == (
        "draft",
        dt.date(vinh_ha.year + 1, 3, 1),
        "vinh-ha",
    )
    assert {one.code for one in seen.violations} == {"posting-open"}
    assert touched["posting"] > 50
    assert touched["learner"] > 0
