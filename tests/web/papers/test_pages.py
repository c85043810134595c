"""Pages of issued papers and of the papers of a class."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.classes.test_papers import school_class
from tests.factories import make_user_with
from tests.registry.test_papers import draw
from vuntrong.documents.actions import stored_bytes
from vuntrong.registry.models import IssuedPaper

pytestmark = pytest.mark.django_db
FORM = {
    "day": "07/09/2026",
    "signer_name": "Nguyễn Văn A",
    "signer_post": "Phó Hiệu trưởng",
    "grounds": "Công văn số 245-CV/BTCTU;\n\nQuy chế của Học viện.",
    "office_head": "Trưởng phòng Đào tạo",
    "recipients": "- Như Điều 3;\nSở Nội vụ",
    "executors": "Trưởng phòng Đào tạo",
    "study_rule": "quy chế",
}


@pytest.fixture
def run():
    return school_class()


@pytest.fixture
def client(run):
    client = Client()
    client.force_login(make_user_with("training_office", run.owner))
    return client


def prepare(run, paper="recognition"):
    return reverse("papers:prepare", args=[run.pk, paper])


def test_the_preview_writes_nothing(client, run):
    page = client.post(prepare(run), {**FORM, "show": "1"})

    assert "Lấy số và ban hành" in page.text
    assert not IssuedPaper.objects.exists()
    (first, *_rest) = page.context["pages"]
    image = client.get(reverse("papers:page", args=[run.pk, first.key, 1]))
    assert image.content.startswith(b"\x89PNG")
    assert client.get(reverse("papers:page", args=[run.pk, first.key, 9])).status_code == 404


def test_a_paper_is_issued_and_its_files_are_those_that_were_kept(client, run):
    answer = client.post(prepare(run), {**FORM, "issue": "1"})

    paper = IssuedPaper.objects.get()
    assert answer.url == reverse("papers:paper", args=[paper.pk])
    assert paper.content["grounds"] == ["Công văn số 245-CV/BTCTU", "Quy chế của Học viện"]
    assert paper.content["recipients"] == ["Như Điều 3", "Sở Nội vụ"]
    assert client.get(reverse("papers:pdf", args=[paper.pk])).content == stored_bytes(paper.pdf)
    assert client.get(reverse("papers:docx", args=[paper.pk])).content.startswith(b"PK")
    assert "Hai tệp đúng như khi ban hành." in client.get(answer.url).text


def test_a_file_that_was_changed_is_told(client, run):
    client.post(prepare(run), {**FORM, "issue": "1"})
    paper = IssuedPaper.objects.get()
    with paper.pdf.file.storage.open(paper.pdf.file.name, "wb") as stream:
        stream.write(b"%PDF forged")

    assert "không còn đúng như khi ban hành" in client.get(reverse("papers:paper", args=[paper.pk])).text


def test_what_is_missing_stands_above_the_form(client, run):
    page = client.post(prepare(run), {**FORM, "signer_name": "", "issue": "1"})

    assert "Thiếu người ký." in page.text
    assert not IssuedPaper.objects.exists()


def test_the_next_paper_starts_with_the_words_of_the_last(client, run):
    client.post(prepare(run), {**FORM, "issue": "1"})

    form = client.get(prepare(run)).context["form"]

    assert form["signer_name"].value() == "Nguyễn Văn A"
    assert form["recipients"].value() == "Như Điều 3\nSở Nội vụ"


def test_letters_go_to_those_who_have_none_yet(client, run):
    units = sorted({str(key) for key in run.enrolments.values_list("unit_id", flat=True)})
    url = prepare(run, "call-up")
    client.post(url, {**FORM, "units": units[:1], "issue": "1"})

    page = client.get(url)

    assert page.context["form"]["units"].value() == units[1:]
    assert "(đã gửi: 01/TCT)" in page.text


def test_another_paper_is_not_there(client, run):
    assert client.get(prepare(run, "invoice")).status_code == 404


def test_form_master_and_committee_are_named(client, run):
    learner = run.enrolments.order_by("pk").first().person

    client.post(reverse("papers:duties", args=[run.pk]), {"on": "07/09/2026", "monitor": learner.pk})

    assert list(run.duties.values_list("duty", "person_id")) == [("monitor", learner.pk)]
    assert learner.full_name in client.get(reverse("papers:class", args=[run.pk])).text


def test_a_number_from_elsewhere_is_entered_and_the_run_shows_what_is_missing(client, run):
    said = {"unit": run.owner_id, "kind": "QĐ", "number": "4", "day": "07/09/2026", "summary": "Viết tay"}

    client.post(reverse("papers:enter"), said)
    again = client.post(reverse("papers:enter"), said)

    assert IssuedPaper.objects.get().reference == "04/QĐ-TCT"
    assert "đã thuộc văn bản khác" in again.text
    (row,) = client.get(reverse("papers:runs")).context["listing"].table.rows
    assert row.get_cell("missing") == "3"


def test_a_cancelled_paper_says_why(client, run):
    paper = draw(run.owner)

    client.post(reverse("papers:cancel", args=[paper.pk]), {"reason": "In nhầm"})
    client.post(reverse("papers:cancel", args=[paper.pk]), {"reason": "Lần nữa"})

    assert "In nhầm" in client.get(reverse("papers:paper", args=[paper.pk])).text
    paper.refresh_from_db()
    assert paper.cancel_reason == "In nhầm"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(client, run, count, django_assert_max_num_queries):
    for _number in range(count):
        draw(run.owner)
    url = reverse("papers:list")
    client.get(url)

    with django_assert_max_num_queries(9):
        page = client.get(url, {"q": "mo lop"})

    assert len(page.context["listing"].table.page.object_list) == count
