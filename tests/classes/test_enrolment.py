import datetime as dt

import pytest

from tests.classes.builders import make_centre, make_line
from tests.factories import make_class, make_enrolment, make_person, make_programme, make_survey, make_unit
from vuntrong.classes.actions.enrolment import NewLearner, enrol, enrol_from_needs, enrol_new_person, enrol_people
from vuntrong.classes.actions.making import create_classes_from_line
from vuntrong.classes.models import Enrolment
from vuntrong.classes.queries import needs_behind, needs_by_unit
from vuntrong.kernel.errors import RuleBroken
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.planning.models import SurveyAnswer, TrainingNeed
from vuntrong.registry.actions import NewPerson
from vuntrong.registry.actions.sealing import restrict_person
from vuntrong.registry.models import Person

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 9)


def refused(action, **arguments) -> list[str]:
    before = (Enrolment.objects.count(), Person.objects.count(), ActionLogEntry.objects.count())
    with pytest.raises(RuleBroken) as refusal:
        action(**arguments)
    assert (Enrolment.objects.count(), Person.objects.count(), ActionLogEntry.objects.count()) == before
    return [violation.code for violation in refusal.value.violations]


def test_enrolling_keeps_unit_and_post_of_the_day():
    run, person = make_class(owner=make_centre()), make_person(post_text="Bí thư chi bộ")

    enrol(class_run=run, person=person, on=DAY, by=None)

    found = Enrolment.objects.get()
    assert (found.person, found.unit, found.post_text) == (person, person.unit, "Bí thư chi bộ")
    assert (found.enrolled_on, found.state, found.state_on) == (DAY, "studying", DAY)
    assert ActionLogEntry.objects.get(action="enrol").after["person"] == person.full_name


def test_the_last_seat_is_given_once():
    run = make_class(owner=make_centre(), capacity=2)
    make_enrolment(class_run=run)
    make_enrolment(class_run=run, person=make_person("Lê Vắng"), state="no_show")

    enrol(class_run=run, person=make_person("Lê Bình"), by=None)

    assert refused(enrol, class_run=run, person=make_person("Lê Cường"), by=None) == ["class-full"]


def test_nobody_is_enrolled_twice():
    run, person = make_class(owner=make_centre()), make_person()
    enrol(class_run=run, person=person, by=None)

    assert refused(enrol, class_run=run, person=person, by=None) == ["already-enrolled"]


def test_a_closed_class_takes_nobody():
    run = make_class(owner=make_centre(), state="closed", closed_on=dt.date(2027, 4, 1))

    assert refused(enrol, class_run=run, person=make_person(), by=None) == ["class-not-enrolling"]


def test_somebody_new_enters_the_registry_and_the_class():
    run, unit = make_class(owner=make_centre()), make_unit()

    enrol_new_person(class_run=run, new=NewPerson("Trần Thị Hòa", "female", None, unit.pk, "Đảng viên"), by=None)

    assert Enrolment.objects.get().person.search_key == "tran thi hoa"
    assert [entry.action for entry in ActionLogEntry.objects.order_by("id")][-2:] == ["create_person", "enrol"]


def test_somebody_known_is_not_entered_again():
    person = make_person("Trần Thị Hòa", born_on="1990-05-01")
    run = make_class(owner=make_centre())
    new = NewPerson("Trần Thị Hoà", "female", person.born_on, make_unit().pk)

    assert refused(enrol_new_person, class_run=run, new=new, by=None) == ["person-known"]
    restrict_person(person=person, reason="Đề nghị", by=None)
    assert refused(enrol_new_person, class_run=run, new=new, by=None) == ["person-restricted"]


def test_many_join_all_or_none():
    run = make_class(owner=make_centre(), capacity=2)
    people = [make_person(f"Lê Văn {letter}") for letter in "ABC"]
    learners = [NewLearner(person.pk, person.unit_id) for person in people]

    assert refused(enrol_people, class_run=run, learners=learners, by=None) == ["class-full"]

    enrol_people(class_run=run, learners=learners[:2], by=None)
    assert run.enrolments.count() == 2


def surveyed_class():
    """A class whose plan stands on a survey in which two units named three people."""
    programme = make_programme("Bồi dưỡng đảng viên mới", short_name="Đảng viên mới")
    line = make_line(programme=programme)
    plan = line.submission.plan
    plan.survey = make_survey(owner=plan.owner, programmes=[programme])
    plan.save()
    needs = []
    for number in range(2):
        unit = make_unit(f"Đảng ủy xã {number}")
        answer = SurveyAnswer.objects.create(survey=plan.survey, unit=unit, state="sent")
        people = [make_person(name, unit=unit) for name in ("Lê Văn Bình", "Lê Văn An")[: 2 - number]]
        needs += [TrainingNeed.objects.create(answer=answer, programme=programme, person=one) for one in people]
    line.line.refresh_from_db()
    return create_classes_from_line(line=line, by=None), needs


def test_people_named_in_the_survey_join_with_the_link_to_the_need():
    [run, _other], needs = surveyed_class()

    enrol_from_needs(class_run=run, needs=needs[:2], by=None)

    assert sorted(run.enrolments.values_list("need_id", flat=True)) == sorted(need.pk for need in needs[:2])
    assert ActionLogEntry.objects.get(action="enrol_from_needs").after == {"count": 2}


def test_needs_are_listed_by_unit_and_given_name_and_say_who_sits_where():
    [run, other], needs = surveyed_class()
    enrol(class_run=other, person=needs[0].person, by=None)

    groups = needs_by_unit(needs_behind(run))

    assert [(unit.name, [(one.need.person.full_name, one.sits_in) for one in named]) for unit, named in groups] == [
        ("Đảng ủy xã 0", [("Lê Văn An", ""), ("Lê Văn Bình", "ĐVM-02")]),
        ("Đảng ủy xã 1", [("Lê Văn Bình", "")]),
    ]


def test_enrolling_by_form_finds_the_need_too():
    [run, _other], needs = surveyed_class()

    enrolment = enrol(class_run=run, person=needs[2].person, by=None)

    assert enrolment.need_id == needs[2].pk


def test_a_need_of_another_programme_is_refused():
    [run, _other], needs = surveyed_class()
    strange = TrainingNeed.objects.create(answer=needs[0].answer, programme=make_programme(), person=needs[0].person)

    assert refused(enrol_from_needs, class_run=run, needs=[strange], by=None) == ["need-of-another-programme"]


def test_a_number_without_names_cannot_be_enrolled():
    [run, _other], needs = surveyed_class()
    unnamed = TrainingNeed.objects.create(answer=needs[0].answer, programme=needs[0].programme, headcount=9)

    assert refused(enrol_from_needs, class_run=run, needs=[unnamed], by=None) == ["need-without-person"]
