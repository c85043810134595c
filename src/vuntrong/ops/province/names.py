"""Names by region, ethnic group and sex."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

from vuntrong.ops.demo.names import NAMES
from vuntrong.ops.province.files import read

KINH = 1


class Name(NamedTuple):
    """A full name and how many of its words are the family name and the given name."""

    full: str
    family_words: int
    given_words: int


@dataclass(frozen=True)
class _Group:
    """What the names of one ethnic group are made of."""

    families: Sequence[str]
    weights: Sequence[float]
    """Running sums."""
    middles: tuple[Sequence[str], Sequence[str]]
    """Of men, of women."""
    givens: tuple[Sequence[str], Sequence[str]]
    prefixes: tuple[str, str] | None = None
    """Before the given name where the family name comes last: Y, H'."""


class Namer:
    """Draws ethnic groups and names; who names whom is decided by the dice alone."""

    def __init__(self, region: str, dice: random.Random) -> None:
        mix = read("peoples")["regions"][region]
        self._dice = dice
        self._codes = [int(code) for code in mix["ethnicities"]]
        self._shares = list(accumulate(mix["ethnicities"].values()))
        self._religions = [int(code) for code in mix["religions"]]
        self._religion_shares = list(accumulate(mix["religions"].values()))
        self._groups = {code: _group(code, mix["kinh"]) for code in self._codes}

    def ethnicity(self) -> int:
        """Return the number of an ethnic group."""
        return self._dice.choices(self._codes, cum_weights=self._shares)[0]

    def religion(self) -> int:
        """Return the number of a religion, 0 for none."""
        return self._dice.choices(self._religions, cum_weights=self._religion_shares)[0]

    def name(self, ethnicity: int, *, female: bool) -> Name:
        """Return a name."""
        group, at, dice = self._groups[ethnicity], int(female), self._dice
        family = dice.choices(group.families, cum_weights=group.weights)[0]
        given = _one(dice, group.givens[at])
        if group.prefixes:
            text = f"{group.prefixes[at]}{given} {family}"
            return Name(text, 0, text.count(" ") + 1)
        middle = _one(dice, group.middles[at])
        space = "" if middle.endswith("'") else " "
        text = f"{family} {middle}{space}{given}" if middle else f"{family} {given}"
        return Name(text, family.count(" ") + 1, 1)


def _one(dice: random.Random, items: Sequence[str]) -> str:
    """Return one of the items, more quickly than random.choice."""
    return items[int(dice.random() * len(items))]


def _group(code: int, kinh: str) -> _Group:
    """Return the parts of a group's names; what a group does not say is as with the Kinh."""
    data = read("peoples")
    own: dict[str, Any] = {"families": data["kinh"][kinh]} if code == KINH else data["ethnicities"][str(code)]
    families = own["families"]
    weights = list(families.values()) if isinstance(families, dict) else [1] * len(families)
    parts = {f"{sex}_{part}": own.get(f"{sex}_{part}") for sex in ("male", "female") for part in ("middles", "givens")}
    said = {key: value or NAMES[key] for key, value in parts.items()}
    is_last = own.get("order") == "given-first"
    return _Group(
        families=list(families),
        weights=list(accumulate(weights)),
        middles=(said["male_middles"], said["female_middles"]),
        givens=(said["male_givens"], said["female_givens"]),
        prefixes=(own["male_prefix"], own["female_prefix"]) if is_last else None,
    )
