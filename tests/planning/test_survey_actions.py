import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import make_programme, make_unit, make_user
from tests.planning.survey_cases import HOUR, ask, make_centre, number
from vuntrong.kernel.errors import IllegalTransition, RuleBroken, StaleState
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.planning.actions.answers import save_answer, send_answer
from vuntrong.planning.actions.snapshots import take_snapshot
from vuntrong.planning.actions.surveys import (
    SurveyWords,
    close_survey,
    create_survey,
    edit_survey,
    open_survey,
    remind,
    reopen_survey,
    set_recipients,
)
from vuntrong.planning.models import NeedsSurvey
from vuntrong.planning.queries.answer_contents import AnswerContent

pytestmark = pytest.mark.django_db


def words(**changes) -> SurveyWords:
    said = {"year": 2027, "title": "Khảo sát nhu cầu năm 2027", "closes_at": timezone.now() + HOUR}
    return SurveyWords(**said | changes)


def refused(call):
    before = ActionLogEntry.objects.count()
    with pytest.raises(RuleBroken) as refusal:
        call()
    assert ActionLogEntry.objects.count() == before
    return [violation.code for violation in refusal.value.violations]


def last_action():
    return ActionLogEntry.objects.latest("id").action


def test_survey_is_made_with_programmes_and_units():
    programme, unit = make_programme(), make_unit()

    survey = create_survey(
        owner=make_centre(),
        words=words(letter_number="86-CV/TCT", letter_on=dt.date(2026, 9, 15)),
        programmes=[programme],
        units=[unit],
        by=make_user(),
    )

    assert (survey.state, survey.letter_number) == ("draft", "86-CV/TCT")
    assert list(survey.programmes.all()) == [programme]
    assert list(survey.recipients.values_list("unit", flat=True)) == [unit.pk]
    assert last_action() == "create_survey"


def test_title_is_used_once_a_year():
    centre = make_centre()
    create_survey(owner=centre, words=words(), programmes=[], units=[], by=None)

    codes = refused(lambda: create_survey(owner=centre, words=words(), programmes=[], units=[], by=None))
    create_survey(owner=centre, words=words(year=2028), programmes=[], units=[], by=None)

    assert codes == ["survey-title-taken"]
    assert NeedsSurvey.objects.count() == 2


def test_survey_opens_once():
    survey, _ = ask(make_centre(), state="draft", opened_at=None)
    stale = NeedsSurvey.objects.get(pk=survey.pk)

    open_survey(survey=survey, by=None)
    with pytest.raises(StaleState):
        open_survey(survey=stale, by=None)

    assert survey.state == "open"
    assert survey.opened_at is not None
    assert last_action() == "open_survey"


def test_survey_without_units_and_programmes_does_not_open():
    survey = create_survey(owner=make_centre(), words=words(), programmes=[], units=[], by=None)

    assert refused(lambda: open_survey(survey=survey, by=None)) == [
        "survey-without-programmes",
        "survey-without-recipients",
    ]


def test_survey_closes_and_opens_again_with_a_new_deadline():
    survey, _ = ask(make_centre())
    later = timezone.now() + 5 * HOUR

    close_survey(survey=survey, by=None)
    codes = refused(lambda: reopen_survey(survey=survey, reason="", closes_at=timezone.now() - HOUR, by=None))
    reopen_survey(survey=survey, reason="Bão lụt", closes_at=later, by=None)

    assert codes == ["deadline-passed"]
    assert NeedsSurvey.objects.values_list("state", "closes_at").get(pk=survey.pk) == ("open", later)
    assert last_action() == "reopen_survey"


def test_survey_in_preparation_does_not_close():
    survey, _ = ask(make_centre(), state="draft")

    with pytest.raises(IllegalTransition):
        close_survey(survey=survey, by=None)


def test_edit_changes_words_programmes_and_units():
    survey, [unit] = ask(make_centre())
    programme, other = make_programme(), make_unit()

    edit_survey(
        survey=survey, revision=0, words=words(title="Tên mới"), programmes=[programme], units=[unit, other], by=None
    )

    assert NeedsSurvey.objects.values_list("title", "revision").get(pk=survey.pk) == ("Tên mới", 1)
    assert list(survey.programmes.all()) == [programme]
    assert set(survey.recipients.values_list("unit", flat=True)) == {unit.pk, other.pk}
    assert last_action() == "edit_survey"


