"""People from lists: who is meant, what changes, all or nothing, the second run."""

import datetime as dt

import pytest

from tests.exchange.builders import HEADER, bring_in, check, codes, home_unit
from tests.factories import make_person, make_unit
from vuntrong.exchange.actions.unit_texts import match_unit_text
from vuntrong.kernel.errors import RuleBroken
from vuntrong.kernel.log import first_broken, history
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.registry.actions import repeat_records
from vuntrong.registry.actions.sealing import anonymise_person, restrict_person
from vuntrong.registry.models import PartyMembership, Person, Posting, Qualification, YearlyGrading

pytestmark = pytest.mark.django_db

LONG = [
    ["DANH SÁCH CÁN BỘ"],
    [
        *HEADER,
        "Dân tộc",
        "Tôn giáo",
        "Ngày vào Đảng",
        "Ngày chính thức",
        "Số thẻ ĐV",
        "Trình độ chuyên môn",
        "LLCT",
        "Tin học",
        "Xếp loại 2024",
        "Quy hoạch",
        "SĐT",
        "Ghi chú",
    ],
    [
        1,
        "Đ/c NGUYỄN VĂN AN",
        "01/05/1980",
        "Nam",
        "001080000001",
        "",
        "Chuyên viên",
        "Kinh",
        "Không",
        "01/02/2005",
        "01/02/2006",
        "12.345",
        "Đại học Luật",
        "Trung cấp",
        "B",
        "HTT",
        "Phó Trưởng ban 2025-2030",
        "0912 345 678",
        "x",
    ],
]


def test_a_row_with_every_kind_of_column_is_entered_whole():
    found = bring_in(LONG, home_unit())

    person = Person.objects.get()
    assert found.counts()["created"] == 1
    assert (person.full_name, str(person.born_on), person.sex) == ("Nguyễn Văn An", "01/05/1980", "male")
    assert (person.personal_id, person.ethnicity_id, person.religion_id) == ("001080000001", 1, 0)
    assert (person.degree, person.political_level, person.party_status) == ("university", "trung-cap", "full")
    assert person.phone == "0912345678"
    assert Posting.objects.get().post_text == "Chuyên viên"
    assert PartyMembership.objects.get().card_number == "12.345"
    assert sorted(Qualification.objects.values_list("kind", "level", "field")) == [
        ("it", "B", ""),
        ("political", "trung-cap", ""),
        ("professional", "university", "Luật"),
    ]
    assert (YearlyGrading.objects.get().year, YearlyGrading.objects.get().grade) == (2024, "good")
    assert person.planned_posts.get().term == "2025-2030"
    assert first_broken() is None


def test_the_second_run_of_the_same_file_changes_nothing():
    home = home_unit()
    bring_in(LONG, home)
    entries = ActionLogEntry.objects.count()

    again = bring_in(LONG, home)

    assert (again.counts()["unchanged"], again.changes) == (1, {})
    assert ActionLogEntry.objects.count() == entries
    assert (Person.objects.count(), Posting.objects.count(), Qualification.objects.count()) == (1, 1, 3)


def test_one_row_with_an_error_keeps_every_row_out():
    home = home_unit()
    before = ActionLogEntry.objects.count()

    with pytest.raises(RuleBroken, match="rows-with-errors"):
        bring_in([HEADER, [1, "Lê An", "1990"], [2, "Lê Bình", "31/02/1990"]], home)

    assert (Person.objects.count(), ActionLogEntry.objects.count()) == (0, before)


def test_differences_are_written_and_empty_cells_erase_nothing():
    home = home_unit()
    bring_in(LONG, home)
    person = Person.objects.get()

    found = bring_in(
        [
            [*HEADER, "SĐT", "LLCT"],
            [1, "Nguyễn Văn An", "1980", "", "001080000001", "", "Phó Trưởng ban", "0987654321", "CC"],
        ],
        home,
    )

    person.refresh_from_db()
    assert found.changes == {
        0: {
            "phone": ("0912345678", "0987654321"),
            "post": ("Chuyên viên", "Phó Trưởng ban"),
            "political": ("trung-cap", ["cao-cap", ""]),
        }
    }
    assert (str(person.born_on), person.sex, person.phone) == ("01/05/1980", "male", "0987654321")
    assert (person.post_text, person.political_level, person.revision) == ("Phó Trưởng ban", "cao-cap", 1)
    assert sorted((one.post_text, one.valid_to is None) for one in Posting.objects.all()) == [
        ("Chuyên viên", False),
        ("Phó Trưởng ban", True),
    ]
    assert history(person).count() == 2


def test_only_the_fields_that_may_update_do():
    home = home_unit()
    bring_in(LONG, home)

    found = bring_in(
        [[*HEADER, "SĐT"], [1, "Nguyễn Văn An", "", "", "001080000001", "", "Trưởng ban", "0987654321"]],
        home,
        update=frozenset({"phone"}),
    )

    person = Person.objects.get()
    assert (person.phone, person.post_text) == ("0987654321", "Chuyên viên")
    assert found.left == {0: {"post": ("Chuyên viên", "Trưởng ban")}}


