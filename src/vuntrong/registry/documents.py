"""The head, the signature and the style of a unit's papers, as the unit was on the day of the paper."""

import datetime as dt
import re
from dataclasses import replace

from vuntrong.documents.layouts import LAYOUTS, Layout
from vuntrong.documents.papers import DAY_GAP, Head, SignatureBlock
from vuntrong.kernel.dates import long_date, party_date
from vuntrong.registry.enums import TERRITORIES, UnitKind
from vuntrong.registry.models import DocumentProfile, Unit, UnitVersion
from vuntrong.registry.queries import version_on
from vuntrong.registry.rules.heads import PEOPLES_COMMITTEES, Style, style_of
from vuntrong.registry.rules.numbers import LETTER, filled
from vuntrong.regulations.queries import layout_on

COMMITTEES = frozenset(
    {
        UnitKind.PROVINCIAL_COMMITTEE,
        UnitKind.DISTRICT_COMMITTEE,
        UnitKind.COMMUNE_COMMITTEE,
        UnitKind.DIRECT_COMMITTEE,
    }
)
HEAD_POSTS = {
    **dict.fromkeys(PEOPLES_COMMITTEES, "Chủ tịch"),
    UnitKind.PROVINCIAL_SCHOOL: "Hiệu trưởng",
    UnitKind.UNIVERSITY: "Hiệu trưởng",
    UnitKind.ORGANISATION_BOARD: "Trưởng ban",
    UnitKind.PROPAGANDA_BOARD: "Trưởng ban",
    UnitKind.PARTY_CELL: "Bí thư",
    **dict.fromkeys(COMMITTEES, "Bí thư"),
}
"""The post that signs for a unit; Giám đốc for every other kind."""

_CUT = {
    UnitKind.DISTRICT_CENTRE: r"\s+(huyện|thị xã|thành phố)\s.*",
    UnitKind.COMMUNE_CENTRE: r"\s+(xã|phường|đặc khu)\s.*",
    UnitKind.ORGANISATION_BOARD: r"\s+\S+\s+ủy\b.*",
    UnitKind.PROPAGANDA_BOARD: r"\s+\S+\s+ủy\b.*",
    UnitKind.HOME_AFFAIRS: r"\s+(tỉnh|thành phố)\s.*",
    UnitKind.PROVINCIAL_SCHOOL: r"(?<=\btỉnh)\s.*",
}
"""What the issuer line leaves out because the parent line says it."""
_PARTY_BODIES = (
    ("Tỉnh ủy", "Đảng bộ tỉnh"),
    ("Thành ủy", "Đảng bộ thành phố"),
    ("Huyện ủy", "Đảng bộ huyện"),
    ("Thị ủy", "Đảng bộ thị xã"),
    ("Đảng ủy", "Đảng bộ"),
)
_SEAT = re.compile(r"(?:huyện|thị xã|thành phố|tỉnh|xã|phường|Huyện ủy|Thị ủy|Thành ủy|Tỉnh ủy)\s+(?!ủy\b)(.+)$")


def paper_style(unit: Unit) -> Style:
    """Return whose layout the papers of a unit follow."""
    return style_of(unit.kind)


def paper_layout(unit: Unit, day: dt.date, *, style: Style | None = None) -> Layout:
    """Return the measures of the unit's papers on a day. 1 query."""
    return LAYOUTS[layout_on(style or paper_style(unit), day).key]


def profiled_head(
    unit: Unit,
    profile: DocumentProfile,
    *,
    kind: str,
    day: dt.date,
    number: int | None = None,
    subject: str = "",
    office: str = "",
) -> Head:
    """Return the head of a paper as the document profile of the unit asks. At most 3 queries."""
    head = paper_head(unit, kind=kind, day=day, number=number, subject=subject, style=profile_style(profile))
    pattern = profile.letter_pattern if kind == LETTER else profile.pattern
    office = office or profile.office
    said = filled(pattern, kind=kind, unit=unit_code(version_on(unit, day)), office=office)
    return replace(head, pattern=said, digits=profile.digits)


def profile_style(profile: DocumentProfile) -> Style:
    """Return whose head a profile asks for."""
    return "state" if profile.style == "state" else "party"


