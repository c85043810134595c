import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import make_person, make_programme, make_unit, make_user, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.programmes.models import TargetGroup
from vuntrong.registry.actions import UnitWords, change_unit
from vuntrong.registry.models import Unit

pytestmark = pytest.mark.django_db
UNITS = "/registry/units/"


@pytest.fixture
def district():
    return make_unit("Huyện ủy Tuyên Hóa", kind="district_committee", slug="huyen-uy", short_name="Huyện ủy")


@pytest.fixture
def board(district):
    return make_user_with(Role.ORGANISATION_BOARD, district)


def rename(unit: Unit, name: str, day: dt.date) -> None:
    change_unit(unit=unit, words=UnitWords(name, name, unit.kind, unit.parent), valid_from=day, by=None)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_units_costs_the_same_whatever_its_length(
    client, board, district, count, django_assert_num_queries
):
    for _ in range(count - 1):
        make_unit(parent=district)
    client.force_login(board)

    with django_assert_num_queries(12):
        response = client.get(UNITS)

    assert response.context["listing"].count == count


@pytest.mark.parametrize(
    ("query", "found"), [("q=thuan+hoa", ["Đảng ủy xã Thuận Hóa"]), ("kind=party_cell", ["Chi bộ thôn 1"])]
)
def test_units_are_found_by_name_without_accents_and_by_kind(client, board, district, query, found):
    make_unit("Đảng ủy xã Thuận Hóa", parent=district)
    make_unit("Chi bộ thôn 1", parent=district, kind="party_cell")
    client.force_login(board)

    response = client.get(f"{UNITS}?{query}")

    assert [row.record.name for row in response.context["listing"].table.page.object_list] == found


def test_a_unit_shows_as_it_was_on_a_day(client, board, district):
    commune = make_unit("Đảng ủy xã Cũ", parent=district)
    rename(commune, "Đảng ủy xã Mới", dt.date(2025, 7, 1))
    client.force_login(board)

    shown = {
        day: client.get(f"{UNITS}{commune.slug}/?on={day}").context["version"].name
        for day in ("30/06/2025", "01/07/2025", "")
    }

    assert shown == {"30/06/2025": "Đảng ủy xã Cũ", "01/07/2025": "Đảng ủy xã Mới", "": "Đảng ủy xã Mới"}


