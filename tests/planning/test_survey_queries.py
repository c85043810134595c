import pytest

from tests.factories import make_person, make_programme, make_survey, make_unit
from tests.planning.survey_cases import HOUR, ask, make_centre, names, number
from vuntrong.planning.actions.answers import reopen_answer, save_answer, send_answer
from vuntrong.planning.actions.snapshots import take_snapshot
from vuntrong.planning.models import NeedsSurvey, SurveyRecipient
from vuntrong.planning.queries.answer_contents import AnswerContent
from vuntrong.planning.queries.snapshots import compare, totals_by_programme
from vuntrong.planning.queries.survey_answers import needs_of_last_year, people_like
from vuntrong.planning.queries.surveys import (
    habits_before,
    matrix_by_kind,
    matrix_by_unit,
    needs_behind,
    offered,
    standing,
    with_counts,
)

pytestmark = pytest.mark.django_db


def send(survey, unit, content, **extra):
    return send_answer(survey=survey, unit=unit, content=content, revision=0, by=None, **extra)


@pytest.mark.parametrize("count", [1, 3])
def test_standing_costs_the_same_for_any_number_of_units(count, django_assert_num_queries):
    survey, units = ask(make_centre(), units=count)
    for unit in units:
        send(survey, unit, number(survey.programmes.get().pk))

    with django_assert_num_queries(4):
        now = standing(survey)

    assert (now.asked, now.answered, now.total) == (count, count, 3 * count)


def test_standing_tells_sent_late_nil_draft_and_silent_apart():
    survey, [sent, late, nil, draft, silent] = ask(make_centre(), units=5)
    programme = survey.programmes.get()
    person = make_person(unit=sent, sex="female")
    send(survey, sent, AnswerContent(numbers={programme.pk: 4}, named=names(programme.pk, person.pk)))
    send(survey, late, number(programme.pk, 2), now=survey.closes_at + HOUR, late_reason="Lũ")
    send(survey, nil, AnswerContent(is_nil=True, nil_reason="Đã cử đủ"))
    save_answer(survey=survey, unit=draft, content=number(programme.pk, 50), revision=0, by=None)

    now = standing(survey)

    assert {row.unit.pk: row.standing for row in now.rows} == {
        sent.pk: "sent",
        late.pk: "late",
        nil.pk: "nil",
        draft.pk: "draft",
        silent.pk: "silent",
    }
    assert (now.asked, now.answered, now.nil, now.drafts, now.total) == (5, 3, 1, 1, 6)
    assert (now.late_answers, now.late_needs) == (1, 2)
    assert {row.unit.pk for row in now.silent} == {draft.pk, silent.pk}
    assert [(cell.named, cell.women, cell.number, cell.total) for cell in now.cells if cell.unit_id == sent.pk] == [
        (1, 1, 4, 4)
    ]


def test_answer_that_is_sent_back_counts_no_more():
    survey, [unit] = ask(make_centre())
    answer = send(survey, unit, number(survey.programmes.get().pk))

    reopen_answer(answer=answer, reason="Thiếu ngày sinh", by=None)

    assert (standing(survey).answered, standing(survey).total) == (0, 0)


def test_needs_after_the_last_snapshot_are_counted_apart():
    survey, [first, second] = ask(make_centre(), units=2)
    programme = survey.programmes.get()
    send(survey, first, number(programme.pk, 3))
    take_snapshot(survey=survey, by=None)
    send(survey, second, number(programme.pk, 5))

    now = standing(survey)

    assert (now.added_units, now.added_needs, now.total) == ({second.pk}, 5, 8)


def test_habit_tells_who_was_late_or_silent_before():
    centre = make_centre()
    earlier, [late, silent] = ask(centre, units=2, year=2026)
    send(earlier, late, number(earlier.programmes.get().pk), now=earlier.closes_at + HOUR, late_reason="Lũ")
    survey = make_survey(owner=centre, year=2027)
    for unit in (late, silent):
        SurveyRecipient.objects.create(survey=survey, unit=unit)

    habits = {pk: (one.asked, one.late, one.silent) for pk, one in habits_before(survey).items()}

    assert habits == {late.pk: (1, 1, 0), silent.pk: (1, 0, 1)}


