"""Every field of a person and of her records is classed; reads of the sensitive ones are written down."""

import pytest
from django.apps import apps
from django.db.models import ForeignKey, OneToOneField

from tests.factories import make_person, make_user
from vuntrong.registry.actions import note_read
from vuntrong.registry.enums import Erasure, FieldClass, Purpose
from vuntrong.registry.models import Person, SensitiveRead
from vuntrong.registry.rules.privacy import FIELD_CLASSES, PROCESSING, SENSITIVE_FIELDS


def about_people() -> list[type]:
    """Return the models of the registry that hold or point at a person."""
    return [
        model
        for model in apps.get_app_config("registry").get_models()
        if model is Person
        or any(
            isinstance(field, ForeignKey | OneToOneField) and field.related_model is Person
            for field in model._meta.concrete_fields
        )
    ]


@pytest.mark.parametrize("model", about_people(), ids=lambda model: model.__name__)
def test_every_field_is_classed_and_no_class_is_left_over(model):
    fields = {field.name for field in model._meta.concrete_fields}

    assert set(FIELD_CLASSES[model._meta.label]) == fields


def test_whatever_is_not_technical_names_its_source():
    rules = [rule for model in FIELD_CLASSES.values() for rule in model.values()]

    assert {bool(rule.source) for rule in rules if rule.field_class != FieldClass.TECHNICAL} == {True}
    assert {rule.source for rule in rules if rule.field_class == FieldClass.TECHNICAL} == {""}


def test_what_the_decree_calls_sensitive_is_sensitive():
    assert {
        "registry.Person.ethnicity",
        "registry.Person.religion",
        "registry.Person.party_status",
        "registry.PartyMembership.card_number",
        "registry.YearlyGrading.grade",
    } <= SENSITIVE_FIELDS
    assert "registry.Person.photo" not in SENSITIVE_FIELDS
    assert "registry.Person.personal_id" not in SENSITIVE_FIELDS


def test_our_own_reading_of_the_decree_is_marked_unverified():
    person, party = FIELD_CLASSES["registry.Person"], FIELD_CLASSES["registry.PartyMembership"]

    assert person["religion"].is_verified
    assert not person["party_status"].is_verified
    assert not party["full_on"].is_verified


def test_nothing_that_names_somebody_stays_in_an_anonymous_record():
    person = FIELD_CLASSES["registry.Person"]

    assert {person[name].erasure for name in ("full_name", "search_key", "sort_key")} == {Erasure.MASK}
    assert {person[name].erasure for name in ("personal_id", "phone", "email", "religion")} == {Erasure.CLEAR}
    assert person["born_on"].erasure == Erasure.YEAR


def test_every_purpose_has_its_ground():
    assert set(PROCESSING) == set(Purpose)


@pytest.mark.django_db
def test_a_read_is_one_row_and_one_insert(django_assert_num_queries):
    user, person = make_user(), make_person()

    with django_assert_num_queries(1):
        note_read(
            user=user,
            kind="page",
            purpose="training",
            fields={"registry.Person.religion", "registry.Person.ethnicity"},
            person=person,
            count=7,
        )

    read = SensitiveRead.objects.get()
    assert (read.user_id, read.person, read.count) == (user.pk, person, 1)
    assert read.fields == ["registry.Person.ethnicity", "registry.Person.religion"]


@pytest.mark.django_db
def test_a_read_of_many_keeps_how_many_and_which_list():
    note_read(
        user=None, kind="export", purpose="statistics", fields=SENSITIVE_FIELDS, count=1200, note="Danh sách  cán bộ"
    )

    read = SensitiveRead.objects.get()
    assert (read.user, read.person, read.count, read.note) == (None, None, 1200, "Danh sách cán bộ")


@pytest.mark.django_db
@pytest.mark.parametrize(("fields", "count"), [((), 3), (SENSITIVE_FIELDS, 0)])
def test_a_read_of_nothing_leaves_no_row(fields, count):
    assert note_read(user=None, kind="export", purpose="statistics", fields=fields, count=count) is None
    assert not SensitiveRead.objects.exists()
