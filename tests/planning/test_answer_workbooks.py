import datetime as dt
from io import BytesIO

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from tests.factories import make_person, make_programme, make_unit, make_user
from tests.planning.survey_cases import HOUR, ask, make_centre, names
from vuntrong.documents.inspection import WorkbookError
from vuntrong.documents.models import StoredFile
from vuntrong.kernel.errors import RuleBroken
from vuntrong.planning.actions.answer_workbooks import import_workbook, preview_workbook, receive_workbook
from vuntrong.planning.actions.answers import save_answer, send_answer
from vuntrong.planning.documents.answer_workbooks import answer_workbook
from vuntrong.planning.models import SurveyAnswer, TrainingNeed
from vuntrong.planning.queries.answer_contents import AnswerContent
from vuntrong.planning.queries.survey_answers import needs_of
from vuntrong.planning.queries.surveys import offered
from vuntrong.registry.models import Person

pytestmark = pytest.mark.django_db

HEADER = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Chức vụ", "Chương trình đề nghị", "Ghi chú"]
BINH = [1, "Trần Thị Bình", "03/02/1991", "Nữ", "Công chức", "Trung cấp LLCT", ""]


@pytest.fixture
def survey_and_unit():
    survey, [unit] = ask(
        make_centre(), programmes=[make_programme("Trung cấp LLCT"), make_programme("Cập nhật nhóm 3")]
    )
    return survey, unit


def book(rows, numbers=None, *, titles=(), header=HEADER, merges=(), sheet="Nhu cầu"):
    made = Book()
    page = made.active
    page.title = sheet
    for line in (*titles, header, *rows):
        page.append(list(line))
    for merge in merges:
        page.merge_cells(merge)
    if numbers is not None:
        counts = made.create_sheet("Số lượng")
        for line in (["STT", "Chương trình", "Số người"], *numbers):
            counts.append(list(line))
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def receive(survey_and_unit, content, name="phieu.xlsx"):
    survey, unit = survey_and_unit
    return receive_workbook(survey=survey, unit=unit, content=content, name=name, by=make_user())


def problems(survey_and_unit, content):
    """Return code, row and column of each problem, and prove that importing writes nothing."""
    answer = receive(survey_and_unit, content)
    found = preview_workbook(answer).problems
    with pytest.raises(RuleBroken) as refusal:
        import_workbook(answer=answer, revision=0, is_sending=True, by=None)
    assert refusal.value.violations == list(found)
    assert (TrainingNeed.objects.count(), Person.objects.filter(unit=answer.unit).count()) == (0, 0)
    return [(one.code, one.values.get("row"), one.values.get("column")) for one in found]


def rows_of(content, sheet):
    cells = load_workbook(BytesIO(content))[sheet]
    return [[cell for cell in row if cell is not None] for row in cells.iter_rows(values_only=True)]


def test_workbook_goes_out_with_the_units_own_rows_and_comes_back_unchanged(survey_and_unit):
    survey, unit = survey_and_unit
    first, second = survey.programmes.order_by("name")
    person = make_person("Lê Văn An", unit=unit, post_text="Bí thư")
    content = AnswerContent(numbers={first.pk: 5}, named=names(second.pk, person.pk))
    answer = save_answer(survey=survey, unit=unit, content=content, revision=0, by=None)

    sent_out = answer_workbook(survey, unit, needs_of(answer), offered(survey))

    people = rows_of(sent_out, "Nhu cầu")
    assert people[1] == [f"Đơn vị đăng ký: {unit.name}"]
    assert people[3:] == [HEADER, [1, "Lê Văn An", "01/05/1990", "Nam", "Bí thư", "Trung cấp LLCT", ""]]
    assert rows_of(sent_out, "Số lượng")[4:] == [[1, "Cập nhật nhóm 3", 5], [2, "Trung cấp LLCT"]]
    assert [row for row in rows_of(sent_out, "Hướng dẫn") if row][-2:] == [["Cập nhật nhóm 3"], ["Trung cấp LLCT"]]

    preview = preview_workbook(receive(survey_and_unit, sent_out))

    assert (preview.problems, preview.removed) == ([], [])
    assert [row.state for row in preview.rows] == ["kept"]
    assert preview.reading.numbers == {first.pk: 5}