def test_an_unknown_unit_is_kept_as_text_and_matched_later_for_all():
    home = home_unit()
    rows = [HEADER, [1, "Lê An", "01/01/1990", "", "", "Xã Lạ", "Bí thư"], [2, "Lê Bình", "1991", "", "", "Xã Lạ", ""]]
    found = bring_in(rows, home)
    assert codes(found) == [(2, "unit", "unit-unknown"), (3, "unit", "unit-unknown")]
    assert set(Posting.objects.values_list("unit_id", "unit_text")) == {(home.pk, "Xã Lạ")}
    known = make_unit("Đảng ủy xã Tân Phú", parent=home)

    assert match_unit_text(home=home, text="Xã Lạ", unit=known, by=None) == 2

    assert set(Person.objects.values_list("unit_id", flat=True)) == {known.pk}
    assert set(Posting.objects.values_list("unit_id", "unit_text")) == {(known.pk, "")}
    again = bring_in(rows, home)
    assert (codes(again), again.counts()["unchanged"]) == ([], 2)


def test_missing_ids_are_no_fault_and_wrong_ones_warn():
    rows = [
        [*HEADER, "Điện thoại"],
        [1, "Lê An", "1990", "Nam", "", "", "", ""],
        [2, "Lê Bình", "1990", "Nam", "001190000002", "", "", "12345"],
        [3, "Lê Cúc", "1990", "Nữ", 1190000003, "", "", 912345678],
        [4, "Lê Dung", "1990", "Nữ", "001191000004", "", "", ""],
    ]

    found = check(rows, home_unit())

    assert codes(found) == [
        (3, "id", "id-against-sex"),
        (3, "phone", "phone-odd"),
        (4, "id", "id-zero-lost"),
        (4, "phone", "phone-zero-lost"),
        (5, "id", "id-against-birth"),
    ]
    assert not found.wrong_rows()


def test_lost_zeros_are_put_back_on_wish_only():
    rows = [HEADER, [1, "Lê Cúc", "1990", "Nữ", 1190000003]]

    bring_in(rows, home_unit(), zeros=True)

    assert Person.objects.get().personal_id == "001190000003"


def test_the_same_person_is_found_by_id_then_by_name_and_birth_date():
    home = home_unit()
    by_id = make_person("Lê Văn An", unit=home, born_on="1980-01-01", personal_id="001080000001")
    by_name = make_person("Lê Văn Bình", unit=home, born_on="1981-02-02")
    rows = [
        HEADER,
        [1, "Lê Văn Ân", "01/01/1980", "", "001080000001"],
        [2, "lê văn bình", "02/02/1981"],
        [3, "Lê Văn Cường", "02/02/1981"],
    ]

    found = check(rows, home)

    assert found.found.people == [by_id.pk, by_name.pk, None]


def test_people_who_cannot_be_told_apart_wait_for_a_decision():
    home, other = home_unit(), make_unit()
    first, second = (make_person("Lê An", unit=unit, born_on="1980-01-01") for unit in (other, make_unit()))
    rows = [HEADER, [1, "Lê An", "01/01/1980"]]

    found = check(rows, home)
    assert codes(found) == [(2, "name", "person-ambiguous")]
    assert found.found.choices == {0: [first.pk, second.pk]}

    assert check(rows, home, decisions={2: str(second.pk)}).found.people == [second.pk]
    assert check(rows, home, decisions={2: "new"}).found.people == [None]
    assert not check(rows, home, decisions={2: "new"}).wrong_rows()


def test_an_id_of_somebody_else_waits_for_a_decision():
    home = home_unit()
    make_person("Trần Thị Hoa", unit=home, born_on="1970-03-03", personal_id="001080000001")

    found = check([HEADER, [1, "Lê An", "01/01/1980", "", "001080000001"]], home)

    assert codes(found) == [(2, "id", "id-of-another")]


def test_nobody_stands_in_a_file_twice():
    rows = [
        HEADER,
        [1, "Lê An", "01/01/1980", "", ""],
        [2, "Lê An", "01/01/1980", "", ""],
        [3, "Lê Bình", "1981", "", "001081000001"],
        [4, "Lê Bốn", "1982", "", "001081000001"],
        [5, "Lê Năm", "01/01/1983", "", "001083000005"],
        [6, "Lê Năm", "01/01/1983", "", "001083000006"],
    ]

    found = check(rows, home_unit())

    twice = [one[0] for one in codes(found) if one[2] == "row-twice"]
    assert twice == [3, 5]


def test_people_go_only_into_units_that_may_be_entered():
    home, other = home_unit(), make_unit("Đảng ủy xã Khác")
    make_person("Lê Bình", unit=other, born_on="1981-02-02")
    rows = [HEADER, [1, "Lê An", "", "", "", other.name], [2, "Lê Bình", "02/02/1981"]]

    found = check(rows, home, reachable=frozenset({home.pk}))

    assert [one for one in codes(found) if "reach" in one[2]] == [
        (2, "unit", "unit-out-of-reach"),
        (3, "name", "person-out-of-reach"),
    ]


