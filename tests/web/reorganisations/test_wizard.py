"""The wizard of re-organisations: draft, events, choices, preview, confirmation, undoing."""

import datetime as dt
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from tests.factories import make_person, make_unit, make_user_with
from tests.web.reorganisations.samples import EVENT_FIELDS, grid
from vuntrong.accounts.enums import Role
from vuntrong.kernel.models import ActionLogEntry, Job
from vuntrong.registry.models import Person, Reorganisation, Unit

pytestmark = pytest.mark.django_db(transaction=True)
BASE = "/registry/reorganisations/"
MERGE = {"kind": "merge", "old": "xã Tân Lộc; xã Phú Mỹ", "new": "xã Tân Phú"}


@pytest.fixture
def province():
    return make_unit("Tỉnh ủy Vĩnh Hà", kind="provincial_committee")


@pytest.fixture
def communes(province):
    return [make_unit(name, kind="commune", parent=province) for name in ("xã Tân Lộc", "xã Phú Mỹ")]


@pytest.fixture
def board(client, province, communes):
    user = make_user_with(Role.ORGANISATION_BOARD, province)
    client.force_login(user)
    return user


def begin(client, province, day: str = "01/03/2026") -> Reorganisation:
    typed = {
        "title": "Sắp xếp xã Tân Phú",
        "takes_effect_on": day,
        "unit": province.pk,
        "instrument_text": "Nghị quyết 118/NQ-UBTVQH16 ngày 15/01/2026",
    }
    client.post(f"{BASE}new/", typed)
    return Reorganisation.objects.get()


def save(client, draft: Reorganisation, *rows: dict[str, str], **extra: str):
    return client.post(f"{BASE}{draft.pk}/events/", {**grid(*rows), "revision": draft.revision, **extra})


def ready(client, province, *rows: dict[str, str], day: str = "01/03/2026") -> Reorganisation:
    draft = begin(client, province, day)
    assert save(client, draft, *(rows or (MERGE,))).status_code == 302
    draft.refresh_from_db()
    return draft


def confirm(client, draft: Reorganisation):
    return client.post(f"{BASE}{draft.pk}/confirm/", {"revision": draft.revision})


def test_a_draft_is_kept_and_changes_nothing(client, board, province):
    draft = begin(client, province)

    assert (draft.state, draft.takes_effect_on, draft.unit) == ("draft", dt.date(2026, 3, 1), province)
    assert Unit.objects.filter(is_alive=True).count() == 3


def test_typed_rows_become_events_and_come_back(client, board, province):
    draft = ready(client, province)

    page = client.get(f"{BASE}{draft.pk}/events/")

    first = {cell.name: cell.value for cell in page.context["rows"][0].cells}
    assert (first["old"], first["new"], first["unit_kind"]) == ("xã Tân Lộc; xã Phú Mỹ", "xã Tân Phú", "commune")
    assert [event["kind"] for event in draft.rows] == ["merge"]


def test_a_cell_that_cannot_be_read_is_told_at_its_place_and_nothing_is_saved(client, board, province):
    draft = begin(client, province)

    page = save(client, draft, {**MERGE, "old": "xã Lạ; xã Phú Mỹ"})

    [wrong] = [cell for row in page.context["rows"] for cell in row.cells if cell.error]
    assert (wrong.name, wrong.value) == ("old", "xã Lạ; xã Phú Mỹ")
    assert "Không có đơn vị đang hoạt động nào tên là “xã Lạ”" in wrong.error
    assert Reorganisation.objects.get().rows == []


def test_a_stale_edit_is_told(client, board, province):
    draft = ready(client, province)
    stale = Reorganisation(pk=draft.pk, revision=draft.revision - 1)

    page = save(client, stale, {**MERGE, "new": "xã Khác"})

    assert (
        page.context["refused"]
        == ["Người khác vừa sửa nội dung này. Những gì vừa nhập còn ở dưới đây; so lại rồi lưu lần nữa."]
        or "vừa" in page.context["refused"][0]
    )
    assert "Khác" not in str(Reorganisation.objects.get().rows)