def test_edit_keeps_what_units_wrote_down():
    survey, [unit] = ask(make_centre())
    programme = survey.programmes.get()
    save_answer(survey=survey, unit=unit, content=number(programme.pk), revision=0, by=None)
    other, another = make_programme(), make_unit()

    codes = refused(
        lambda: edit_survey(
            survey=survey,
            revision=0,
            words=words(closes_at=timezone.now() - HOUR),
            programmes=[other],
            units=[another],
            by=None,
        )
    )

    assert codes == ["programme-has-needs", "recipient-has-answered", "deadline-passed"]


def test_edit_refuses_a_stale_form():
    survey, [unit] = ask(make_centre())
    said = {"survey": survey, "programmes": survey.programmes.all(), "units": [unit], "by": None}
    edit_survey(**said, revision=0, words=words(title="Người thứ nhất"))

    with pytest.raises(StaleState):
        edit_survey(**said, revision=0, words=words(title="Người thứ hai"))

    assert NeedsSurvey.objects.get(pk=survey.pk).title == "Người thứ nhất"


def test_recipients_are_set_exactly():
    survey, _ = ask(make_centre())
    other = make_unit()

    set_recipients(survey=survey, units=[other], by=None)

    assert list(survey.recipients.values_list("unit", flat=True)) == [other.pk]
    assert last_action() == "set_recipients"


def test_reminder_leaves_out_who_has_answered():
    survey, [silent, answered] = ask(make_centre(), units=2)
    send_answer(survey=survey, unit=answered, content=number(survey.programmes.get().pk), revision=0, by=None)
    at = timezone.now()

    told = remind(survey=survey, units=[silent, answered], by=None, now=at)
    remind(survey=survey, units=[silent], by=None)

    assert told is not None
    assert (told.units, told.silent_units) == (1, [silent.pk])
    assert survey.recipients.values_list("reminder_count", flat=True).get(unit=answered) == 0
    assert survey.recipients.values_list("reminder_count", flat=True).get(unit=silent) == 2
    assert ActionLogEntry.objects.latest("id").after == {"units": [silent.short_name]}


def test_closed_survey_sends_no_reminders():
    survey, [unit] = ask(make_centre(), state="closed")

    assert refused(lambda: remind(survey=survey, units=[unit], by=None)) == ["survey-not-open"]


def test_snapshot_freezes_the_figures():
    survey, [some, nil, draft, silent] = ask(make_centre(), units=4)
    programme = survey.programmes.get()
    send_answer(survey=survey, unit=some, content=number(programme.pk, 4), revision=0, by=None)
    send_answer(survey=survey, unit=nil, content=AnswerContent(is_nil=True, nil_reason="Đã cử đủ"), revision=0, by=None)
    save_answer(survey=survey, unit=draft, content=number(programme.pk, 100), revision=0, by=None)

    snapshot = take_snapshot(survey=survey, by=make_user("Hoàng Dũng"))
    send_answer(survey=survey, unit=draft, content=number(programme.pk, 100), revision=1, by=None)

    snapshot.refresh_from_db()
    assert (snapshot.asked, snapshot.answered, snapshot.nil_answers) == (4, 2, 1)
    assert snapshot.taken_by_name == "Hoàng Dũng"
    assert sorted(snapshot.silent_units) == sorted([draft.name, silent.name])
    assert list(snapshot.lines.values_list("programme", "unit", "named", "total", "is_late")) == [
        (programme.pk, some.pk, 0, 4, False)
    ]
    assert ActionLogEntry.objects.filter(action="take_needs_snapshot").get().after["needs"] == 4


def test_survey_in_preparation_has_no_snapshot():
    survey, _ = ask(make_centre(), state="draft")

    assert refused(lambda: take_snapshot(survey=survey, by=None)) == ["survey-not-opened"]
