import pytest

from tests.factories import make_person, make_unit, make_user, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.kernel import log
from vuntrong.web.history.entries import entries_of
from vuntrong.web.history.showing import Change, changes_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return make_unit(kind="district_committee")


@pytest.fixture
def board(district):
    return make_user_with(Role.ORGANISATION_BOARD, district)


def listed(response) -> list[str]:
    return [row.record.subject_label for row in response.context["listing"].table.page.object_list]


def test_the_board_reads_what_its_people_did_newest_first(client, board, district):
    clerk = make_user_with(Role.UNIT_CLERK, make_unit(parent=district))
    stranger = make_user_with(Role.UNIT_CLERK, make_unit())
    for by, name in ((clerk, "một"), (stranger, "hai"), (board, "ba")):
        log.record("create_person", None, by=by, label=name)
    client.force_login(board)

    response = client.get("/history/")

    assert listed(response) == ["ba", "một"]


def test_a_superuser_reads_everything(client):
    log.record("create_person", None, by=None, label="hệ thống")
    client.force_login(make_user(is_superuser=True))

    response = client.get("/history/")

    assert listed(response) == ["hệ thống"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_costs_the_same_whatever_its_length(client, board, count, django_assert_num_queries):
    for _ in range(count):
        log.record("create_person", None, by=board, label="một")
    client.force_login(board)

    with django_assert_num_queries(6):
        response = client.get("/history/")

    assert response.context["listing"].count == count


def test_the_log_is_filtered_by_action_and_person(client, board):
    log.record("create_person", None, by=board, label="một")
    log.record("change_unit", None, by=board, label="hai")
    client.force_login(board)

    by_action = client.get("/history/?action=change_unit")
    by_name = client.get("/history/?actor_name=khong-co")
    by_day = client.get("/history/?at_before=01/01/2020")

    assert (listed(by_action), listed(by_name), listed(by_day)) == (["hai"], [], [])


def test_a_row_shows_what_changed_in_words(client, board, district):
    row = log.record(
        "grant_role",
        board,
        by=board,
        before={"valid_to": "2026-01-31"},
        after={"role": "unit_clerk", "is_active": True},
    )
    client.force_login(board)

    response = client.get(f"/history/{row.pk}/")

    assert response.context["what"] == "Giao vai trò"
    assert (
        changes_of(row)
        == response.context["changes"]
        == [
            Change("Được đăng nhập", "–", "có"),
            Change("Vai trò", "–", "Cán bộ đơn vị cử"),
            Change("Đến ngày", "31/01/2026", "–"),
        ]
    )


def test_the_history_of_a_record_is_newest_first_and_in_words(board):
    person = make_person()
    log.record("create_person", person, by=board)
    log.record("something_new", person, by=None, reason="sai sót")

    entries = entries_of(person)

    assert [(entry.who, entry.what) for entry in entries] == [
        ("Hệ thống", "Thay đổi dữ liệu: sai sót"),
        (board.full_name, "Thêm cán bộ"),
    ]
