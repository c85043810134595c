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
    return client.get(send(client, run, content).url)


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


def test_the_list_of_errors_names_sheet_row_column_and_remedy(client, staff, commune, run):
    address = send(client, run, list_of(["Phan Sai", "31/02/1990", "Nam", commune.name])).url

    response = client.get(address + "errors.xlsx")

    rows = list(openpyxl.load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))
    assert rows[3] == (
        4,
        "Ngày sinh",
        "Trang “Danh sách”, dòng 4, cột “Ngày sinh”: “31/02/1990” không phải là ngày có thật. Ghi lại ngày.",
    )


def test_writing_is_a_job_that_ends_at_the_list(client, staff, commune, run, django_capture_on_commit_callbacks):
    address = send(client, run, list_of(["Nguyễn Mới", "1992", "Nữ", commune.name])).url

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address, {"sheet": "Danh sách"})

    job = Job.objects.get()
    assert response.url == reverse("jobs:page", args=[job.pk])
    assert job.state == JobState.DONE
    assert job.result["sentences"] == ["Đã đưa 1 học viên vào lớp: 1 người thêm mới, 0 người đã có hồ sơ."]
    assert job.result["url"] == url("learners", run)
    assert run.enrolments.get().person.full_name == "Nguyễn Mới"


def test_the_same_file_again_has_nothing_to_write(client, staff, commune, run, django_capture_on_commit_callbacks):
    content = list_of(["Nguyễn Mới", "1992", "Nữ", commune.name])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(send(client, run, content).url, {"sheet": "Danh sách"})

    response = preview(client, run, content)

    assert kinds(response) == [(4, "enrolled")]
    assert "Mọi người trong tệp đã có trong lớp." in response.content.decode()
    assert client.post(response.request["PATH_INFO"], {"sheet": "Danh sách"}).status_code == 200
    assert run.enrolments.count() == 1


def test_what_changed_after_the_preview_fails_the_job_and_writes_nothing(
    client, staff, commune, run, django_capture_on_commit_callbacks
):
    address = send(client, run, list_of(["Nguyễn Mới", "1992", "Nữ", commune.name])).url
    with django_capture_on_commit_callbacks() as callbacks:
        client.post(address, {"sheet": "Danh sách"})
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

    assert kinds(client.get(address, {"sheet": "Học viên"})) == [(2, "new")]


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

    with django_assert_num_queries(13):
        client.get(address)


def test_the_template_names_the_units(client, staff, commune, run):
    response = client.get(url("template", run))

    book = openpyxl.load_workbook(BytesIO(response.content))
    assert book.sheetnames == ["Danh sách", "Tên đơn vị"]
    assert commune.name in [row[0] for row in book["Tên đơn vị"].iter_rows(values_only=True)]