def test_the_preview_counts_everything_and_each_number_opens_its_list(client, board, province, communes):
    for number in range(3):
        make_person(f"Người {number}", unit=communes[0])
    draft = ready(client, province)

    page = client.get(f"{BASE}{draft.pk}/preview/")

    lines = {line.code: line for line in page.context["lines"]}
    assert (lines["units"].count, lines["posting"].count) == (3, 3)
    shown = client.get(lines["posting"].url)
    assert len(shown.context["rows"]) == shown.context["count"] == 3
    assert shown.context["rows"][0].url == f"/registry/people/{Person.objects.order_by('pk')[0].pk}/"
    book = load_workbook(BytesIO(client.get(f"{lines['posting'].url}?export=xlsx").content))
    assert book.active.max_row >= 3


def test_a_list_of_many_is_paged(client, board, province, communes):
    for number in range(55):
        make_person(f"Người {number}", unit=communes[0])
    draft = ready(client, province)

    pages = [len(client.get(f"{BASE}{draft.pk}/lists/posting/?page={page}").context["rows"]) for page in (1, 2)]

    assert pages == [50, 5]


def test_what_forbids_it_is_told_and_the_button_gives_the_reason(client, board, province, communes):
    draft = ready(client, province, {**MERGE, "old": "xã Tân Lộc"})

    page = client.get(f"{BASE}{draft.pk}/preview/")

    assert (
        page.context["violations"] == ["Dòng 1: sáp nhập cần ít nhất hai đơn vị. Nếu chỉ một đơn vị, hãy chọn đổi tên."]
        or page.context["violations"]
    )
    assert not page.context["may_confirm"]


def test_confirming_writes_units_and_the_page_tells_who_and_what(client, board, province, communes):
    make_person("Lê An", unit=communes[0])
    draft = ready(client, province)

    answer = confirm(client, draft)

    draft.refresh_from_db()
    assert Job.objects.get().result["title"] == "Đã xác nhận sắp xếp đơn vị"
    assert answer.url.startswith("/jobs/")
    assert draft.state == "confirmed"
    page = client.get(f"{BASE}{draft.pk}/")
    assert {line.code: line.count for line in page.context["lines"]}["posting"] == 1
    assert page.context["entries"][0].who == board.get_full_name()
    assert [[one.name for one in event.after] for event in page.context["events"]] == [["xã Tân Phú"]]
    listed = client.get(f"{BASE}{draft.pk}/lists/posting/")
    assert [row.label for row in listed.context["rows"]] == ["Lê An"]


def test_before_its_day_every_page_shows_the_old_units(client, board, province, communes):
    draft = ready(client, province, day="01/03/2099")
    confirm(client, draft)

    today = client.get("/registry/units/").context["listing"]
    later = client.get("/registry/units/?on=01/03/2099&is_alive=1").context["listing"]

    assert "xã Phú Mỹ" in [row.record.held_name for row in today.table.page.object_list]
    assert "xã Phú Mỹ" not in [row.record.held_name for row in later.table.page.object_list]


def test_undoing_takes_everything_back(client, board, province, communes):
    draft = ready(client, province)
    confirm(client, draft)

    client.post(f"{BASE}{draft.pk}/undo/")

    draft.refresh_from_db()
    assert draft.state == "undone"
    assert not Unit.objects.filter(name="xã Tân Phú").exists()
    assert Unit.objects.get(name="xã Tân Lộc").is_alive


def test_what_rests_on_it_forbids_the_undo_and_is_named(client, board, province, communes):
    draft = ready(client, province)
    confirm(client, draft)
    make_person("Trần Mới", unit=Unit.objects.get(name="xã Tân Phú"))

    page = client.get(f"{BASE}{draft.pk}/")
    client.post(f"{BASE}{draft.pk}/undo/")

    draft.refresh_from_db()
    assert page.context["resting"]
    assert draft.state == "confirmed"
    assert Job.objects.order_by("-pk")[0].state == "failed"


