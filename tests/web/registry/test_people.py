import pytest

from tests.factories import make_class, make_enrolment, make_person, make_unit, make_user, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.registry.models import Person

pytestmark = pytest.mark.django_db
PEOPLE = "/registry/people/"


@pytest.fixture
def commune():
    return make_unit("Đảng ủy xã Thuận Hóa")


@pytest.fixture
def clerk(commune):
    return make_user_with(Role.UNIT_CLERK, commune)


def names(response) -> list[str]:
    return [row.record.full_name for row in response.context["listing"].table.page.object_list]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_people_costs_the_same_whatever_its_length(
    client, clerk, commune, count, django_assert_num_queries
):
    for _ in range(count):
        make_person(unit=commune)
    client.force_login(clerk)

    with django_assert_num_queries(8):
        response = client.get(PEOPLE)

    assert response.context["listing"].count == count


def test_people_of_other_units_stay_hidden_and_the_order_is_vietnamese(client, clerk, commune):
    for name in ("Trần Thị Ánh", "Lê Văn Bình", "Nguyễn Văn An"):
        make_person(name, unit=commune)
    make_person("Người Lạ")
    client.force_login(clerk)

    response = client.get(PEOPLE)

    assert names(response) == ["Nguyễn Văn An", "Trần Thị Ánh", "Lê Văn Bình"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=nguyen", ["Nguyễn Văn An"]),
        ("q=VAN", ["Nguyễn Văn An", "Lê Văn Bình"]),
        ("q=khong", []),
        ("sex=female", ["Trần Thị Ánh"]),
    ],
)
def test_people_are_found_by_any_part_of_the_name_and_by_sex(client, clerk, commune, query, found):
    make_person("Trần Thị Ánh", unit=commune, sex="female")
    for name in ("Lê Văn Bình", "Nguyễn Văn An"):
        make_person(name, unit=commune)
    client.force_login(clerk)

    response = client.get(f"{PEOPLE}?{query}")

    assert names(response) == found


def test_people_are_filtered_by_unit(client):
    district = make_unit(kind="district_committee")
    one, other = make_unit(parent=district), make_unit(parent=district)
    make_person("Lê Văn Bình", unit=one)
    make_person("Nguyễn Văn An", unit=other)
    client.force_login(make_user_with(Role.ORGANISATION_BOARD, district))

    response = client.get(f"{PEOPLE}?unit={one.pk}")

    assert names(response) == ["Lê Văn Bình"]


def test_the_list_goes_out_as_a_workbook(client, clerk, commune):
    make_person(unit=commune)
    client.force_login(clerk)

    response = client.get(f"{PEOPLE}?export=xlsx")

    assert response.content.startswith(b"PK")


def test_the_page_of_a_person_shows_postings_and_classes(client, clerk, commune, django_assert_num_queries):
    person = make_person(unit=commune, post_text="Bí thư chi bộ")
    make_enrolment(class_run=make_class(owner=make_unit(), name="Lớp bồi dưỡng bí thư chi bộ"), person=person)
    client.force_login(clerk)

    with django_assert_num_queries(13):
        response = client.get(f"{PEOPLE}{person.pk}/")

    page = response.content.decode()
    assert "Lớp bồi dưỡng bí thư chi bộ" in page
    assert "Bí thư chi bộ" in page


def test_a_person_is_entered_with_a_row_in_the_log(client, clerk, commune):
    client.force_login(clerk)
    typed = {"full_name": "  Đặng  Thu Hằng ", "born_on": "5/1990", "sex": "female", "unit": commune.pk}

    response = client.post(f"{PEOPLE}new/", typed)

    person = Person.objects.get()
    assert response.url == f"{PEOPLE}{person.pk}/"
    assert (person.full_name, person.born_on.iso(), person.unit) == ("Đặng Thu Hằng", "1990-05", commune)
    assert ActionLogEntry.objects.get(action="create_person").actor_id == clerk.pk


@pytest.mark.parametrize(
    ("known_born_on", "typed_born_on", "warned"),
    [
        ("1990-05-01", "01/05/1990", True),
        ("1990-05-01", "02/05/1990", False),
        ("1990-05-01", "", True),
        ("1990-05-01", "1990", True),
        ("1990-05-01", "1991", False),
        ("", "01/05/1990", True),
    ],
)
def test_the_same_name_and_birth_date_is_a_warning(client, clerk, commune, known_born_on, typed_born_on, warned):
    make_person("Nguyễn Văn An", unit=commune, born_on=known_born_on)
    client.force_login(clerk)
    typed = {"full_name": "NGUYỄN VĂN AN", "born_on": typed_born_on, "sex": "", "unit": commune.pk}

    response = client.post(f"{PEOPLE}new/", typed)

    assert (response.status_code == 200) is warned
    assert Person.objects.count() == (1 if warned else 2)


def test_the_warning_can_be_answered(client, clerk, commune):
    make_person("Nguyễn Văn An", unit=commune)
    client.force_login(clerk)
    typed = {"full_name": "Nguyễn Văn An", "born_on": "01/05/1990", "sex": "", "unit": commune.pk, "is_meant": "on"}

    response = client.post(f"{PEOPLE}new/", typed)

    assert response.status_code == 302
    assert Person.objects.count() == 2


def test_a_namesake_elsewhere_is_named_but_not_opened(client, clerk, commune):
    namesake = make_person("Nguyễn Văn An")
    client.force_login(clerk)
    typed = {"full_name": "Nguyễn Văn An", "born_on": "01/05/1990", "sex": "", "unit": commune.pk}

    response = client.post(f"{PEOPLE}new/", typed)

    assert [one.person for one in response.context["known"]] == [namesake]
    assert f"{PEOPLE}{namesake.pk}/" not in response.content.decode()


def test_nobody_is_entered_into_a_unit_out_of_reach(client, clerk):
    client.force_login(clerk)
    typed = {"full_name": "Nguyễn Văn An", "born_on": "", "sex": "", "unit": make_unit().pk}

    response = client.post(f"{PEOPLE}new/", typed)

    assert "unit" in response.context["form"].errors
    assert not Person.objects.exists()


def test_a_bad_date_is_told_with_its_remedy(client, clerk, commune):
    client.force_login(clerk)
    typed = {"full_name": "Nguyễn Văn An", "born_on": "31/02/1990", "sex": "", "unit": commune.pk}

    response = client.post(f"{PEOPLE}new/", typed)

    assert list(response.context["form"].errors) == ["born_on"]
    assert not Person.objects.exists()


def test_a_stranger_finds_nobody(client):
    person = make_person()
    client.force_login(make_user())

    assert client.get(PEOPLE).context["listing"].count == 0
    assert client.get(f"{PEOPLE}{person.pk}/").status_code == 404
    assert client.get(f"{PEOPLE}new/").status_code == 403
