"""Decisions that a book holds."""

from vuntrong.planning.models import Decision
from vuntrong.planning.rules.decisions import KnownDecision
from vuntrong.registry.models import Unit


def known_decisions(issuer: Unit, year: int) -> list[KnownDecision]:
    """Return the numbers that an issuer has used in a year. 1 query."""
    rows = Decision.objects.filter(issuer=issuer, issued_on__year=year).values_list("number", "issued_on")
    return [KnownDecision(number, day) for number, day in rows]
