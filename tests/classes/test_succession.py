"""Story 1 of the working days: two communes merge while classes run. Rows 1 to 8 and 10 to 12, below the pages."""

import datetime as dt
from typing import Any, NamedTuple

import pytest
import time_machine
from django.utils import timezone

from tests.factories import (
    make_class,
    make_decision,
    make_enrolment,
    make_person,
    make_plan,
    make_programme,
    make_survey,
    make_unit,
    make_user_with,
)
from tests.registry.reorganisation_cases import all_rows, change, chosen, commune, drafted, hold, merge, secretary
from vuntrong.accounts.models import Grant, User
from vuntrong.accounts.policies import people_visible_to
from vuntrong.classes.models import ClassRun
from vuntrong.classes.policies import classes_visible_to, learners_visible_to
from vuntrong.classes.queries import roles_over_time
from vuntrong.kernel.errors import RuleBroken
from vuntrong.ops.management.commands.run_scheduler import refresh_today
from vuntrong.planning.models import PlanLine, SurveyAnswer, SurveyRecipient
from vuntrong.registry.actions.reorganise import choose, confirm_reorganisation, undo_reorganisation
from vuntrong.registry.enums import EventKind
from vuntrong.registry.models import Posting, Reorganisation, Unit
from vuntrong.registry.queries import fold, version_on
from vuntrong.registry.queries.resting import preview_of_draft
from vuntrong.reports.queries.figures import training_report
from vuntrong.reports.queries.scopes import scope_of
from vuntrong.reports.rules.periods import half_year

pytestmark = pytest.mark.django_db
DAY, EVE = dt.date(2027, 3, 1), dt.date(2027, 2, 28)
CONFIRMED_ON = dt.date(2027, 2, 26)


class House(NamedTuple):
    top: Unit
    school: Unit
    centre: Unit
    tan_loc: Unit
    phu_my: Unit
    run: ClassRun
    clerk: User
    draft: Reorganisation


def members(unit: Unit, run: ClassRun, number: int) -> None:
    for nth in range(number):
        person = make_person(f"Lê Văn {unit.pk} {nth}", unit=unit, post_text="Trưởng thôn")
        make_enrolment(class_run=run, person=person, enrolled_on=dt.date(2026, 9, 14))


@pytest.fixture
def house() -> House:
    top = make_unit("Tỉnh ủy Vĩnh Hà", kind="provincial_committee", slug="vinh-ha")
    school = make_unit("Trường Chính trị tỉnh", kind="provincial_school", parent=top)
    tan_loc = make_unit("Đảng ủy xã Tân Lộc", parent=top)
    phu_my = make_unit("Đảng ủy xã Phú Mỹ", parent=top)
    other = make_unit("Đảng ủy xã Yên Sơn", parent=top)
    centre = make_unit("Trung tâm Chính trị xã Tân Lộc", kind="commune_centre", parent=tan_loc)
    words: dict[str, Any] = {"opened_on": dt.date(2026, 9, 14), "year": 2026}
    programme = make_programme("Trung cấp lý luận chính trị", kind="training")
    run = make_class(owner=school, code="K12-TL", programme=programme, modules_total=13, modules_finished=6, **words)
    run.roles.create(unit=centre, role="host")
    for unit, number in ((tan_loc, 9), (phu_my, 5), (other, 44)):
        members(unit, run, number)
    own = make_class(owner=tan_loc, code="L-01", **words)
    members(phu_my, own, 6)
    members(other, make_class(owner=school, code="XA", **words), 3)
    closed = make_class(owner=tan_loc, code="L-00", state="closed", closed_on=dt.date(2027, 2, 20), **words)
    members(tan_loc, closed, 2)
    hold(tan_loc, secretary(), "Bí thư Một")
    hold(phu_my, secretary(), "Bí thư Hai")
    plan = make_plan(owner=top, year=2027)
    for position, unit in enumerate((tan_loc, phu_my), start=1):
        PlanLine.objects.create(plan=plan, position=position, programme=make_programme(), mode="full_time", opener=unit)
    survey = make_survey(owner=school, closes_at=dt.datetime(2027, 4, 1, tzinfo=dt.UTC))
    for unit in (tan_loc, phu_my):
        SurveyRecipient.objects.create(survey=survey, unit=unit)
    SurveyAnswer.objects.create(survey=survey, unit=tan_loc, state="sent")
    clerk = make_user_with("unit_clerk", phu_my)
    for unit, role in ((tan_loc, "unit_clerk"), (phu_my, "unit_clerk"), (tan_loc, "centre_staff")):
        make_user_with(role, unit)
    draft = drafted(
        top,
        merge([tan_loc, phu_my], "tan-phu", commune("xã Tân Phú", parent=top.slug)),
        change(EventKind.RENAME, centre, name="Trung tâm Chính trị xã Tân Phú", short_name="TTCT xã Tân Phú"),
        on=DAY,
    )
    return House(top, school, centre, tan_loc, phu_my, run, clerk, draft)


