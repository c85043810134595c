"""What a typed word means in the catalogues of posts, ethnic groups and religions."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from vuntrong.kernel.text import search_key
from vuntrong.registry.enums import UnitKind

CatalogueIndex = Mapping[str, tuple[int, ...]]
"""Keys of words to the codes or ids that they may mean."""

_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_ETHNIC_LEAD = re.compile(r"^(dan toc|dt|nguoi)\b[ .:]*")
_RELIGIOUS_LEAD = re.compile(r"^(ton giao|dao)\b[ .:]*")
_SHORT = {
    "bt": "bi thu",
    "pbt": "pho bi thu",
    "tt": "thuong truc",
    "ct": "chu tich",
    "pct": "pho chu tich",
    "gd": "giam doc",
    "pgd": "pho giam doc",
    "tp": "truong phong",
    "ptp": "pho truong phong",
    "cvp": "chanh van phong",
    "pcvp": "pho chanh van phong",
    "uv": "uy vien",
    "uvbtv": "uy vien ban thuong vu",
    "uvbch": "uy vien ban chap hanh",
    "btv": "ban thuong vu",
    "bch": "ban chap hanh",
    "du": "dang uy",
    "hdnd": "hoi dong nhan dan",
    "ubnd": "uy ban nhan dan",
    "ubkt": "uy ban kiem tra",
    "ubmttq": "uy ban mat tran to quoc",
    "ubmttqvn": "uy ban mat tran to quoc viet nam",
    "mttq": "mat tran to quoc",
    "ttct": "trung tam chinh tri",
    "tct": "truong chinh tri",
}
"""Short forms that lists of units use; written without accents."""
_COMMUNES = re.compile(r"\b(thi tran|dac khu|phuong)\b")
_PARTS = re.compile(r"[,;/+]| kiem (?!tra)| - ")
_LEVELS = {
    "-xa": frozenset(
        {
            UnitKind.COMMUNE,
            UnitKind.WARD,
            UnitKind.SPECIAL_ZONE,
            UnitKind.COMMUNE_COMMITTEE,
            UnitKind.COMMUNE_PEOPLES_COMMITTEE,
            UnitKind.COMMUNE_BOARD,
            UnitKind.COMMUNE_CENTRE,
        }
    ),
    "-huyen": frozenset({UnitKind.DISTRICT, UnitKind.DISTRICT_COMMITTEE, UnitKind.DISTRICT_CENTRE}),
    "-so": frozenset(
        {
            UnitKind.DEPARTMENT,
            UnitKind.HOME_AFFAIRS,
            UnitKind.ORGANISATION_BOARD,
            UnitKind.PROPAGANDA_BOARD,
            UnitKind.PROVINCIAL_COMMITTEE,
            UnitKind.PROVINCIAL_SCHOOL,
            UnitKind.PEOPLES_COMMITTEE,
            UnitKind.DIRECT_COMMITTEE,
        }
    ),
}
"""Where posts are held whose code ends so; a post with another ending may be held anywhere."""


@lru_cache(maxsize=4096)
def word_key(text: str) -> str:
    """Return the letters and figures of a text without accents, so that H'Mông and Hmong are one word."""
    return _NOT_LETTERS.sub("", search_key(text))


@lru_cache(maxsize=8192)
def post_key(text: str) -> str:
    """Return a post in the form that posts are compared in: short forms written out, every kind of commune as xã."""
    words = _NOT_LETTERS.sub(" ", search_key(text)).split()
    long = " ".join(_SHORT.get(word, word) for word in words)
    return _COMMUNES.sub("xa", long)


def word_index(rows: Iterable[tuple[int, str, Iterable[str]]]) -> CatalogueIndex:
    """Return ethnic groups or religions by their words; `rows` are (code, name, other writings)."""
    index: dict[str, tuple[int, ...]] = {}
    for code, name, aliases in rows:
        for text in (name, *aliases):
            known = index.get(word_key(text), ())
            index[word_key(text)] = known if code in known else (*known, code)
    return index


