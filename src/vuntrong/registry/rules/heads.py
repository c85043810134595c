"""Whose head a kind of unit writes with where its document profile says nothing. Source: papers.md 0.3."""

from typing import Literal

from vuntrong.registry.enums import UnitKind

Style = Literal["party", "state"]

PEOPLES_COMMITTEES = frozenset({UnitKind.PEOPLES_COMMITTEE, UnitKind.COMMUNE_PEOPLES_COMMITTEE})
STATE_KINDS = frozenset(
    {
        *PEOPLES_COMMITTEES,
        UnitKind.PROVINCE,
        UnitKind.HOME_AFFAIRS,
        UnitKind.DEPARTMENT,
        UnitKind.PROVINCIAL_SCHOOL,
        UnitKind.ACADEMY,
        UnitKind.UNIVERSITY,
    }
)
"""Kinds that write with the head of the State; all others write with that of the Party."""


def style_of(kind: str) -> Style:
    """Return whose layout the papers of a kind of unit follow."""
    return "state" if kind in STATE_KINDS else "party"
