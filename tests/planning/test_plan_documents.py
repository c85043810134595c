import dataclasses
import datetime as dt
import io

import openpyxl
import pytest

from tests.factories import make_decision, make_plan, make_programme, make_survey, make_unit
from tests.planning.plan_samples import facts, line_of, snapshot_of
from vuntrong.documents.docx import to_docx
from vuntrong.documents.papers import RowKind, TableBlock
from vuntrong.documents.pdf import to_pdf
from vuntrong.documents.sheets import to_xlsx
from vuntrong.planning.documents.annexes import DECISION_COLUMNS, PLAN_COLUMNS, by_month, lines_table, plan_sheet
from vuntrong.planning.documents.plans import PAPERS, PlanCopy, Stamp, decision_paper, leading_number, submission_paper
from vuntrong.planning.queries.lines import working_lines

pytestmark = pytest.mark.django_db
STAMP = Stamp(day=dt.date(2022, 1, 10), number=718, signer_name="Nguyễn Văn An")


def copy_of(*, is_state: bool = False, **changes) -> PlanCopy:
    """A plan of three programmes: 2 + 1 planned lines, one for a later year."""
    parent = make_unit("Huyện ủy Tuyên Hóa", kind="district_committee", code="HU", seat="Tuyên Hóa")
    kind = "provincial_school" if is_state else "district_centre"
    owner = make_unit("Trung tâm Chính trị huyện Tuyên Hóa", kind=kind, parent=parent, code="TTCT", seat="Tuyên Hóa")
    plan = make_plan(owner=owner, approver=parent, year=2022, approver_text="Ban Thường vụ Huyện ủy Tuyên Hóa")
    for name, budget in (("Bồi dưỡng đảng viên mới", 12_500_000), ("Bồi dưỡng bí thư chi bộ", None)):
        line_of(plan, make_programme(name), budget_vnd=budget, funding_source="Ngân sách huyện" if budget else "")
    line_of(plan, make_programme("Trung cấp lý luận chính trị", kind="training"), class_count=1, learner_count=60)
    line_of(plan, make_programme("Lớp năm sau"), line_state="later_year", for_year=2023)
    return PlanCopy(plan, working_lines(plan), **changes)


def text_of(paper) -> str:
    return "\n".join(block.text for block in paper.blocks if not isinstance(block, TableBlock))


def test_the_decision_says_the_figures_of_its_annex():
    printed = decision_paper(copy_of(submission_number="12-TTr/TTCT", submitted_on=dt.date(2022, 1, 4)), STAMP)

    table = printed.paper.annexes[0].blocks[0]
    said = text_of(printed.paper)
    assert (printed.layout.name, printed.paper.head.reference, printed.paper.head.issuer) == (
        "party36",
        "718-QĐ/HU",
        "Huyện ủy Tuyên Hóa",
    )
    assert "tổ chức 05 lớp đào tạo, bồi dưỡng năm 2022 với 248 học viên (Phụ lục kèm theo)." in said
    assert "tại Tờ trình số 12-TTr/TTCT, ngày 04/01/2022," in said
    assert table.rows[-1].cells[:3] == ("Tổng cộng", "5", "248")
    assert printed.paper.annexes[0].reference == (
        "Kèm theo Quyết định số 718-QĐ/HU, ngày 10/01/2022 của Ban Thường vụ Huyện ủy Tuyên Hóa"
    )
    assert len(printed.paper.annexes) == 1


def test_the_submission_names_what_counts_and_sets_the_rest_apart():
    printed = submission_paper(copy_of(), STAMP)

    said = text_of(printed.paper)
    assert "Tổng số 05 lớp với 248 học viên (chi tiết tại Phụ lục), trong đó:" in said
    assert "- 02 lớp bồi dưỡng đảng viên mới (94 học viên);" in said
    assert "Ngoài ra có 01 nội dung đang nghiên cứu hoặc đề xuất cho năm sau, không tính vào tổng số." in said
    assert "Dự kiến 12.500.000 đồng (bằng chữ: Mười hai triệu năm trăm nghìn đồng); nguồn: Ngân sách huyện." in said
    assert [annex.label for annex in printed.paper.annexes] == ["Phụ lục I", "Phụ lục II"]
    assert printed.paper.annexes[1].blocks[0].rows[0].cells[3] == "Đề xuất năm 2023"
    assert (printed.paper.address.label, printed.paper.keep) == ("Kính gửi", "Lưu Trung tâm")


