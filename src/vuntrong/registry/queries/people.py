"""Who is in the registry."""

from collections.abc import Iterable

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from vuntrong.kernel.dates import BadDate, PartialDate
from vuntrong.kernel.text import search_key
from vuntrong.registry.models import FormerName, Person
from vuntrong.registry.queries.privacy import sealed_people
from vuntrong.registry.rules import KnownPerson


def people_with_keys(keys: Iterable[str]) -> dict[str, list[KnownPerson]]:
    """Return the people by search key, for matching typed names. 1 query for each 900 keys, 1 for sealed records."""
    keys = set(keys)
    wanted = sorted(keys)
    found: dict[str, list[KnownPerson]] = {}
    for start in range(0, len(wanted), 900):
        rows = Person.objects.filter(search_key__in=wanted[start : start + 900], merged_into=None)
        rows = rows.annotate(born=Coalesce("born_on", Value(""), output_field=CharField()))  # as stored: ISO text
        for one in rows.values_list("id", "search_key", "born", "unit_id"):
            found.setdefault(one[1], []).append(KnownPerson(*one))
    for sealed in sealed_people() if wanted else ():
        if sealed.search_key in keys:
            known = KnownPerson(sealed.id, sealed.search_key, sealed.born_on, sealed.unit_id, is_restricted=True)
            found.setdefault(sealed.search_key, []).append(known)
    return found


FORMER_NAMES = 1000
"""More bearers of a former name than this are not looked for: such words say too little."""


def people_in_use(people: QuerySet[Person]) -> QuerySet[Person]:
    """Leave out those who left, whose record only the archive may use, or whom another record took over."""
    return people.filter(merged_into=None, left_on=None, restricted_on=None)


def people_found(people: QuerySet[Person], words: str) -> QuerySet[Person]:
    """Keep the people whom every word fits, in any order, whatever case and accents.

    A word is any part of the present name or of a former one; figures are the left part of a personal ID, or a year of
    birth; something with strokes is a birth date. At most 1 query besides the one that is returned.
    """
    names = []
    for word in search_key(words).split():
        figures = word.replace(".", "").replace("-", "")
        if figures.isdigit():
            people = people.filter(_figures(figures))
        elif born := _date(word):
            people = people.filter(born_on__startswith=born)
        else:
            names.append(word)
    return people.filter(_names(names)) if names else people


def _figures(figures: str) -> Q:
    """A range, not a pattern, so that both engines use the index; a letter sorts after every figure."""
    known = Person.objects.order_by()
    end = figures + "a"
    by_new = known.filter(~Q(personal_id=""), personal_id__gte=figures, personal_id__lt=end)
    by_old = known.filter(~Q(old_personal_id=""), old_personal_id__gte=figures, old_personal_id__lt=end)
    found = Q(pk__in=by_new.values("pk")) | Q(pk__in=by_old.values("pk"))
    is_year = len(figures) == 4 and figures[:2] in {"19", "20"}
    return found | Q(born_on__startswith=figures) if is_year else found


def _date(word: str) -> str:
    try:
        return PartialDate.parse(word).iso() if "/" in word else ""
    except BadDate:
        return ""


def _names(words: list[str]) -> Q:
    all_words = Q(*(Q(search_key__contains=word) for word in words))
    bearers = list(FormerName.objects.order_by().filter(all_words).values_list("person_id", flat=True)[:FORMER_NAMES])
    return all_words | Q(pk__in=bearers) if bearers else all_words
