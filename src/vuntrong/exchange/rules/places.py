"""Which unit a text of a workbook means: names of today, names of before, successors of units that have ended."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from vuntrong.exchange.rules.reading import Remark
from vuntrong.exchange.rules.typed import Place
from vuntrong.kernel.text import search_key

SHORT = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "mttq": "mat tran to quoc",
    "ubmttq": "uy ban mat tran to quoc",
    "ubkt": "uy ban kiem tra",
    "ttct": "trung tam chinh tri",
    "tct": "truong chinh tri",
    "vp": "van phong",
    "btc": "ban to chuc",
    "btg": "ban tuyen giao",
    "gddt": "giao duc va dao tao",
    "tp": "thanh pho",
    "tt": "thi tran",
    "p": "phuong",
    "x": "xa",
}
"""Short forms of the names of bodies, without accents."""
_SIGNS = re.compile(r"[^a-z0-9]+")


class UnitName(NamedTuple):
    """A name that a unit bears or bore."""

    unit_id: int
    text: str
    is_alive: bool
    is_former: bool = False


def unit_key(text: str) -> str:
    """Return a name in the form that names of units are compared in: short forms written out, no signs."""
    words = _SIGNS.sub(" ", search_key(text)).split()
    return " ".join(SHORT.get(word, word) for word in words)


class UnitIndex:
    """Finds units by text. What a person has said of a text counts first, then names of today, then former ones.

    Of several units of one name those below the unit of the import count first. A unit that has ended is followed to
    its only successor; with none or several the text is kept for a person to decide.
    """

    def __init__(
        self,
        *,
        home: int,
        names: Iterable[UnitName],
        near: Collection[int],
        successors: Iterable[tuple[int, int]],
        aliases: Mapping[str, int],
    ) -> None:
        self.home = home
        self.near = near
        self.aliases = aliases
        self.successors: dict[int, set[int]] = {}
        for old, new in successors:
            self.successors.setdefault(old, set()).add(new)
        self.now: dict[str, set[int]] = {}
        self.before: dict[str, set[int]] = {}
        self.alive: set[int] = set()
        self.names: dict[int, str] = {}
        for name in names:
            index = self.now if name.is_alive and not name.is_former else self.before
            index.setdefault(unit_key(name.text), set()).add(name.unit_id)
            self.names.setdefault(name.unit_id, name.text)
            if name.is_alive:
                self.alive.add(name.unit_id)

    def find(self, text: str) -> Place:
        """Return where the text puts a person, with what is to be said about it."""
        if said := self.aliases.get(search_key(text)):
            return Place(said)
        key = unit_key(text)
        found = self._nearest_of(self.now.get(key, set()))
        if len(found) == 1:
            return Place(next(iter(found)))
        if found:
            return self._kept(text, "unit-ambiguous", count=len(found))
        return self._former(text, self._nearest_of(self.before.get(key, set())))

    def _former(self, text: str, found: set[int]) -> Place:
        today = {self._today(unit_id) for unit_id in found}
        if len(today) == 1 and (unit_id := today.pop()) is not None:
            name = self.names[unit_id]
            return Place(unit_id, "", Remark("unit-ended", {"unit": text, "successor": name}))
        if found:
            return self._kept(text, "unit-ended-open")
        return self._kept(text, "unit-unknown")

    def _nearest_of(self, found: set[int]) -> set[int]:
        return {unit_id for unit_id in found if unit_id in self.near} or found

    def _today(self, unit_id: int) -> int | None:
        """Return the unit that a unit is today: itself, or the end of a chain of only successors."""
        seen: set[int] = set()
        while unit_id not in self.alive:
            following = self.successors.get(unit_id, set())
            if len(following) != 1 or unit_id in seen:
                return None
            seen.add(unit_id)
            [unit_id] = following
        return unit_id

    def _kept(self, text: str, code: str, **values: object) -> Place:
        return Place(self.home, text, Remark(code, {"unit": text, **values}))