def test_workbook_is_written_and_sent_as_a_whole(survey_and_unit):
    _, unit = survey_and_unit
    known = make_person("Lê Văn An", unit=unit)
    rows = [BINH, [2, "Lê Văn An", dt.date(1990, 5, 1), "Nam", "", "trung cap llct", "ưu tiên"]]
    answer = receive(survey_and_unit, book(rows, numbers=[[1, "Cập nhật nhóm 3", 7]]))
    clerk = make_user()

    states = [row.state for row in preview_workbook(answer).rows]
    sent = import_workbook(answer=answer, revision=0, is_sending=True, by=clerk)

    assert states == ["new-person", "added"]
    assert sent.state == "sent"
    found = TrainingNeed.objects.filter(answer=sent).order_by("id")
    assert list(found.values_list("person__full_name", "programme__name", "headcount", "note")) == [
        ("Trần Thị Bình", "Trung cấp LLCT", 1, ""),
        ("Lê Văn An", "Trung cấp LLCT", 1, "ưu tiên"),
        (None, "Cập nhật nhóm 3", 7, ""),
    ]
    assert TrainingNeed.objects.filter(person=known).count() == 1
    assert SurveyAnswer.objects.get().workbook.name == "phieu.xlsx"


def test_draft_from_a_workbook_waits_to_be_sent(survey_and_unit):
    answer = receive(survey_and_unit, book([BINH]))

    import_workbook(answer=answer, revision=0, is_sending=False, by=None)

    assert SurveyAnswer.objects.get().state == "draft"
    assert TrainingNeed.objects.count() == 1


def test_late_workbook_needs_its_reason(survey_and_unit):
    survey, _ = survey_and_unit
    answer = receive(survey_and_unit, book([BINH]))
    words = {"answer": answer, "revision": 0, "is_sending": True, "by": None, "now": survey.closes_at + HOUR}

    with pytest.raises(RuleBroken):
        import_workbook(**words)
    sent = import_workbook(**words, late_reason="Mất điện")

    assert (sent.is_late, sent.late_reason) == (True, "Mất điện")


def test_preview_names_who_falls_out(survey_and_unit):
    survey, unit = survey_and_unit
    programme = survey.programmes.get(name="Trung cấp LLCT")
    goes = make_person("Vi Văn Cù", unit=unit)
    content = AnswerContent(named=names(programme.pk, goes.pk))
    save_answer(survey=survey, unit=unit, content=content, revision=0, by=None)

    preview = preview_workbook(receive(survey_and_unit, book([BINH])))

    assert preview.removed == ["Vi Văn Cù - Trung cấp LLCT"]
    assert (preview.count("new-person"), preview.count("problem")) == (1, 0)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ([1, "", "1991", "Nữ", "", "Trung cấp LLCT", "x"], ("name-missing", 2, "Họ và tên")),
        ([1, "Vi Cù", "31/02/1991", "Nữ", "", "Trung cấp LLCT", ""], ("date-day-out-of-range", 2, "Ngày sinh")),
        ([1, "Vi Cù", "hôm qua", "Nữ", "", "Trung cấp LLCT", ""], ("date-unreadable", 2, "Ngày sinh")),
        ([1, "Vi Cù", 3021991, "Nữ", "", "Trung cấp LLCT", ""], ("date-zero-lost", 2, "Ngày sinh")),
        ([1, "Vi Cù", "1991", "x", "", "Trung cấp LLCT", ""], ("sex-unknown", 2, "Giới tính")),
        ([1, "Vi Cù", "1991", "Nữ", "", "", "x"], ("programme-missing", 2, "Chương trình đề nghị")),
        ([1, "Vi Cù", "1991", "Nữ", "", "Trung cấp LLTC", ""], ("programme-unknown-near", 2, "Chương trình đề nghị")),
        ([1, "Vi Cù", "1991", "Nữ", "", "Bơi", ""], ("programme-unknown", 2, "Chương trình đề nghị")),
        ([1, "Vi Cù", "1991", "Nữ", "", "Trung cấp LLCT", "x" * 301], ("text-too-long", 2, "Ghi chú")),
        ([1, "Vi Cù", "", "Nữ", "", "Trung cấp LLCT", ""], ("row-newcomer-without-birth-date", 2, "Họ và tên")),
        ([1, "Vi Cù", "1991", "", "", "Trung cấp LLCT", ""], ("row-newcomer-without-sex", 2, "Họ và tên")),
    ],
)
def test_each_trap_is_named_with_row_and_column(survey_and_unit, row, expected):
    assert problems(survey_and_unit, book([row])) == [expected]


