"""Which records may be one human being, and whether two records may become one."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vuntrong.kernel.errors import Violation
from vuntrong.registry.enums import DuplicateReason
from vuntrong.registry.rules.matching import dates_agree

WHOLE_DATE = 10
"""Letters of an ISO date of which the day is known."""
CROWD = 12
"""More records than this with one ID, or one name and birth date, are a typing habit, not one human being."""


class KnownRecord(NamedTuple):
    """What the search for duplicates needs to know; dates ISO, empty when unknown. A tuple: there are 100,000."""

    id: int
    search_key: str
    born_on: str
    unit_id: int
    sex: str
    personal_id: str
    old_personal_id: str


class Candidate(NamedTuple):
    """Two records that may be one human being, the lower key first, and why."""

    first: int
    second: int
    reasons: tuple[str, ...]


Bucket = list[KnownRecord]


def candidates(people: Iterable[KnownRecord], distinct: Collection[tuple[int, int]] = ()) -> list[Candidate]:
    """Return the pairs that may be one human being, the surest first; pairs in `distinct` are left out.

    The same ID; the same name and whole birth date anywhere; a near name in one unit with birth dates that may be the
    same. Works in sets: every record is put under what it would share with its double; only neighbours are compared.
    """
    people = list(people)
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    for reason, pairs in (
        (DuplicateReason.SAME_ID, _same(people, lambda one: one.personal_id)),
        (DuplicateReason.SAME_OLD_ID, _same(people, lambda one: one.old_personal_id)),
        (DuplicateReason.SAME_NAME_AND_BIRTH, _same(people, _name_and_birth)),
        (DuplicateReason.NEAR_NAME, _near(people)),
    ):
        for one, other in pairs:
            found[min(one, other), max(one, other)].add(reason)
    order = {reason: at for at, reason in enumerate(DuplicateReason.values)}
    pairs_found = [
        Candidate(*pair, tuple(sorted(reasons, key=order.__getitem__)))
        for pair, reasons in found.items()
        if pair not in distinct
    ]
    return sorted(pairs_found, key=lambda one: (order[one.reasons[0]], one.first, one.second))


def _name_and_birth(one: KnownRecord) -> Hashable:
    return (one.search_key, one.born_on) if len(one.born_on) == WHOLE_DATE else None


def _same(people: Sequence[KnownRecord], key: Callable[[KnownRecord], Hashable]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that share a key; records with an empty one share nothing."""
    buckets: dict[Hashable, list[int]] = defaultdict(list)
    for one in people:
        if value := key(one):
            buckets[value].append(one.id)
    for ids in buckets.values():
        if 1 < len(ids) <= CROWD:
            yield from ((one, other) for at, one in enumerate(ids) for other in ids[at + 1 :])


