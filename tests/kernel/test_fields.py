import pytest
from django.core.exceptions import ValidationError
from django.db.migrations.writer import MigrationWriter
from django.utils import translation

from tests.factories import make_person, make_unit
from vuntrong.kernel.dates import BadDate, PartialDate
from vuntrong.kernel.fields import PartialDateField
from vuntrong.registry.models import Person

MAY = PartialDate(1990, 5)


@pytest.mark.parametrize(("stored", "value"), [(None, None), ("", None), ("1990-05", MAY), ("1990", PartialDate(1990))])
def test_field_reads_its_column(stored, value):
    assert PartialDateField().from_db_value(stored, None, None) == value


@pytest.mark.parametrize(
    ("value", "stored"), [(None, None), ("", None), (MAY, "1990-05"), ("01/05/1990", "1990-05-01")]
)
def test_field_writes_iso_text(value, stored):
    assert PartialDateField(null=True).get_prep_value(value) == stored


@pytest.mark.parametrize(
    ("text", "code", "sentence"),
    [
        ("hôm qua", BadDate.UNREADABLE, "“hôm qua” is not a date. Write dd/mm/yyyy, mm/yyyy or yyyy."),
        ("1/5/90", BadDate.SHORT_YEAR, "“1/5/90” leaves the century open. Write the year with four digits."),
        ("31/4/1990", BadDate.DAY, "“31/4/1990” is not in the calendar. Write the day again."),
    ],
)
def test_field_refuses_what_is_no_date(text, code, sentence):
    with pytest.raises(ValidationError) as refusal:
        PartialDateField().to_python(text)

    with translation.override(None):
        assert (refusal.value.code, refusal.value.messages) == (code, [sentence])


def test_field_cleans_a_value_of_the_right_length():
    assert PartialDateField().clean("5/1990", None) == MAY


def test_field_stands_in_a_migration_without_its_length():
    text, _imports = MigrationWriter.serialize(PartialDateField(null=True, blank=True))

    assert text == "vuntrong.kernel.fields.PartialDateField(blank=True, null=True)"


def test_field_survives_deconstruction():
    _name, _path, args, kwargs = PartialDateField(null=True).deconstruct()

    copy = PartialDateField(*args, **kwargs)

    assert (copy.max_length, copy.null) == (10, True)


@pytest.mark.django_db
def test_database_sorts_and_compares_partial_dates():
    unit = make_unit()
    for text in ["31/12/1985", "1985", "01/01/1985", "12/1984", "01/1985", "1986"]:
        make_person(born_on=text, unit=unit)

    ordered = Person.objects.order_by("born_on").values_list("born_on", flat=True)
    within = Person.objects.filter(born_on__gte=PartialDate(1985), born_on__lt="1986").count()

    assert [date.iso() for date in ordered] == ["1984-12", "1985", "1985-01", "1985-01-01", "1985-12-31", "1986"]
    assert within == 4


@pytest.mark.django_db
def test_person_with_a_partial_date_passes_full_clean():
    person = make_person(born_on="05/1990")
    person.post_text = "Bí thư chi bộ"

    person.full_clean()

    person.refresh_from_db()
    assert person.born_on == MAY


@pytest.mark.django_db
def test_keys_of_the_longest_names_fit_their_columns():
    make_unit("Ấ" * 200, short_name="Ấ" * 80).full_clean()

    make_person("Ấ" * 120).full_clean(exclude=["post_text"])
