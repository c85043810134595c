"""The list page: search, filters, order, pages, totals, export, and the fragment."""

from io import BytesIO

import openpyxl
import pytest
from django.db.models import Sum
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import translation

from tests.factories import make_person, make_unit, make_user
from vuntrong.registry.enums import Sex
from vuntrong.registry.models import Person, Unit
from vuntrong.web.kit import columns, filters, listing, tables

pytestmark = pytest.mark.django_db


class PeopleFilter(filters.ListFilter):
    chip = "sex"
    tones = {"male": "run"}
    sex = filters.choice_chip(Sex.choices)
    unit = filters.record_menu("Đơn vị", Unit.objects.all())
    post_text = filters.words("Chức vụ")
    posted = filters.days("Nhận chức", field_name="postings__valid_from", distinct=True)


class PeopleTable(tables.ListTable):
    unit = "người"
    sums = {"revision": Sum("revision")}
    full_name = columns.NameColumn(order_by="sort_key", verbose_name="Họ và tên")
    born_on = columns.DateColumn(verbose_name="Ngày sinh")
    revision = columns.NumberColumn(verbose_name="Số lần sửa")


def people(query: str = "") -> listing.Listing:
    request = RequestFactory().get(f"/people/?{query}")
    request.htmx = False
    rows = Person.objects.select_related("unit")
    return listing.build_listing(request, rows, table=PeopleTable, filters=PeopleFilter, title="Cán bộ")


def names(found: listing.Listing) -> list[str]:
    return [row.record.full_name for row in found.table.paginated_rows]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_four_queries_whatever_its_length(rows, django_assert_num_queries):
    for _row in range(rows):
        make_person(unit=make_unit(), revision=2)

    with django_assert_num_queries(4):
        found = people()
        shown = names(found)

    assert len(shown) == rows
    assert found.table.foot == [("Ngày sinh", "d", ""), ("Số lần sửa", "n", str(2 * rows))]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("thuy", ["Hoàng Thị Thủy"]),
        ("THUỶ hoang", ["Hoàng Thị Thủy"]),
        ("minh thuy", []),
        ("", ["Lê Văn Minh", "Hoàng Thị Thủy"]),
        ("   ", ["Lê Văn Minh", "Hoàng Thị Thủy"]),
    ],
)
def test_search_ignores_case_marks_and_order_of_words(typed, expected):
    make_person("Hoàng Thị Thủy")
    make_person("Lê Văn Minh")

    found = people(f"q={typed}")

    assert names(found) == expected


def test_rows_are_sorted_in_vietnamese_order_and_back():
    for name in ("Trần Văn Đức", "Nguyễn Văn Dũng", "Lê Thị Ánh"):
        make_person(name)

    forth, back = names(people("sort=full_name")), names(people("sort=-full_name"))

    assert forth == ["Lê Thị Ánh", "Nguyễn Văn Dũng", "Trần Văn Đức"]
    assert back == forth[::-1]


def test_an_order_that_is_no_column_is_ignored():
    make_person()

    assert names(people("sort=password")) == ["Nguyễn Văn An"]


def test_chips_count_rows_under_the_other_filters_only():
    home = make_unit()
    make_person(unit=home, sex="male")
    make_person(unit=home, sex="female")
    make_person(sex="female")

    with translation.override("en"):
        found = people(f"sex=female&unit={home.pk}")

    assert [(chip.label, chip.count, chip.is_on) for chip in found.chips] == [
        ("All", 2, False),
        ("Male", 1, False),
        ("Female", 1, True),
    ]
    assert found.chips[1].url == f"?unit={home.pk}&sex=male"
    assert found.chips[1].icon == "progress"
    assert len(names(found)) == 1


def test_days_filter_takes_both_ends_and_keeps_its_names():
    person = make_person()
    person.postings.update(valid_from="2026-03-31")

    until = people("posted_after=01/01/2026&posted_before=31/03/2026")
    before = people("posted_before=30/03/2026&sort=full_name")

    assert names(until) == ["Nguyễn Văn An"]
    assert names(before) == []
    assert before.is_narrowed
    assert before.bare_url == "?sort=full_name"


def test_a_filter_value_that_does_not_exist_is_ignored():
    make_person()

    found = people("sex=unknown&unit=999")

    assert names(found) == ["Nguyễn Văn An"]


@pytest.mark.parametrize(
    ("query", "page", "rows"),
    [
        ("", 1, 25),
        ("page=2", 2, 5),
        ("page=99", 2, 5),
        ("page=0", 1, 25),
        ("page=x", 1, 25),
        ("per_page=50", 1, 30),
        ("per_page=100000", 1, 25),
        ("per_page=²", 1, 25),
    ],
)
def test_pages_and_their_size(query, page, rows):
    home = make_unit()
    for _row in range(30):
        make_person(unit=home)

    found = people(query)

    assert found.table.page.number == page
    assert len(names(found)) == rows


def test_no_row_stands_on_two_pages_when_all_are_equal():
    home = make_unit()
    for _row in range(30):
        make_person(unit=home)

    first = [row.record.pk for row in people("sort=full_name").table.paginated_rows]
    second = [row.record.pk for row in people("sort=full_name&page=2").table.paginated_rows]

    assert set(first) & set(second) == set()


def test_chosen_columns_hide_the_others_but_never_the_name():
    make_person()

    shown = [column.name for column in people("cols=born_on").table.columns]
    unknown = [column.name for column in people("cols=password").table.columns]

    assert shown == ["full_name", "born_on"]
    assert unknown == ["full_name", "born_on", "revision"]


def test_form_carries_order_chip_and_size_but_not_words_and_page():
    found = people("q=an&sex=male&unit=1&sort=-full_name&per_page=50&page=3")

    assert found.kept == [("sex", "male"), ("sort", "-full_name"), ("per_page", "50")]
    assert found.bare_url == "?sort=-full_name&per_page=50"
    assert QueryDict(found.export_url[1:])["export"] == "xlsx"


def test_export_holds_all_filtered_rows_in_order_with_real_values(django_assert_num_queries):
    home = make_unit()
    for number in range(30):
        make_person(f"Nguyễn Văn {chr(65 + number % 26)}", unit=home, born_on="1990", revision=number)
    make_person("Lê Thị Hoa", sex="female")
    request = RequestFactory().get("/people/?export=xlsx&sex=male&sort=-full_name&cols=revision")
    request.htmx = False

    response = listing.answer_list(
        request, "none.html", Person.objects.all(), table=PeopleTable, filters=PeopleFilter, title="Cán bộ"
    )

    sheet = openpyxl.load_workbook(BytesIO(response.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = rows.index(["Họ và tên", "Số lần sửa"])
    assert len(rows) - head - 1 == 30
    assert rows[head + 1] == ["Nguyễn Văn Z", 25]
    assert response["Content-Type"] == listing.XLSX
    assert response["Content-Disposition"].startswith('attachment; filename="can-bo-')


def test_htmx_gets_the_fragment_and_a_restored_page_the_whole(client):
    client.force_login(make_user(is_superuser=True))

    fragment = client.get("/parts/", headers={"HX-Request": "true"})
    restored = client.get("/parts/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})

    assert fragment.content.lstrip().startswith(b'<div class="vt-stack')
    assert restored.content.lstrip().startswith(b"<!doctype html>")
    assert "HX-Request" in fragment["Vary"]
