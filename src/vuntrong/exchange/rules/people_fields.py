"""The columns of a list of officials, as units of a province write them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from vuntrong.documents.columns import ColumnKind, DateOrder
from vuntrong.documents.grids import RawValue
from vuntrong.exchange.rules import values
from vuntrong.exchange.rules.reading import Answer, Field, Reader, Remark
from vuntrong.kernel.text import search_key
from vuntrong.registry.enums import PartyStatus
from vuntrong.registry.enums import QualificationKind as Kind

BORN = ("Ngày, tháng, năm sinh", "Ngày tháng năm sinh", "Ngày sinh", "Năm sinh", "Sinh ngày", "Sinh năm")
PARTY = ("Ngày vào Đảng", "Vào Đảng", "Ngày, tháng, năm vào Đảng", "Ngày kết nạp Đảng", "Đảng viên")
LEVEL = ("Trình độ", "Trình độ đào tạo")
GRADING = re.compile(r"(?:xep loai|danh gia|phan loai|ket qua xep loai)\D*?((?:19|20)\d\d)")
"""Header of a column of yearly gradings, by search key: one column for each year."""
GRADING_KEY = "grading:"
YOUNGEST = 16
"""Nobody on a list of officials is younger: tells the century of a birth year of two digits."""
DATES = ("born", "born_male", "born_female", "party_probationary", "party_full")


@dataclass(frozen=True)
class Catalogues:
    """How words are found in the lists that an office keeps. Each matcher gives None for a word that is not there."""

    ethnicity: Callable[[str], int | None]
    religion: Callable[[str], int | None]
    level: Callable[[str, str], tuple[str, str] | None]
    """Kind of qualification and text -> level and field of study."""


def under(tops: tuple[str, ...], *lowest: str) -> tuple[str, ...]:
    """Return the two-level headers of some tops with each of the lowest texts."""
    return tuple(f"{top} / {low}" for top in tops for low in lowest)


NAMES = ("Họ và tên", "Họ tên", "Họ, tên")
NAME_PARTS = (
    ("Họ đệm", "Họ và đệm", "Họ và tên đệm", "Họ, đệm", "Họ", *under(NAMES, "Họ đệm", "Họ")),
    ("Tên", *under(NAMES, "Tên")),
)
"""A name in two columns."""
ALIASES: dict[str, tuple[str, ...]] = {
    "number": ("STT", "TT", "Số TT", "Số thứ tự"),
    "name": (*NAMES, "Họ và tên cán bộ", "Họ tên cán bộ", "Họ, chữ đệm và tên"),
    "born_male": (*under(BORN, "Nam"), "Nam"),
    "born_female": (*under(BORN, "Nữ"), "Nữ"),
    "born": BORN,
    "sex": ("Giới tính", "GT", "Phái", "Nam/Nữ", "Nam, nữ"),
    "id": (
        "CCCD",
        "Số CCCD",
        "CCCD/CMND",
        "Số CCCD/CMND",
        "CMND/CCCD",
        "Số CMND/CCCD",
        "Căn cước",
        "Số căn cước",
        "Căn cước công dân",
        "Số căn cước công dân",
        "Số định danh cá nhân",
        "Số định danh",
        "Mã định danh",
    ),
    "old_id": ("CMND", "Số CMND", "Chứng minh nhân dân", "Số chứng minh nhân dân"),
    "profile_code": ("Số hiệu", "Số hiệu cán bộ", "Mã cán bộ", "Mã hồ sơ", "Mã số cán bộ"),
    "ethnicity": ("Dân tộc", "Thành phần dân tộc"),
    "religion": ("Tôn giáo",),
    "birth_place": ("Nơi sinh",),
    "origin": ("Quê quán", "Nguyên quán"),
    "residence": (
        "Nơi ở",
        "Nơi ở hiện nay",
        "Chỗ ở hiện nay",
        "Nơi ở hiện tại",
        "Địa chỉ",
        "Hộ khẩu thường trú",
        "Nơi thường trú",
    ),
    "unit": ("Đơn vị", "Đơn vị công tác", "Cơ quan, đơn vị", "Cơ quan", "Nơi công tác", "Cơ quan công tác"),
    "post": (
        "Chức vụ",
        "Chức danh",
        "Chức vụ, chức danh",
        "Chức vụ công tác",
        "Chức vụ hiện nay",
        "Chức danh, chức vụ",
    ),
    "civil_rank": ("Ngạch", "Ngạch công chức", "Chức danh nghề nghiệp", "Hạng chức danh nghề nghiệp"),
    "party_probationary": (
        *under(PARTY, "Dự bị", "DB", "Ngày dự bị", "Kết nạp", "Ngày kết nạp"),
        "Ngày vào Đảng (dự bị)",
        "Ngày vào Đảng dự bị",
        "Ngày kết nạp",
        *PARTY,
    ),
    "party_full": (
        *under(PARTY, "Chính thức", "CT", "Ngày chính thức"),
        "Ngày vào Đảng (chính thức)",
        "Ngày vào Đảng chính thức",
        "Ngày chính thức",
    ),
    "party_card": ("Số thẻ Đảng viên", "Số thẻ ĐV", "Số thẻ Đảng", "Số thẻ"),
    "general_education": (
        "Trình độ văn hóa",
        "Văn hóa",
        "Học vấn",
        "Trình độ học vấn",
        "Giáo dục phổ thông",
        "GDPT",
        *under(LEVEL, "Văn hóa", "Học vấn", "GDPT"),
    ),
    "professional": (
        "Trình độ chuyên môn",
        "Chuyên môn",
        "Chuyên môn nghiệp vụ",
        "Trình độ chuyên môn, nghiệp vụ",
        "Bằng cấp",
        *under(LEVEL, "Chuyên môn", "Chuyên môn nghiệp vụ", "CM"),
    ),
    "professional_field": ("Chuyên ngành", "Ngành đào tạo", "Chuyên ngành đào tạo", "Ngành học"),
    "political": (
        "Trình độ lý luận chính trị",
        "Lý luận chính trị",
        "LLCT",
        "Trình độ LLCT",
        *under(LEVEL, "LLCT", "Lý luận chính trị", "Chính trị", "Lý luận"),
    ),
    "state_management": (
        "Quản lý nhà nước",
        "QLNN",
        "Trình độ QLNN",
        "Bồi dưỡng QLNN",
        *under(LEVEL, "QLNN", "Quản lý nhà nước"),
    ),
    "it": ("Tin học", "Trình độ tin học", *under(LEVEL, "Tin học")),
    "language": ("Ngoại ngữ", "Trình độ ngoại ngữ", *under(LEVEL, "Ngoại ngữ")),
    "defence": (
        "Quốc phòng an ninh",
        "Quốc phòng và an ninh",
        "QPAN",
        "QP-AN",
        "Bồi dưỡng QPAN",
        "Kiến thức QPAN",
        *under(LEVEL, "QPAN"),
    ),
    "planned": ("Quy hoạch", "Chức danh quy hoạch", "Quy hoạch chức danh", "Quy hoạch chức vụ"),
    "phone": ("Số điện thoại", "Điện thoại", "SĐT", "ĐT", "Di động", "Điện thoại liên hệ"),
    "email": ("Email", "E-mail", "Thư điện tử", "Hộp thư điện tử"),
    "note": ("Ghi chú",),
}
LEVELS = {
    "professional": Kind.PROFESSIONAL,
    "political": Kind.POLITICAL,
    "state_management": Kind.STATE_MANAGEMENT,
    "it": Kind.IT,
    "language": Kind.LANGUAGE,
    "defence": Kind.DEFENCE,
}
"""Field -> kind of the qualification that it names."""
TEXTS = {
    "number": 40,
    "profile_code": 30,
    "birth_place": 200,
    "origin": 200,
    "residence": 300,
    "unit": 200,
    "post": 200,
    "civil_rank": 80,
    "party_card": 20,
    "general_education": 20,
    "professional_field": 200,
    "planned": 200,
    "note": 300,
}
NO_MEMBER = frozenset(
    {"quan chung", "chua vao dang", "khong vao dang", "ngoai dang", "khong la dang vien", "chua la dang vien"}
)
NOT_YET = frozenset({"khong", "chua", "chua ket nap"})
"""Words in a Party column that say that somebody is no member, by search key."""
SENSITIVE = frozenset({"ethnicity", "religion", "party_probationary", "party_full", "party_card"})
"""Fields of the sensitive class; gradings belong to it too. Source: NĐ 356, art. 4."""


@dataclass(frozen=True)
class Choices:
    """What a person decides about the reading of cells."""

    this_year: int
    zeros: bool = False
    """Whether leading zeros that a spreadsheet ate are put back."""
    orders: Mapping[str, DateOrder] = dataclass_field(default_factory=dict)
    """Field -> order of its dates, where it is not day first."""


def people_fields(catalogues: Catalogues, choices: Choices) -> dict[str, Field]:
    """Return every field of a list of officials; gradings of a year are added by `grading_field`."""
    readers: dict[str, Reader] = {key: values.text(limit) for key, limit in TEXTS.items()}
    readers |= {
        "name": values.name,
        "sex": values.sex,
        "id": values.personal_id(zeros=choices.zeros),
        "old_id": values.personal_id(zeros=choices.zeros),
        "ethnicity": values.listed(catalogues.ethnicity, "ethnicity-unknown"),
        "religion": values.listed(catalogues.religion, "religion-unknown"),
        "phone": values.phone(zeros=choices.zeros),
        "email": values.email,
    }
    readers |= {key: _day_reader(key, choices) for key in DATES}
    readers |= {key: _level_reader(kind, catalogues) for key, kind in LEVELS.items()}
    kinds = dict.fromkeys(DATES, ColumnKind.DATE) | {"name": ColumnKind.NAME}
    parts = {"name": NAME_PARTS}
    return {
        key: Field(key, aliases, readers[key], kinds.get(key, ColumnKind.TEXT), parts.get(key, ()))
        for key, aliases in ALIASES.items()
    }


def grading_field(year: int) -> Field:
    """Return the field of the grading of a year."""
    return Field(f"{GRADING_KEY}{year}", (), values.grade)


def grading_year(header: str) -> int | None:
    """Return the year whose grading a header names, if it names one."""
    found = GRADING.search(search_key(header))
    return int(found[1]) if found else None


def field_of(key: str, fields: Mapping[str, Field]) -> Field | None:
    """Return the field with a key, gradings included."""
    if key.startswith(GRADING_KEY) and key.removeprefix(GRADING_KEY).isdigit():
        return grading_field(int(key.removeprefix(GRADING_KEY)))
    return fields.get(key)


def _day_reader(key: str, choices: Choices) -> Reader:
    """Return the reader of a date; in a Party column words that say "not a member" are no date and no fault.

    Where the day of full membership would stand, "chưa" may be said of a member on probation, so it says nothing there.
    """
    order = choices.orders.get(key, DateOrder.DAY_FIRST)
    if key in {"born_male", "born_female"}:
        return values.ticked_day(order, choices.this_year - YOUNGEST)
    if key == "born":
        return values.day(order, choices.this_year - YOUNGEST)
    plain = values.day(order, choices.this_year)

    def party_day(value: RawValue) -> Answer:
        words = search_key(value) if isinstance(value, str) else None
        if words in NO_MEMBER or (words in NOT_YET and key == "party_probationary"):
            return Answer(PartyStatus.NONE.value)
        return values.EMPTY if words in {"", "-", "x", "co", *NOT_YET} else plain(value)

    return party_day


def _level_reader(kind: str, catalogues: Catalogues) -> Callable[[RawValue], Answer]:
    def read(value: RawValue) -> Answer:
        """Read a level with its field of study; a word that names no level is kept as the field and warned about."""
        found = values.said(value)
        if not found:
            return Answer(None)
        level = catalogues.level(kind, found)
        if level is None:
            return Answer(("", found[:200]), (Remark("level-unknown", {"value": found}),))
        return Answer(level)

    return read