def match_ethnicity(text: str, index: CatalogueIndex) -> int | None:
    """Return the code of the ethnic group that `text` names; None where none or several fit, and for an empty text."""
    return _only(index, _ETHNIC_LEAD.sub("", search_key(text))) or _only(index, text)


def match_religion(text: str, index: CatalogueIndex) -> int | None:
    """Return the code of the religion that `text` names, 0 for "none"; None where nothing is said or nothing fits."""
    if text.strip() in ("0", "-0-"):
        return 0
    found = _only(index, text)
    return found if found is not None else _only(index, _RELIGIOUS_LEAD.sub("", search_key(text)))


def _only(index: CatalogueIndex, text: str) -> int | None:
    found = index.get(word_key(text), ())
    return found[0] if len(found) == 1 else None


class PostIndex:
    """Posts by their names and other writings; `rows` are (id, code, name, other writings). Made once for a run."""

    def __init__(self, rows: Iterable[tuple[int, str, str, Iterable[str]]]) -> None:
        self.codes: dict[int, str] = {}
        self.known: dict[str, list[int]] = {}
        for post_id, code, name, aliases in rows:
            self.codes[post_id] = code
            for key in {post_key(name), *map(post_key, aliases), code.replace("-", " ")}:
                self.known.setdefault(key, []).append(post_id)
        self.longest = max((key.count(" ") + 1 for key in self.known), default=0)
        self._answers: dict[tuple[str, str], int | None] = {}

    def find(self, text: str, kind: str) -> int | None:
        """Return what `match_post` answers, remembered: lists name the same posts over and over."""
        asked = (text, kind)
        if asked not in self._answers:
            self._answers[asked] = self._find(text, kind)
        return self._answers[asked]

    def _find(self, text: str, kind: str) -> int | None:
        whole = post_key(text)
        if (found := self._fitting(whole, kind)) is not None:
            return found
        for part in _PARTS.split(search_key(text)):
            if (found := self._beginning(post_key(part), kind)) is not None:
                return found
        return None

    def _fitting(self, key: str, kind: str) -> int | None:
        """Return the one post of exactly this key that the kind of unit admits."""
        here = [one for one in self.known.get(key, ()) if _may_be_held(self.codes[one], kind)]
        return here[0] if len(here) == 1 else None

    def _beginning(self, key: str, kind: str) -> int | None:
        """Return the post that the longest beginning of the key names: what follows is the name of a place."""
        words = key.split()
        for length in range(min(len(words), self.longest), 0, -1):
            beginning = " ".join(words[:length])
            found = self._fitting(beginning, kind)
            if found is not None and (length == len(words) or self._is_certain(beginning, found, kind)):
                return found
        return None

    def _is_certain(self, beginning: str, found: int, kind: str) -> bool:
        """Say whether a beginning suffices: its level is known from the unit, or stands in the words."""
        level = _level_of(self.codes[found])
        return level is None or bool(kind) or level[1:] in beginning.split()


def match_post(text: str, index: PostIndex, kind: str = "") -> int | None:
    """Return the id of the post that `text` names, None where none or several fit.

    `kind` is the kind of unit where the post is held (UnitKind): "Trưởng phòng" is another post in a department than
    in a commune. Of several posts in one text the first that is known counts; a place after the post does not matter.
    """
    return index.find(text, kind) if text.strip() else None


def _level_of(code: str) -> str | None:
    return next((level for level in _LEVELS if code.endswith(level)), None)


def same_level(code: str, other: str) -> bool:
    """Say whether two posts could be held in one unit, so that no word may mean both."""
    levels = {_level_of(code), _level_of(other)}
    return len(levels) == 1 or None in levels


def _may_be_held(code: str, kind: str) -> bool:
    level = _level_of(code)
    known = {one for kinds in _LEVELS.values() for one in kinds}
    return level is None or kind not in known or kind in _LEVELS[level]