def _near(people: Sequence[KnownRecord]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of one unit whose names differ by at most one word and whose birth dates may be the same.

    A record stands under its whole name and under each name with one word less: two names that differ by one word meet
    there. Years part the crowd; those without a date are compared with every year.
    """
    buckets: dict[tuple[int, str], dict[str, Bucket]] = defaultdict(lambda: defaultdict(list))
    for one in people:
        for name in shortened(one.search_key):
            buckets[one.unit_id, name][one.born_on[:4]].append(one)
    for years in buckets.values():
        undated = years.get("", [])
        for year, bucket in years.items():
            others = bucket if year == "" else [*bucket, *undated]
            for at, one in enumerate(bucket):
                yield from ((one.id, other.id) for other in others[at + 1 :] if may_be_one(one, other))


def shortened(key: str) -> list[str]:
    """Return a name and the names with one word less; names of two words are only themselves."""
    words = key.split()
    if len(words) < 3:
        return [key]
    return [key, *{" ".join(words[:at] + words[at + 1 :]) for at in range(len(words))}]


def may_be_one(one: KnownRecord, other: KnownRecord) -> bool:
    """Say whether two people of one unit may be one: sex and birth date do not contradict, and the names are near.

    With the same whole birth date one word may differ altogether, else only by a letter or by being left out.
    """
    if one.id == other.id or (one.sex and other.sex and one.sex != other.sex):
        return False
    if one.personal_id and other.personal_id and one.personal_id != other.personal_id:
        return False
    same_day = one.born_on == other.born_on and len(one.born_on) == WHOLE_DATE
    if not same_day and not dates_agree(one.born_on, other.born_on) and not _day_and_month_swapped(one, other):
        return False
    return names_are_near(one.search_key, other.search_key, same_day=same_day)


def _day_and_month_swapped(one: KnownRecord, other: KnownRecord) -> bool:
    if len(one.born_on) != WHOLE_DATE:
        return False
    year, month, day = one.born_on.split("-")
    return other.born_on == f"{year}-{day}-{month}"


def names_are_near(one: str, other: str, *, same_day: bool) -> bool:
    """Say whether two search keys are the same, or differ by one word too many, or by one word spelt differently.

    Family and given name must be the same; with the same whole birth date they may differ by a letter, and a middle
    word altogether. The word too many may be the family name or a middle word.
    """
    words, others = one.split(), other.split()
    if len(words) == len(others):
        different = [at for at, pair in enumerate(zip(words, others, strict=True)) if pair[0] != pair[1]]
        return not different or (len(different) == 1 and _spelt_differently(words, others, different[0], same_day))
    shorter, longer = sorted((words, others), key=len)
    is_one_more = len(longer) == len(shorter) + 1 and len(shorter) > 1
    return is_one_more and any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(shorter)))


def _spelt_differently(words: list[str], others: list[str], at: int, same_day: bool) -> bool:  # noqa: FBT001
    is_middle = 0 < at < len(words) - 1
    by_a_letter = differ_by_a_letter(words[at], others[at])
    return (is_middle or by_a_letter) if same_day else (is_middle and by_a_letter)


def differ_by_a_letter(one: str, other: str) -> bool:
    """Say whether one letter is another, is missing, or is too many."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(one) == len(other):
        return one[start + 1 :] == other[start + 1 :]
    return shorter[start:] == longer[start + 1 :]


@dataclass(frozen=True)
class Clash:
    """A row of each record of which only one can stay: their kind (registry.YearlyGrading) and what they are about."""

    model: str
    about: str


@dataclass(frozen=True)
class MergeFacts:
    """What decides whether `gone` may be taken over by `kept`."""

    is_same: bool = False
    kept_is_merged: bool = False
    gone_is_merged: bool = False
    is_sealed: bool = False
    """Whether one of them is restricted or anonymous."""
    clashes: Sequence[Clash] = ()


def merge_violations(facts: MergeFacts) -> list[Violation]:
    """Return every reason why the two may not become one; empty means allowed."""
    found = []
    if facts.is_same:
        found.append(Violation("merge-with-itself"))
    if facts.kept_is_merged or facts.gone_is_merged:
        found.append(Violation("merge-of-merged"))
    if facts.is_sealed:
        found.append(Violation("merge-of-sealed"))
    found += [Violation("merge-clash", "", {"model": one.model, "about": one.about}) for one in facts.clashes]
    return found


@dataclass(frozen=True)
class UnmergeFacts:
    """What rests on a merge since it was made."""

    is_undone: bool
    is_sealed: bool = False
    """Whether the kept record has been restricted or made anonymous."""
    kept_merged_into: str = ""
    """Name of the record that took over the kept one."""
    later_merges: Sequence[str] = ()
    """Names of records that the kept one took over later."""
    changed_fields: Sequence[str] = ()
    """Fields that the merge had set and that say something else now."""
    lost_rows: Mapping[str, int] | None = None
    """How many moved rows of which kind are gone or belong to somebody else now."""


def unmerge_violations(facts: UnmergeFacts) -> list[Violation]:
    """Return every reason why a merge may not be undone; empty means allowed."""
    found = []
    if facts.is_undone:
        found.append(Violation("merge-already-undone"))
    if facts.is_sealed:
        found.append(Violation("merge-of-sealed"))
    if facts.kept_merged_into:
        found.append(Violation("merge-rests-below", "", {"name": facts.kept_merged_into}))
    found += [Violation("merge-rests-above", "", {"name": name}) for name in facts.later_merges]
    found += [Violation("merge-field-changed", "", {"field": name}) for name in facts.changed_fields]
    lost = (facts.lost_rows or {}).items()
    found += [Violation("merge-rows-lost", "", {"model": model, "count": count}) for model, count in lost]
    return found
