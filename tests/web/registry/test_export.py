"""The list of people as a workbook: at once, and by a worker."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.factories import make_person, make_unit, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.kernel import jobs
from vuntrong.kernel.models import Job
from vuntrong.registry.models import Ethnicity, SensitiveRead
from vuntrong.web.kit import exports

pytestmark = pytest.mark.django_db
PEOPLE = "/registry/people/"


@pytest.fixture
def commune():
    return make_unit("Đảng ủy xã Thuận Hóa")


@pytest.fixture
def clerk(client, commune):
    client.force_login(make_user_with(Role.UNIT_CLERK, commune))
    return client


def cells(content: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(BytesIO(content)).active.iter_rows(min_row=4, values_only=True))


HEADER = ("Họ và tên", "Giới tính", "Ngày sinh", "Đơn vị", "Trình độ chuyên môn", "Lý luận chính trị")


def export(client, query: str = "", **data: str):
    """Ask for the workbook by a job, follow it to the file, and return the job with its content."""
    response = client.post(f"{PEOPLE}?{query}&export=xlsx", data, follow=True)
    job = Job.objects.get()
    assert response.redirect_chain == [(f"/jobs/{job.pk}/", 302)]
    return job, b"".join(client.get(f"/jobs/{job.pk}/file/").streaming_content)


@pytest.mark.django_db(transaction=True)
def test_a_worker_writes_the_same_rows_as_the_page(clerk, commune):
    make_person("Lê Văn Bình", unit=commune, degree="master", political_level="cao-cap")
    make_person("=1+1", unit=commune, born_on="1985", sex="")
    make_person("Người Lạ")

    job, content = export(clerk, "sort=-full_name")
    at_once = clerk.get(f"{PEOPLE}?sort=-full_name&export=xlsx").content

    assert cells(content) == [
        HEADER,
        ("Lê Văn Bình", "Nam", "01/05/1990", "Đảng ủy xã Thuận Hóa", "Thạc sĩ", "Cao cấp LLCT"),
        ("=1+1", "", "1985", "Đảng ủy xã Thuận Hóa", "", ""),
    ]
    assert [row[:4] for row in cells(at_once)] == [row[:4] for row in cells(content)]
    assert (job.state, job.result["sentences"]) == ("done", ["2 dòng."])


@pytest.mark.django_db(transaction=True)
def test_sensitive_columns_go_out_by_a_worker_for_a_purpose_and_are_written_down(clerk, commune):
    make_person("Lê Văn Bình", unit=commune, ethnicity=Ethnicity.objects.create(code=99, name="Thử"))

    _job, content = export(clerk, purpose="statistics")

    assert [row[6:] for row in cells(content)] == [("Đảng viên", "Dân tộc", "Tôn giáo"), ("", "Thử", None)]
    [read] = SensitiveRead.objects.all()
    assert (read.kind, read.purpose, read.count, len(read.fields)) == ("export", "statistics", 1, 3)


@pytest.mark.parametrize("purpose", ["", "to-mo"])
@pytest.mark.django_db(transaction=True)
def test_without_a_purpose_nothing_sensitive_goes_out(clerk, commune, purpose):
    make_person(unit=commune)

    _job, content = export(clerk, purpose=purpose)
    page = clerk.get(f"{PEOPLE}?export=xlsx&purpose=statistics")

    assert [row for row in (cells(content)[0], cells(page.content)[0]) if row != HEADER] == []
    assert not SensitiveRead.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_who_may_not_read_sensitive_fields_gets_none(client, commune):
    make_person(unit=commune)
    client.force_login(make_user_with(Role.ACADEMY_READER, commune))

    _job, content = export(client, purpose="statistics")

    assert cells(content)[0] == HEADER


def test_a_long_list_offers_the_worker_and_a_short_one_the_file(clerk, commune, monkeypatch):
    for _ in range(2):
        make_person(unit=commune)

    short = clerk.get(PEOPLE).content.decode()
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    long = clerk.get(PEOPLE).content.decode()

    assert 'href="/registry/people/?export=xlsx" download' in short
    assert 'form="export" formaction="/registry/people/?export=xlsx"' in long


@pytest.mark.django_db(transaction=True)
def test_an_export_stops_when_asked_to(clerk, commune, monkeypatch):
    make_person(unit=commune)
    begin = jobs.start

    def start_and_stop(job):
        begin(job)
        jobs.ask_cancel(job)

    monkeypatch.setattr(jobs, "start", start_and_stop)
    clerk.post(f"{PEOPLE}?export=xlsx")

    job = Job.objects.get()
    assert (job.state, clerk.get(f"/jobs/{job.pk}/file/").status_code) == ("cancelled", 404)


@pytest.mark.django_db(transaction=True)
def test_a_workbook_is_for_who_asked_for_it(client, clerk, commune):
    job, _content = export(clerk)
    client.force_login(make_user_with(Role.UNIT_CLERK, commune))

    assert client.get(f"/jobs/{job.pk}/file/").status_code == 404
