"""The 34 provinces and the 63 before them."""

import datetime as dt

import pytest
from django.core.management import call_command

from vuntrong.kernel.models import ActionLogEntry
from vuntrong.registry.actions.provinces import Loaded, load_provinces, province_data
from vuntrong.registry.models import Unit, UnitEvent, UnitEventLink, UnitVersion
from vuntrong.regulations.models import LegalInstrument

PROVINCES = ["province", "central_city"]


@pytest.fixture
def loaded(db):
    return load_provinces(by=None)


def in_force(day: str):
    return UnitVersion.objects.valid_on(dt.date.fromisoformat(day)).filter(kind__in=PROVINCES)


@pytest.mark.parametrize(
    ("day", "provinces", "cities"),
    [
        ("2024-12-31", 58, 5),
        ("2025-01-01", 57, 6),
        ("2025-06-30", 57, 6),
        ("2025-07-01", 28, 6),
        ("2026-08-11", 28, 6),
        ("2026-08-12", 27, 7),
    ],
)
def test_number_of_provinces_and_cities_on_a_day(loaded, day, provinces, cities):
    kinds = list(in_force(day).values_list("kind", flat=True))

    assert (kinds.count("province"), kinds.count("central_city")) == (provinces, cities)


def test_every_former_province_has_exactly_one_successor(loaded):
    before = set(in_force("2025-06-30").values_list("unit__slug", flat=True))
    after = set(in_force("2025-07-01").values_list("unit__slug", flat=True))
    merges = UnitEventLink.objects.filter(event__kind="merge").values_list("from_unit__slug", "to_unit__slug")

    successors = {slug: slug for slug in before & after} | dict(merges)

    assert len(merges) == 52
    assert (len(before), set(successors)) == (63, before)
    assert (len(after), set(successors.values())) == (34, after)


def test_codes_are_unique_on_a_day_and_kept_by_the_place_of_the_seat(loaded):
    for day, count in (("2025-06-30", 63), ("2025-07-01", 34)):
        assert in_force(day).values("area_code").distinct().count() == count
        assert in_force(day).values("iso_code").distinct().count() == count
    before = dict(in_force("2025-06-30").values_list("area_code", "unit__slug"))
    moved = {
        row["slug"]: before[row["code"]]
        for row in province_data()["provinces"]
        if row.get("from") and not before[row["code"]].endswith("-cu")
    }
    assert moved == {
        "tinh-lao-cai": "tinh-yen-bai",
        "tinh-bac-ninh": "tinh-bac-giang",
        "tinh-quang-tri": "tinh-quang-binh",
        "tinh-gia-lai": "tinh-binh-dinh",
        "tinh-tay-ninh": "tinh-long-an",
        "tinh-dong-thap": "tinh-tien-giang",
        "tinh-an-giang": "tinh-kien-giang",
    }


def test_iso_code_is_that_of_the_name(loaded):
    named = dict(in_force("2025-06-30").values_list("short_name", "iso_code"))

    assert [row.name for row in in_force("2025-07-01") if named.get(row.short_name) not in {row.iso_code}] == []


def test_merges_cite_their_resolution(loaded):
    paper = LegalInstrument.objects.get(number="202/2025/QH15")

    assert paper.confidence == "unverified"
    assert paper.issued_on == dt.date(2025, 6, 12)
    assert UnitEvent.objects.filter(kind="merge", instrument=paper, happened_on="2025-07-01").count() == 23
    assert UnitEvent.objects.exclude(kind="merge").filter(instrument=paper).count() == 0


def test_hue_and_dong_nai_keep_their_identity(loaded):
    hue = [(row.name, row.kind, str(row.valid_from)) for row in UnitVersion.objects.filter(iso_code="VN-26")]
    dong_nai = Unit.objects.get(slug="tinh-dong-nai")
    retyped = UnitEvent.objects.get(kind="retype", links__to_unit=dong_nai)

    assert hue == [
        ("Tỉnh Thừa Thiên Huế", "province", "2004-01-01"),
        ("Thành phố Huế", "central_city", "2025-01-01"),
    ]
    assert [row.kind for row in dong_nai.versions.all()] == ["province", "central_city"]
    assert retyped.instrument is None
    assert "Chưa kiểm chứng" in retyped.note


def test_loading_again_changes_nothing(loaded, capsys):
    assert loaded == Loaded(units=86, events=26)
    rows = ActionLogEntry.objects.count()

    call_command("load_provinces")

    assert capsys.readouterr().out == "already there\n"
    assert (Unit.objects.count(), UnitEvent.objects.count()) == (86, 26)
    assert ActionLogEntry.objects.count() == rows


def test_what_the_office_changed_stays(loaded):
    Unit.objects.filter(slug="tinh-lang-son").update(name="Tỉnh Lạng Sơn (sửa)")

    load_provinces(by=None)

    assert Unit.objects.get(slug="tinh-lang-son").name == "Tỉnh Lạng Sơn (sửa)"


def test_columns_repeat_the_version_of_today(loaded):
    ended = Unit.objects.get(slug="tinh-yen-bai")

    assert (ended.is_alive, ended.ended_on) == (False, dt.date(2025, 6, 30))
    assert Unit.objects.filter(kind__in=PROVINCES, is_alive=True).count() == 34


@pytest.mark.django_db
def test_number_of_queries_is_constant(django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        load_provinces(by=None)
