"""A list of people as a clerk keeps it: half in a font of before Unicode, with all that an import has to cope with."""

import unicodedata
from collections.abc import Iterator, Sequence

from vuntrong.documents.actions import store_file
from vuntrong.documents.models import StoredFile
from vuntrong.documents.sheets import CellValue, Sheet, to_xlsx
from vuntrong.kernel.legacy import Encoding, to_unicode
from vuntrong.ops.demo.names import People
from vuntrong.registry.actions import NewPerson
from vuntrong.registry.enums import Sex
from vuntrong.registry.models import Person, Unit

NAME = "danh-sach-can-bo-xa-tan-phong.xlsx"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OLD_FONT = ".VnTime"
HEADER = (
    *("STT", "Họ và tên", "Nam", "Nữ", "Dân tộc", "Chức vụ", "Đơn vị công tác", "Trình độ chuyên môn", "LLCT"),
    *("Ngày vào Đảng", "Số CCCD", "Điện thoại", "Ghi chú"),
)
FONTS = (None, OLD_FONT, None, None, None, OLD_FONT)
TITLES = (
    "ĐẢNG BỘ TỈNH VĨNH HÀ",
    "ĐẢNG ỦY XÃ TÂN PHONG",
    "DANH SÁCH CÁN BỘ, ĐẢNG VIÊN CÁC CHI BỘ",
    "(Kèm theo Công văn số 41-CV/ĐU)",
)
NEW, KNOWN = 8, 2
"""People of each cell: new ones, and ones that the registry has already."""
DEGREES = ("Đại học Luật", "ĐH", "Thạc sĩ", "TC kế toán", "12/12", "Cao đẳng sư phạm")
LEVELS = ("Sơ cấp", "TC", "Trung cấp", "chưa", "")
LAST_CAPITAL = 0xA7
_TCVN3 = {
    letter: chr(code)
    for code in range(0xFE, 0xA0, -1)
    if (letter := to_unicode(chr(code), Encoding.TCVN3)).islower() or (code <= LAST_CAPITAL and letter.isalpha())
}
"""By letter; the font has small letters, and of the capitals Ă Â Ê Ô Ơ Ư Đ."""


def store_messy_list() -> StoredFile:
    """Keep the workbook for the page of the demonstration."""
    return store_file(content=messy_workbook(), name=NAME, content_type=XLSX, by=None)


def messy_workbook() -> bytes:
    """Return the list of three cells of Tân Phong: title lines, group rows, ditto marks, a total in words."""
    cells = list(Unit.objects.filter(slug__startswith="vinh-ha-chi-bo-thon-", slug__endswith="tan-phong")[:3])
    rows = list(_rows(People("danh-sach-mau"), cells))
    count = sum(1 for row in rows if isinstance(row[0], int))
    rows.append(("", f"Danh sách gồm {count} đồng chí./."))
    return to_xlsx([Sheet("Danh sách", HEADER, rows, title_lines=TITLES, fonts=FONTS)])


def _rows(people: People, cells: Sequence[Unit]) -> Iterator[Sequence[CellValue]]:
    number = 0
    for group, cell in enumerate(cells, start=1):
        yield "I" * group, cell.name
        for at, (one, identity) in enumerate(_members(people, cell)):
            number += 1
            yield _row(number, at, one, identity, cell)


def _members(people: People, cell: Unit) -> Iterator[tuple[NewPerson, str]]:
    """Yield people of the cell whom the registry knows, then some it does not, each with the personal ID."""
    for known in Person.objects.filter(unit=cell, born_on__isnull=False).order_by("pk")[:KNOWN]:
        new = NewPerson(known.full_name, known.sex, known.born_on, cell.pk, known.post_text)
        yield new, known.personal_id
    for at in range(NEW):
        one = people.make(cell.pk, "Đảng viên", (1962, 1999))
        year = one.born_on.year if one.born_on else 1980
        yield one, f"00{3 + 2 * (at % 4)}{int(one.sex == Sex.FEMALE)}{year % 100:02d}{(year * 7919 + at) % 10**6:06d}"


def _row(number: int, at: int, one: NewPerson, identity: CellValue, cell: Unit) -> Sequence[CellValue]:
    """Return a row with the slips of its place in the list."""
    name = f"Đ/c {one.full_name}" if at == 3 else one.full_name
    name = unicodedata.normalize("NFD", name) if at == 5 else name if at == 6 else _as_tcvn3(name)
    born = one.born_on.display() if one.born_on else ""
    born = f"Năm {born}" if len(born) == 4 and at % 2 else born.replace("/", ".") if at == 4 else born
    man, woman = ("", born) if one.sex == Sex.FEMALE else (born, "")
    if at == 2:
        identity = int(str(identity))  # a number loses its zeros
    phone: CellValue = 500_000_000 + number * 131 if at % 3 == 0 else f"050{number:03d}\u00a0{number * 37 % 10_000:04d}"
    return (
        number,
        name,
        man,
        woman,
        "Kinh" if at == 0 else "nt" if at < 7 else "",
        _as_tcvn3(one.post_text),
        cell.name if at == 0 else "nt",
        DEGREES[number % len(DEGREES)],
        LEVELS[number % len(LEVELS)],
        f"{1 + number % 28}/{1 + number % 12}/{2008 + number % 12}" if number % 4 else "",
        identity if at != 7 else "",
        phone,
        "Chuyển đến từ xã bên" if at == 6 else "",
    )


def _as_tcvn3(text: str) -> str:
    """Return the Western characters under which the font shows the text; capitals with marks have no place in it."""
    return "".join(_TCVN3.get(letter, letter) for letter in text)