def test_group_rows_and_columns_for_men_and_women_tell_unit_birth_and_sex():
    home = home_unit()
    one, two = make_unit("Đảng ủy xã Một", parent=home), make_unit("Đảng ủy xã Hai", parent=home)
    rows = [
        ["TT", "Họ tên", "Ngày sinh", ""],
        ["", "", "Nam", "Nữ"],
        ["I", "Đảng ủy xã Một", "", ""],
        [1, "Lê An", "1980", ""],
        ["II", "Đảng ủy xã Hai", "", ""],
        [1, "Lê Hoa", "", "05/1981"],
    ]

    bring_in(rows, home)

    people = Person.objects.order_by("pk").values_list("full_name", "sex", "unit_id")
    assert list(people) == [("Lê An", "male", one.pk), ("Lê Hoa", "female", two.pk)]


def test_the_number_of_queries_does_not_grow_with_the_rows(django_assert_num_queries):
    home = home_unit()
    few = [HEADER, [1, "Lê An", "1980"]]
    many = [HEADER, *[[n, f"Trần Văn {word}", "1980"] for n, word in enumerate(["Ba", "Bốn", "Năm"])]]

    with django_assert_num_queries(28, exact=False) as first:
        bring_in(few, home)
    with django_assert_num_queries(28, exact=False) as second:
        bring_in(many, home)

    assert len(first) == len(second)


def test_a_restricted_record_is_left_alone():
    home = home_unit()
    make_person("Lê An", unit=home, born_on="1980-01-01", phone="0911111111", restricted_on=dt.date(2026, 1, 1))

    found = check([[*HEADER, "SĐT"], [1, "Lê An", "01/01/1980", "", "", "", "", "0922222222"]], home)

    assert (codes(found), found.changes) == ([(2, "name", "person-restricted")], {})


@pytest.mark.parametrize(
    "row",
    [
        [1, "Lê An", "01/01/1980", "", "", "", ""],  # by name and birth date
        [1, "LÊ AN", "1980", "", "", "", ""],  # by name and year in her unit
        [1, "Lê Thị An", "01/01/1980", "", "001180000001", "", ""],  # by number
    ],
)
def test_a_sealed_record_is_recognised_and_nobody_enters_twice(row):
    home = home_unit()
    person = make_person("Lê An", unit=home, born_on="1980-01-01", personal_id="001180000001")
    restrict_person(person=person, reason="Đề nghị", by=None)
    before = Person.objects.values().get()

    found = bring_in([HEADER, row], home)

    assert (codes(found), found.counts()["created"]) == ([(2, "name", "person-restricted")], 0)
    assert Person.objects.values().get() == before


def test_an_anonymous_record_is_recognised_no_more():
    home = home_unit()
    person = make_person("Lê An", unit=home, born_on="1980-01-01")
    restrict_person(person=person, reason="Đề nghị", by=None)
    anonymise_person(person=person, reason="Đề nghị", by=None)

    found = bring_in([HEADER, [1, "Lê An", "01/01/1980", "", "", "", ""]], home)

    assert found.counts()["created"] == 1


PARTY_HEADER = [*HEADER, "Ngày vào Đảng", "Ngày chính thức", "Số thẻ ĐV"]


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        (["chưa", "", ""], "none"),
        (["Không", "", ""], "none"),
        (["Quần chúng", "", ""], "none"),
        (["", "quần chúng", ""], "none"),
        (["", "chưa", ""], ""),
        (["01/02/2025", "chưa", ""], "probationary"),
        (["chưa", "", "12.345"], "full"),
        (["", "", ""], ""),
    ],
)
def test_that_somebody_is_no_party_member_can_be_said_in_a_list(cells, status):
    rows = [PARTY_HEADER, [1, "Lê An", "01/01/1980", "", "", "", "", *cells]]
    home = home_unit()
    bring_in(rows, home)

    person = Person.objects.get()

    assert person.party_status == status
    assert repeat_records([person.pk]) == 0
    assert bring_in(rows, home).counts()["unchanged"] == 1


@pytest.mark.parametrize(("update", "status"), [(None, "none"), (frozenset({"phone"}), "")])
def test_somebody_known_is_said_to_be_no_party_member(update, status):
    home = home_unit()
    make_person("Lê An", unit=home, born_on="1980-01-01")

    bring_in([PARTY_HEADER, [1, "Lê An", "01/01/1980", "", "", "", "", "chưa", "", ""]], home, update=update)

    assert Person.objects.get().party_status == status


def test_known_party_dates_win_over_a_list_that_says_no():
    home = home_unit()
    rows = [PARTY_HEADER, [1, "Lê An", "01/01/1980", "", "", "", "", "01/02/2005", "01/02/2006", ""]]
    bring_in(rows, home)
    rows[1][7:] = ["không", "", ""]

    found = bring_in(rows, home)

    assert (codes(found), Person.objects.get().party_status) == ([(2, "party_probationary", "party-known")], "full")
