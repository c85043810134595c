"""How large a province is made."""

import datetime as dt
from dataclasses import dataclass

SEATS = 110
"""Learners of a class on the average: the figures of five provinces lie between 55 and 140."""
FEWEST_PEOPLE = 500


@dataclass(frozen=True)
class Size:
    """What decides everything that is made; the same values make the same province."""

    slug: str
    name: str
    """Without "Tỉnh": Thanh Giang."""
    people: int
    years: int
    seed: int
    until: dt.date
    """The day on which the province is looked at: classes after it have not begun."""
    region: str = "north"
    """A key of peoples.json."""
    classes_a_year: int = 0
    """0 stands for one class for each hundred people."""

    @property
    def classes(self) -> int:
        """Number of classes a year."""
        return self.classes_a_year or max(12, self.people // 100)

    @property
    def seats(self) -> int:
        """Enrolments of a whole year, about."""
        return self.classes * SEATS

    @property
    def communes(self) -> int:
        """Communes and wards since 01/07/2025: at most 130, as a large province has."""
        return max(4, min(130, self.people // 765))

    @property
    def districts(self) -> int:
        """Districts until 30/06/2025."""
        return max(2, min(12, self.communes // 10))

    @property
    def first_year(self) -> int:
        """The first year with classes."""
        return self.until.year - self.years + 1
