"""Records that may be one human being."""

from django.core.cache import cache
from django.db.models import CharField, Count, Max, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from vuntrong.registry.models import DistinctPair, Person
from vuntrong.registry.rules.duplicates import Candidate, KnownRecord, candidates

KEPT = 600
"""Seconds that candidates are kept while nothing changes."""


def duplicate_candidates(people: QuerySet[Person], *, scope: str) -> list[Candidate]:
    """Return the pairs among `people` that may be one human being, the surest first.

    About a second for 100,000 people, then kept while no record and no pair changes; `scope` names the set of people in
    the cache. 2 queries when kept, else 4.
    """
    people = people.order_by().filter(merged_into=None, restricted_on=None, anonymised_on=None)
    state = people.aggregate(Count("pk"), Max("pk"), Sum("revision"), Max("updated_on"))
    pairs = DistinctPair.objects.aggregate(Count("pk"), Max("pk"))
    key = f"duplicates:{scope}"
    stamp = (*map(str, state.values()), *map(str, pairs.values()))
    kept = cache.get(key)
    if kept and kept[0] == stamp:
        return [Candidate._make(one) for one in kept[1]]
    distinct = frozenset(DistinctPair.objects.values_list("first_id", "second_id"))
    born = Coalesce("born_on", Value(""), output_field=CharField())  # as stored: ISO text
    columns = ("id", "search_key", "born", "unit_id", "sex", "personal_id", "old_personal_id")
    rows = people.annotate(born=born).values_list(*columns)
    found = candidates(map(KnownRecord._make, rows.iterator(chunk_size=10_000)), distinct)
    cache.set(key, (stamp, [tuple(one) for one in found]), KEPT)
    return found


def surviving(person: Person) -> Person:
    """Return the record that took over this one, through any chain. 1 query for each step."""
    while person.merged_into_id is not None:
        person = Person.objects.select_related("unit").get(pk=person.merged_into_id)
    return person
