"""The list of candidates, two records side by side, merging and undoing."""

import pytest

from tests.factories import make_class, make_enrolment, make_person, make_unit, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.registry.models import DistinctPair, Ethnicity, Person, PersonMerge, SensitiveRead, YearlyGrading

pytestmark = pytest.mark.django_db
PEOPLE = "/registry/people/"


@pytest.fixture
def commune():
    return make_unit("Đảng ủy xã Thuận Hóa")


@pytest.fixture
def pair(commune):
    return make_person("Nguyễn Văn An", unit=commune), make_person("Nguyễn An", unit=commune, born_on="1990")


@pytest.fixture
def clerk(client, commune):
    client.force_login(make_user_with(Role.UNIT_CLERK, commune))
    return client


def merge_url(kept: Person, gone: Person) -> str:
    return f"{PEOPLE}{kept.pk}/merge/{gone.pk}/"


def shown(response) -> list[tuple[str, str]]:
    page = response.context["listing"].table.page.object_list
    return [(row.record.first.full_name, row.record.second.full_name) for row in page]


def test_the_list_shows_pairs_of_the_own_units_with_their_reasons(clerk, pair):
    make_person("Nguyễn Văn An")

    response = clerk.get(f"{PEOPLE}duplicates/")

    assert shown(response) == [("Nguyễn Văn An", "Nguyễn An")]
    assert [chip.count for chip in response.context["listing"].chips] == [1, 0, 0, 0, 1]
    assert "Gần giống tên trong cùng đơn vị" in response.content.decode()


@pytest.mark.parametrize(
    ("query", "count"),
    [("reason=near-name", 1), ("reason=same-id", 0), ("q=thuan an", 1), ("q=khong", 0), ("sort=-first", 1)],
)
@pytest.mark.usefixtures("pair")
def test_the_list_is_filtered_searched_and_sorted(clerk, query, count):
    assert clerk.get(f"{PEOPLE}duplicates/?{query}").context["listing"].count == count


@pytest.mark.usefixtures("pair")
def test_the_list_goes_out_as_a_workbook_and_by_unit(clerk, commune):
    assert clerk.get(f"{PEOPLE}duplicates/?export=xlsx").content.startswith(b"PK")
    assert clerk.get(f"{PEOPLE}duplicates/?unit={commune.pk}").context["listing"].count == 1


@pytest.mark.parametrize("count", [2, 4])
def test_the_list_costs_the_same_whatever_its_length(clerk, commune, count, django_assert_num_queries):
    for _ in range(count):
        make_person(unit=commune)

    with django_assert_num_queries(10):
        clerk.get(f"{PEOPLE}duplicates/")


def test_two_records_side_by_side_and_merged_as_chosen(clerk, pair, commune):
    kept, gone = pair
    Person.objects.filter(pk=gone.pk).update(phone="0912")
    Person.objects.filter(pk=kept.pk).update(email="an@example.vn")
    make_enrolment(class_run=make_class(owner=commune), person=gone)

    lines = {line.key: line for line in clerk.get(merge_url(*pair)).context["lines"]}
    assert (lines["name"].kept, lines["name"].gone, lines["name"].takes_gone) == ("Nguyễn Văn An", "Nguyễn An", False)
    assert (lines["phone"].takes_gone, lines["email"].takes_gone, lines["work"].differs) == (True, False, False)

    response = clerk.post(
        merge_url(*pair),
        {"kept_revision": 0, "gone_revision": 0, "choose-phone": "gone", "choose-born_on": "kept"},
        follow=True,
    )

    kept.refresh_from_db()
    assert (kept.phone, kept.born_on.iso()) == ("0912", "1990-05-01")
    assert "Hồ sơ của Nguyễn An nay thuộc hồ sơ của Nguyễn Văn An." in response.content.decode()
    assert clerk.get(f"{PEOPLE}{gone.pk}/").headers["Location"] == f"{PEOPLE}{kept.pk}/"
    assert clerk.get(merge_url(*pair)).headers["Location"] == f"{PEOPLE}{kept.pk}/"
    assert clerk.get(PEOPLE).context["listing"].count == 1


def test_a_merge_is_undone_from_the_list_of_merges(clerk, pair):
    clerk.post(merge_url(*pair), {"kept_revision": 0, "gone_revision": 0})
    merge = PersonMerge.objects.get()
    assert clerk.get(f"{PEOPLE}merges/").context["listing"].count == 1

    clerk.post(f"{PEOPLE}merges/{merge.pk}/undo/")
    again = clerk.post(f"{PEOPLE}merges/{merge.pk}/undo/", follow=True)

    assert Person.objects.filter(merged_into=None).count() == 2
    assert "đã được hoàn tác" in again.content.decode()


def test_clashes_are_told_before_and_at_the_merge(clerk, pair):
    for person, grade in zip(pair, ("good", "excellent"), strict=True):
        YearlyGrading.objects.create(person=person, year=2024, grade=grade)

    before = clerk.get(merge_url(*pair)).content.decode()
    after = clerk.post(merge_url(*pair), {"kept_revision": 0, "gone_revision": 0}).content.decode()

    for page in (before, after):
        assert "Xếp loại hằng năm: cả hai hồ sơ đều có dòng “2024”" in page
    assert not PersonMerge.objects.exists()


def test_a_record_changed_meanwhile_is_shown_again(clerk, pair):
    response = clerk.post(merge_url(*pair), {"kept_revision": "x", "gone_revision": 0})

    assert "Có người vừa sửa" in response.content.decode()
    assert not PersonMerge.objects.exists()


def test_two_different_people_are_remembered_and_can_be_taken_back(clerk, pair):
    kept, gone = pair
    url = f"{PEOPLE}{kept.pk}/distinct/{gone.pk}/"

    clerk.post(url)
    assert clerk.get(f"{PEOPLE}duplicates/").context["listing"].count == 0
    clerk.post(url, {"undo": "1"})

    assert not DistinctPair.objects.exists()


def test_a_stranger_finds_nothing_and_sensitive_values_are_written_down(client, clerk, pair):
    Person.objects.filter(pk=pair[0].pk).update(ethnicity=Ethnicity.objects.get(code=2))
    clerk.get(merge_url(*pair))
    [read] = SensitiveRead.objects.all()
    client.force_login(make_user_with(Role.UNIT_CLERK, make_unit()))

    assert (read.person, read.fields, read.purpose) == (pair[0], ["registry.Person.ethnicity"], "correction")
    assert client.get(merge_url(*pair)).status_code == 404
    assert client.post(f"{PEOPLE}{pair[0].pk}/distinct/{pair[1].pk}/").status_code == 404
    assert client.get(merge_url(pair[0], pair[0])).status_code == 404