def unit_code(version: UnitVersion) -> str:
    """Return the code of a unit in the numbers of its papers: its own, else the first letters of its short name."""
    return version.code or "".join(word[0] for word in version.short_name.split()).upper()


def paper_head(
    unit: Unit,
    *,
    kind: str,
    day: dt.date,
    number: int | None = None,
    is_dated: bool = True,
    subject: str = "",
    style: Style | None = None,
) -> Head:
    """Return the head of a paper of `kind` (QĐ, TTr, BC, KH) with the names of `day`. At most 3 queries.

    A paper that is not `is_dated` leaves room for day and month.
    """
    style = style or paper_style(unit)
    version = version_on(unit, day)
    code = unit_code(version)
    return Head(
        style=style,
        parent=_parent_line(version, day),
        issuer=_issuer_line(version),
        code=f"{kind}-{code}" if style == "state" else f"{kind}/{code}",
        place=version.seat or _seat(version),
        number=number,
        date=day if is_dated else None,
        year=day.year,
        subject=subject,
    )


def _issuer_line(version: UnitVersion) -> str:
    if version.kind in PEOPLES_COMMITTEES:
        return version.name.replace("Ủy ban nhân dân ", "Ủy ban nhân dân\n", 1)
    return re.sub(_CUT.get(UnitKind(version.kind), r"$^"), "", version.name)


def _parent_line(version: UnitVersion, day: dt.date) -> str:
    """Return the body above: the Party organisation of a committee, UBND written short; nothing above a province."""
    if version.parent is None or version.kind in {UnitKind.PROVINCIAL_COMMITTEE, *PEOPLES_COMMITTEES}:
        return ""
    above = version_on(version.parent, day)
    if above.kind in TERRITORIES:
        return ""
    if version.kind in COMMITTEES:
        return _party_organisation(above.name)
    return above.name.replace("Ủy ban nhân dân", "UBND")


def _party_organisation(committee: str) -> str:
    for name, organisation in _PARTY_BODIES:
        if committee.startswith(name):
            return committee.replace(name, organisation, 1)
    return committee


def _seat(version: UnitVersion) -> str:
    found = _SEAT.search(version.name)
    return found[1] if found else version.short_name


def paper_signature(unit: Unit, *, name: str, post: str = "", style: Style | None = None) -> SignatureBlock:
    """Return the signature for a unit: on behalf of a committee, or by its head or her deputy. Source: papers.md 1.7.

    A deputy of a Party committee signs without "K/T".
    """
    style = style or paper_style(unit)
    head = HEAD_POSTS.get(UnitKind(unit.kind), "Giám đốc")
    post = post or head
    deputy = f"{'KT.' if style == 'state' else 'K/T'} {head}" if post.lower().startswith("phó") else ""
    if unit.kind in COMMITTEES:
        return SignatureBlock(("T/M Ban Thường vụ",), post, name)
    if unit.kind in PEOPLES_COMMITTEES:
        return SignatureBlock(("TM. Ủy ban nhân dân", *([deputy] if deputy else [])), post, name)
    return SignatureBlock((deputy,) if deputy else (), post, name)


def keep_line(unit: Unit, *, style: Style | None = None) -> str:
    """Return the last of the recipients: who keeps the paper. Source: papers.md 1.8."""
    if (style or paper_style(unit)) == "state":
        return "Lưu: VT"
    if unit.kind in COMMITTEES:
        return f"Lưu Văn phòng {unit.name}"
    centres = {UnitKind.DISTRICT_CENTRE, UnitKind.COMMUNE_CENTRE}
    return "Lưu Trung tâm" if unit.kind in centres else f"Lưu {unit.short_name}"


def cited(kind: str, number: str, day: dt.date | None, issuer: str, *, style: Style) -> str:
    """Return how another paper names this one: Quyết định số 718-QĐ/HU, ngày 10/01/2022 của …; gaps without a day."""
    comma = "," if style == "party" else ""
    gap = f"ngày{DAY_GAP}tháng{DAY_GAP}năm{DAY_GAP}"
    said = gap if day is None else party_date(day) if style == "party" else long_date(day)
    return f"{kind} số {number}{comma} {said} của {issuer}"
