"""An invented province is plausible, the same for the same seed, and made once."""

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Sum

from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.kernel.log import first_broken
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.ops.province.making import make_province
from vuntrong.ops.province.size import Size
from vuntrong.planning.models import PlanLine, PlanSubmission, TrainingPlan
from vuntrong.registry.models import (
    Award,
    LecturerProfile,
    PartyMembership,
    Person,
    PlannedPost,
    Posting,
    Qualification,
    Unit,
    UnitEvent,
    UnitEventLink,
    UnitVersion,
    YearlyGrading,
)
from vuntrong.registry.queries import fold, subtree_ids

UNTIL = dt.date(2026, 11, 22)
SIZE = Size(slug="thu-nghiem", name="Thử Nghiệm", people=4000, years=3, seed=7, until=UNTIL, classes_a_year=40)
TODAY_KINDS = {"commune_committee": 5, "commune_peoples_committee": 5, "provincial_committee": 1, "home_affairs": 1}


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """The province, made once for the module and taken back at its end."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield make_province(SIZE, lambda _line: None)
        transaction.set_rollback(True)


@pytest.fixture
def province(made, db):
    """One test on the province."""
    return made


def test_counts_are_those_of_the_log(province):
    entry = ActionLogEntry.objects.get(action="make_province")

    assert province.people == SIZE.people == Person.objects.count()
    assert province.classes == ClassRun.objects.count()
    assert province.enrolments == Enrolment.objects.count()
    assert entry.after == {"seed": 7, **vars(province)}
    assert first_broken() is None


def test_bodies_of_today_and_of_before(province):
    alive = Counter(Unit.objects.filter(slug__startswith="thu-nghiem", is_alive=True).values_list("kind", flat=True))
    before = UnitVersion.objects.valid_on(dt.date(2025, 6, 30)).filter(unit__slug__startswith="thu-nghiem")
    kinds = Counter(before.values_list("kind", flat=True))

    assert {kind: alive[kind] for kind in TODAY_KINDS} == TODAY_KINDS
    assert alive["commune"] + alive["ward"] == 5
    assert (alive["district"], alive["district_committee"], alive["district_centre"]) == (0, 0, 0)
    assert (kinds["district"], kinds["district_committee"], kinds["district_centre"]) == (2, 2, 2)
    assert kinds["commune_committee"] > 5
    assert alive["commune_centre"] >= 2


def test_both_lines_lead_to_the_province(province):
    below = subtree_ids({Unit.objects.get(slug="tinh-thu-nghiem").pk}, UNTIL)
    alive = Unit.objects.filter(slug__startswith="thu-nghiem", is_alive=True)
    committees = Unit.objects.filter(kind="commune_peoples_committee", is_alive=True)

    assert set(alive.values_list("pk", flat=True)) <= below
    assert {one.state_parent.slug for one in committees} == {"thu-nghiem-ubnd"}
    assert {one.parent.kind for one in committees} == {"commune_committee"}


def test_every_unit_that_ended_has_an_event_and_shares_add_up(province):
    ended = Unit.objects.filter(slug__startswith="thu-nghiem", is_alive=False)
    shares = UnitEventLink.objects.filter(event__kind="split").values("from_unit").annotate(total=Sum("share"))

    assert ended.filter(links_out__isnull=True).count() == 0
    assert {row["total"] for row in shares} <= {Decimal(1)}
    assert UnitEvent.objects.filter(instrument_text="", links__to_unit__slug__startswith="thu-nghiem").count() == 0


def test_old_communes_fold_into_those_of_today(province):
    old = list(Unit.objects.filter(kind="commune_committee", is_alive=False).values_list("pk", flat=True))
    folded = fold(old, UNTIL)
    today = {folded.heir(one) for one in old}

    assert today == set(Unit.objects.filter(kind="commune_committee", is_alive=True).values_list("pk", flat=True))


def test_dated_rows_of_a_unit_follow_each_other(province):
    for unit in Unit.objects.prefetch_related("versions"):
        rows = list(unit.versions.all())
        ends = [one.valid_to for one in rows]
        assert ends[:-1] == [later.valid_from - dt.timedelta(days=1) for later in rows[1:]]


def test_people_have_plausible_lives(province):
    members = PartyMembership.objects.select_related("person").exclude(probationary_on=None)
    whole = [one for one in members if one.probationary_on.day and one.full_on and one.full_on.day]
    years = [UNTIL.year - one.born_on.year for one in Person.objects.all()]

    assert (min(years) >= 19, max(years) <= 71) == (True, True)
    assert [one for one in members if one.probationary_on.year < one.person.born_on.year + 18] == []
    assert {one.full_on.year - one.probationary_on.year for one in whole} == {1}
    assert [one for one in members if one.probationary_on.first_day() > UNTIL] == []
    lecturers = LecturerProfile.objects.select_related("person")
    assert lecturers.filter(kind="staff").count() > 5
    assert [one for one in lecturers if one.valid_from.year < one.person.born_on.year + 22] == []


def test_levels_of_learning_are_of_an_age_and_known_to_the_school(province):
    levels = {"so-cap": 22, "trung-cap": 26, "cao-cap": 33, "cu-nhan": 28}
    rows = Qualification.objects.filter(kind="political").select_related("person")
    early = [one for one in rows if one.studied_to.year < one.person.born_on.year + levels[one.level]]

    assert early == []
    assert rows.filter(level="trung-cap", institution_unit__slug="thu-nghiem-truong").exists()
    assert rows.exclude(level=F("person__political_level")).count() == 0


def test_shares_are_those_of_a_registry(province):
    people = Person.objects.count()
    share = {
        "no id": Person.objects.filter(personal_id="").count() / people,
        "no level": Person.objects.filter(political_level="").count() / people,
        "women": Person.objects.filter(sex="female").count() / people,
        "members": PartyMembership.objects.count() / people,
        "whole birth date": Person.objects.filter(born_on__regex=r"^\d{4}-\d\d-\d\d$").count() / people,
        "kinh": Person.objects.filter(ethnicity=1).count() / people,
        "graded": YearlyGrading.objects.values("person").distinct().count() / people,
    }
    ranges = {
        "no id": (0.1, 0.25),
        "no level": (0.03, 0.1),
        "women": (0.4, 0.62),
        "members": (0.5, 0.85),
        "whole birth date": (0.8, 0.9),
        "kinh": (0.5, 0.65),
        "graded": (0.6, 1),
    }

    assert {name: value for name, value in share.items() if not ranges[name][0] <= value <= ranges[name][1]} == {}
    assert PlannedPost.objects.exists()
    assert Award.objects.filter(kind="discipline").count() < Award.objects.filter(kind="reward").count()


def test_the_usual_faults_are_there(province):
    full = Person.objects.filter(personal_id__regex=r"^00[3579][0-3]\d{8}$").count()
    other = Person.objects.exclude(personal_id="").count() - full
    namesakes = Person.objects.values("full_name", "born_on").annotate(count=Count("id")).filter(count__gt=1)

    assert 0 < other < full / 20
    assert namesakes.filter(born_on__regex=r"^\d{4}-\d\d-\d\d$").exists()


def test_jobs_before_and_after_the_mergers_join(province):
    jobs = Posting.objects.exclude(valid_from=None).exclude(valid_to=None)
    held = UnitVersion.objects.filter(unit=OuterRef("unit"), valid_from__lte=OuterRef("valid_from"))
    current = Posting.objects.filter(valid_to=None)

    assert jobs.filter(unit__is_alive=False).exists()
    assert (
        Posting.objects.exclude(valid_from=None).filter(valid_from__gte="2010-01-01").filter(~Exists(held)).count() == 0
    )
    assert jobs.filter(unit__ended_on__lt=F("valid_to")).count() == 0
    assert current.exclude(unit=F("person__unit")).count() == 0
    assert current.filter(unit__is_alive=False).count() == 0
    assert Person.objects.filter(postings=None).count() == 0
    assert Person.objects.exclude(post=None).filter(post__code="bi-thu-dang-uy-xa").count() == 5


def test_classes_hang_on_approved_plans_and_on_owners_of_their_day(province):
    assert ClassRun.objects.filter(plan_line=None).count() == 0
    assert PlanSubmission.objects.filter(state="approved").count() == TrainingPlan.objects.count()
    assert PlanLine.objects.filter(submitted=None).count() == 0
    assert ClassRun.objects.filter(owner__ended_on__lt=F("opened_on")).count() == 0
    assert ClassRun.objects.filter(state__in=["running", "closed"], opened_on__gt=UNTIL).count() == 0
    assert ClassRun.objects.filter(state="draft", enrolments__isnull=False).count() == 0


def test_learners_come_from_units_of_their_day_and_of_the_owners_area(province):
    held = UnitVersion.objects.filter(unit=OuterRef("unit"), valid_from__lte=OuterRef("enrolled_on"))
    held = held.filter(Q(valid_to=None) | Q(valid_to__gte=OuterRef("enrolled_on")))
    gone = Enrolment.objects.filter(~Exists(held))
    centres = ClassRun.objects.filter(owner__kind="district_centre", opened_on__year=2024)
    too_many = ClassRun.objects.annotate(count=Count("enrolments")).aggregate(most=Max("count"))["most"]

    assert gone.count() == 0
    assert too_many <= 200
    for owner in Unit.objects.filter(classes__in=centres).distinct():
        area = subtree_ids({owner.parent_id}, dt.date(2024, 6, 1))
        sent = set(Enrolment.objects.filter(class_run__owner=owner).values_list("unit", flat=True))
        assert sent <= area


def test_whoever_sat_in_an_intermediate_class_holds_the_level(province):
    learners = Enrolment.objects.filter(class_run__programme__code="trung-cap-llct", state="completed")

    assert learners.count() > 10
    assert set(learners.values_list("person__political_level", flat=True)) == {"trung-cap"}
    assert learners.exclude(class_run__opened_on__year=2026).filter(grade="").count() == 0