@pytest.fixture
def confirmed(house: House) -> House:
    """The story after row 4: confirmed on 26/02."""
    with time_machine.travel(CONFIRMED_ON, tick=False):
        one, two = Posting.objects.filter(post=secretary()).order_by("pk")
        said = [chosen(one, "tan-phu"), chosen(two, "tan-phu", post_text="Phó Bí thư")]
        draft = choose(reorganisation=house.draft, revision=0, choices=said, by=None)
        draft = confirm_reorganisation(reorganisation=draft, by=None)
    return house._replace(draft=draft)


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(5), dt.UTC)


def midnight() -> None:
    """What the scheduler does."""
    refresh_today(timezone.localdate())


def test_rows_1_and_2_the_preview_counts_what_it_touches_and_changes_nothing(house):
    before = all_rows()

    with time_machine.travel(CONFIRMED_ON, tick=False):
        shown = preview_of_draft(house.draft)
        groups = {group.code: group for group in shown.groups}
        counts = {code: group.count() for code, group in groups.items()}

    kinds = sorted(line.kind for line in shown.units)
    assert kinds == ["changed", "created", "ended", "ended"]
    assert counts == {
        "posting": 24,
        "posting-open": 2,
        "lecturer": 0,
        "planned-post": 0,
        "grant": 4,
        "grant-left": 0,
        "survey-answer": 1,
        "survey-recipient": 1,
        "plan": 0,
        "number-run": 0,
        "plan-line": 2,
        "class": 2,
        "class-open": 0,
        "learner": 20,
        "report": 0,
    }
    assert [ref.label for ref in groups["class"].refs()] == ["K12-TL", "L-01"]
    assert sum("K12-TL" in ref.detail for ref in groups["learner"].refs()) == 14
    assert all_rows() == before


def test_row_3_two_secretaries_for_one_post_wait_for_the_maker(house):
    with time_machine.travel(CONFIRMED_ON, tick=False), pytest.raises(RuleBroken) as refusal:
        confirm_reorganisation(reorganisation=house.draft, by=None)

    assert {one.code for one in refusal.value.violations} == {"posting-open"}


def test_rows_4_and_5_the_old_units_show_until_midnight_and_no_row_is_overwritten(confirmed):
    with time_machine.travel(noon(EVE), tick=False):
        midnight()
        alive = set(Unit.objects.filter(is_alive=True).values_list("slug", flat=True))
        assert {confirmed.tan_loc.slug, confirmed.phu_my.slug} < alive
        assert "tan-phu" not in alive
        assert people_visible_to(confirmed.clerk).count() == 12

    with time_machine.travel(noon(DAY), tick=False):
        midnight()

    new = Unit.objects.get(slug="tan-phu")
    assert (new.is_alive, new.people.count()) == (True, 24)
    person = confirmed.tan_loc.postings.order_by("pk").first().person
    assert list(person.postings.order_by("pk").values_list("unit", "valid_from", "valid_to")) == [
        (confirmed.tan_loc.pk, None, EVE),
        (new.pk, DAY, None),
    ]
    assert SurveyRecipient.objects.filter(unit=new).count() == 1
    assert set(PlanLine.objects.values_list("opener", flat=True)) == {new.pk}


