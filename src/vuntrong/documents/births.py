"""Birth date and sex as lists give them: one column, or the two columns Nam and Nữ of which one is filled."""

from collections.abc import Sequence
from dataclasses import dataclass

from vuntrong.documents.cells import plain_text
from vuntrong.documents.columns import Column, ColumnKind
from vuntrong.documents.days import read_day, with_lost_zero
from vuntrong.documents.grids import RawValue
from vuntrong.documents.rows import Row
from vuntrong.documents.tables import Table
from vuntrong.kernel.dates import BadDate, PartialDate
from vuntrong.kernel.text import search_key

BORN, BORN_MALE, BORN_FEMALE, SEX = "born", "born_male", "born_female", "sex"
MALE, FEMALE = "male", "female"
BORN_ALIASES = ("Ngày, tháng, năm sinh", "Ngày tháng năm sinh", "Ngày sinh", "Năm sinh", "Sinh ngày", "Sinh năm")
BIRTH_COLUMNS = (
    Column(BORN_MALE, (*(f"{born} / Nam" for born in BORN_ALIASES), "Nam"), required=False, kind=ColumnKind.DATE),
    Column(BORN_FEMALE, (*(f"{born} / Nữ" for born in BORN_ALIASES), "Nữ"), required=False, kind=ColumnKind.DATE),
    Column(BORN, BORN_ALIASES, required=False, kind=ColumnKind.DATE),
    Column(SEX, ("Giới tính", "GT", "Giới", "Phái", "Nam/Nữ", "Nam, nữ"), required=False),
)
SEXES = {"nam": MALE, "trai": MALE, "male": MALE, "m": MALE} | {
    "nu": FEMALE,
    "gai": FEMALE,
    "female": FEMALE,
    "f": FEMALE,
}
TICKS = frozenset({"x", "v", "✓", "✔", "1"})
"""Signs that a clerk puts into a column "Nam" or "Nữ" that holds no dates."""
NAME_PARTS = (
    ("Họ và tên đệm", "Họ đệm", "Họ, đệm", "Họ và đệm", "Họ và chữ đệm", "Họ lót", "Họ và tên lót", "Họ"),
    ("Tên",),
)
"""Headers of a name in two columns, for Column.parts."""
YOUNGEST = 14
"""Nobody on these lists is younger: a birth year of two digits lies at least so many years back."""


@dataclass(frozen=True)
class BirthTrouble:
    """What is wrong; `key` names the column, `text` what stands there.

    Codes: those of BadDate, date-zero-lost (`offer` is the day it may have been), sex-unknown, sex-contradicts,
    birth-twice.
    """

    code: str
    key: str
    text: str
    offer: str = ""


@dataclass(frozen=True)
class Birth:
    """What a row says of birth date and sex (male, female or nothing)."""

    born_on: PartialDate | None
    sex: str
    troubles: tuple[BirthTrouble, ...] = ()


class BirthReader:
    """Reads the births of one table; `year` is the present one, with `zeros` lost leading zeros are put back."""

    def __init__(self, table: Table, year: int, *, zeros: bool = False) -> None:
        self.zeros = zeros
        self.restored = 0
        """Dates whose zero was put back."""
        self.latest = year - YOUNGEST
        self.orders = {key: table.date_order(key) for key in (BORN, BORN_MALE, BORN_FEMALE)}
        self.keys: Sequence[tuple[str, str]] = [
            (key, sex) for key, sex in ((BORN_MALE, MALE), (BORN_FEMALE, FEMALE), (BORN, "")) if key in table.columns
        ]

    def read(self, row: Row) -> Birth:
        """Read the cells of one row."""
        troubles: list[BirthTrouble] = []
        days: list[PartialDate] = []
        sexes: list[str] = []
        for key, sex in self.keys:
            value = row.value(key)
            if isinstance(value, str) and not value.strip():
                continue
            if sex:
                sexes.append(sex)
            if not (sex and _is_tick(value)):
                self._day(key, value, days, troubles)
        stated = self._stated(row.value(SEX), sexes, troubles)
        if len(days) > 1 or len(sexes) > 1:
            key = self.keys[0][0]
            troubles.append(BirthTrouble("birth-twice", key, plain_text(row.value(key))))
        return Birth(days[0] if days else None, sexes[0] if sexes else stated, tuple(troubles))

    def _day(self, key: str, value: RawValue, days: list[PartialDate], troubles: list[BirthTrouble]) -> None:
        try:
            day = read_day(value, order=self.orders[key], latest_year=self.latest)
        except BadDate as error:
            day = self._whole(key, value, error, troubles)
            days += [day] if day else []
        else:
            days += [day] if day else []

    def _whole(self, key: str, value: RawValue, error: BadDate, troubles: list[BirthTrouble]) -> PartialDate | None:
        """Return the day of digits whose zero was lost, where a person said so; otherwise what is wrong."""
        day = with_lost_zero(value) if error.code == BadDate.UNREADABLE else None
        if day is None:
            troubles.append(BirthTrouble(error.code, key, error.text))
        elif not self.zeros:
            troubles.append(BirthTrouble("date-zero-lost", key, error.text, day.display()))
            return None
        else:
            self.restored += 1
        return day

    def _stated(self, value: RawValue, sexes: list[str], troubles: list[BirthTrouble]) -> str:
        text = plain_text(value)
        if not text:
            return ""
        sex = SEXES.get(search_key(text), "")
        if not sex:
            troubles.append(BirthTrouble("sex-unknown", SEX, text))
        elif sexes and sexes[0] != sex:
            troubles.append(BirthTrouble("sex-contradicts", SEX, text))
        return sex


def _is_tick(value: RawValue) -> bool:
    """Say whether a cell under Nam or Nữ is only crossed; 1 is, and so is 1.0."""
    return value == 1 or (isinstance(value, str) and value.strip().casefold() in TICKS)
