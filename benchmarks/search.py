"""Searching the list of people against the bare statements that any list must send."""

from collections.abc import Iterator

from django.db import connection
from django.test import RequestFactory

from benchmarks.timing import Ratio, ratio
from vuntrong.accounts.models import User
from vuntrong.accounts.policies import people_visible_to
from vuntrong.registry.queries import people_found
from vuntrong.web.kit.listing import Listing, build_listing
from vuntrong.web.registry.people_filters import PersonFilter
from vuntrong.web.registry.tables import PersonTable

LIMIT = 2.0
WORDS = ("nguyen", "nguyen thi lan", "an", "khongco")
IN_USE = "person.restricted_on IS NULL AND person.merged_into_id IS NULL AND person.left_on IS NULL"
ROWS = """
    SELECT person.id, person.full_name, person.sex, person.born_on, person.post_text, unit.name
    FROM registry_person AS person JOIN registry_unit AS unit ON unit.id = person.unit_id
    WHERE {where} ORDER BY person.sort_key, person.id LIMIT 25
"""
COUNTS = "SELECT person.sex, COUNT(*) FROM registry_person AS person WHERE {where} GROUP BY person.sex"


def bare(words: str) -> int:
    """Ask for the first page and the number of people of each sex, and do nothing with them; returns how many."""
    where = " AND ".join([IN_USE, *["person.search_key LIKE %s"] * len(words.split())])
    patterns = [f"%{word}%" for word in words.split()]
    with connection.cursor() as cursor:
        cursor.execute(ROWS.format(where=where), patterns)
        cursor.fetchall()
        cursor.execute(COUNTS.format(where=where), patterns)
        return sum(row[1] for row in cursor.fetchall())


def searched(reader: User, words: str) -> Listing:
    """Return the list as the page makes it, with its first rows read."""
    request = RequestFactory().get("/registry/people/", {"q": words})
    request.user = reader
    people = people_visible_to(reader).select_related("unit")
    listing = build_listing(
        request, people, table=PersonTable, filters=PersonFilter, search=people_found, title="Cán bộ"
    )
    list(listing.table.page.object_list)
    return listing


def run() -> Iterator[Ratio]:
    """Search as somebody who sees the whole province, after making sure that the list finds no less."""
    reader, _made = User.objects.get_or_create(username="do-toc-do", defaults={"is_superuser": True})
    for words in WORDS:
        count = bare(words)
        if searched(reader, words).count < count:  # the list finds former names besides
            raise AssertionError(f"{words}: the list finds less than the bare SQL")
        yield ratio(
            f"search “{words}” ({count} people)",
            lambda words=words: searched(reader, words),
            lambda words=words: bare(words),
            limit=LIMIT,
            runs=15,
        )
