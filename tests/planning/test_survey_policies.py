import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories import make_unit, make_user_with
from tests.planning.survey_cases import ask, make_centre
from vuntrong.planning.policies.surveys import (
    may_answer,
    may_create_survey,
    may_read_survey,
    may_run_survey,
    owners_for,
    requests_to,
    requests_visible_to,
    surveys_run_by,
)

pytestmark = pytest.mark.django_db


def test_staff_of_the_owner_run_its_surveys_and_those_of_other_centres_stay_hidden():
    centre = make_centre()
    survey, [unit] = ask(centre)
    ask(make_centre())
    staff = make_user_with("centre_staff", centre)

    assert list(surveys_run_by(staff)) == [survey]
    assert (may_read_survey(staff, survey), may_run_survey(staff, survey)) == (True, True)
    assert may_answer(staff, survey, unit.pk)
    assert list(owners_for(staff)) == [centre]
    assert (may_create_survey(staff, centre.pk), may_create_survey(staff, unit.pk)) == (True, False)


def test_approver_reads_but_does_not_run():
    centre = make_centre()
    survey, [unit] = ask(centre)
    approver = make_user_with("approver", centre.parent)

    assert list(surveys_run_by(approver)) == [survey]
    assert (may_read_survey(approver, survey), may_run_survey(approver, survey)) == (True, False)
    assert not may_answer(approver, survey, unit.pk)
    assert list(owners_for(approver)) == []


def test_clerk_sees_and_answers_the_request_to_her_own_unit_only():
    survey, [mine, other] = ask(make_centre(), units=2)
    clerk = make_user_with("unit_clerk", mine)

    assert list(requests_to(clerk).values_list("unit", flat=True)) == [mine.pk]
    assert list(requests_visible_to(clerk).values_list("unit", flat=True)) == [mine.pk]
    assert (may_answer(clerk, survey, mine.pk), may_answer(clerk, survey, other.pk)) == (True, False)
    assert list(surveys_run_by(clerk)) == []


def test_survey_in_preparation_asks_nobody_yet():
    _survey, [unit] = ask(make_centre(), state="draft")

    assert list(requests_to(make_user_with("unit_clerk", unit))) == []


def test_provincial_planner_is_not_asked_for_every_unit_below():
    survey, [unit] = ask(make_centre())
    planner = make_user_with("organisation_board", survey.owner.parent)

    assert list(requests_to(planner)) == []
    assert list(requests_visible_to(planner).values_list("unit", flat=True)) == [unit.pk]


def test_stranger_and_anonymous_see_nothing():
    survey, [unit] = ask(make_centre())
    stranger = make_user_with("unit_clerk", make_unit())

    for user in (stranger, AnonymousUser()):
        assert list(surveys_run_by(user)) == []
        assert list(requests_visible_to(user)) == []
        assert not may_answer(user, survey, unit.pk)
