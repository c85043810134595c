"""Handing over: the purpose is asked, what was taken is written down, a large block is a job."""

import json
from io import BytesIO

import docx
import pytest
from django.urls import reverse

from tests.factories import make_person, make_unit, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.kernel.models import ActionLogEntry, Job
from vuntrong.registry.actions.sealing import restrict_person
from vuntrong.registry.models import Qualification, SensitiveRead
from vuntrong.web.exports import views

pytestmark = pytest.mark.django_db
BLOCK = reverse("exports:training-block")


@pytest.fixture
def province():
    return make_unit("Tỉnh ủy Vĩnh Hà", kind="provincial_committee", short_name="Vĩnh Hà", code="TU", seat="Vĩnh Hà")


@pytest.fixture
def person(province):
    unit = make_unit("Đảng ủy xã Tân Phong", parent=province)
    known = make_person("Lò Thị Vân", unit=unit, personal_id="012186004312", post_text="Phó Bí thư Đảng ủy")
    words = {"institution": "Trường Chính trị tỉnh", "studied_from": "2013-09", "studied_to": "2014-12-20"}
    Qualification.objects.create(person=known, kind="political", level="trung-cap", number="TC-42", **words)
    return known


@pytest.fixture
def board(client, province):
    client.force_login(make_user_with(Role.ORGANISATION_BOARD, province))
    return client


def wanted(unit, **extra) -> dict[str, str]:
    return {"unit": unit.pk, "start": "", "end": "", "shape": "json", "purpose": "national-database"} | extra


def test_the_block_of_a_subtree_is_answered_and_written_down(board, province, person):
    make_person("Người Ngoài")

    answer = board.post(BLOCK, wanted(province))

    document = json.loads(answer.content)
    assert [row["full_name"] for row in document["rows"]] == ["Lò Thị Vân"]
    assert document["scope"] == province.slug
    read = SensitiveRead.objects.get()
    assert (read.kind, read.purpose, read.count) == ("export", "national-database", 1)
    assert ActionLogEntry.objects.get(action="export_training_block").after["purpose"] == "national-database"


def test_without_a_purpose_nothing_is_handed_over(board, province, person):
    answer = board.post(BLOCK, wanted(province, purpose=""))

    assert answer["Content-Type"].startswith("text/html")
    assert not SensitiveRead.objects.exists()


def test_a_restricted_record_and_one_without_key_are_kept_apart(board, province, person):
    hidden = make_person("Hà Mai", unit=person.unit)
    keyless = make_person("Lê An", unit=person.unit)
    for one in (hidden, keyless):
        Qualification.objects.create(person=one, kind="it")
    restrict_person(person=hidden, reason="Đề nghị", by=None)

    document = json.loads(board.post(BLOCK, wanted(province)).content)

    assert [row["full_name"] for row in document["rows"]] == ["Lò Thị Vân"]
    assert [row["full_name"] for row in document["without_key"]] == ["Lê An"]


def test_a_large_block_is_written_by_a_worker_and_belongs_to_who_asked(
    board, province, person, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(views, "AT_ONCE", 0)

    with django_capture_on_commit_callbacks(execute=True):
        board.post(BLOCK, wanted(province, shape="xlsx"))

    job = Job.objects.get()
    url = reverse("exports:training-block-file", args=[job.pk])
    assert (job.state, job.result["url"]) == ("done", url)
    assert board.get(url).content.startswith(b"PK")
    board.force_login(make_user_with(Role.ORGANISATION_BOARD, province))
    assert board.get(url).status_code == 404


def test_a_unit_of_another_province_is_not_offered(board, province):
    assert board.post(BLOCK, wanted(make_unit()))["Content-Type"].startswith("text/html")


def test_a_period_that_ends_before_it_begins_is_refused(board, province):
    answer = board.post(BLOCK, wanted(province, start="02/01/2026", end="01/01/2026"))

    assert answer.context["form"].errors["end"]


@pytest.mark.parametrize(("shape", "mark"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_the_training_table_is_printed_for_a_purpose_and_written_down(board, person, shape, mark):
    url = reverse("exports:training-table", args=[person.pk])

    answer = board.post(url, {"shape": shape, "purpose": "eligibility"})

    assert answer.content.startswith(mark)
    read = SensitiveRead.objects.get()
    assert (read.person, read.kind, read.purpose) == (person, "paper", "eligibility")
    assert ActionLogEntry.objects.filter(action="print_training_table", subject_id=person.pk).exists()


def test_the_training_table_says_what_form_2c_asks(board, person):
    url = reverse("exports:training-table", args=[person.pk])

    document = docx.Document(BytesIO(board.post(url, {"shape": "docx", "purpose": "eligibility"}).content))

    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    wanted = ["Trường Chính trị tỉnh", "09/2013 - 12/2014", "Lý luận chính trị"]
    assert [text for text in wanted if text not in cells] == []
    assert any("số TC-42" in cell for cell in cells)