def test_a_day_that_is_no_day_is_told(client, board, district):
    client.force_login(board)

    response = client.get(f"{UNITS}{district.slug}/?on=31/02/2025")

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["on"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_tree_costs_the_same_whatever_its_size(client, board, district, count, django_assert_num_queries):
    for _ in range(count):
        make_unit(parent=district)
    client.force_login(board)

    with django_assert_num_queries(5):
        response = client.get(f"{UNITS}tree/")

    assert [(branch.name, branch.count) for branch in response.context["tree"]] == [("Huyện ủy Tuyên Hóa", count)]


def test_the_tree_of_a_day_leaves_out_what_did_not_exist(client, board, district):
    make_unit("Đảng ủy xã Sau", parent=district, valid_from=dt.date(2025, 7, 1))
    client.force_login(board)

    before = client.get(f"{UNITS}tree/?on=30/06/2025").context["tree"]
    after = client.get(f"{UNITS}tree/?on=01/07/2025").context["tree"]

    assert [branch.count for branch in before] == [0]
    assert [branch.below[0].name for branch in after] == ["Đảng ủy xã Sau"]


def test_a_unit_is_entered_below_one_in_scope(client, board, district):
    client.force_login(board)
    typed = {
        "name": "Đảng ủy xã Thuận Hóa",
        "short_name": "Thuận Hóa",
        "kind": "commune_committee",
        "parent": district.pk,
        "valid_from": "01/07/2025",
        "slug": "thuan-hoa",
        "code": "ĐU",
        "seat": "Thuận Hóa",
    }

    response = client.post(f"{UNITS}new/", typed)

    unit = Unit.objects.get(slug="thuan-hoa")
    assert response.url == f"{UNITS}thuan-hoa/"
    assert (unit.parent, unit.versions.get().code) == (district, "ĐU")
    assert ActionLogEntry.objects.get(action="create_unit", subject_id=unit.pk).actor_id == board.pk


def test_a_code_that_is_taken_is_refused_with_its_remedy(client, board, district):
    client.force_login(board)
    typed = {
        "name": "Khác",
        "short_name": "Khác",
        "kind": "other",
        "parent": district.pk,
        "valid_from": "01/07/2025",
        "slug": "huyen-uy",
    }

    response = client.post(f"{UNITS}new/", typed)

    assert response.context["form"].non_field_errors() == ["Mã này đã được dùng cho đơn vị khác. Chọn mã khác."]
    assert Unit.objects.count() == 1


def test_only_a_superuser_enters_a_unit_at_the_top(client, board):
    typed = {
        "name": "Tỉnh ủy",
        "short_name": "TU",
        "kind": "provincial_committee",
        "valid_from": "01/07/2025",
        "slug": "tinh-uy",
    }

    statuses = []
    for user in (board, make_user(is_superuser=True)):
        client.force_login(user)
        statuses.append(client.post(f"{UNITS}new/", typed).status_code)

    assert statuses == [200, 302]


def test_a_unit_is_renamed_from_a_day_on(client, board, district):
    commune = make_unit("Đảng ủy xã Cũ", parent=district)
    client.force_login(board)
    typed = {
        "name": "Đảng ủy xã Mới",
        "short_name": "Mới",
        "kind": "commune_committee",
        "parent": district.pk,
        "valid_from": "01/07/2025",
    }

    response = client.post(f"{UNITS}{commune.slug}/change/", typed)

    commune.refresh_from_db()
    assert response.status_code == 302
    assert commune.name == "Đảng ủy xã Mới"
    assert [(row.name, row.valid_to) for row in commune.versions.order_by("valid_from")] == [
        ("Đảng ủy xã Cũ", dt.date(2025, 6, 30)),
        ("Đảng ủy xã Mới", None),
    ]


def test_a_refused_change_says_from_which_day_it_is_possible(client, board, district):
    commune = make_unit(parent=district, valid_from=dt.date(2025, 7, 1))
    client.force_login(board)
    typed = {"name": "Mới", "short_name": "Mới", "kind": "other", "parent": district.pk, "valid_from": "30/06/2025"}

    response = client.post(f"{UNITS}{commune.slug}/change/", typed)

    assert response.context["form"].non_field_errors() == ["Đơn vị có từ ngày 01/07/2025. Chọn ngày đó hoặc ngày sau."]
    assert commune.versions.count() == 1


def test_the_page_counts_the_same_queries_with_many_rows(client, board, district, django_assert_num_queries):
    for year in (2005, 2015, 2025):
        rename(district, f"Huyện ủy {year}", dt.date(year, 1, 1))
    for _ in range(3):
        make_unit(parent=district)
    client.force_login(board)

    with django_assert_num_queries(17):
        client.get(f"{UNITS}{district.slug}/")


def test_programmes_show_whom_they_are_for(client, board):
    programme = make_programme("Bồi dưỡng bí thư chi bộ", code="bi-thu")
    programme.target_groups.add(TargetGroup.objects.create(code="bi-thu-chi-bo", name="Bí thư chi bộ"))
    client.force_login(board)

    listed = client.get("/registry/programmes/?q=bi+thu")
    page = client.get("/registry/programmes/bi-thu/")
    groups = client.get("/registry/target-groups/")

    assert listed.context["listing"].count == 1
    assert [group.name for group in page.context["target_groups"]] == ["Bí thư chi bộ"]
    assert [row.record.programme_count for row in groups.context["listing"].table.page.object_list] == [1]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("path", ["programmes", "target-groups"])
def test_the_lists_of_the_catalogue_cost_the_same_whatever_their_length(
    client, board, path, count, django_assert_max_num_queries
):
    for number in range(count):
        make_programme().target_groups.add(TargetGroup.objects.create(code=f"nhom-{number}", name=f"Nhóm {number}"))
    client.force_login(board)

    with django_assert_max_num_queries(7):
        response = client.get(f"/registry/{path}/")

    assert response.context["listing"].count == count


def test_the_search_finds_each_kind_without_accents_and_only_in_scope(client, board, district):
    make_person("Trần Tuyên", unit=district)
    make_person("Lê Tuyên")
    make_unit("Trung tâm Chính trị huyện Tuyên Hóa", parent=district, kind="district_centre")
    make_unit("Chi bộ Tuyên Truyền")
    make_programme("Bồi dưỡng công tác tuyên giáo")
    client.force_login(board)

    response = client.get("/registry/search/?q=tuyen")

    found = {group.label: [hit.title for hit in group.hits] for group in response.context["groups"]}
    found.pop("Quy định", None)
    found.pop("Văn bản pháp lý", None)
    assert found == {
        "Cán bộ": ["Trần Tuyên"],
        "Đơn vị": ["Huyện ủy Tuyên Hóa", "Trung tâm Chính trị huyện Tuyên Hóa"],
        "Chương trình": ["Bồi dưỡng công tác tuyên giáo"],
    }


@pytest.mark.parametrize("count", [1, 3])
def test_the_search_costs_the_same_whatever_it_finds(client, board, district, count, django_assert_max_num_queries):
    for _ in range(count):
        make_person("Trần Tuyên", unit=district)
    client.force_login(board)

    with django_assert_max_num_queries(18):
        client.get("/registry/search/?q=tuyen")


def test_the_search_answers_htmx_with_a_fragment(client, board):
    client.force_login(board)

    response = client.get("/registry/search/?q=tuyen", headers={"hx-request": "true"})

    assert "<html" not in response.content.decode()


@pytest.mark.parametrize(("words", "is_too_short"), [("t", True), ("tu", False)])
def test_one_letter_is_too_short_to_search(client, board, words, is_too_short):
    client.force_login(board)

    response = client.get(f"/registry/search/?q={words}")

    assert response.context["is_too_short"] is is_too_short


def test_a_unit_that_ends_today_is_still_here(client, board, district):
    make_unit("Hết hôm nay", parent=district, valid_to=timezone.localdate())
    make_unit("Hết hôm qua", parent=district, valid_to=timezone.localdate() - dt.timedelta(days=1))
    client.force_login(board)

    [tree] = client.get(f"{UNITS}tree/").context["tree"]

    assert [branch.name for branch in tree.below] == ["Hết hôm nay"]


def test_the_form_corrects_the_state_line_and_the_codes(client, board, district):
    commune, council = make_unit(parent=district), make_unit(parent=district, kind="peoples_committee")
    client.force_login(board)
    start = client.get(f"{UNITS}{commune.slug}/change/").context["form"].initial
    typed = {name: value for name, value in start.items() if value} | {
        "state_parent": council.pk,
        "area_code": "05860",
        "valid_from": "01/01/2020",
        "parent": district.pk,
    }

    wrong = client.post(f"{UNITS}{commune.slug}/change/", typed | {"area_code": "5860", "iso_code": "09"})
    right = client.post(f"{UNITS}{commune.slug}/change/", typed)

    assert set(wrong.context["form"].errors) == {"area_code", "iso_code"}
    assert right.status_code == 302
    row = commune.versions.latest("valid_from")
    assert (row.state_parent, row.area_code, row.parent) == (council, "05860", district)
