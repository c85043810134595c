import threading

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories import make_person, make_programme, make_unit, make_user
from tests.planning.survey_cases import HOUR, ask, make_centre, names, new_person, number
from vuntrong.documents.models import StoredFile
from vuntrong.kernel.errors import RuleBroken, StaleState
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.planning.actions.answers import (
    attach_workbook,
    recall_answer,
    reopen_answer,
    save_answer,
    send_answer,
)
from vuntrong.planning.actions.snapshots import take_snapshot
from vuntrong.planning.actions.surveys import close_survey
from vuntrong.planning.models import SurveyAnswer, TrainingNeed
from vuntrong.planning.queries.answer_contents import AnswerContent
from vuntrong.registry.actions.sealing import restrict_person
from vuntrong.registry.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey_and_unit():
    survey, [unit] = ask(make_centre())
    return survey, unit


def needs(survey):
    rows = TrainingNeed.objects.filter(answer__survey=survey).order_by("id")
    return list(rows.values_list("programme_id", "person__full_name", "headcount", "note"))


def refused(call):
    """Return the codes of a refusal, and prove that it left no trace."""
    before = (ActionLogEntry.objects.count(), TrainingNeed.objects.count(), Person.objects.count())
    with pytest.raises(RuleBroken) as refusal:
        call()
    assert (ActionLogEntry.objects.count(), TrainingNeed.objects.count(), Person.objects.count()) == before
    return [violation.code for violation in refusal.value.violations]


def test_draft_is_kept_with_known_and_new_people(survey_and_unit):
    survey, unit = survey_and_unit
    programme = survey.programmes.get()
    known = make_person("Lê Văn An", unit=unit)
    content = AnswerContent(numbers={programme.pk: 5}, named=names(programme.pk, known.pk, new_person()))

    answer = save_answer(survey=survey, unit=unit, content=content, revision=0, by=make_user())

    assert (answer.state, answer.revision, answer.sent_at) == ("draft", 1, None)
    assert needs(survey) == [
        (programme.pk, "Lê Văn An", 1, ""),
        (programme.pk, "Trần Thị Bình", 1, ""),
        (programme.pk, None, 5, ""),
    ]
    assert Person.objects.values_list("unit", "sex", "post_text").get(full_name="Trần Thị Bình") == (
        unit.pk,
        "female",
        "Công chức",
    )
    assert list(ActionLogEntry.objects.order_by("id").values_list("action", flat=True))[-2:] == [
        "create_people",
        "save_survey_answer",
    ]


def test_saving_again_replaces_what_was_said_and_keeps_the_rows_that_stay(survey_and_unit):
    survey, unit = survey_and_unit
    programme = survey.programmes.get()
    stays, goes = make_person("Lê Văn An", unit=unit), make_person("Lê Văn Bá", unit=unit)
    save_answer(
        survey=survey,
        unit=unit,
        content=AnswerContent(numbers={programme.pk: 5}, named=names(programme.pk, stays.pk, goes.pk)),
        revision=0,
        by=None,
    )
    kept = TrainingNeed.objects.get(person=stays).pk

    save_answer(
        survey=survey,
        unit=unit,
        content=AnswerContent(numbers={programme.pk: 7}, named=names(programme.pk, stays.pk)),
        revision=1,
        by=None,
    )

    assert needs(survey) == [(programme.pk, "Lê Văn An", 1, ""), (programme.pk, None, 7, "")]
    assert TrainingNeed.objects.get(person=stays).pk == kept


def test_typed_person_who_is_known_in_the_unit_is_not_entered_twice(survey_and_unit):
    survey, unit = survey_and_unit
    known = make_person("Trần Thị Bình", unit=unit, born_on="1991")
    content = AnswerContent(named=names(survey.programmes.get().pk, new_person()))

    save_answer(survey=survey, unit=unit, content=content, revision=0, by=None)

    assert TrainingNeed.objects.get().person_id == known.pk


def test_typed_person_of_another_unit_with_the_same_birth_date_is_refused(survey_and_unit):
    survey, unit = survey_and_unit
    make_person("Trần Thị Bình", unit=make_unit(), born_on="1991-02-03")
    content = AnswerContent(named=names(survey.programmes.get().pk, new_person()))

    codes = refused(lambda: save_answer(survey=survey, unit=unit, content=content, revision=0, by=None))

    assert codes == ["person-of-other-unit"]


def test_same_name_and_year_in_another_unit_is_somebody_else(survey_and_unit):
    survey, unit = survey_and_unit
    make_person("Trần Thị Bình", unit=make_unit(), born_on="1991")
    content = AnswerContent(named=names(survey.programmes.get().pk, new_person(born_on="1991")))

    save_answer(survey=survey, unit=unit, content=content, revision=0, by=None)

    assert TrainingNeed.objects.get().person.unit_id == unit.pk