def test_all_problems_are_told_and_good_rows_are_not_written_either(survey_and_unit):
    rows = [BINH, [2, "Vi Cù", "31/02/1991", "x", "", "Bơi", ""], BINH]

    assert problems(survey_and_unit, book(rows, numbers=[[1, "Cập nhật nhóm 3", "ba"]])) == [
        ("programme-unknown", 3, "Chương trình đề nghị"),
        ("date-day-out-of-range", 3, "Ngày sinh"),
        ("sex-unknown", 3, "Giới tính"),
        ("row-twice", 4, "Họ và tên"),
        ("not-a-number", 2, "Số người"),
    ]


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ([[1, "Cập nhật nhóm 3", 2.5]], "not-whole"),
        ([[1, "Cập nhật nhóm 3", -1]], "number-out-of-range"),
        ([[1, "Cập nhật nhóm 3", 10000]], "number-out-of-range"),
        ([[1, "Cập nhật nhóm 3", 2], [2, "cap nhat nhom 3", 3]], "programme-twice"),
        ([[1, "Cập nhật nhóm 33", 2]], "programme-unknown-near"),
    ],
)
def test_traps_in_numbers_are_named(survey_and_unit, numbers, code):
    [(found, _, _)] = problems(survey_and_unit, book([BINH], numbers=numbers))

    assert found == code


def test_person_of_another_unit_is_refused_in_her_row(survey_and_unit):
    make_person("Trần Thị Bình", unit=make_unit(), born_on="1991-02-03")

    assert problems(survey_and_unit, book([BINH])) == [("row-person-of-other-unit", 2, "Họ và tên")]


def test_workbook_of_the_neighbour_is_refused(survey_and_unit):
    content = book([BINH], titles=[["Đơn vị đăng ký: Đảng ủy xã khác"]])

    assert [code for code, _, _ in problems(survey_and_unit, content)] == ["workbook-of-other-unit"]


def test_workbook_without_rows_is_told_apart_from_a_nil_answer(survey_and_unit):
    assert [code for code, _, _ in problems(survey_and_unit, book([]))] == ["workbook-without-needs"]


def test_own_layout_with_titles_merged_headers_serial_dates_and_groups_is_read(survey_and_unit):
    titles = [["HUYỆN ỦY TUYÊN HÓA"], ["BIỂU ĐĂNG KÝ"], ["Năm 2027"]]
    header = ["TT", "Họ tên", "Ngày, tháng, năm sinh", "Nam/Nữ", "Chức vụ, đơn vị", "Chương trình", "Ghi chú"]
    rows = [["I", "Trung cấp LLCT"], [1, "Trần Thị Bình", 33272, "nữ", "Công chức", "", "x"], ["Tổng cộng", 1]]
    answer = receive(survey_and_unit, book(rows, titles=titles, header=header, merges=["A1:G1"], sheet="Sheet1"))

    preview = preview_workbook(answer)

    assert preview.problems == []
    [row] = preview.reading.rows
    assert (row.number, row.need.new.born_on.iso(), row.need.new.sex) == (6, "1991-02-03", "female")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 not a workbook", "not-a-workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ],
)
def test_what_is_no_workbook_is_refused_and_not_kept(survey_and_unit, content, code):
    with pytest.raises(WorkbookError) as refusal:
        receive(survey_and_unit, content)

    assert refusal.value.code == code
    assert (StoredFile.objects.count(), SurveyAnswer.objects.count()) == (0, 0)


def test_sent_answer_takes_no_workbook(survey_and_unit):
    survey, unit = survey_and_unit
    programme = survey.programmes.first()
    content = AnswerContent(numbers={programme.pk: 2})
    send_answer(survey=survey, unit=unit, content=content, revision=0, by=None)

    with pytest.raises(RuleBroken) as refusal:
        receive(survey_and_unit, book([BINH]))

    assert [one.code for one in refusal.value.violations] == ["answer-already-sent"]
    assert StoredFile.objects.count() == 0
