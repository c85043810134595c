import datetime as dt
from dataclasses import replace

import pytest

from tests.documents.specimens import REPORT, results_table
from vuntrong.documents.layouts import (
    LAYOUTS,
    PARTY36,
    STATE30,
    issuer_rule_mm,
    issuer_size,
    printed,
    recipient_lines,
    table_size,
)
from vuntrong.documents.papers import Head, HeaderCell, RowKind, TableRow, bind, body, ground, header_places

STATE = Head(style="state", parent="Tỉnh ủy An Vân", issuer="Trường Chính trị tỉnh", code="QĐ-TCT", place="An Vân")
PARTY = replace(STATE, style="party", code="BC/TTCT")
GAP = "\u00a0" * 7
DAY = "\u00a0" * 5


@pytest.mark.parametrize(
    ("head", "line"),
    [
        (replace(STATE, number=18), "Số: 18/QĐ-TCT"),
        (replace(STATE, number=9), "Số: 09/QĐ-TCT"),
        (replace(STATE, number=1205), "Số: 1205/QĐ-TCT"),
        (STATE, f"Số: {GAP}/QĐ-TCT"),
        (replace(PARTY, number=7), "Số 07-BC/TTCT"),
        (PARTY, f"Số {GAP}-BC/TTCT"),
    ],
)
def test_the_number_is_written_as_the_head_asks(head, line):
    assert head.number_line == line


@pytest.mark.parametrize(
    ("date", "year", "line"),
    [
        (dt.date(2022, 7, 5), None, "An Vân, ngày 05 tháng 7 năm 2022"),
        (dt.date(2023, 2, 26), None, "An Vân, ngày 26 tháng 02 năm 2023"),
        (None, 2026, f"An Vân, ngày{DAY}tháng{DAY}năm 2026"),
        (None, None, f"An Vân, ngày{DAY}tháng{DAY}năm{DAY}"),
    ],
)
def test_place_and_date_keep_room_until_the_day_of_signing(date, year, line):
    assert replace(STATE, date=date, year=year).place_line == line


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("tại Điều 1 và khoản 2", "tại Điều\u00a01 và khoản\u00a02"),
        ("Quyết định số 718-QĐ/HU", "Quyết định số\u00a0718-QĐ/HU"),
        ("khóa XII, khóa 12", "khóa\u00a0XII, khóa\u00a012"),
        ("20 lớp với 327 học viên", "20\u00a0lớp với 327\u00a0học viên"),
        ("Phụ lục kèm theo", "Phụ lục kèm theo"),
        ("năm 2022 đạt 30", "năm 2022 đạt 30"),
    ],
)
def test_numbers_stay_with_their_words(text, bound):
    assert bind(text) == bound


def test_header_cells_find_their_places():
    top = (HeaderCell("STT", rows=2), HeaderCell("Ngày sinh", columns=2), HeaderCell("Đơn vị", rows=2))
    table = replace(
        results_table(),
        columns=results_table().columns[:4],
        header=(top, (HeaderCell("Nam"), HeaderCell("Nữ"))),
        rows=(),
        numbers=(),
    )

    assert [(row, column, cell.text) for row, column, cell in header_places(table)] == [
        (0, 0, "STT"),
        (0, 1, "Ngày sinh"),
        (0, 3, "Đơn vị"),
        (1, 1, "Nam"),
        (1, 2, "Nữ"),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"header": ((HeaderCell("STT"),),)},
        {"header": ((HeaderCell("STT", columns=9),),)},
        {"header": ((HeaderCell("STT", rows=2), *[HeaderCell("x")] * 7), tuple([HeaderCell("y")] * 8))},
        {"header": ((*[HeaderCell("x")] * 7, HeaderCell("y", columns=2)),)},
        {"rows": (TableRow(("1", "2")),)},
        {"rows": (TableRow(("I. Nhóm",), RowKind.GROUP, span=7),)},
        {"numbers": ("(1)",)},
    ],
)
def test_a_table_that_does_not_fill_its_columns_is_refused(changes):
    with pytest.raises(ValueError, match=r"column|overlaps"):
        replace(results_table(), **changes)


def test_grounds_follow_the_style_of_the_head():
    line = ground("Căn cứ Quy định số 09-QĐi/TW;")

    assert [(run.text, run.italic) for run in printed(line, STATE30).runs] == [(line.text, True)]
    assert [(run.text, run.italic) for run in printed(line, PARTY36).runs] == [("- ", False), (line.text, False)]
    assert printed(body("x"), STATE30) == body("x")


@pytest.mark.parametrize(("name", "mark"), [("state30", ";"), ("party36", ","), ("party05", ";")])
def test_recipients_end_as_the_layout_asks(name, mark):
    lines = recipient_lines(REPORT, LAYOUTS[name])

    assert lines[0] == f"- Ban Thường vụ Huyện ủy{mark}"
    assert lines[-1] == "- Lưu Trung tâm."


def test_state_papers_step_down_and_party_papers_stay():
    steps = [STATE30]
    while smaller := steps[-1].smaller():
        steps.append(smaller)

    assert [(step.body, step.pitch) for step in steps] == [(14.0, 18.0), (13.5, 17.5), (13.0, 17.0)]
    assert PARTY36.smaller() is None


def test_text_is_165_mm_wide_and_257_across():
    widths = {
        (layout.text_width_mm(landscape=False), layout.text_width_mm(landscape=True)) for layout in LAYOUTS.values()
    }

    assert widths == {(165.0, 257.0)}


def test_a_table_of_more_than_ten_columns_is_smaller():
    table = results_table()
    columns = table.columns[:1] * 11
    header = (tuple(HeaderCell("x") for _ in columns),)

    assert table_size(replace(table, columns=columns, header=header, rows=(), numbers=()), STATE30) == 11.0
    assert table_size(table, STATE30) == 12.0


def test_a_long_issuer_is_set_smaller_with_its_parent():
    long = replace(PARTY, issuer="Trung tâm Chính trị huyện đảo")

    assert (issuer_size(PARTY, PARTY36), issuer_size(long, PARTY36)) == (14.0, 11.5)


def test_the_rule_under_a_state_issuer_is_a_third_to_a_half_of_it():
    width_of_the_line_mm = 54.6  # measured with Tinos at 12 pt

    assert 1 / 3 < issuer_rule_mm(STATE, STATE30) / width_of_the_line_mm < 1 / 2
