"""Two records of one human being become one, and apart again."""

import datetime as dt
from contextlib import suppress

import pytest
from django.core import serializers
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.factories import make_class, make_enrolment, make_person, make_unit, make_user
from vuntrong.kernel.errors import RuleBroken, StaleState
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.registry.actions.merged_rows import OWN_WAY, links_to_person
from vuntrong.registry.actions.merging import (
    CHOICES,
    NOT_CHOSEN,
    REPEATED,
    merge_people,
    say_distinct,
    take_back_distinct,
    undo_merge,
)
from vuntrong.registry.actions.repeating import repeat_records
from vuntrong.registry.models import (
    Award,
    DistinctPair,
    FormerName,
    Person,
    PersonMerge,
    Posting,
    Qualification,
    SensitiveRead,
    YearlyGrading,
)
from vuntrong.registry.queries.duplicates import duplicate_candidates, surviving
from vuntrong.registry.rules import highest

pytestmark = pytest.mark.django_db


def merge(kept: Person, gone: Person, *from_gone: str) -> PersonMerge:
    kept.refresh_from_db()
    gone.refresh_from_db()
    return merge_people(kept=kept, gone=gone, from_gone=from_gone, revisions=(kept.revision, gone.revision), by=None)


def codes(refusal) -> list[str]:
    return [one.code for one in refusal.value.violations]


@pytest.fixture
def unit():
    return make_unit()


@pytest.fixture
def pair(unit):
    return make_person("Nguyễn Văn An", unit=unit), make_person("Nguyễn An", unit=unit, born_on="1990")


def test_every_field_of_a_person_is_chosen_or_follows():
    chosen = [name for group in CHOICES.values() for name in group]

    assert len(chosen) == len(set(chosen))
    assert {*chosen, *NOT_CHOSEN, *REPEATED} == {one.name for one in Person._meta.concrete_fields}


def test_every_foreign_key_to_a_person_is_found():
    every = {
        f"{one.related_model._meta.label}.{one.field.name}"
        for one in Person._meta.get_fields(include_hidden=True)
        if one.auto_created and not one.concrete
    }

    assert {link.label for link in links_to_person()} | OWN_WAY == every
    assert {"classes.Enrolment.person", "planning.TrainingNeed.person", "accounts.User.person"} < every


def test_all_rows_move_and_chosen_fields_are_taken(pair, unit):
    kept, gone = pair
    Person.objects.filter(pk=gone.pk).update(phone="0912", email="an@example.vn")
    enrolment = make_enrolment(class_run=make_class(owner=unit), person=gone)
    award = Award.objects.create(person=gone, kind="reward", title="Bằng khen")
    Qualification.objects.create(person=gone, kind="political", level="cao-cap")
    SensitiveRead.objects.create(person=gone, kind="page", fields=[], purpose="training")

    merge(kept, gone, "phone")

    kept.refresh_from_db()
    gone.refresh_from_db()
    enrolment.refresh_from_db()
    award.refresh_from_db()
    assert (kept.phone, kept.email, kept.political_level, kept.full_name) == ("0912", "", "cao-cap", "Nguyễn Văn An")
    assert (enrolment.person, award.person, gone.merged_into) == (kept, kept, kept)
    assert [one.full_name for one in kept.former_names.all()] == ["Nguyễn An"]
    assert surviving(gone) == kept
    assert not any(link.rows_of(gone.pk) for link in links_to_person())
    [entry] = ActionLogEntry.objects.filter(action="merge_people")
    assert (entry.subject_id, entry.before["name"]) == (kept.pk, "Nguyễn An")


@pytest.mark.parametrize(
    ("kept_says", "gone_says", "merged"),
    [
        (("cao-cap", []), ("", []), "cao-cap"),
        (("", []), ("cao-cap", []), "cao-cap"),
        (("none", []), ("", []), "none"),
        (("so-cap", []), ("cao-cap", []), "cao-cap"),
        (("cao-cap", []), ("so-cap", ["so-cap"]), "cao-cap"),
        (("so-cap", ["so-cap"]), ("cao-cap", []), "cao-cap"),
        (("none", []), ("so-cap", ["so-cap"]), "so-cap"),
        (("so-cap", []), ("cao-cap", ["cao-cap"]), "cao-cap"),
        (("so-cap", ["so-cap"]), ("", []), "so-cap"),
    ],
)
def test_a_typed_level_without_a_row_is_not_lost(pair, kept_says, gone_says, merged):
    for person, (typed, rows) in zip(pair, (kept_says, gone_says), strict=True):
        Person.objects.filter(pk=person.pk).update(political_level=typed)
        for level in rows:
            Qualification.objects.create(person=person, kind="political", level=level)
    Posting.objects.filter(person=pair[1]).update(post_text="Phó bí thư")
    before = world()

    done = merge(*pair)

    kept = Person.objects.get(pk=pair[0].pk)
    assert kept.political_level == merged
    repeat_records([kept.pk])
    kept.refresh_from_db()
    assert kept.political_level == merged
    undo_merge(merge=done, by=None)
    assert world() == before


