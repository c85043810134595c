from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.documents.workbook_files import xlsx
from tests.factories import make_class, make_enrolment, make_person, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.classes.models import ClassRun
from vuntrong.documents.models import StoredFile
from vuntrong.exchange.models import ImportTemplate
from vuntrong.kernel.enums import JobState
from vuntrong.kernel.models import Job

pytestmark = pytest.mark.django_db
HEADER = ["Họ và tên", "Ngày sinh", "Giới tính", "Đơn vị"]


@pytest.fixture
def run(centre):
    return make_class(owner=centre, code="ĐVM-01", year=2026)


def url(view: str, run: ClassRun, *more: int) -> str:
    return reverse(f"classes:{view}", args=[run.pk, *more])


def send(client, run, content: bytes, name: str = "Danh sách.xlsx"):
    return client.post(url("import", run), {"file": SimpleUploadedFile(name, content)})


def list_of(*rows: list[str]) -> bytes:
    return xlsx([["DANH SÁCH HỌC VIÊN"], [], HEADER, *rows])


def preview(client, run, content: bytes):
    return client.get(send(client, run, content).url, follow=True)


def kinds(response) -> list[tuple[int, str]]:
    return [(row.number, row.kind) for row in response.context["rows"]]


def test_the_preview_says_what_every_row_will_become(client, staff, commune, run):
    known = make_person("Lê Bình", unit=commune, born_on="1991-05-01")
    here = make_person("Trần Cường", unit=commune, born_on="1990")
    make_enrolment(class_run=run, person=here)

    response = preview(
        client,
        run,
        list_of(
            ["Nguyễn Mới", "1992", "Nữ", commune.name],
            [known.full_name, "01/05/1991", "Nam", commune.name],
            [here.full_name, "1990", "Nam", commune.name],
            ["Phan Sai", "31/02/1990", "Nam", "Xã không có"],
        ),
    )

    assert kinds(response) == [(7, "error"), (4, "new"), (5, "known"), (6, "enrolled")]
    page = response.content.decode()
    assert "“31/02/1990” không phải là ngày có thật. Ghi lại ngày." in page
    assert "Không có đơn vị “Xã không có”" in page
    assert "người vào lớp</button>" not in page
    assert StoredFile.objects.get().name == "Danh sách.xlsx"


def test_the_workbook_comes_back_with_remarks_in_its_cells(client, staff, commune, run):
    address = send(client, run, list_of(["Phan Sai", "31/02/1990", "Nam", commune.name])).url

    response = client.get(address + "remarks.xlsx")

    book = openpyxl.load_workbook(BytesIO(response.content))
    assert "“31/02/1990” không phải là ngày có thật. Ghi lại ngày." in book["Danh sách"]["B4"].comment.text
    assert [cell.value for cell in book.worksheets[-1][2]][:4] == ["Danh sách", 4, "B", "Lỗi"]


def test_writing_is_a_job_that_ends_at_the_list(client, staff, commune, run, django_capture_on_commit_callbacks):
    address = send(client, run, list_of(["Nguyễn Mới", "1992", "Nữ", commune.name])).url

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address, {"reading": "0"})

    job = Job.objects.get()
    assert response.url == reverse("jobs:page", args=[job.pk])
    assert job.state == JobState.DONE
    assert job.result["sentences"] == ["Đã đưa 1 học viên vào lớp: 1 người thêm mới, 0 người đã có hồ sơ."]
    assert job.result["url"] == url("learners", run)
    assert run.enrolments.get().person.full_name == "Nguyễn Mới"


def test_the_same_file_again_has_nothing_to_write(client, staff, commune, run, django_capture_on_commit_callbacks):
    content = list_of(["Nguyễn Mới", "1992", "Nữ", commune.name])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(send(client, run, content).url, {"reading": "0"})

    response = preview(client, run, content)

    assert kinds(response) == [(4, "enrolled")]
    assert "Mọi người trong tệp đã có trong lớp." in response.content.decode()
    assert client.post(response.request["PATH_INFO"], {"reading": "0"}).status_code == 200
    assert run.enrolments.count() == 1


def test_what_changed_after_the_preview_fails_the_job_and_writes_nothing(
    client, staff, commune, run, django_capture_on_commit_callbacks
):
    address = send(client, run, list_of(["Nguyễn Mới", "1992", "Nữ", commune.name])).url
    with django_capture_on_commit_callbacks() as callbacks:
        client.post(address, {"reading": "0"})
    ClassRun.objects.filter(pk=run.pk).update(state="cancelled")

    callbacks[0]()

    job = Job.objects.get()
    assert (job.state, job.result["title"]) == (JobState.FAILED, "Chưa ghi dòng nào")
    assert job.result["sentences"] == ["Lớp đã kết thúc hoặc đã hủy nên không nhận thêm học viên."]
    assert run.enrolments.count() == 0


def test_a_full_class_is_told_before_writing(client, staff, commune, run):
    ClassRun.objects.filter(pk=run.pk).update(capacity=1)

    rows = [["Nguyễn Mới", "1992", "Nữ", commune.name], ["Lê Hai", "1993", "Nam", commune.name]]
    page = preview(client, run, list_of(*rows)).content.decode()

    assert "Lớp đã đủ 1 học viên, còn 1 chỗ. Tăng sĩ số tối đa trước khi thêm." in page


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Ho va ten;Ngay sinh", "không phải là tệp Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "đang đặt mật khẩu"),
    ],
)
def test_what_is_no_workbook_is_refused_at_the_field(client, staff, run, content, sentence):
    response = send(client, run, content)

    assert sentence in response.context["form"].errors["file"][0]
    assert not StoredFile.objects.exists()


