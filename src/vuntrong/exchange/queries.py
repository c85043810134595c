"""What an import needs to know of the registry: who may be meant, what is known of them, where texts lead."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any

from django.db.models import CharField, Count, F, QuerySet, Value
from django.db.models.functions import Coalesce

from vuntrong.exchange.enums import ImportKind
from vuntrong.exchange.models import ImportTemplate, UnitAlias
from vuntrong.exchange.rules.differences import KnownFacts, Work
from vuntrong.exchange.rules.identity import Known, Register
from vuntrong.exchange.rules.people_fields import Catalogues
from vuntrong.exchange.rules.places import UnitIndex, UnitName
from vuntrong.exchange.rules.typed import Places, TypedPeople
from vuntrong.kernel.text import search_key
from vuntrong.registry.enums import UnitKind
from vuntrong.registry.models import (
    Ethnicity,
    PartyMembership,
    Person,
    PlannedPost,
    Post,
    Posting,
    Qualification,
    Religion,
    Unit,
    UnitEventLink,
    UnitVersion,
    YearlyGrading,
)
from vuntrong.registry.queries import subtree_ids
from vuntrong.registry.queries.privacy import sealed_people
from vuntrong.registry.rules.catalogues import PostIndex, match_ethnicity, match_post, match_religion, word_index
from vuntrong.registry.rules.levels import LEVELS as RANKS
from vuntrong.registry.rules.levels import match_level

CHUNK = 900
"""Keys asked for at once."""
MANY = 5_000
"""From so many keys on, reading the whole table is quicker than asking for each."""
PERSON_COLUMNS = (
    "full_name",
    "sex",
    "personal_id",
    "old_personal_id",
    "profile_code",
    "ethnicity",
    "religion",
    "birth_place",
    "origin",
    "residence",
    "phone",
    "email",
    "general_education",
    "civil_rank",
    "unit",
    "post",
    "post_text",
    "degree",
    "political_level",
    "party_status",
    "restricted_on",
    "revision",
)


def _text(column: str) -> Coalesce:
    """Return a partial date as it is stored: ISO text, empty for none."""
    return Coalesce(column, Value(""), output_field=CharField())


def templates_of(unit: Unit, kind: ImportKind) -> list[ImportTemplate]:
    """Return how workbooks of one kind were read for a unit. 1 query."""
    return list(ImportTemplate.objects.filter(unit=unit, kind=kind))


def catalogues() -> Catalogues:
    """Return how words are found in the lists of the office. 2 queries."""
    ethnic = word_index(Ethnicity.objects.values_list("code", "name", "aliases"))
    religious = word_index(Religion.objects.values_list("code", "name", "aliases"))
    return Catalogues(
        ethnicity=partial(match_ethnicity, index=ethnic),
        religion=partial(match_religion, index=religious),
        level=level_and_field,
    )


def level_and_field(kind: str, text: str) -> tuple[str, str] | None:
    """Return the level that a text names and what follows it: "Đại học Luật" is (university, Luật)."""
    if kind not in RANKS:
        return (text, "") if len(text) <= 40 else ("", text[:200])
    level = match_level(kind, text)
    if level is None:
        return None
    words = text.split()
    for length in range(1, min(4, len(words))):
        if match_level(kind, " ".join(words[:length])) == level:
            rest = " ".join(words[length:]).strip(" ,-–:()")
            return level, rest if match_level(kind, rest) is None else ""
    return level, "" if len(words) < 4 else text[:200]


def places(home: Unit) -> Places:
    """Return how units and posts are found for an import of `home`. 7 queries."""
    kinds = dict(Unit.objects.values_list("pk", "kind"))
    index = PostIndex(Post.objects.filter(is_active=True).values_list("pk", "code", "name", "aliases"))
    return Places(
        home=home.pk,
        unit=unit_names(home).find,
        post=lambda text, unit_id: match_post(text, index, kinds.get(unit_id, "")),
    )


def unit_names(home: Unit) -> UnitIndex:
    """Return the units by their names of today and before, and what people said that texts mean. 5 queries."""
    units = Unit.objects.values_list("pk", "name", "short_name", "is_alive")
    names = [UnitName(key, text, alive) for key, name, short, alive in units for text in (name, short)]
    alive = {name.unit_id for name in names if name.is_alive}
    older = UnitVersion.objects.values_list("unit_id", "name", "short_name")
    names += [UnitName(key, text, key in alive, is_former=True) for key, name, short in older for text in (name, short)]
    links = UnitEventLink.objects.filter(from_unit__isnull=False, to_unit__isnull=False)
    return UnitIndex(
        home=home.pk,
        names=names,
        near=subtree_ids({home.pk}),
        successors=links.values_list("from_unit_id", "to_unit_id"),
        aliases=dict(UnitAlias.objects.filter(home=home).values_list("search_key", "unit_id")),
    )


def register_for(typed: TypedPeople, reachable: frozenset[int] | None) -> Register:
    """Return the people who may be meant by the rows. 1 query for many rows, else 1 for each 900 names and IDs.

    Restricted records are among them, so that nobody enters twice; nothing of them is changed. 1 query.
    """
    keys = set(typed.said["key"]) - {""}
    ids = set(typed.said["personal_id"]) - {""}
    old = set(typed.said["old_personal_id"]) - {""}
    names: dict[str, list[Known]] = {}
    numbers: dict[str, list[Known]] = {}
    cards: dict[str, list[Known]] = {}
    for row in chain(_known_rows(keys, ids, old), sealed_people()):
        for index, wanted, key in ((names, keys, row[1]), (numbers, ids, row[4]), (cards, old, row[5])):
            if key in wanted:
                index.setdefault(key, []).append(Known._make(row))
    return Register(names, numbers, cards, reachable)


def _known_rows(keys: set[str], ids: set[str], old: set[str]) -> Iterator[tuple[Any, ...]]:
    people = Person.objects.filter(merged_into=None).order_by()
    rows = people.annotate(born=_text("born_on")).values_list(
        "id", "search_key", "born", "unit_id", "personal_id", "old_personal_id"
    )
    if len(keys) + len(ids) + len(old) > MANY:
        yield from rows.iterator(chunk_size=5000)
        return
    seen: set[int] = set()
    for name, wanted in (("search_key", keys), ("personal_id", ids), ("old_personal_id", old)):
        for part in _parts(wanted):
            for row in rows.filter(**{f"{name}__in": part}):
                if row[0] not in seen:
                    seen.add(row[0])
                    yield row


def _parts(keys: Iterable[Any]) -> Iterator[list[Any]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


def known_facts(people: Collection[int]) -> KnownFacts:
    """Return what the registry says of the people. 6 queries for each 900 of them, 6 in all for many."""
    facts = KnownFacts()
    if not people:
        return facts
    _person_facts(facts, people)
    _work_facts(facts, people)
    for key, person, kind, level, study in _of(Qualification, people, ("id", "person_id", "kind", "level", "field")):
        facts.levels.setdefault((person, kind), []).append((level, study))
        if not study:
            facts.bare_levels[person, kind, level] = key
    for key, person, year, grade in _of(YearlyGrading, people, ("id", "person_id", "year", "grade")):
        facts.gradings[person, year] = key, grade
    for person, text in _of(PlannedPost, people, ("person_id", "post_text")):
        facts.planned.setdefault(person, set()).add(search_key(text))
    return facts


def _person_facts(facts: KnownFacts, people: Collection[int]) -> None:
    names = ("id", *PERSON_COLUMNS, "born")
    for row in _of(Person.objects.order_by("pk").annotate(born=_text("born_on")), people, names, key="id"):
        facts.person[row[0]] = dict(zip(names, row, strict=True)) | {"born_on": row[-1]}
    rows = PartyMembership.objects.order_by("pk")
    rows = rows.annotate(probationary=_text("probationary_on"), full=_text("full_on"))
    party = ("person_id", "id", "card_number", "probationary", "full")
    for person, key, card, probationary, full in _of(rows, people, party):
        facts.person[person] |= {
            "party_id": key,
            "party_card": card,
            "party_probationary": probationary,
            "party_full": full,
        }


def _work_facts(facts: KnownFacts, people: Collection[int]) -> None:
    """Take the newest main posting that has not ended."""
    rows = Posting.objects.filter(is_main=True, valid_to=None).order_by(F("valid_from").asc(nulls_first=True), "id")
    names = ("person_id", "id", "unit_id", "unit_text", "post_text", "post_id", "valid_from")
    for person, *work, since in _of(rows, people, names):
        facts.work[person] = Work._make((*work, since.isoformat() if since else ""))


def _of(
    rows: Any, people: Collection[int], names: tuple[str, ...], key: str = "person_id"
) -> Iterator[tuple[Any, ...]]:
    """Yield values of the rows that belong to the people."""
    query: QuerySet[Any] = rows if isinstance(rows, QuerySet) else rows.objects.order_by("pk")
    found = query.values_list(*names)
    if len(people) > MANY:
        wanted, at = set(people), names.index(key)
        yield from (row for row in found.iterator(chunk_size=5000) if row[at] in wanted)
        return
    for part in _parts(people):
        yield from found.filter(**{f"{key}__in": part})


def unit_labels(ids: Collection[int]) -> Mapping[int, str]:
    """Return the names of units. 1 query."""
    return dict(Unit.objects.filter(pk__in=ids).values_list("pk", "name"))


def assumed_home() -> Unit | None:
    """Return the unit of an import for which nobody named one: the top unit with most people below it. 3 queries."""
    tops = list(Unit.objects.filter(is_alive=True, parent=None, state_parent=None).order_by("pk"))
    if len(tops) < 2:
        return tops[0] if tops else None
    people = dict(Unit.objects.filter(people__isnull=False).annotate(n=Count("people")).values_list("pk", "n"))
    weights = {top: sum(people.get(pk, 0) for pk in subtree_ids({top.pk})) for top in tops}
    return max(tops, key=lambda top: (weights[top], top.kind == UnitKind.PROVINCIAL_COMMITTEE, -top.pk))
