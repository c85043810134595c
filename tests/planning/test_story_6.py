"""Story 6 of the working days: survey answers arrive late. 140 units, figures as the story has them."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import make_person, make_programme, make_survey, make_unit, make_user_with
from vuntrong.kernel.errors import RuleBroken
from vuntrong.planning.actions.answers import save_answer, send_answer
from vuntrong.planning.actions.snapshots import take_snapshot
from vuntrong.planning.actions.surveys import SurveyWords, close_survey, create_survey, open_survey, remind
from vuntrong.planning.models import SurveyAnswer
from vuntrong.planning.policies.surveys import requests_visible_to
from vuntrong.planning.queries.answer_contents import AnswerContent, NamedNeed
from vuntrong.planning.queries.snapshots import compare
from vuntrong.planning.queries.survey_answers import needs_of_last_year
from vuntrong.planning.queries.surveys import Habit, habits_before, standing

ON_TIME = {"part-time": 402, "updating": 500, "skills": 312}
"""1.214 needs of 112 units; 9 further units answer nil."""
LATE = {"part-time": 29, "updating": 31, "skills": 23}
"""83 needs of 11 units."""


def at(day: int, month: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=timezone.get_current_timezone())


def shared_out(totals: dict[str, int], units: int) -> list[dict[str, int]]:
    """Share the totals out among so many units."""
    shares = [{name: total // units for name, total in totals.items()} for _ in range(units)]
    for name, total in totals.items():
        shares[0][name] += total % units
    return shares


@pytest.fixture
def province(db):
    committee = make_unit("Tỉnh ủy Thanh Bình", kind="provincial_committee")
    board = make_unit("Ban Tổ chức Tỉnh ủy", parent=committee, kind="organisation_board")
    units = [make_unit(parent=committee) for _ in range(140)]
    programmes = {name: make_programme(name) for name in ON_TIME}
    last_year = make_survey(owner=board, programmes=list(programmes.values()), year=2026)
    survey = create_survey(
        owner=board,
        words=SurveyWords(year=2027, title="Khảo sát nhu cầu năm 2027", closes_at=at(23, 10, 17)),
        programmes=list(programmes.values()),
        units=units,
        by=None,
    )
    return survey, units, programmes, last_year


def answer(survey, unit, programmes, needs, now, **extra):
    content = AnswerContent(numbers={programmes[name].pk: count for name, count in needs.items()})
    return send_answer(survey=survey, unit=unit, content=content, revision=0, by=None, now=now, **extra)


def test_each_unit_starts_from_its_own_people_of_last_year(province):
    survey, [mine, other, *_], programmes, last_year = province
    programme = programmes["part-time"]
    for unit in (mine, other):
        last_year.recipients.create(unit=unit)
        person = make_person(f"Người của {unit.pk}", unit=unit)
        content = AnswerContent(named=[NamedNeed(programme.pk, person.pk)])
        send_answer(survey=last_year, unit=unit, content=content, revision=0, by=None)
    open_survey(survey=survey, by=None, now=at(1, 10, 8))

    offered = needs_of_last_year(survey, mine)
    clerk = make_user_with("unit_clerk", mine)

    assert [need.person.full_name for need in offered] == [f"Người của {mine.pk}"]
    assert list(requests_visible_to(clerk).filter(survey=survey).values_list("unit", flat=True)) == [mine.pk]


def test_survey_answers_arrive_late(province):
    survey, units, programmes, _ = province
    open_survey(survey=survey, by=None, now=at(1, 10, 8))
    for unit, needs in zip(units[:112], shared_out(ON_TIME, 112), strict=True):
        answer(survey, unit, programmes, needs, at(22, 10, 23, 40))
    for unit in units[112:121]:
        nil = AnswerContent(is_nil=True, nil_reason="Đã cử đủ người đi học")
        send_answer(survey=survey, unit=unit, content=nil, revision=0, by=None, now=at(20, 10, 9))
    draft = AnswerContent(numbers={programmes["skills"].pk: 40})
    save_answer(survey=survey, unit=units[121], content=draft, revision=0, by=None)
    for day in (16, 20, 22):
        remind(survey=survey, units=units, by=None, now=at(day, 10, 8))

    first = take_snapshot(survey=survey, by=None, now=at(26, 10, 9))

    now = standing(survey)
    assert (first.asked, first.answered, first.nil_answers, len(first.silent_units)) == (140, 121, 9, 19)
    assert (now.total, now.drafts, now.late_needs) == (1214, 1, 0)
    assert sum(line.total for line in first.lines.all()) == 1214
    assert set(first.silent_units) == {unit.name for unit in units[121:]}
    assert sorted(survey.recipients.values_list("reminder_count", flat=True)) == [0] * 121 + [3] * 19

    with pytest.raises(RuleBroken):
        answer(survey, units[122], programmes, {"skills": 1}, at(28, 10, 8))
    for unit, needs in zip(units[122:133], shared_out(LATE, 11), strict=True):
        answer(survey, unit, programmes, needs, at(28, 10, 8), late_reason="Bão, mất điện")

    first.refresh_from_db()
    now = standing(survey)
    assert (now.answered, now.late_answers, now.late_needs, now.added_needs) == (132, 11, 83, 83)
    assert sum(line.total for line in first.lines.all()) == 1214

    second = take_snapshot(survey=survey, by=None, now=at(2, 11, 17))

    assert (second.asked, second.answered, len(second.silent_units)) == (140, 132, 8)
    assert sum(line.total for line in second.lines.all()) == 1297
    assert {one.programme.name: (one.before, one.after, one.change) for one in compare(first, second)} == {
        "part-time": (402, 431, 29),
        "updating": (500, 531, 31),
        "skills": (312, 335, 23),
    }
    assert standing(survey).added_needs == 0

    answer(survey, units[133], programmes, {"skills": 6}, at(10, 11, 9), late_reason="Mới kiện toàn cấp ủy")

    assert (standing(survey).added_needs, second.lines.filter(unit=units[133]).count()) == (6, 0)

    close_survey(survey=survey, by=None)
    next_year = make_survey(owner=survey.owner, year=2028)
    habits = habits_before(next_year)
    assert SurveyAnswer.objects.get(survey=survey, unit=units[121]).state == "draft"
    assert habits[units[122].pk] == Habit(asked=1, late=1, silent=0)
    assert habits[units[121].pk] == Habit(asked=1, late=0, silent=1)
    assert habits[units[0].pk] == Habit(asked=1, late=0, silent=0)