def test_same_new_person_for_two_programmes_is_entered_once(survey_and_unit):
    survey, unit = survey_and_unit
    first = survey.programmes.get()
    second = make_programme()
    survey.programmes.add(second)
    content = AnswerContent(named=[*names(first.pk, new_person()), *names(second.pk, new_person())])

    save_answer(survey=survey, unit=unit, content=content, revision=0, by=None)

    assert Person.objects.filter(full_name="Trần Thị Bình").count() == 1
    assert TrainingNeed.objects.count() == 2


def test_new_person_twice_for_one_programme_is_refused(survey_and_unit):
    survey, unit = survey_and_unit
    content = AnswerContent(named=names(survey.programmes.get().pk, new_person(), new_person("TRẦN THỊ BÌNH")))

    assert refused(lambda: save_answer(survey=survey, unit=unit, content=content, revision=0, by=None)) == [
        "person-twice"
    ]


def test_person_who_fits_two_records_is_not_guessed(survey_and_unit):
    survey, unit = survey_and_unit
    make_person("Trần Thị Bình", unit=unit, born_on="1991")
    make_person("Trần Thị Bình", unit=unit, born_on="1992")
    content = AnswerContent(named=names(survey.programmes.get().pk, new_person(born_on="")))

    assert refused(lambda: save_answer(survey=survey, unit=unit, content=content, revision=0, by=None)) == [
        "person-ambiguous"
    ]


def test_person_whose_record_is_restricted_is_not_named(survey_and_unit):
    survey, unit = survey_and_unit
    restrict_person(person=make_person("Trần Thị Bình", unit=unit, born_on="1991"), reason="Đề nghị", by=None)
    content = AnswerContent(named=names(survey.programmes.get().pk, new_person(born_on="1991")))

    assert refused(lambda: save_answer(survey=survey, unit=unit, content=content, revision=0, by=None)) == [
        "person-restricted"
    ]


def test_person_id_that_is_gone_is_refused(survey_and_unit):
    survey, unit = survey_and_unit
    content = AnswerContent(named=names(survey.programmes.get().pk, 10**9))

    assert refused(lambda: save_answer(survey=survey, unit=unit, content=content, revision=0, by=None)) == [
        "person-unknown"
    ]


def test_stale_form_is_refused_and_writes_nothing(survey_and_unit):
    survey, unit = survey_and_unit
    programme = survey.programmes.get()
    save_answer(survey=survey, unit=unit, content=number(programme.pk, 4), revision=0, by=None)

    with pytest.raises(StaleState):
        save_answer(survey=survey, unit=unit, content=number(programme.pk, 9), revision=0, by=None)

    assert needs(survey) == [(programme.pk, None, 4, "")]


def test_answer_is_sent_in_time_at_the_deadline_itself(survey_and_unit):
    survey, unit = survey_and_unit
    clerk = make_user("Lê Thị Hoa")

    answer = send_answer(
        survey=survey,
        unit=unit,
        content=number(survey.programmes.get().pk),
        revision=0,
        by=clerk,
        now=survey.closes_at,
    )

    assert (answer.state, answer.is_late, answer.sent_at, answer.sent_by_name) == (
        "sent",
        False,
        survey.closes_at,
        "Lê Thị Hoa",
    )
    entry = ActionLogEntry.objects.latest("id")
    assert (entry.action, entry.actor_id, entry.after) == (
        "send_survey_answer",
        clerk.pk,
        {"named": 0, "numbers": 3, "is_nil": False, "is_late": False},
    )


def test_late_answer_needs_a_reason_and_keeps_it(survey_and_unit):
    survey, unit = survey_and_unit
    after = survey.closes_at + HOUR
    words = {"survey": survey, "unit": unit, "content": number(survey.programmes.get().pk), "revision": 0, "by": None}

    codes = refused(lambda: send_answer(**words, now=after))
    answer = send_answer(**words, now=after, late_reason="Mất điện hai ngày")

    assert codes == ["late-without-reason"]
    assert (answer.is_late, answer.late_reason) == (True, "Mất điện hai ngày")


def test_answer_is_sent_once(survey_and_unit):
    survey, unit = survey_and_unit
    words = {"survey": survey, "unit": unit, "content": number(survey.programmes.get().pk), "by": None}
    send_answer(**words, revision=0)

    assert refused(lambda: send_answer(**words, revision=0)) == ["answer-already-sent"]
    assert refused(lambda: save_answer(**words, revision=1)) == ["answer-already-sent"]