def test_a_standing_typed_without_dates_is_not_lost(pair):
    kept, gone = pair
    Person.objects.filter(pk=gone.pk).update(party_status="full", degree="master")

    done = merge(kept, gone)

    kept.refresh_from_db()
    assert (kept.party_status, kept.degree) == ("full", "master")
    undo_merge(merge=done, by=None)
    kept.refresh_from_db()
    assert (kept.party_status, kept.degree) == ("", "")


def test_a_row_made_of_a_typed_level_stays_when_somebody_added_to_it(pair):
    kept, gone = pair
    Person.objects.filter(pk=kept.pk).update(political_level="cao-cap")
    Qualification.objects.create(person=gone, kind="political", level="so-cap")
    done = merge(kept, gone)
    Qualification.objects.filter(level="cao-cap").update(institution="Học viện Chính trị khu vực I")

    undo_merge(merge=done, by=None)

    assert [one.level for one in kept.qualifications.all()] == ["cao-cap"]
    assert [one.level for one in gone.qualifications.all()] == ["so-cap"]


def test_a_row_that_both_have_word_for_word_stays_once(pair):
    kept, gone = pair
    for person in pair:
        YearlyGrading.objects.create(person=person, year=2024, grade="good")

    done = merge(kept, gone)

    assert kept.gradings.count() == 1
    assert kept.postings.count() == 1
    assert len(done.undo["dropped"]) == 2


def test_rows_of_which_only_one_can_be_are_refused_by_name(pair, unit):
    kept, gone = pair
    run = make_class(owner=unit, name="Lớp đối tượng 4", code="QP4")
    for person, grade in zip(pair, ("good", "excellent"), strict=True):
        make_enrolment(class_run=run, person=person)
        YearlyGrading.objects.create(person=person, year=2024, grade=grade)
    gone.enrolments.update(note="đến muộn")

    with pytest.raises(RuleBroken) as refusal:
        merge(kept, gone)

    said = [(one.code, one.values["model"], one.values["about"]) for one in refusal.value.violations]
    assert said == [
        ("merge-clash", "registry.YearlyGrading", "2024"),
        ("merge-clash", "classes.Enrolment", str(run)),
    ]
    assert not PersonMerge.objects.exists()
    assert not ActionLogEntry.objects.filter(action="merge_people").exists()


def test_accounts_of_both_cannot_be_one(pair):
    for person in pair:
        make_user(person=person)

    with pytest.raises(RuleBroken) as refusal:
        merge(*pair)

    assert codes(refusal) == ["merge-clash"]


def test_the_chosen_posting_stays_main(pair, unit):
    kept, gone = pair
    other = make_unit("Ủy ban nhân dân xã Mới")
    Posting.objects.filter(person=gone).update(unit=other, post_text="Chủ tịch")
    Person.objects.filter(pk=gone.pk).update(unit=other, post_text="Chủ tịch")

    merge(kept, gone, "work")

    kept.refresh_from_db()
    mains = [(one.unit, one.is_main) for one in kept.postings.order_by("-is_main")]
    assert (kept.unit, kept.post_text, mains) == (other, "Chủ tịch", [(other, True), (unit, False)])


def test_records_that_may_not_be_merged(pair, unit):
    kept, gone = pair
    third = make_person("Lê Ba", unit=unit)
    with pytest.raises(RuleBroken) as same:
        merge(kept, kept)
    merge(kept, gone)
    with pytest.raises(RuleBroken) as again:
        merge(third, gone)
    Person.objects.filter(pk=third.pk).update(restricted_on=dt.date(2026, 1, 1))
    with pytest.raises(RuleBroken) as sealed:
        merge(kept, third)

    assert [codes(same), codes(again), codes(sealed)] == [
        ["merge-with-itself"],
        ["merge-of-merged"],
        ["merge-of-sealed"],
    ]


def test_a_record_changed_meanwhile_is_not_merged(pair):
    kept, gone = pair
    with pytest.raises(StaleState):
        merge_people(kept=kept, gone=gone, from_gone=(), revisions=(kept.revision + 1, gone.revision), by=None)


def test_a_chain_is_undone_from_its_end_only(pair, unit):
    kept, gone = pair
    third = make_person("Nguyễn Văn Ân", unit=unit, born_on="1990")
    first = merge(kept, gone)
    second = merge(third, kept)
    gone.refresh_from_db()
    assert gone.merged_into == third

    with pytest.raises(RuleBroken) as below:
        undo_merge(merge=first, by=None)
    undo_merge(merge=second, by=None)
    undo_merge(merge=PersonMerge.objects.get(pk=first.pk), by=None)
    with pytest.raises(RuleBroken) as again:
        undo_merge(merge=PersonMerge.objects.get(pk=first.pk), by=None)

    assert "merge-rests-below" in codes(below)
    assert codes(again) == ["merge-already-undone"]
    assert not Person.objects.exclude(merged_into=None).exists()