def test_the_submission_repeats_the_consolidation_that_it_names():
    copy = copy_of()
    programme = make_programme()
    survey = make_survey(owner=copy.plan.owner, letter_number="86-CV/TTCT", letter_on=dt.date(2021, 9, 15))
    taken = dt.datetime(2021, 10, 26, 2, 0, tzinfo=dt.UTC)
    one, other = make_unit(), make_unit()
    needs = {(one, programme): 200, (other, programme): 14}
    words = {"asked": 140, "answered": 121, "nil_answers": 9, "silent_units": ["Xã A", "Xã B"]}
    snapshot = snapshot_of(survey, needs, taken_at=taken, **words)

    said = text_of(submission_paper(PlanCopy(copy.plan, copy.lines, snapshot=snapshot), STAMP).paper)

    assert "Tính đến 09 giờ 00 ngày 26/10/2021, có 121/140 cơ quan, đơn vị trả lời khảo sát" in said
    assert "đăng ký 214 lượt người; 09 cơ quan" in said
    assert "02 cơ quan, đơn vị chưa trả lời: Xã A; Xã B." in said
    assert "Căn cứ Công văn số 86-CV/TTCT, ngày 15/9/2021 của" in said


def test_an_amendment_names_the_decision_that_it_changes():
    amended = make_decision(number="718-QĐ/HU", issued_on=dt.date(2022, 1, 10))
    copy = copy_of(reason="Thêm 2 lớp theo đề nghị của các xã", amends=amended)

    decision = text_of(decision_paper(copy, STAMP).paper)
    submission = text_of(submission_paper(copy, STAMP).paper)

    assert (
        "Điều chỉnh, bổ sung kế hoạch đã giao tại Quyết định số 718-QĐ/HU, ngày 10/01/2022; sau điều chỉnh," in decision
    )
    assert "Lý do: Thêm 2 lớp theo đề nghị của các xã." in submission


def test_the_layout_of_the_day_decides_the_address():
    later = submission_paper(copy_of(), Stamp(day=dt.date(2026, 6, 1)))

    assert (later.layout.name, later.paper.address.label) == ("party05", "Kính trình")


def test_a_school_writes_with_the_head_of_the_state():
    printed = submission_paper(copy_of(is_state=True), STAMP)

    assert (printed.layout.name, printed.paper.head.number_line) == ("state30", "Số: 718/TTr-TTCT")
    assert text_of(printed.paper).endswith("xem xét, phê duyệt./.")


@pytest.mark.parametrize("columns", [DECISION_COLUMNS, PLAN_COLUMNS])
def test_subtotals_add_up_to_the_total(columns):
    lines = [facts(at, field=("professional" if at % 2 else "political_theory"), class_count=at) for at in range(1, 8)]

    table = lines_table(lines, columns)

    subtotals = [row for row in table.rows if row.kind == RowKind.TOTAL]
    assert table.width_mm == 257
    assert sum(int(row.cells[1]) for row in subtotals[:-1]) == int(subtotals[-1].cells[1]) == 28
    assert [row.cells[0] for row in table.rows if row.kind == RowKind.ITEM] == [str(at) for at in range(1, 8)]


def test_lines_stand_in_the_order_of_the_year():
    lines = [
        facts(1, month=None),
        facts(2, month=None, quarter=2),
        facts(3, month=12),
        facts(4, month=3),
        facts(5, month=4),
    ]

    assert [line.line_id for line in by_month(lines)] == [4, 2, 5, 3, 1]


@pytest.mark.parametrize("name", sorted(PAPERS))
@pytest.mark.parametrize("is_state", [False, True])
def test_every_paper_prints(name, is_state):
    printed = PAPERS[name](copy_of(is_state=is_state), Stamp(day=dt.date(2022, 1, 10), is_dated=False))

    assert to_pdf(printed.paper, printed.layout).startswith(b"%PDF")
    assert to_docx(printed.paper, printed.layout).startswith(b"PK")


def test_the_workbook_holds_every_line_and_totals_the_planned_ones():
    copy = copy_of()

    book = openpyxl.load_workbook(io.BytesIO(to_xlsx([plan_sheet(copy.lines, title_lines=("Kế hoạch 2022",))])))

    rows = list(book.active.iter_rows(values_only=True))
    header = next(row for row in rows if row[0] == "STT")
    at = rows.index(header)
    assert len(rows[at + 1 :]) == len(copy.lines) + 1
    assert (rows[-1][header.index("Số lớp")], rows[-1][header.index("Số học viên")]) == (5, 248)
    assert rows[at + 4][header.index("Tình trạng")] == "Đề xuất năm sau"


@pytest.mark.parametrize(("text", "number"), [("718-QĐ/HU", 718), ("", None), ("QĐ/HU", None)])
def test_the_number_in_front_of_a_code(text, number):
    assert leading_number(text) == number


def test_an_unknown_number_of_learners_is_not_printed_as_none():
    copy = copy_of()
    unknown = [
        dataclasses.replace(line, draft=dataclasses.replace(line.draft, learner_count=None)) for line in copy.lines
    ]

    printed = decision_paper(PlanCopy(copy.plan, unknown), STAMP)

    table = printed.paper.annexes[0].blocks[0]
    assert "tổ chức 05 lớp đào tạo, bồi dưỡng năm 2022 (Phụ lục kèm theo)." in text_of(printed.paper)
    assert table.rows[-1].cells[:3] == ("Tổng cộng", "5", "-")
