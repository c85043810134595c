"""The gap list: holders of posts against the standards of the day, and what a new row would change."""

import datetime as dt

import pytest

from tests.factories import make_person, make_unit, make_user
from vuntrong.programmes.queries.gaps import GAINED, LOST, changed_by, gaps_on, impact_of, lacking
from vuntrong.programmes.queries.rules import STANDARD, rule_sets_on
from vuntrong.programmes.rules.verdicts import Answer
from vuntrong.registry.models import Person, Post, Posting
from vuntrong.regulations.actions import RuleWords, propose_rule
from vuntrong.regulations.models import RuleRow

pytestmark = pytest.mark.django_db
D = dt.date


def holder(post, *, since=None, until=None, **words):
    person = make_person(unit=make_unit(), **words)
    Posting.objects.filter(person=person).update(post=Post.objects.get(code=post), valid_from=since, valid_to=until)
    return person


def found(day, answer=Answer.NOT_ELIGIBLE):
    standards = rule_sets_on(day, STANDARD)
    by_table = gaps_on(Person.objects.all(), standards, day).ids(answer)
    by_database = lacking(Person.objects.all(), standards, day, answer).order_by("pk").values_list("pk", flat=True)
    assert by_table == list(by_database)
    return by_table


@pytest.mark.parametrize(
    ("day", "degree", "lacks"),
    [
        (D(2019, 12, 24), "college", False),
        (D(2019, 12, 25), "college", True),
        (D(2019, 12, 25), "university", False),
        (D(2024, 1, 1), "college", True),
        (D(2024, 1, 1), "university", False),
        (D(2026, 1, 1), "college", True),
    ],
)
def test_degrees_of_commune_officials_by_the_rule_of_the_day(day, degree, lacks):
    person = holder("cong-chuc-xa", degree=degree)

    assert found(day) == ([person.pk] if lacks else [])


def test_lecturers_of_the_school_below_the_advanced_level_as_hau_giang_counted_them():
    below = [holder("giang-vien", political_level="trung-cap") for _ in range(17)]
    holder("giang-vien", political_level="cao-cap")
    unknown = holder("giang-vien")

    assert found(D(2021, 6, 1)) == [person.pk for person in below]
    assert found(D(2021, 6, 1), Answer.MISSING_DATA) == [unknown.pk]


def test_only_posts_held_on_the_day_count():
    person = holder("truong-phong-so", political_level="trung-cap", since=D(2025, 1, 1), until=D(2026, 6, 30))

    assert found(D(2024, 12, 31)) == []
    assert found(D(2025, 1, 1)) == [person.pk]
    assert found(D(2026, 6, 30)) == [person.pk]
    assert found(D(2026, 7, 1)) == []


def proposed(old, conditions):
    words = RuleWords(
        topic=old.topic,
        code=old.code,
        title=old.title,
        subject=old.subject,
        mode=old.mode,
        values={"conditions": conditions},
        instrument=old.instrument,
        valid_from=D(2027, 1, 1),
        follows=old,
    )
    return propose_rule(words=words, by=make_user())


def impact_both_ways(row):
    """The table and the database agree."""
    impact = impact_of(row, Person.objects.all())
    listed = dict(changed_by(row, Person.objects.all()).values_list("pk", "side"))
    assert listed == dict.fromkeys(impact.gained, GAINED) | dict.fromkeys(impact.lost, LOST)
    return impact


def test_what_a_stricter_standard_would_change():
    old = RuleRow.objects.get(topic=STANDARD, subject="truong-phong-xa")
    newly = holder("truong-phong-xa", political_level="trung-cap")
    holder("truong-phong-xa", political_level="cao-cap")
    holder("truong-phong-xa", political_level="so-cap")

    impact = impact_both_ways(proposed(old, [{"kind": "level", "at_least": "cao-cap"}]))

    assert (impact.gained, impact.lost) == ({newly.pk}, frozenset())


def test_what_a_lower_age_would_change():
    old = RuleRow.objects.get(code="trung-cap-khong-tap-trung", valid_to=None)
    young = make_person(born_on="2000-01-01", sex="female")
    make_person(born_on="2003-01-01", sex="female")

    row = proposed(old, [{"kind": "age", "female": 25, "male": 27}])
    impact = impact_both_ways(row)

    assert impact.day == D(2027, 1, 1)
    assert (impact.gained, impact.lost) == ({young.pk}, frozenset())


def test_a_higher_age_takes_people_away_and_a_transition_clause_keeps_them():
    old = RuleRow.objects.get(code="trung-cap-khong-tap-trung", valid_to=None)
    old.values = {"conditions": [{"kind": "age", "female": 28, "male": 30}]}
    old.save()
    leaves = make_person(born_on="1998-06-01", sex="female")
    row = proposed(old, [{"kind": "age", "female": 30, "male": 30}])

    assert (impact_both_ways(row).gained, impact_both_ways(row).lost) == (frozenset(), {leaves.pk})

    old.transition = "Người đã có tên trong kế hoạch"
    old.save()
    assert impact_both_ways(row).lost == frozenset()


def test_a_standard_with_a_transition_clause_is_read_the_same_way_by_table_and_database():
    old = RuleRow.objects.get(topic=STANDARD, subject="truong-phong-xa")
    RuleRow.objects.filter(pk=old.pk).update(transition="Người được bổ nhiệm trước")
    row = proposed(old, [{"kind": "level", "at_least": "cao-cap"}])
    RuleRow.objects.filter(pk=row.pk).update(state="approved")
    holder("truong-phong-xa", political_level="trung-cap")
    lacks = holder("truong-phong-xa", political_level="so-cap")

    assert found(D(2027, 1, 1)) == [lacks.pk]
