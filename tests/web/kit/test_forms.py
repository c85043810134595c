"""The fields of office work: what they take, and what they say about the rest."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from vuntrong.kernel.dates import PartialDate
from vuntrong.web.kit import forms


class ClassForm(forms.KitForm):
    wide = ("place",)
    groups = [("Quyết định", ["number"])]
    name = django_forms.CharField(label="Tên lớp")
    opened_on = forms.DayField(label="Khai giảng", required=False)
    born_on = forms.PartialDateField(label="Ngày sinh", required=False)
    place = django_forms.CharField(label="Nơi học", required=False)
    number = django_forms.CharField(label="Số", required=False)
    agreed = django_forms.BooleanField(label="Đã đối chiếu", required=False)
    side = django_forms.ChoiceField(
        label="Khối", choices=[("party", "Đảng")], widget=django_forms.RadioSelect, required=False
    )


@pytest.fixture(autouse=True)
def _vietnamese_formats():
    with translation.override("vi"):
        yield


@pytest.mark.parametrize("typed", ["07/11/2026", "7/11/2026", "7-11-2026", "7.11.2026", "07112026", " 07/11/2026 "])
def test_a_day_is_read_as_clerks_write_it(typed):
    assert forms.DayField().clean(typed) == dt.date(2026, 11, 7)


@pytest.mark.parametrize("typed", ["31/02/2026", "2026", "11/2026", "07/11/26", "hôm nay"])
def test_a_text_that_is_no_day_is_named(typed):
    with pytest.raises(ValidationError) as refused:
        forms.DayField().clean(typed)

    assert refused.value.params == {"text": typed}


def test_a_day_is_shown_again_as_it_is_written():
    form = ClassForm(initial={"opened_on": dt.date(2026, 11, 7), "born_on": PartialDate(1990, 5)})

    assert 'value="07/11/2026"' in str(form["opened_on"])
    assert 'value="05/1990"' in str(form["born_on"])


@pytest.mark.parametrize(
    ("typed", "read"),
    [("1/5/1990", PartialDate(1990, 5, 1)), ("5/1990", PartialDate(1990, 5)), ("1990", PartialDate(1990)), ("", None)],
)
def test_a_date_known_in_part_keeps_its_precision(typed, read):
    assert forms.PartialDateField(required=False).clean(typed) == read


def test_a_date_not_in_the_calendar_is_refused_by_its_code():
    with pytest.raises(ValidationError) as refused:
        forms.PartialDateField().clean("31/02/1990")

    assert refused.value.code == "date-day-out-of-range"


@pytest.mark.parametrize(("typed", "read"), [("1.200", 1200), ("1200", 1200), ("0", 0)])
def test_a_whole_number_may_have_its_dots(typed, read):
    assert forms.WholeNumberField().clean(typed) == read


@pytest.mark.parametrize("typed", ["1.20", "1,5", "mười"])
def test_what_is_no_whole_number_is_refused(typed):
    with pytest.raises(ValidationError) as refused:
        forms.WholeNumberField().clean(typed)

    assert refused.value.code == "invalid"


def test_decimals_come_with_a_comma():
    assert forms.DecimalNumberField().clean("4.812,5") == Decimal("4812.5")


def upload(name: str, size: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"x" * size)


def test_a_file_of_the_kind_and_at_the_limit_is_taken():
    field = forms.UploadField(kinds=[".xlsx"], limit=10)

    assert field.clean(upload("Phiếu.XLSX", 10)).name == "Phiếu.XLSX"


@pytest.mark.parametrize(
    ("name", "size", "code"), [("phieu.xlsx", 11, "size"), ("phieu.exe", 1, "kind"), ("phieu", 1, "kind")]
)
def test_a_file_of_another_kind_or_too_large_is_refused(name, size, code):
    field = forms.UploadField(kinds=[".xlsx"], limit=10)

    with pytest.raises(ValidationError) as refused:
        field.clean(upload(name, size))

    assert refused.value.code == code
    assert refused.value.params["name"] == name


def test_form_shows_the_error_at_the_field_and_in_the_summary_and_keeps_the_input():
    form = ClassForm({"name": "", "opened_on": "31/02/2026"})

    html = str(form)

    assert html.count("31/02/2026") == 3
    assert 'id="id_opened_on_error"' in html
    assert 'aria-describedby="id_opened_on_helptext id_opened_on_error"' in html
    assert '<a href="#id_name">Tên lớp</a>' in html
    assert 'aria-invalid="true"' in html


def test_form_puts_unnamed_fields_first_and_groups_after():
    groups = ClassForm().field_groups

    assert [(legend, [field.name for field in fields]) for legend, fields in groups] == [
        ("", ["name", "opened_on", "born_on", "place", "agreed", "side"]),
        ("Quyết định", ["number"]),
    ]


def test_every_control_has_the_look_of_its_kind():
    html = str(ClassForm())

    assert '<input type="checkbox" name="agreed" class="form-check-input" id="id_agreed">' in html
    assert '<input type="text" name="name" class="form-control" required id="id_name">' in html
    assert '<input type="radio" name="side" value="party" class="form-check-input" id="id_side_0">' in html
    assert '<div class="vt-field is-wide">' in html


def test_a_file_whose_name_bears_a_mark_of_secrecy_is_refused_with_the_reason():
    field = forms.UploadField(kinds=[".xlsx"])

    with pytest.raises(ValidationError, match="TỐI MẬT") as refusal:
        field.clean(SimpleUploadedFile("Báo cáo TỐI MẬT.xlsx", b"x"))

    assert refusal.value.code == "secret"
    assert field.clean(SimpleUploadedFile("bao mat thong tin.xlsx", b"x"))