def test_closed_survey_takes_no_answer_and_keeps_the_draft(survey_and_unit):
    survey, unit = survey_and_unit
    programme = survey.programmes.get()
    save_answer(survey=survey, unit=unit, content=number(programme.pk, 4), revision=0, by=None)
    close_survey(survey=survey, by=None)

    codes = refused(lambda: send_answer(survey=survey, unit=unit, content=number(programme.pk), revision=1, by=None))

    assert codes == ["survey-not-open"]
    assert needs(survey) == [(programme.pk, None, 4, "")]


def test_unit_takes_its_answer_back_before_the_deadline_only(survey_and_unit):
    survey, unit = survey_and_unit
    content = number(survey.programmes.get().pk)
    answer = send_answer(survey=survey, unit=unit, content=content, revision=0, by=None)

    codes = refused(lambda: recall_answer(answer=answer, by=None, now=survey.closes_at + HOUR))
    recall_answer(answer=answer, by=None, now=survey.closes_at)

    assert codes == ["recall-after-deadline"]
    assert (answer.state, answer.revision) == ("draft", 2)
    assert ActionLogEntry.objects.latest("id").action == "recall_survey_answer"


def test_owner_sends_an_answer_back_with_a_reason(survey_and_unit):
    survey, unit = survey_and_unit
    answer = send_answer(survey=survey, unit=unit, content=number(survey.programmes.get().pk), revision=0, by=None)
    stale = SurveyAnswer.objects.get(pk=answer.pk)

    codes = refused(lambda: reopen_answer(answer=answer, reason=" ", by=None))
    reopen_answer(answer=answer, reason="Thiếu ngày sinh", by=None)
    with pytest.raises(StaleState):
        reopen_answer(answer=stale, reason="Thiếu ngày sinh", by=None)

    assert codes == ["send-back-without-reason"]
    assert answer.state == "draft"
    entry = ActionLogEntry.objects.latest("id")
    assert (entry.action, entry.reason) == ("send_back_survey_answer", "Thiếu ngày sinh")


def test_workbook_is_kept_beside_the_draft(survey_and_unit):
    survey, unit = survey_and_unit
    file = StoredFile.objects.create(name="phiếu.xlsx", content_type="", size=1, sha256="0" * 64)

    answer = attach_workbook(survey=survey, unit=unit, workbook=file, by=None)

    assert SurveyAnswer.objects.get(pk=answer.pk).workbook_id == file.pk
    assert ActionLogEntry.objects.latest("id").after == {"file": "phiếu.xlsx"}


def run_together(*calls):
    """Run the calls at the same moment; returns the sorted names of their outcomes."""
    outcomes = []
    barrier = threading.Barrier(len(calls))

    def act(call):
        barrier.wait()
        try:
            call()
            outcomes.append("done")
        except (RuleBroken, StaleState) as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
def test_of_clerks_who_send_at_once_one_wins():
    survey, [unit] = ask(make_centre())
    programme = survey.programmes.get()

    def send(count):
        content = AnswerContent(numbers={programme.pk: count}, named=names(programme.pk, new_person()))
        return lambda: send_answer(survey=survey, unit=unit, content=content, revision=0, by=None)

    outcomes = run_together(*[send(count) for count in (5, 6, 7, 8)])

    assert outcomes == ["RuleBroken"] * 3 + ["done"]
    assert TrainingNeed.objects.count() == 2
    assert Person.objects.count() == 1
    assert ActionLogEntry.objects.filter(action="send_survey_answer").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_clerks_who_save_at_once_one_wins():
    survey, [unit] = ask(make_centre())
    programme = survey.programmes.get()

    def save(count):
        return lambda: save_answer(survey=survey, unit=unit, content=number(programme.pk, count), revision=0, by=None)

    outcomes = run_together(*[save(count) for count in (5, 6, 7, 8)])

    assert outcomes == ["StaleState"] * 3 + ["done"]
    assert TrainingNeed.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_snapshot_holds_an_answer_wholly_or_not_at_all():
    survey, units = ask(make_centre(), units=6)
    programme = survey.programmes.get()

    def send(unit):
        return lambda: send_answer(survey=survey, unit=unit, content=number(programme.pk, 2), revision=0, by=None)

    taken = []
    sends = [send(unit) for unit in units]
    outcomes = run_together(*sends, lambda: taken.append(take_snapshot(survey=survey, by=None)))

    assert outcomes == ["done"] * 7
    [snapshot] = taken
    assert snapshot.lines.count() == snapshot.answered
    assert len(snapshot.silent_units) == 6 - snapshot.answered
    assert timezone.now() >= snapshot.taken_at