def test_matrix_by_unit_leaves_out_units_without_needs():
    survey, [some, nil, _silent] = ask(make_centre(), units=3)
    programme = survey.programmes.get()
    other = make_programme("A khác")
    survey.programmes.add(other)
    send(survey, some, AnswerContent(numbers={programme.pk: 4, other.pk: 1}))
    send(survey, nil, AnswerContent(is_nil=True, nil_reason="Đã cử đủ"))

    matrix = matrix_by_unit(standing(survey), offered(survey))

    assert matrix.columns == [(str(some.pk), some.short_name)]
    assert {one.pk: matrix.row_total(one) for one in matrix.programmes} == {programme.pk: 4, other.pk: 1}
    assert matrix.column_totals == [5]


def test_matrix_by_kind_adds_units_of_one_kind():
    centre = make_centre()
    survey, units = ask(centre, units=2)
    cell = make_unit(parent=centre.parent, kind="party_cell")
    SurveyRecipient.objects.create(survey=survey, unit=cell)
    programme = survey.programmes.get()
    for unit in (*units, cell):
        send(survey, unit, number(programme.pk, 2))

    matrix = matrix_by_kind(standing(survey), offered(survey))

    assert dict(zip([key for key, _ in matrix.columns], matrix.row(programme), strict=True)) == {
        "commune_committee": 4,
        "party_cell": 2,
    }


def test_needs_behind_a_figure_are_those_of_sent_answers():
    survey, [sent, draft] = ask(make_centre(), units=2)
    programme = survey.programmes.get()
    send(survey, sent, number(programme.pk, 4))
    save_answer(survey=survey, unit=draft, content=number(programme.pk, 9), revision=0, by=None)

    found = needs_behind(survey, programme_id=programme.pk, unit_id=None, kind="commune_committee")

    assert [need.headcount for need in found] == [4]
    assert list(needs_behind(survey, programme_id=None, unit_id=draft.pk, kind="")) == []


def test_last_years_names_leave_out_who_left_and_what_is_no_longer_offered():
    centre = make_centre()
    earlier, [unit] = ask(centre, year=2026)
    programme = earlier.programmes.get()
    dropped = make_programme()
    earlier.programmes.add(dropped)
    stays, left = make_person("Lê Văn An", unit=unit), make_person("Lê Văn Bá", unit=unit)
    content = AnswerContent(
        numbers={programme.pk: 7}, named=[*names(programme.pk, stays.pk, left.pk), *names(dropped.pk, stays.pk)]
    )
    send(earlier, unit, content)
    left.unit = make_unit()
    left.save()
    survey = make_survey(owner=centre, programmes=[programme], year=2027)

    found = needs_of_last_year(survey, unit)

    assert [(need.programme_id, need.person_id) for need in found] == [(programme.pk, stays.pk)]
    assert needs_of_last_year(make_survey(owner=make_unit(), year=2027), unit) == []


def test_people_of_the_unit_and_below_are_found_without_accents():
    unit = make_unit()
    cell = make_unit(parent=unit, kind="party_cell")
    mine, below = make_person("Trần Thị Bình", unit=unit), make_person("Lê Thị Bình", unit=cell)
    make_person("Trần Thị Bình")

    assert set(people_like(unit, "thi binh")) == {mine, below}


def test_counts_of_surveys_do_not_multiply(django_assert_num_queries):
    survey, units = ask(make_centre(), units=3)
    send(survey, units[0], number(survey.programmes.get().pk))
    send(survey, units[1], number(survey.programmes.get().pk), now=survey.closes_at + HOUR, late_reason="Lũ")

    with django_assert_num_queries(1):
        [row] = with_counts(NeedsSurvey.objects.all())

    assert (row.asked, row.answered, row.late) == (3, 2, 1)


def test_snapshots_are_compared_by_programme_and_unit(django_assert_num_queries):
    survey, [first, second] = ask(make_centre(), units=2)
    programme = survey.programmes.get()
    send(survey, first, number(programme.pk, 3))
    older = take_snapshot(survey=survey, by=None)
    send(survey, second, number(programme.pk, 5))
    newer = take_snapshot(survey=survey, by=None)

    with django_assert_num_queries(1):
        [difference] = compare(older, newer)

    assert (difference.programme, difference.before, difference.after, difference.change) == (programme, 3, 8, 5)
    assert difference.units == [(second, 0, 5)]
    assert totals_by_programme(newer) == [(programme, 8, 0, 2)]
