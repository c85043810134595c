"""The wizard through its pages: upload, columns, preview, decisions, writing, lists, units to match."""

from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.documents.workbook_files import xlsx
from tests.exchange.builders import HEADER
from tests.factories import make_person, make_unit, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.accounts.models import InboxEntry
from vuntrong.exchange.models import Import, ImportTemplate, UnitAlias
from vuntrong.registry.models import Person, Posting

pytestmark = pytest.mark.django_db
ROWS = [
    ["DANH SÁCH"],
    HEADER,
    [1, "Lê An", "01/01/1980", "Nam", "", "", "Bí thư"],
    [2, "Lê Bình", "1981", "Nữ", "", "Xã Lạ", ""],
]


@pytest.fixture
def home():
    return make_unit("Đảng ủy xã Tân Hóa")


@pytest.fixture
def clerk(client, home):
    client.force_login(make_user_with(Role.UNIT_CLERK, home))
    return client


def upload(client, home, rows):
    """Upload a list and return its import."""
    file = SimpleUploadedFile("danh-sach.xlsx", xlsx(rows))
    answer = client.post(reverse("imports:upload"), {"file": file, "unit": home.pk})
    assert answer.status_code == 302
    return Import.objects.latest("pk")


def check(client, run, **said):
    """Read the columns as they are guessed and check the list; return the page that follows."""
    page = client.get(reverse("imports:reading", args=[run.pk]))
    columns = {f"column-{one.letter}": one.key for one in page.context["columns"]}
    said = {"sheet": page.context["sheet"], "header_row": page.context["header_row"], **columns, **said}
    return client.post(reverse("imports:reading", args=[run.pk]), said, follow=True)


def test_the_wizard_takes_a_list_from_the_file_to_the_result(clerk, home, django_capture_on_commit_callbacks):
    run = upload(clerk, home, ROWS)
    preview = check(clerk, run)

    assert "Lê An" in preview.text
    assert "Không có đơn vị tên “Xã Lạ”" in preview.text
    assert Person.objects.count() == 0

    with django_capture_on_commit_callbacks(execute=True):
        clerk.post(reverse("imports:write", args=[run.pk]))
    result = clerk.get(reverse("imports:import", args=[run.pk]))

    run.refresh_from_db()
    assert (run.state, run.report, run.counts["created"]) == ("written", {}, 2)
    assert Person.objects.filter(unit=home).count() == 2
    assert "Kết quả nhập" in result.text
    people = clerk.get(reverse("imports:people", args=[run.pk]), {"kind": "new"})
    assert "Lê Bình" in people.text
    assert "Lê Bình" not in clerk.get(reverse("imports:people", args=[run.pk]), {"kind": "changed"}).text
    told = InboxEntry.objects.get().message
    assert (told.subject, told.url) == (
        f"Đã nhập xong danh sách: {home.name}",
        reverse("imports:import", args=[run.pk]),
    )
    assert "2 dòng" in told.text


def test_the_second_upload_of_the_same_file_offers_nothing_to_write(clerk, home, django_capture_on_commit_callbacks):
    run = upload(clerk, home, ROWS)
    check(clerk, run)
    with django_capture_on_commit_callbacks(execute=True):
        clerk.post(reverse("imports:write", args=[run.pk]))

    preview = check(clerk, upload(clerk, home, ROWS))

    assert "Danh sách không có gì mới." in preview.text
    assert not preview.context["may_write"]


def test_errors_stand_in_their_rows_and_forbid_to_write(clerk, home):
    run = upload(clerk, home, [HEADER, [1, "Lê An", "31/02/1980"]])

    preview = check(clerk, run)
    clerk.post(reverse("imports:write", args=[run.pk]))

    assert "“31/02/1980” không có trong lịch" in preview.text
    assert not preview.context["may_write"]
    assert Person.objects.count() == 0
    remarks = clerk.get(reverse("imports:workbook", args=[run.pk]))
    book = openpyxl.load_workbook(BytesIO(remarks.content))
    assert "không có trong lịch" in book.worksheets[0]["C2"].comment.text


def test_a_person_decides_which_fields_may_update(clerk, home):
    make_person("Lê An", unit=home, born_on="1980-01-01", phone="0911111111")
    rows = [[*HEADER, "SĐT"], [1, "Lê An", "01/01/1980", "Nam", "", "", "Bí thư", "0922222222"]]
    run = upload(clerk, home, rows)

    preview = check(clerk, run)
    assert "0911111111 → 0922222222" in preview.text

    after = clerk.post(reverse("imports:choices", args=[run.pk]), {"fields": "1", "update": ["phone"]}, follow=True)

    assert [(key, is_on) for key, _label, _count, is_on in after.context["fields"]] == [
        ("phone", True),
        ("post", False),
    ]