def test_an_empty_file_is_refused(client, staff, run):
    response = send(client, run, b"")

    assert response.status_code == 200
    assert response.context["form"].errors["file"]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["a", "b"], ["c", "d"]], "không có dòng tiêu đề cột"),
        ([["Ngày sinh", "Đơn vị"], ["1990", "x"]], "thiếu cột Họ và tên"),
        ([HEADER], "có tiêu đề cột nhưng không có người nào"),
    ],
)
def test_a_sheet_without_people_says_what_is_missing(client, staff, run, rows, sentence):
    assert sentence in preview(client, run, xlsx(rows)).content.decode()


def test_another_sheet_can_be_chosen(client, staff, commune, run):
    book = openpyxl.Workbook()
    book.active.append(["Bìa"])
    sheet = book.create_sheet("Học viên")
    sheet.append(HEADER)
    sheet.append(["Nguyễn Mới", "1992", "Nữ", commune.name])
    stream = BytesIO()
    book.save(stream)

    address = send(client, run, stream.getvalue()).url

    assert kinds(client.get(address)) == [(2, "new")]
    assert "không có dòng tiêu đề cột" in client.get(address + "reading/", {"sheet": "Sheet"}).text


def settle(client, address: str, **said: str):
    """Say how the sheet is read and return the page that follows."""
    page = client.get(address + "reading/", {key: said[key] for key in ("sheet", "header_row") if key in said})
    columns = {f"column-{one.letter}": one.key for one in page.context["columns"]}
    shown = {"sheet": page.context["sheet"], "header_row": page.context["header_row"]}
    return client.post(address + "reading/", {**shown, **columns, **said}, follow=True)


def test_columns_are_named_by_hand_and_the_next_list_is_read_alike(client, staff, commune, run):
    rows = [["DANH SÁCH"], ["Cán bộ", "Sinh", "Cử bởi"], ["Nguyễn Mới", "1992", commune.name]]
    address = send(client, run, xlsx(rows)).url

    first = client.get(address, follow=True)
    assert first.redirect_chain == [(address + "reading/", 302)]
    assert "không có dòng tiêu đề cột" in first.text
    assert (
        "Chọn nội dung của từng cột" in client.get(address + "reading/", {"sheet": "Danh sách", "header_row": "2"}).text
    )
    said = {"column-A": "name", "column-B": "born", "column-C": "unit"}
    found = settle(client, address, sheet="Danh sách", header_row="2", **said)
    assert kinds(found) == [(3, "new")]

    client.post(address + "template/", {"name": "Mẫu của xã"})
    assert ImportTemplate.objects.get().kind == "learners"
    assert kinds(preview(client, run, xlsx([["Năm 2027"], *rows[1:]]))) == [(3, "new")]


def test_a_column_that_cannot_be_is_refused_where_it_was_chosen(client, staff, commune, run):
    address = send(client, run, list_of(["Nguyễn Mới", "1992", "Nữ", commune.name])).url

    page = settle(client, address, **{"column-A": "", "column-B": "unit"})

    assert page.request["PATH_INFO"].endswith("/reading/")
    assert page.context["trouble"]


def test_doubtful_dates_wait_for_a_decision(client, staff, commune, run, django_capture_on_commit_callbacks):
    rows = [[f"Nguyễn Mới {at}", f"12/{at + 12}/1985", "Nữ", commune.name] for at in range(1, 9)]
    address = send(client, run, list_of(*rows)).url

    page = client.get(address)
    assert "có thể bị đảo ngày và tháng" in page.text
    assert not page.context["preview"].may_write
    assert client.post(address, {"reading": "0"}).status_code == 200

    page = settle(client, address, **{"order-born": "month-first"})
    assert page.context["preview"].may_write
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {"reading": "0"}).status_code == 200
        assert client.post(address, {"reading": "1"}).status_code == 302
    assert run.enrolments.first().person.born_on.iso() == "1985-12-13"


def test_a_lost_zero_is_offered_and_put_back_on_wish(client, staff, commune, run):
    address = send(client, run, list_of(["Nguyễn Mới", 1051990, "Nữ", commune.name])).url
    assert "có thể là 01/05/1990" in client.get(address).text

    page = settle(client, address, zeros="on")

    assert kinds(page) == [(4, "new")]
    assert "01/05/1990" in page.text
    assert "trả lại số 0" in page.text


def test_text_of_old_fonts_is_told_with_what_it_became(client, staff, commune, run):
    page = preview(client, run, list_of(["TrÇn ThÞ BÐ", "1992", "Nữ", commune.name]))

    assert "Trần Thị Bé" in page.text
    assert "TCVN3" in page.text


def test_the_file_of_somebody_else_does_not_exist(client, staff, centre, commune, run):
    address = send(client, run, list_of(["Nguyễn Mới", "1992", "Nữ", commune.name])).url
    client.force_login(make_user_with(Role.CENTRE_STAFF, centre))

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_costs_the_same_for_any_number_of_rows(
    client, staff, commune, run, count, django_assert_num_queries
):
    rows = [[f"Nguyễn Mới {number}", "1992", "Nữ", commune.name] for number in range(count)]
    address = send(client, run, list_of(*rows)).url

    with django_assert_num_queries(14):
        client.get(address)


def test_the_template_names_the_units(client, staff, commune, run):
    response = client.get(url("template", run))

    book = openpyxl.load_workbook(BytesIO(response.content))
    assert book.sheetnames == ["Danh sách", "Tên đơn vị"]
    assert commune.name in [row[0] for row in book["Tên đơn vị"].iter_rows(values_only=True)]
