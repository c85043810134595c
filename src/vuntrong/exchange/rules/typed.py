"""What the rows of a list say of people, column by column, after the columns of the sheet have been put together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vuntrong.exchange.rules.people_fields import GRADING_KEY, LEVELS
from vuntrong.exchange.rules.reading import Columns, Remark
from vuntrong.exchange.rules.values import FULL_ID, OLD_ID
from vuntrong.kernel.text import search_key
from vuntrong.registry.enums import PartyStatus, Sex

NONE = PartyStatus.NONE.value
LAST_PROVINCE = 96
"""Birth provinces of personal IDs are 001 to 096. Source: institutions.md 9.1."""


@dataclass(frozen=True)
class Place:
    """Where a row puts a person: a unit, and the text where the registry does not know what it names."""

    unit_id: int
    text: str = ""
    remark: Remark | None = None


@dataclass(frozen=True)
class Places:
    """How units and posts are found; both are asked once for each distinct text."""

    home: int
    unit: Callable[[str], Place]
    post: Callable[[str, int], int | None]
    """Text of the post and unit -> post of the catalogue."""


@dataclass
class TypedPeople:
    """One list for each thing that is said of people, all of the same length; `fields` are those that the sheet has.

    Dates are ISO, empty when not given; catalogue values are None when not given.
    """

    numbers: Sequence[int]
    fields: frozenset[str]
    said: dict[str, Sequence[Any]]
    """Name of a column of Person, and `unit_text`, `unit_said`, `key`, `note`, the levels, Party dates, `planned`;
    `party_none` is whether somebody is said to be no Party member."""
    gradings: Mapping[int, Sequence[str]]
    """Year -> grade of each row."""

    def __len__(self) -> int:
        return len(self.numbers)


PLAIN = {
    "profile_code": "profile_code",
    "ethnicity": "ethnicity",
    "religion": "religion",
    "birth_place": "birth_place",
    "origin": "origin",
    "residence": "residence",
    "phone": "phone",
    "email": "email",
    "general_education": "general_education",
    "civil_rank": "civil_rank",
}
"""Fields of the sheet that are columns of Person as they stand."""
WITHOUT = {"ethnicity": None, "religion": None} | dict.fromkeys(LEVELS)
"""What a missing cell of a field reads as; an empty text for all others."""


def typed_people(columns: Columns, places: Places) -> TypedPeople:
    """Put the columns of a sheet together; what contradicts itself is remarked on in `columns.problems`."""
    said: dict[str, Sequence[Any]] = {}
    said["full_name"] = _names(columns)
    said["key"] = _each(said["full_name"], search_key)
    said["born_on"], said["sex"] = _births(columns)
    said["personal_id"], said["old_personal_id"] = _ids(columns)
    _check_ids(columns, said)
    _place(columns, places, said)
    for key, name in PLAIN.items():
        said[name] = columns.column(key, WITHOUT.get(key, ""))
    for key in LEVELS:
        said[key] = columns.column(key)
    _professional_fields(columns, said)
    for key in ("party_probationary", "party_full", "party_card", "planned", "note"):
        said[key] = columns.column(key)
    _party(said)
    gradings = {int(key.removeprefix(GRADING_KEY)): columns.values[key] for key in columns.values if ":" in key}
    return TypedPeople(columns.numbers, frozenset(columns.values), said, gradings)


def _each(values: Sequence[str], function: Callable[[str], Any]) -> list[Any]:
    answers = {value: function(value) for value in set(values)}
    return [answers[value] for value in values]


def _names(columns: Columns) -> Sequence[str]:
    names: Sequence[str] = columns.column("name")
    if "" in names:
        for at, name in enumerate(names):
            if not name:
                columns.say(at, "name", "name-missing", is_error=True)
    return names


def _births(columns: Columns) -> tuple[Sequence[str], Sequence[str]]:
    """Return birth dates and sexes from one column of dates or from the two columns Nam and Nữ."""
    born, sexes = columns.column("born"), columns.column("sex")
    if not {"born_male", "born_female"} & columns.values.keys():
        return born, sexes
    days, found = list(born), list(sexes)
    pairs = zip(columns.column("born_male"), columns.column("born_female"), strict=True)
    for at, (male, female) in enumerate(pairs):
        told = Sex.MALE.value if male else Sex.FEMALE.value if female else ""
        if male and female:
            columns.say(at, "born_male", "birth-twice", is_error=True)
        if told and found[at] and found[at] != told:
            columns.say(at, "sex", "sex-contradicts", is_error=True, value=found[at])
        found[at] = found[at] or told
        day = male or female
        days[at] = days[at] or ("" if day == "x" else day)
    return days, found


def _ids(columns: Columns) -> tuple[Sequence[str], Sequence[str]]:
    """Return personal IDs of twelve and of nine digits, from whichever column they stand in."""
    one, other = columns.column("id"), columns.column("old_id")
    if "old_id" not in columns.values and all(len(text) != OLD_ID for text in set(one)):
        return one, [""] * len(columns)
    full = [a if len(a) == FULL_ID else b if len(b) == FULL_ID else "" for a, b in zip(one, other, strict=True)]
    old = [b if len(b) == OLD_ID else a if len(a) == OLD_ID else "" for a, b in zip(one, other, strict=True)]
    return full, old


def _check_ids(columns: Columns, said: Mapping[str, Sequence[Any]]) -> None:
    """Warn where an ID contradicts the sex, the birth year, or the list of provinces. Source: institutions.md 9.1."""
    if not any(said["personal_id"]):
        return
    for at, (number, sex, born) in enumerate(zip(said["personal_id"], said["sex"], said["born_on"], strict=True)):
        if not number:
            continue
        century = int(number[3])
        if sex and (century % 2 == 1) != (sex == "female"):
            columns.say(at, "id", "id-against-sex", value=number)
        if born and (str(19 + century // 2) + number[4:6]) != born[:4]:
            columns.say(at, "id", "id-against-birth", value=number, year=born[:4])
        if not "001" <= number[:3] <= f"{LAST_PROVINCE:03d}":
            columns.say(at, "id", "id-province", value=number)


def _place(columns: Columns, places: Places, said: dict[str, Sequence[Any]]) -> None:
    """Find the unit of each row: its own, else that of the group above it, else the unit of the import."""
    texts: Sequence[str] = columns.column("unit")
    if columns.groups:
        texts = [text or group for text, group in zip(texts, columns.groups, strict=True)]
    found = {text: places.unit(text) if text else Place(places.home) for text in set(texts)}
    remarks = {text: place.remark for text, place in found.items() if place.remark}
    if remarks:
        for at, text in enumerate(texts):
            if remark := remarks.get(text):
                columns.say(at, "unit", remark.code, is_error=remark.is_error, **remark.values)
    ids = {text: place.unit_id for text, place in found.items()}
    kept = {text: place.text for text, place in found.items()}
    said["unit"] = [ids[text] for text in texts]
    said["unit_text"] = [kept[text] for text in texts]
    said["unit_said"] = texts
    said["post_text"] = columns.column("post")
    pairs = list(zip(said["post_text"], said["unit"], strict=True))
    posts = {pair: places.post(*pair) if pair[0] else None for pair in set(pairs)}
    said["post"] = [posts[pair] for pair in pairs]


def _party(said: dict[str, Sequence[Any]]) -> None:
    """Tell who is said to be no member, without any date or card beside it, and leave the word out of the dates."""
    dates = "party_probationary", "party_full"
    said["party_none"] = [
        NONE in (first, second) and not (card or {first, second} - {NONE, ""})
        for first, second, card in zip(*(said[key] for key in (*dates, "party_card")), strict=True)
    ]
    for key in dates:
        if NONE in said[key]:
            said[key] = ["" if value == NONE else value for value in said[key]]


def _professional_fields(columns: Columns, said: dict[str, Sequence[Any]]) -> None:
    """Put the column of the field of study to the degree beside it."""
    if "professional_field" not in columns.values:
        return
    pairs = zip(columns.column("professional", None), columns.column("professional_field"), strict=True)
    said["professional"] = [
        (level[0], field or level[1]) if level else ("", field) if field else None for level, field in pairs
    ]
