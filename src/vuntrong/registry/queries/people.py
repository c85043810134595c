"""Who is in the registry."""

from collections.abc import Iterable

from django.db.models import CharField, Value
from django.db.models.functions import Coalesce

from vuntrong.registry.models import Person
from vuntrong.registry.rules import KnownPerson


def people_with_keys(keys: Iterable[str]) -> dict[str, list[KnownPerson]]:
    """Return the people by search key, for matching typed names. 1 query for each 900 keys."""
    wanted = sorted(set(keys))
    found: dict[str, list[KnownPerson]] = {}
    for start in range(0, len(wanted), 900):
        rows = Person.objects.filter(search_key__in=wanted[start : start + 900], merged_into=None)
        rows = rows.annotate(born=Coalesce("born_on", Value(""), output_field=CharField()))  # as stored: ISO text
        for one in rows.values_list("id", "search_key", "born", "unit_id"):
            found.setdefault(one[1], []).append(KnownPerson._make(one))
    return found