def test_posts_without_a_successor_are_mapped_by_hand(client, board, province, communes):
    person = make_person("Lê An", unit=communes[0])
    draft = ready(client, province, {"kind": "dissolve", "old": "xã Tân Lộc"})
    posting = person.postings.get()
    waiting = client.get(f"{BASE}{draft.pk}/choices/")
    assert [group.count for group in waiting.context["groups"]] == [1]

    client.post(f"{BASE}{draft.pk}/choices/", {"revision": draft.revision, f"posting-{posting.pk}": "-"})

    draft.refresh_from_db()
    assert draft.rows[0]["choices"] == [{"what": "posting", "id": posting.pk}]
    assert client.get(f"{BASE}{draft.pk}/choices/").context["groups"] == []


def test_choices_stay_when_the_events_are_typed_again(client, board, province, communes):
    person = make_person("Lê An", unit=communes[0])
    draft = ready(client, province, {"kind": "dissolve", "old": "xã Tân Lộc"})
    key = person.postings.get().pk
    client.post(f"{BASE}{draft.pk}/choices/", {"revision": draft.revision, f"posting-{key}": "-"})
    draft.refresh_from_db()

    save(client, draft, {"kind": "dissolve", "old": "xã Tân Lộc", "note": "thôi"})

    assert Reorganisation.objects.get().rows[0]["choices"][0]["id"] == key


def sheet(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    book = Workbook()
    book.active.append(("Biến động", "Đơn vị cũ", "Đơn vị mới", "Tỷ lệ (%)"))
    for row in rows:
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    return SimpleUploadedFile("sap-xep.xlsx", content.getvalue())


def test_a_workbook_becomes_the_list(client, board, province):
    draft = begin(client, province)
    file = sheet(("Sáp nhập", "xã Tân Lộc; xã Phú Mỹ", "xã Tân Phú"))

    client.post(f"{BASE}{draft.pk}/upload/", {"file": file, "revision": draft.revision})

    assert [event["kind"] for event in Reorganisation.objects.get().rows] == ["merge"]


def test_errors_of_a_workbook_are_named_by_cell(client, board, province):
    draft = begin(client, province)
    file = sheet(("Sáp nhập", "xã Tân Lộc; xã Lạ", "xã Tân Phú"), ("Nhập nhằng", "xã Tân Lộc", ""))

    page = client.post(f"{BASE}{draft.pk}/upload/", {"file": file, "revision": draft.revision})

    assert [cell for cell, _sentence in page.context["cell_errors"]] == ["B2", "A3"]
    assert Reorganisation.objects.get().rows == []


def test_the_template_can_be_read_back(client, board, province):
    draft = begin(client, province)

    book = load_workbook(BytesIO(client.get(f"{BASE}{draft.pk}/template.xlsx").content))

    assert book.sheetnames == ["Biến động", "Ví dụ", "Đơn vị", "Từ dùng"]
    assert [cell.value for cell in book["Biến động"][1]][:3] == ["Biến động", "Đơn vị cũ", "Đơn vị mới"]


def test_a_draft_thrown_away_is_gone_and_logged(client, board, province):
    draft = begin(client, province)

    client.post(f"{BASE}{draft.pk}/discard/")

    assert not Reorganisation.objects.exists()
    assert ActionLogEntry.objects.filter(action="discard_reorganisation", actor_id=board.pk).count() == 1


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("view", "queries"), [("events", 8), ("preview", 23), ("choices", 10)])
def test_the_steps_cost_the_same_whatever_is_touched(
    client, board, province, communes, count, view, queries, django_assert_num_queries
):
    draft = ready(client, province)
    for number in range(count):
        make_person(f"Người {number}", unit=communes[0])

    with django_assert_num_queries(queries):
        client.get(f"{BASE}{draft.pk}/{view}/")


def test_every_field_of_the_grid_is_sent():
    assert set(grid(MERGE)) == set(EVENT_FIELDS)
