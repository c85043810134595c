"""A list of 80,000 officials in 15 columns against reading it and inserting the same rows without a question."""

import resource
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook

from benchmarks.data import insert, province
from benchmarks.enrolling import undone
from benchmarks.timing import Ratio, ratio
from vuntrong.documents.columns import SheetMapping
from vuntrong.documents.sheets import Sheet, to_xlsx
from vuntrong.documents.workbooks import reopen_workbook
from vuntrong.exchange.actions.people import Wish, import_people, read_people
from vuntrong.ops.demo.names import People
from vuntrong.registry.models import Unit

ROWS = 80_000
LIMIT = 3.0
MOST_MEGABYTES = 600
SHEET = "Danh sách"
HEADER = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "CCCD",
    "Dân tộc",
    "Quê quán",
    "Đơn vị",
    "Chức vụ",
    "Ngày vào Đảng",
    "Ngày chính thức",
    "Trình độ chuyên môn",
    "LLCT",
    "Số điện thoại",
    "Ghi chú",
)
POSTS = ("Bí thư Đảng ủy", "Phó Bí thư Đảng ủy", "Chủ tịch UBND", "Chuyên viên", "Công chức", "Trưởng phòng")
DEGREES = ("Đại học Luật", "Thạc sĩ Quản lý công", "Đại học Hành chính", "Cao đẳng", "Cử nhân Kinh tế", "")
LEVELS = ("Trung cấp", "Cao cấp", "Sơ cấp", "")
GROUPS = ("Kinh", "Tày", "Nùng", "Mông", "Thái", "Dao")


def workbook(rows: int = ROWS) -> bytes:
    """Return a list of people whom the registry does not know yet."""
    units = list(Unit.objects.filter(is_alive=True, kind="commune_committee").order_by("pk").values_list("pk", "name"))
    maker = People("importing")

    def lines() -> Any:
        for number in range(1, rows + 1):
            unit_id, unit = units[number * 7 % len(units)]
            one = maker.make(unit_id, "", (1900, 1925))
            born, woman = one.born_on, one.sex == "female"
            party = f"{number % 28 + 1:02d}/0{number % 9 + 1}/{born.year + 25}" if number % 4 else ""
            yield (
                number,
                one.full_name,
                born.display(),
                "Nữ" if woman else "Nam",
                f"{number % 96 + 1:03d}{int(woman)}{born.year % 100:02d}{number:06d}",
                GROUPS[number % 6],
                f"{unit}, tỉnh {number % 60}",
                unit,
                POSTS[number % 6],
                party,
                party.replace(f"{born.year + 25}", f"{born.year + 26}"),
                DEGREES[number % 6],
                LEVELS[number % 4],
                f"09{number:08d}",
                f"Đợt {number % 12}",
            )

    return to_xlsx([Sheet(title=SHEET, header=HEADER, rows=lines(), number_formats=("0", *["@"] * 14))])


def run() -> list[Ratio]:
    """Measure and return the ratio; the memory of one import in a process of its own is printed."""
    content = workbook()
    home = province()
    found = ratio(
        f"importing {ROWS} rows x 15 columns",
        undone(lambda: imported(content, home)),
        undone(lambda: bare(content)),
        limit=LIMIT,
        runs=3,
    )
    return [found]


def imported(content: bytes, home: Unit) -> None:
    """Read, convert, validate, match against 100,000 people, write with log."""
    reading = read_people(reopen_workbook(content, "a.xlsx"), SheetMapping(sheet=SHEET), Wish(home))
    check = import_people(reading=reading, wish=Wish(home), run=None, source="a.xlsx", by=None)
    if check.counts()["created"] != ROWS:
        raise AssertionError(f"not all new: {check.counts()}")


def bare(content: bytes) -> None:
    """Parse the file and insert the same people, postings, memberships and qualifications."""
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(SHEET).to_python()[1:]
    first = 10_000_000
    insert(
        "registry_person",
        "id, full_name, sex, born_on, unit_id, post_text, personal_id, origin, phone, ethnicity_id, degree, "
        "political_level, party_status, search_key, sort_key, revision",
        (
            (
                first + n,
                r[1],
                "male",
                "1990-01-01",
                1,
                r[8],
                r[4],
                r[6],
                r[13],
                1,
                "university",
                "trung-cap",
                "full",
                r[1],
                r[1],
                0,
            )
            for n, r in enumerate(rows)
        ),
    )
    postings = ((first + n, first + n, 1, r[8]) for n, r in enumerate(rows))
    insert("registry_posting", "id, person_id, unit_id, post_text", postings)
    party = ((first + n, first + n, "2010-01-01", "2011-01-01", "", "") for n, r in enumerate(rows) if r[9])
    insert("registry_partymembership", "id, person_id, probationary_on, full_on, card_number, cell", party)
    _bare_levels(rows, first)


def _bare_levels(rows: list[Any], first: int) -> None:
    texts = "institution, mode, paper, number, register_number, grade, sending_decision, funding, verified_by"
    levels = (
        (first + 2 * n + k, first + n, kind, r[column][:40], "", *[""] * 9, "", "import")
        for n, r in enumerate(rows)
        for k, (kind, column) in enumerate((("professional", 11), ("political", 12)))
        if r[column]
    )
    insert("registry_qualification", f"id, person_id, kind, level, field, {texts}, verified_from, source", levels)


def peak() -> float:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
