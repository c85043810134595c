"""A writer of lists with traps: what the people are, and how a clerk of any decade has written them down."""

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from hypothesis import strategies as st
from openpyxl import Workbook as Book
from openpyxl.styles import Font

from tests.kernel.legacy_writers import as_tcvn3, as_vni
from vuntrong.kernel.legacy import _NOT_IN_ABC
from vuntrong.kernel.syllables import is_surely_vietnamese

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi", "Vũ", "Hồ", "Ksor", "Cao")
MIDDLES = ("Văn", "Thị", "Đức", "Ngọc", "Thị Thu", "Hữu", "Quý")
GIVENS = ("An", "Bình", "Cường", "Dũng", "Hòa", "Thủy", "Ánh", "Ước", "Vinh", "Yến", "Nhã")
UNITS = ("Đảng ủy xã Lê Hóa", "Tỉnh đoàn Thanh Bình", "Sở Nội vụ", "Ủy ban nhân dân phường Bắc Hồng")
TITLES = ("", "Đ/c ", "Ông ", "Bà ", "ThS. ", "đồng chí ")
DATE_FORMS = ("typed", "serial", "slashes", "dashes", "points", "words", "short", "clock", "year", "month", "since")
FONTS = {"tcvn3": ".VnTime", "vni": "VNI-Times", "unicode": "Arial", "nfd": "Times New Roman", "spaces": "Arial"}


@dataclass(frozen=True)
class Listed:
    """A person as the list means them."""

    name: str
    born: str
    sex: str
    unit: str


@dataclass(frozen=True)
class Hand:
    """How one person was written down."""

    title: str
    date_form: str
    writing: str


@dataclass(frozen=True)
class Trapped:
    """A list: its people, how each was written, and how the sheet is laid out."""

    people: tuple[Listed, ...]
    hands: tuple[Hand, ...]
    title_lines: int
    is_name_split: bool
    has_two_births: bool
    has_groups: bool
    has_dittos: bool
    has_total: bool
    has_numbers: bool
    is_header_repeated: bool
    header_writing: str


@st.composite
def people(draw) -> tuple[Listed, Hand]:
    day = draw(st.dates(dt.date(1951, 1, 1), dt.date(2008, 12, 31)))
    form = draw(st.sampled_from(DATE_FORMS))
    born = {"year": f"{day:%Y}", "since": f"{day:%Y}", "month": f"{day:%m/%Y}"}.get(form, f"{day:%d/%m/%Y}")
    words = [draw(st.sampled_from(pool)) for pool in (FAMILIES, MIDDLES, GIVENS)]
    sex = draw(st.sampled_from(["male", "female"]))
    person = Listed(" ".join(words), born, sex, draw(st.sampled_from(UNITS)))
    hand = Hand(draw(st.sampled_from(TITLES)), form, draw(st.sampled_from(sorted(FONTS))))
    return person, hand


@st.composite
def trapped_lists(draw) -> Trapped:
    listed = draw(st.lists(people(), min_size=1, max_size=7))
    flags = [draw(st.booleans()) for _ in range(7)]
    split, births, groups, dittos, total, numbers, again = flags
    return Trapped(
        tuple(person for person, _ in listed),
        tuple(hand for _, hand in listed),
        draw(st.integers(0, 6)),
        split,
        births,
        groups,
        dittos and not groups,
        total,
        numbers,
        again,
        draw(st.sampled_from(sorted(FONTS))),
    )


def written(text: str, writing: str) -> str:
    """Return a text as a program or a keyboard leaves it."""
    match writing:
        case "tcvn3":  # those fonts have no capitals with tones: such a text was typed otherwise
            typed = as_tcvn3(text)
            return text if is_surely_vietnamese(typed) or _NOT_IN_ABC.intersection(typed) else typed
        case "vni":
            return as_vni(text)
        case "nfd":
            return unicodedata.normalize("NFD", text)
        case "spaces":
            return f"\u00a0{text.replace(' ', chr(0xA0) + ' ')}\u200b "
        case _:
            return text


