import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import make_person
from tests.planning.survey_cases import HOUR, ask, make_centre, names, number
from vuntrong.planning.actions.answers import save_answer, send_answer
from vuntrong.planning.actions.surveys import remind
from vuntrong.planning.documents.needs_sheets import consolidated_needs, roman, silent_units
from vuntrong.planning.queries.answer_contents import AnswerContent
from vuntrong.planning.queries.surveys import Habit, offered, standing


@pytest.mark.parametrize(("value", "text"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (30, "XXX"), (40, "XL")])
def test_roman_numbers(value, text):
    assert roman(value) == text


@pytest.mark.django_db
def test_consolidated_needs_list_units_below_programmes_with_late_marked():
    survey, units = ask(make_centre(), units=2)
    programme = survey.programmes.get()
    woman = make_person(unit=units[0], sex="female")
    content = AnswerContent(numbers={programme.pk: 4}, named=names(programme.pk, woman.pk))
    send_answer(survey=survey, unit=units[0], content=content, revision=0, by=None)
    late = {"now": survey.closes_at + HOUR, "late_reason": "Lũ"}
    send_answer(survey=survey, unit=units[1], content=number(programme.pk, 3), revision=0, by=None, **late)
    now = standing(survey)

    sheet = consolidated_needs(
        survey,
        cells=now.cells,
        programmes=offered(survey),
        unit_names={row.unit.pk: row.unit.name for row in now.rows},
        cut_off=dt.datetime(2026, 10, 26, 9, 0, tzinfo=timezone.get_current_timezone()),
        answered=2,
        asked=2,
    )

    assert sheet.title_lines[1] == "(Số liệu chốt đến 09 giờ 00, ngày 26/10/2026; 2/2 cơ quan, đơn vị đã đăng ký)"
    first, *rest = sheet.rows
    assert first == ("I", programme.name, 7, 1, None, "")
    assert {row[1:] for row in rest} == {
        (units[0].name, 4, 1, None, ""),
        (units[1].name, 3, 0, None, "Nộp muộn"),
    }
    assert sheet.total == ("", "Tổng cộng", 7, 1, None, "")


@pytest.mark.django_db
def test_silent_units_show_drafts_and_reminders():
    survey, [silent, draft] = ask(make_centre(), units=2)
    save_answer(survey=survey, unit=draft, content=number(survey.programmes.get().pk), revision=0, by=None)
    at = timezone.now()
    remind(survey=survey, units=[silent], by=None, now=at)

    sheet = silent_units(survey, standing(survey).silent, {silent.pk: Habit(asked=2, late=1, silent=0)})

    assert {row[1:] for row in sheet.rows} == {
        (silent.name, "Chưa trả lời", timezone.localtime(at), 1, "Muộn 1, không trả lời 0 trong 2 đợt"),
        (draft.name, "Có bản nháp, chưa gửi", None, 0, ""),
    }