def test_row_6_the_class_keeps_key_and_code_and_tells_its_hosts(confirmed):
    with time_machine.travel(noon(DAY), tick=False):
        midnight()
        run = ClassRun.objects.get(code="K12-TL")
        own = ClassRun.objects.get(code="L-01")

        assert (run.pk, run.owner, run.enrolments.count()) == (confirmed.run.pk, confirmed.school, 58)
        assert [(one.role, one.name, one.until) for one in roles_over_time(run)] == [
            ("owner", "Trường Chính trị tỉnh", None),
            ("host", "Trung tâm Chính trị xã Tân Lộc", EVE),
            ("host", "Trung tâm Chính trị xã Tân Phú", None),
        ]
        assert (own.owner.slug, own.founder) == ("tan-phu", confirmed.tan_loc)
        assert ClassRun.objects.get(code="L-00").owner == confirmed.tan_loc


def test_row_7_and_10_a_paper_names_the_unit_as_it_was_on_its_day(confirmed):
    decision = make_decision(issuer=confirmed.centre, issued_on=dt.date(2026, 9, 14))

    assert version_on(confirmed.centre, decision.issued_on).name == "Trung tâm Chính trị xã Tân Lộc"
    assert version_on(confirmed.centre, EVE).name == "Trung tâm Chính trị xã Tân Lộc"
    assert version_on(confirmed.centre, DAY).name == "Trung tâm Chính trị xã Tân Phú"


def test_row_8_the_old_account_of_a_clerk_sees_everything_of_the_new_unit(confirmed):
    with time_machine.travel(noon(DAY), tick=False):
        midnight()
        clerk = User.objects.get(pk=confirmed.clerk.pk)
        grants = list(Grant.objects.filter(user=clerk).order_by("pk").values_list("unit__slug", "valid_to"))

        assert grants == [(confirmed.phu_my.slug, EVE), ("tan-phu", None)]
        assert [one.code for one in classes_visible_to(clerk).order_by("code")] == ["K12-TL", "L-00", "L-01"]
        assert learners_visible_to(clerk, confirmed.run).count() == 14
        assert people_visible_to(clerk).count() == 24
        units = [confirmed.tan_loc.pk, confirmed.phu_my.pk]
        new = Unit.objects.get(slug="tan-phu")
        assert fold(units).figures(dict(zip(units, (10, 6), strict=True))) == {new.pk: 16}


def test_row_11_the_half_year_counts_the_same_whoever_owns_the_class_today(confirmed):
    second, first = half_year(2026, 2), half_year(2027, 1)
    before = training_report(confirmed.top, second).total

    with time_machine.travel(noon(dt.date(2027, 7, 1)), tick=False):
        midnight()
        new = Unit.objects.get(slug="tan-phu")
        after = training_report(confirmed.top, second).total
        carried = training_report(confirmed.top, first).carried

    assert (before.classes, before.turns) == (after.classes, after.turns) == (4, 58 + 6 + 3 + 2)
    assert {one.code: one.owner_id for one in carried} == {
        "K12-TL": confirmed.school.pk,
        "L-00": confirmed.tan_loc.pk,
        "L-01": new.pk,
        "XA": confirmed.school.pk,
    }
    assert confirmed.tan_loc.pk in scope_of(new, first).owner_ids
    assert training_report(new, first).total.classes == 0
    assert sorted(one.code for one in training_report(new, first).carried) == ["L-00", "L-01"]


def test_row_12_the_preview_is_kept_as_it_was_confirmed(confirmed):
    kept = {group["code"]: group["count"] for group in Reorganisation.objects.get().preview["groups"]}

    assert (kept["posting"], kept["learner"], kept["grant"]) == (24, 20, 4)
    assert confirmed.draft.confirmed_at.date() == CONFIRMED_ON


@pytest.mark.parametrize("has_come", [False, True])
def test_undone_every_table_is_as_before(house, has_come):
    before = all_rows()
    with time_machine.travel(CONFIRMED_ON, tick=False):
        one, two = Posting.objects.filter(post=secretary()).order_by("pk")
        said = [chosen(one, "tan-phu"), chosen(two, "")]
        draft = choose(reorganisation=house.draft, revision=0, choices=said, by=None)
        draft = confirm_reorganisation(reorganisation=draft, by=None)
    with time_machine.travel(noon(DAY) if has_come else CONFIRMED_ON, tick=False):
        midnight()
        undo_reorganisation(reorganisation=draft, by=None)

    assert all_rows() == before