def test_a_person_decides_who_is_meant(clerk, home):
    people = [make_person("Lê An", unit=home, born_on="1980-01-01") for _ in range(2)]
    run = upload(clerk, home, [HEADER, [1, "Lê An", "01/01/1980", "Nam"]])

    preview = check(clerk, run)
    assert "Chọn đúng người" in preview.text

    after = clerk.post(reverse("imports:choices", args=[run.pk]), {"row-2": str(people[1].pk)}, follow=True)

    assert after.context["wrong"] == 0


def test_another_header_row_and_columns_by_hand(clerk, home):
    run = upload(clerk, home, [["a", "b"], ["x", "y"], ["Lê An", "1980"]])
    page = clerk.get(reverse("imports:reading", args=[run.pk]))
    assert page.context["raw"][0] == (1, ["a", "b"])

    said = {"sheet": page.context["sheet"], "header_row": "2", "column-A": "name", "column-B": "born"}
    preview = clerk.post(reverse("imports:reading", args=[run.pk]), said, follow=True)

    assert preview.context["run"].counts["created"] == 1


def test_a_saved_template_reads_the_next_list(clerk, home):
    rows = [["Cột lạ", "Ngày sinh"], ["Lê An", "1980"]]
    run = upload(clerk, home, rows)
    check(clerk, run, **{"column-A": "name"})
    clerk.post(reverse("imports:keep-template", args=[run.pk]), {"name": "Mẫu của xã"})
    saved = ImportTemplate.objects.get()

    again = upload(clerk, home, rows)

    assert again.mapping["columns"] == saved.mapping["columns"]
    clerk.post(reverse("imports:template", args=[saved.pk]))
    assert not ImportTemplate.objects.exists()


def test_an_unknown_unit_is_matched_once(clerk, home, django_capture_on_commit_callbacks):
    run = upload(clerk, home, ROWS)
    check(clerk, run)
    with django_capture_on_commit_callbacks(execute=True):
        clerk.post(reverse("imports:write", args=[run.pk]))
    page = clerk.get(reverse("imports:units"))
    assert "Xã Lạ" in page.text

    assert "Xã Lạ" in clerk.get(reverse("imports:units"), {"q": "xa la"}).text
    assert "Xã Lạ" not in clerk.get(reverse("imports:units"), {"q": "khac"}).text
    assert "Xã Lạ" in clerk.get(reverse("imports:units"), {"unit": home.pk}).text
    assert clerk.get(reverse("imports:units"), {"export": "xlsx"}).content.startswith(b"PK")

    (text,) = Posting.objects.filter(unit_text="Xã Lạ")
    assert "Xã Lạ" in clerk.get(reverse("imports:match"), {"rows": text.pk}).text
    clerk.post(reverse("imports:match"), {"rows": text.pk, "unit": home.pk})

    assert UnitAlias.objects.get().unit == home
    assert "Không còn đơn vị cần ghép" in clerk.get(reverse("imports:units")).text


def test_a_discarded_import_keeps_the_file_only(clerk, home):
    run = upload(clerk, home, ROWS)
    check(clerk, run)

    clerk.post(reverse("imports:discard", args=[run.pk]))

    run.refresh_from_db()
    assert (run.state, run.report) == ("discarded", {})
    assert "đã bỏ" in clerk.get(reverse("imports:import", args=[run.pk])).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_imports_costs_the_same_for_one_and_three(clerk, home, count, django_assert_num_queries):
    for _ in range(count):
        upload(clerk, home, ROWS)

    with django_assert_num_queries(9):
        clerk.get(reverse("imports:list"))


def with_texts(*homes):
    """Put somebody with an unknown unit into each unit; return the postings."""
    people = [make_person(f"Lê An {at}", unit=home) for at, home in enumerate(homes)]
    Posting.objects.filter(person__in=people).update(unit_text="Xã Lạ")
    return [one.postings.get() for one in people]


def test_one_text_is_matched_wherever_it_stands(clerk, home):
    homes = [home, make_unit(parent=home)]
    texts = with_texts(*homes)

    page = clerk.get(reverse("imports:match"), {"rows": texts[0].pk})
    assert {one.pk for one in page.context["texts"]} == {one.pk for one in texts}

    clerk.post(reverse("imports:match"), {"rows": [one.pk for one in texts], "unit": homes[0].pk})
    assert set(Posting.objects.values_list("unit", "unit_text")) == {(homes[0].pk, "")}
    assert UnitAlias.objects.count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_units_to_match_cost_the_same_for_one_and_three(clerk, home, count, django_assert_num_queries):
    for at, posting in enumerate(with_texts(*[home] * count)):
        Posting.objects.filter(pk=posting.pk).update(unit_text=f"Xã Lạ {at}")

    with django_assert_num_queries(9):
        clerk.get(reverse("imports:units"))
