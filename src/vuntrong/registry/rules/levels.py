"""Which level of education or training a typed word means. Older names stay readable: people hold older papers."""

import re
from collections.abc import Mapping, Sequence

from vuntrong.kernel.text import search_key
from vuntrong.registry.enums import (
    DefenceGroup,
    Degree,
    PoliticalLevel,
    QualificationKind,
    StateManagementLevel,
)

LEVELS: Mapping[str, Sequence[str]] = {
    QualificationKind.PROFESSIONAL: list(Degree),
    QualificationKind.POLITICAL: list(PoliticalLevel),
    QualificationKind.STATE_MANAGEMENT: list(StateManagementLevel),
    QualificationKind.DEFENCE: list(DefenceGroup),
}
"""The levels of each kind of qualification, lowest first; a kind that is not here has levels as its papers say."""

_NONE = r"khong( co)?|chua( qua| co| hoc)?( dao tao| lop nao)?|k|ko|0"
_SIGNS = re.compile(r"[^a-z0-9/]+")
_STILL = re.compile(r"\b(dang hoc|dang theo|dang dao tao|chua tot nghiep|sap)\b")
_PATTERNS: Mapping[str, Sequence[tuple[str, str]]] = {
    QualificationKind.PROFESSIONAL: [
        (Degree.DOCTOR, r"tien si|ts|tskh|pgs|gs|pho giao su|giao su|chuyen khoa (ii|2)|ck ?(ii|2)|bsck ?(ii|2)"),
        (Degree.MASTER, r"thac si|thac siy|th s|ths|cao hoc|sau dai hoc|chuyen khoa (i|1)|ck ?(i|1)|bsck ?(i|1)"),
        (Degree.UNIVERSITY, r"dai hoc|dh|dhsp|cu nhan|cn|ki su|ks|bac si|bs|duoc si|ds|kien truc su|kts"),
        (Degree.COLLEGE, r"cao dang|cd|cdsp"),
        (Degree.VOCATIONAL, r"trung cap|tc|trung hoc chuyen nghiep|thcn|trung cap nghe|tccn|thsp|so cap nghe"),
        (
            Degree.UPPER_SECONDARY,
            r"trung hoc pho thong|thpt|ptth|cap (iii|3)|12/12|10/10|lop 12|pho thong trung hoc",
        ),
        (Degree.LOWER_SECONDARY, r"trung hoc co so|thcs|ptcs|cap (ii|2)|(9|10|11)/12|[7-9]/10|lop (9|10|11)"),
        (Degree.NONE, _NONE + r"|[1-8]/12|[1-6]/10"),
    ],
    QualificationKind.POLITICAL: [
        (PoliticalLevel.BACHELOR, r"cu nhan|cn|dai hoc|dh|thac si|tien si|sau dai hoc"),
        (PoliticalLevel.ADVANCED, r"cao cap|cc|ccct|ccll|cc ?llct|cc ?llct hc|cclct"),
        (PoliticalLevel.INTERMEDIATE, r"trung cap|tc|tcct|tcll|tc ?llct|tc ?llct hc|trung hoc chinh tri"),
        (PoliticalLevel.ELEMENTARY, r"so cap|sc|scct|scll|sc ?llct|so cap.*"),
        (PoliticalLevel.NONE, _NONE),
    ],
    QualificationKind.STATE_MANAGEMENT: [
        (StateManagementLevel.SENIOR, r"chuyen vien cao cap|cvcc|cao cap"),
        (StateManagementLevel.PRINCIPAL, r"chuyen vien chinh|cvc"),
        (StateManagementLevel.SPECIALIST, r"chuyen vien|cv|trung cap"),
        (StateManagementLevel.OFFICER, r"can su|cs|so cap"),
    ],
    QualificationKind.DEFENCE: [
        (DefenceGroup.GROUP_1, r"(doi tuong|dt|nhom)? ?(1|i)"),
        (DefenceGroup.GROUP_2, r"(doi tuong|dt|nhom)? ?(2|ii)"),
        (DefenceGroup.GROUP_3, r"(doi tuong|dt|nhom)? ?(3|iii)"),
        (DefenceGroup.GROUP_4, r"(doi tuong|dt|nhom)? ?(4|iv)"),
    ],
}
"""For each kind the levels, highest first, with the words that name them; accents are gone, y after k reads i."""
_FOUND = {
    kind: [(level, re.compile(rf"(?<![a-z0-9/])({words})(?![a-z0-9/])")) for level, words in patterns]
    for kind, patterns in _PATTERNS.items()
}


def match_level(kind: str, text: str) -> str | None:
    """Return the highest level of `kind` (QualificationKind) that `text` names: Degree, PoliticalLevel and so on.

    A code ("cao-cap") is its own level. "Không" and "chưa" are the level `none` where the kind has one. None where
    nothing is said or known, and where the person still studies ("đang học cao cấp"): it is not held yet.
    """
    if text in LEVELS.get(kind, ()):
        return text
    words = _SIGNS.sub(" ", search_key(text)).strip()
    if not words:
        return "none" if text.strip() == "-" and "none" in LEVELS.get(kind, ()) else None
    if _STILL.search(words):
        return None
    for level, pattern in _FOUND.get(kind, ()):
        found = pattern.fullmatch(words) if level == "none" else pattern.search(words)
        if found:
            return str(level)
    return None


def highest(kind: str, levels: Sequence[str]) -> str:
    """Return the highest of the levels of a kind; empty where none is known."""
    order = {level: at for at, level in enumerate(LEVELS[kind])}
    return max((level for level in levels if level in order), key=lambda level: order[level], default="")
