"""Invented people: plausible Vietnamese names, sexes, birth dates. The same seed gives the same people."""

import random
from collections.abc import Sequence

from vuntrong.kernel.dates import PartialDate
from vuntrong.ops.demo.files import read
from vuntrong.registry.actions import NewPerson
from vuntrong.registry.enums import Sex
from vuntrong.registry.models import Unit

NAMES = read("names")
POSTS = read("posts")
WHOLE_DATES, ONLY_YEARS = 0.85, 0.12
"""Shares of birth dates that papers give in full or as a year; the rest are month and year."""

WOMENS_UNION = "Phụ nữ"
"""Posts of the Women's Union are held by women."""


class People:
    """Invents people; no two of one maker share name and birth year, so that matching never has to guess."""

    def __init__(self, seed: str, *, families: str = "families") -> None:
        self.dice = random.Random(seed)  # noqa: S311 - a repeatable demonstration, not a secret
        self._families = list(NAMES[families])
        self._weights = list(NAMES[families].values())
        self._known: set[tuple[str, int]] = set()

    def make(self, unit_id: int, post: str, born: tuple[int, int], *, women: float = 0.42) -> NewPerson:
        """Return somebody born in one of the years `born` (both included); `women` is a share from 0 to 1."""
        female = self.dice.random() < women or WOMENS_UNION in post
        while True:
            name, year = self._name(female=female), self.dice.randint(*born)
            if (name, year) not in self._known:
                break
        self._known.add((name, year))
        sex = Sex.FEMALE if female else Sex.MALE
        return NewPerson(name, sex, self._born(year), unit_id, post)

    def group(self, units: Sequence[Unit], audience: str, count: int, *, year: int) -> list[NewPerson]:
        """Return `count` people of an audience (a key of posts.json), spread over `units`, of fitting age in `year`."""
        kind = POSTS[audience]
        born = (year + kind["born"][0], year + kind["born"][1])
        return [
            self.make(self.dice.choice(units).pk, self.dice.choice(kind["posts"]), born, women=kind["women"])
            for _ in range(count)
        ]

    def staff(self, units: Sequence[Unit], posts: Sequence[str], *, year: int) -> list[NewPerson]:
        """Return one person for each post in each unit."""
        return [self.make(unit.pk, post, (year - 57, year - 28)) for unit in units for post in posts]

    def _name(self, *, female: bool) -> str:
        kind = "female" if female else "male"
        family = self.dice.choices(self._families, self._weights)[0]
        middle = self.dice.choice(NAMES[f"{kind}_middles"])
        given = self.dice.choice(NAMES[f"{kind}_givens"])
        return " ".join(word for word in (family, middle, given) if word)

    def _born(self, year: int) -> PartialDate:
        month, day = self.dice.randint(1, 12), self.dice.randint(1, 28)
        share = self.dice.random()
        if share < WHOLE_DATES:
            return PartialDate(year, month, day)
        return PartialDate(year) if share < WHOLE_DATES + ONLY_YEARS else PartialDate(year, month)