def test_what_is_newer_than_a_merge_is_named(pair, unit):
    kept, gone = pair
    award = Award.objects.create(person=gone, kind="reward", title="Bằng khen")
    Person.objects.filter(pk=gone.pk).update(phone="0912")
    done = merge(kept, gone, "phone")
    merge(kept, make_person("Nguyễn Văn Anh", unit=unit))
    award.delete()
    Person.objects.filter(pk=kept.pk).update(phone="0999")

    with pytest.raises(RuleBroken) as refusal:
        undo_merge(merge=done, by=None)

    assert [(one.code, *one.values.values()) for one in refusal.value.violations] == [
        ("merge-rests-above", "Nguyễn Văn Anh"),
        ("merge-field-changed", "phone"),
        ("merge-rows-lost", "registry.Award", 1),
    ]


def test_two_different_people_stay_different(pair, unit):
    kept, gone = pair
    third = make_person("Nguyễn Văn An", unit=unit)
    assert len(duplicate_candidates(Person.objects.all(), scope="thu")) == 3

    say_distinct(one=gone, other=third, by=None)
    say_distinct(one=third, other=gone, by=None)
    assert len(duplicate_candidates(Person.objects.all(), scope="thu")) == 2
    done = merge(kept, gone)
    assert duplicate_candidates(Person.objects.all(), scope="thu") == []
    undo_merge(merge=done, by=None)
    assert DistinctPair.objects.count() == 1
    take_back_distinct(one=gone, other=third, by=None)
    assert len(duplicate_candidates(Person.objects.all(), scope="thu")) == 3


def test_candidates_are_kept_until_something_changes(pair, django_assert_num_queries):
    duplicate_candidates(Person.objects.all(), scope="thu")

    with django_assert_num_queries(2):
        found = duplicate_candidates(Person.objects.all(), scope="thu")

    assert [(one.first, one.second) for one in found] == [(pair[0].pk, pair[1].pk)]


PASSING = {"revision", "updated_on"}


def world() -> dict[str, object]:
    """Return every row of every table about people, without what only counts up."""
    models = {link.model for link in links_to_person()} | {Person, DistinctPair, FormerName}
    return {
        f"{row['model']} {row['pk']}": {name: value for name, value in row["fields"].items() if name not in PASSING}
        for model in models
        for row in serializers.serialize("python", model._default_manager.order_by("pk"))
    }


NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""Each example writes dozens of rows: to shrink one takes longer than to read it."""
WORDS = st.sampled_from(["", "a", "b"])
RECORD = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["Nguyễn Văn An", "Nguyễn Vân An", "Nguyễn An", "Y Ban"]),
        "born_on": st.sampled_from(["", "1990", "1990-05", "1990-05-01"]),
        "phone": WORDS,
        "sex": st.sampled_from(["", "male"]),
        "other_unit": st.booleans(),
        "gradings": st.dictionaries(st.sampled_from([2023, 2024]), st.just("good")),
        "awards": st.lists(WORDS, max_size=2),
        "levels": st.lists(st.sampled_from(["so-cap", "cao-cap"]), max_size=2),
        "typed": st.sampled_from(["", "none", "so-cap", "cao-cap"]),
        "classes": st.sets(st.sampled_from([0, 1])),
        "ended": st.booleans(),
    }
)


def build(said: dict, unit, other, runs) -> Person:
    words = {"phone": said["phone"], "sex": said["sex"]}
    person = make_person(said["name"], unit=other if said["other_unit"] else unit, born_on=said["born_on"], **words)
    if said["ended"]:
        person.postings.update(valid_to=dt.date(2020, 1, 1))
    for year, grade in said["gradings"].items():
        YearlyGrading.objects.create(person=person, year=year, grade=grade)
    for title in said["awards"]:
        Award.objects.create(person=person, kind="reward", title=title)
    for level in said["levels"]:
        Qualification.objects.create(person=person, kind="political", level=level)
    Person.objects.filter(pk=person.pk).update(political_level=highest("political", said["levels"]) or said["typed"])
    for index in said["classes"]:
        make_enrolment(class_run=runs[index], person=person)
    return person


@settings(max_examples=40, phases=NO_SHRINKING, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=RECORD, other=RECORD, choice=st.sets(st.sampled_from(sorted(CHOICES))))
def test_a_merge_and_its_undoing_change_nothing(db, one, other, choice):
    unit, elsewhere = make_unit(), make_unit()
    runs = [make_class(owner=unit), make_class(owner=unit)]
    kept, gone = (build(said, unit, elsewhere, runs) for said in (one, other))
    third = make_person("Nguyễn Văn Ân", unit=unit)
    say_distinct(one=gone, other=third, by=None)
    before = world()

    with suppress(RuleBroken):
        levels = list(Person.objects.filter(pk__in=[kept.pk, gone.pk]).values_list("political_level", flat=True))
        done = merge(kept, gone, *choice)
        kept.refresh_from_db()
        assert kept.political_level == highest("political", levels)
        assert not any(link.rows_of(gone.pk) for link in links_to_person())
        undo_merge(merge=done, by=None)

    assert world() == before