def written_day(born: str, form: str) -> str | int | dt.date:
    """Return a birth date in one of the forms of clerks."""
    if form in {"year", "month"}:
        return int(born) if form == "year" else born
    if form == "since":
        return f"sinh năm {born}"
    day = dt.date(int(born[6:]), int(born[3:5]), int(born[:2]))
    return {
        "typed": day,
        "serial": (day - dt.date(1899, 12, 30)).days,
        "slashes": f"{day.day}/{day.month}/{day.year}",
        "dashes": f"{day:%d-%m-%Y}",
        "points": f"{day:%d.%m.%Y}",
        "words": f"Ngày {day.day} tháng {day.month} năm {day.year}",
        "short": f"{day.day}/{day.month}/{day:%y}",
        "clock": f"{day:%d/%m/%Y} 00:00:00",
    }[form]


def header_of(trapped: Trapped) -> list[list[str]]:
    """Return one or two rows of headings."""
    names = ["Họ và tên đệm", "Tên"] if trapped.is_name_split else ["Họ và tên"]
    births = ["Ngày, tháng, năm sinh", ""] if trapped.has_two_births else ["Ngày sinh", "Giới tính"]
    upper = ["STT", *names, *births, "Đơn vị công tác"]
    if not trapped.has_two_births:
        return [upper]
    return [upper, ["", *[""] * len(names), "Nam", "Nữ", ""]]


def rows_of(trapped: Trapped) -> list[tuple[str, list[object]]]:
    """Return (writing, cells) of every row of the sheet."""
    rows: list[tuple[str, list[object]]] = []
    lines = ["TỈNH ỦY THANH BÌNH", "DANH SÁCH HỌC VIÊN", "(Kèm theo Công văn số 12)", "", "Năm 2026", "Lớp thứ nhất"]
    rows += [("unicode", [line]) for line in lines[: trapped.title_lines]]
    header = [(trapped.header_writing, list(line)) for line in header_of(trapped)]
    rows += header
    if trapped.has_numbers:
        rows.append(("unicode", [f"({at})" for at in range(1, len(header[0][1]) + 1)]))
    last_unit = ""
    for number, (person, hand) in enumerate(zip(trapped.people, trapped.hands, strict=True), start=1):
        if trapped.is_header_repeated and number == 3:
            rows += header
        if trapped.has_groups and person.unit != last_unit:
            rows.append((hand.writing, [person.unit]))
        rows.append((hand.writing, _cells(trapped, number, person, hand, last_unit)))
        last_unit = person.unit
    if trapped.has_total:
        rows.append(("unicode", [f"Danh sách gồm {len(trapped.people)} học viên./."]))
    return rows


def _cells(trapped: Trapped, number: int, person: Listed, hand: Hand, last_unit: str) -> list[object]:
    day = written_day(person.born, hand.date_form)
    *before, given = person.name.split()
    names = [hand.title + " ".join(before), given] if trapped.is_name_split else [hand.title + person.name]
    births: list[object] = [day, "Nam" if person.sex == "male" else "Nữ"]
    if trapped.has_two_births:
        births = [day, None] if person.sex == "male" else [None, day]
    unit = "nt" if trapped.has_dittos and person.unit == last_unit else person.unit
    return [number, *names, *births, None if trapped.has_groups else unit]


def trapped_xlsx(trapped: Trapped) -> bytes:
    """Return the list as a workbook with a font for each row."""
    book = Book()
    page = book.active
    page.title = "Danh sách"
    for number, (writing, cells) in enumerate(rows_of(trapped), start=1):
        for column, value in enumerate(cells, start=1):
            cell = page.cell(number, column)
            cell.value = written(value, writing) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.font = Font(name=FONTS[writing])
    if trapped.title_lines:
        page.merge_cells("A1:F1")
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def cells_of(rows: Sequence[tuple[str, list[object]]]) -> list[list[object]]:
    """Return the cells as they are written, without fonts."""
    return [[written(value, how) if isinstance(value, str) else value for value in cells] for how, cells in rows]


def fonts_of(rows: Sequence[tuple[str, list[object]]]) -> dict[tuple[int, int], str]:
    """Return the font of each cell by (row, column) from 0."""
    return {
        (number, column): FONTS[writing] for number, (writing, cells) in enumerate(rows) for column in range(len(cells))
    }
