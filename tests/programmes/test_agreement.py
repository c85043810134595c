"""One person, a table and the database give the same answer about 10,000 people drawn at random."""

import datetime as dt
import random

import pytest

from tests.factories import make_unit
from tests.programmes.rule_data import random_record, shipped_rules
from vuntrong.kernel.dates import PartialDate
from vuntrong.programmes.queries.columns import table_of
from vuntrong.programmes.queries.filters import by_answer
from vuntrong.programmes.rules.facts import row_of
from vuntrong.programmes.rules.frames import ANSWERS, bits_of, verdict_of
from vuntrong.programmes.rules.truths import columns_of
from vuntrong.programmes.rules.verdicts import Answer, verdict_on
from vuntrong.registry.models import Person, PlannedPost, Post, Posting, UnitArea, YearlyGrading

OPENING = dt.date(2027, 3, 15)
PROGRAMMES = ("trung-cap-llct", "cao-cap-llct", "so-cap-llct", "dang-vien-moi", "nhan-thuc-ve-dang")
NOT_IN_THE_REGISTRY = ("completed", "studying")
"""Columns of packages above, tested there."""
ETHNICITIES = {"Kinh": 1, "Tày": 2, "Dao": 9}


def record_of(draw):
    record = random_record(draw)
    for name in NOT_IN_THE_REGISTRY:
        record.pop(name, None)
    record.setdefault("planned_posts", [])  # the registry knows who is planned for nothing
    if record.get("degree") == "none":
        record.pop("degree")
    return record


def enter(records):
    """Write records as people with their rows; returns the people in the same order."""
    unit = make_unit()
    hard = make_unit(parent=make_unit())
    UnitArea.objects.create(unit=hard.parent, kind="border", valid_from=OPENING, instrument_text="QĐ 1")
    UnitArea.objects.create(unit=unit, kind="hard", valid_from=OPENING.replace(year=2030), instrument_text="QĐ 2")
    people = Person.objects.bulk_create(
        Person(
            full_name="Nguyễn Văn An",
            unit=hard if one.get("hard_area") else unit,
            sex=one.get("sex", ""),
            born_on=PartialDate.parse(one["born_on"]) if "born_on" in one else None,
            ethnicity_id=ETHNICITIES[one["ethnicity"]] if "ethnicity" in one else None,
            party_status=one.get("party_status", ""),
            degree=one.get("degree", ""),
            political_level=one.get("llct_level", ""),
            post_text="" if "posts" in one else "Một chức vụ lạ",
            search_key="nguyen van an",
            sort_key="an",
        )
        for one in records
    )
    posts = {post.code: post.pk for post in Post.objects.all()}
    pairs = list(zip(people, records, strict=True))
    Posting.objects.bulk_create(
        Posting(person=person, unit=unit, post_id=posts[code]) for person, one in pairs for code in one.get("posts", [])
    )
    PlannedPost.objects.bulk_create(
        PlannedPost(person=person, post_id=posts[code]) for person, one in pairs for code in one["planned_posts"]
    )
    YearlyGrading.objects.bulk_create(
        YearlyGrading(person=person, year=int(year), grade=grade)
        for person, one in pairs
        for year, grade in one.get("ratings", {}).items()
    )
    return people


@pytest.mark.django_db
@pytest.mark.parametrize("count", [10_000])
def test_three_readings_of_the_rules_agree(count):
    records = [record_of(random.Random(number)) for number in range(count)]
    people = enter(records)
    for programme in PROGRAMMES:
        rules = shipped_rules(programme, "part_time", OPENING)
        one_by_one = {
            person.pk: verdict_on(rules, row_of(record), OPENING).answer
            for person, record in zip(people, records, strict=True)
        }

        bits = bits_of(rules, OPENING)
        truths = [condition.truth(OPENING) for rule in rules for condition in rule.conditions]
        columns = frozenset().union(*(columns_of(truth.yes) | columns_of(truth.no) for truth in truths))
        table = table_of(Person.objects.all(), columns, OPENING, bits)
        weights = table.select("id", verdict=verdict_of(rules, OPENING, bits, table.columns))
        by_table = {person: ANSWERS[weight] for person, weight in weights.iter_rows()}
        by_database = {
            person: answer
            for answer in Answer
            for person in by_answer(Person.objects.all(), rules, OPENING, answer).values_list("pk", flat=True)
        }

        assert by_table == one_by_one, programme
        assert by_database == one_by_one, programme
        assert Answer.ELIGIBLE in set(one_by_one.values()), programme
