"""Search and filters of the list of people."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import make_person, make_unit, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.kernel.text import search_key
from vuntrong.registry.models import Ethnicity, FormerName, Person, Post, Posting, SensitiveRead

pytestmark = pytest.mark.django_db
PEOPLE = "/registry/people/"


@pytest.fixture
def district():
    return make_unit("Huyện ủy Tuyên Hóa", kind="district_committee")


@pytest.fixture
def commune(district):
    return make_unit("Đảng ủy xã Thuận Hóa", parent=district)


@pytest.fixture
def reader(client, district):
    client.force_login(make_user_with(Role.ORGANISATION_BOARD, district))
    return client


def names(response) -> list[str]:
    return [row.record.full_name for row in response.context["listing"].table.page.object_list]


def found(client, query: str) -> list[str]:
    return names(client.get(f"{PEOPLE}?{query}"))


@pytest.fixture
def three(commune):
    """Three people with IDs, birth dates and a former name."""
    an = make_person("Nguyễn Văn An", unit=commune, born_on="1990-05-01", personal_id="044090001234")
    make_person("Trần Thị Ánh", unit=commune, born_on="1985", old_personal_id="194012345", sex="female")
    make_person("Lê Đình Bình", unit=commune, born_on="")
    FormerName.objects.create(person=an, full_name="Nguyễn Hữu Thọ", search_key=search_key("Nguyễn Hữu Thọ"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("an nguyen", ["Nguyễn Văn An"]),
        ("GUYE", ["Nguyễn Văn An"]),
        ("tho huu", ["Nguyễn Văn An"]),
        ("tho van", []),
        ("đinh", ["Lê Đình Bình"]),
        ("044090", ["Nguyễn Văn An"]),
        ("044.090-001234", ["Nguyễn Văn An"]),
        ("090001234", []),
        ("19401", ["Trần Thị Ánh"]),
        ("1985", ["Trần Thị Ánh"]),
        ("nguyen 1990", ["Nguyễn Văn An"]),
        ("01/05/1990", ["Nguyễn Văn An"]),
        ("5/1990", ["Nguyễn Văn An"]),
        ("31/02/1990", []),
        ("100%", []),
        ("_", []),
    ],
)
@pytest.mark.usefixtures("three")
def test_people_are_found_by_names_former_names_and_figures(reader, words, expected):
    assert names(reader.get(PEOPLE, {"q": words})) == expected


@pytest.mark.usefixtures("three")
def test_search_and_filters_stay_inside_the_scope_of_the_user(client, commune):
    stranger = make_person("Nguyễn Văn Lạ", personal_id="044090009999")
    FormerName.objects.create(person=stranger, full_name="Nguyễn Hữu Thọ", search_key="nguyen huu tho")
    client.force_login(make_user_with(Role.UNIT_CLERK, commune))

    assert found(client, "q=nguyen") == ["Nguyễn Văn An"]
    assert found(client, "q=tho") == ["Nguyễn Văn An"]
    assert found(client, "q=04409") == ["Nguyễn Văn An"]
    assert found(client, f"unit={stranger.unit_id}") == ["Nguyễn Văn An", "Trần Thị Ánh", "Lê Đình Bình"]


def test_those_who_left_show_when_asked_and_restricted_or_merged_records_never(reader, commune):
    today = timezone.localdate()
    kept = make_person("Lê An", unit=commune)
    make_person("Lê Bình", unit=commune, left_on="2024")
    make_person("Lê Cường", unit=commune, restricted_on=today)
    make_person("Lê Dũng", unit=commune, merged_into=kept)

    assert found(reader, "") == ["Lê An"]
    assert found(reader, "also=left") == ["Lê An", "Lê Bình"]


def test_a_unit_means_all_below_it_and_the_count_of_each_sex_is_told(reader, district, commune):
    make_person("Lê An", unit=commune)
    make_person("Lê Bình", unit=district, sex="female")
    make_person("Lê Cường", unit=district, sex="")

    response = reader.get(PEOPLE, {"unit": district.pk})

    chips = [(chip.label, chip.count) for chip in response.context["listing"].chips]
    assert chips == [("Tất cả", 3), ("Nam", 1), ("Nữ", 1)]
    assert found(reader, f"unit={commune.pk}") == ["Lê An"]
    assert reader.get(PEOPLE, {"sex": "female"}).context["listing"].count == 1


def test_levels_posts_and_who_decides_about_them(reader, commune):
    post = Post.objects.create(code="bi-thu-thu", name="Bí thư thử", managing_level="provincial")
    make_person("Lê An", unit=commune, post=post, degree="master", political_level="cao-cap")
    make_person("Lê Bình", unit=commune, degree="university", political_level="none")

    assert found(reader, f"post={post.pk}") == ["Lê An"]
    assert found(reader, "managing_level=provincial") == ["Lê An"]
    assert found(reader, "degree=master&degree=doctor") == ["Lê An"]
    assert found(reader, "political_level=none") == ["Lê Bình"]


def test_ages_are_whole_years_on_both_sides_of_the_birthday(reader, commune):
    today = timezone.localdate()
    turned = today.replace(year=today.year - 40)
    make_person("Lê An", unit=commune, born_on=turned.isoformat())
    make_person("Lê Bình", unit=commune, born_on=(turned + dt.timedelta(days=1)).isoformat())

    assert found(reader, "age_min=40") == ["Lê An"]
    assert found(reader, "age_max=39") == ["Lê Bình"]
    assert found(reader, "age_min=40&age_max=40") == ["Lê An"]


@pytest.mark.parametrize(
    ("gap", "given"),
    [
        ("birth-date", {"born_on": ""}),
        ("id", {"personal_id": ""}),
        ("sex", {"sex": ""}),
        ("post", {"post_text": ""}),
        ("post-in-catalogue", {"post_text": "Cán bộ tổng hợp"}),
        ("degree", {"degree": ""}),
        ("political-level", {"political_level": ""}),
    ],
)
def test_records_that_lack_something(reader, commune, gap, given):
    post = Post.objects.create(code="chuyen-vien-thu", name="Chuyên viên thử")
    whole = {"personal_id": "044090001234", "post_text": "CV", "post": post, "degree": "master"}
    make_person("Lê An", unit=commune, political_level="none", **whole)
    extra = {**whole, "political_level": "none", **given}
    if "post_text" in given:
        extra["post"] = None
    make_person("Lê Bình", unit=commune, **extra)

    assert found(reader, f"missing={gap}") == ["Lê Bình"]


def test_a_unit_that_is_only_text_is_something_missing(reader, commune):
    make_person("Lê An", unit=commune)
    person = make_person("Lê Bình", unit=commune, born_on="")
    Posting.objects.filter(person=person).update(unit_text="Công ty Thủy lợi")

    assert found(reader, "missing=unit") == ["Lê Bình"]
    assert found(reader, "missing=unit&missing=birth-date") == ["Lê Bình"]


def test_a_list_by_ethnic_group_is_written_down_once(reader, commune):
    tay = Ethnicity.objects.get(code=2)
    make_person("Lê An", unit=commune, ethnicity=tay)
    make_person("Lê Bình", unit=commune)

    assert found(reader, "ethnicity=2") == ["Lê An"]
    assert found(reader, "ethnicity=2&q=le") == ["Lê An"]
    [read] = SensitiveRead.objects.all()
    assert (read.fields, read.count, read.kind) == (["registry.Person.ethnicity"], 1, "page")


def test_who_may_not_read_sensitive_fields_has_no_such_filter(client, district, commune):
    Person.objects.filter(pk=make_person("Lê An", unit=commune).pk).update(party_status="full")
    make_person("Lê Bình", unit=commune)
    client.force_login(make_user_with(Role.ACADEMY_READER, district))

    assert found(client, "party_status=full&ethnicity=2") == ["Lê An", "Lê Bình"]
    assert not SensitiveRead.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_with_many_filters_costs_the_same_whatever_its_length(
    reader, district, commune, count, django_assert_num_queries
):
    for _ in range(count):
        make_person(unit=commune)

    with django_assert_num_queries(10):
        reader.get(
            f"{PEOPLE}?q=an&sex=male&missing=degree&missing=unit&unit={district.pk}",
            headers={"HX-Request": "true", "HX-Target": "results"},
        )


def test_typing_draws_only_what_changes(reader, commune):
    make_person(unit=commune)

    changes = reader.get(f"{PEOPLE}?q=an", headers={"HX-Request": "true", "HX-Target": "results"}).content.decode()
    more = reader.get(
        f"{PEOPLE}?age_min=3", headers={"HX-Request": "true", "HX-Target": "more-filters"}
    ).content.decode()

    assert 'id="results"' in changes
    assert 'id="filters"' not in changes
    assert 'name="age_min" value="3"' in more
    assert 'id="results"' not in more
