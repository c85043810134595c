"""What coded values are called that more than one list of codes may hold."""

from vuntrong.registry.enums import DefenceGroup, Degree, PoliticalLevel, StateManagementLevel

LISTS = (Degree, PoliticalLevel, StateManagementLevel, DefenceGroup)
LEVEL_NAMES = {code: label for codes in LISTS for code, label in codes.choices}
"""The codes of the four lists differ, but for "none", which no qualification has."""


def level_name(code: str) -> str:
    """Return what the level of a qualification is called; a level of another kind stands as the paper says it."""
    return str(LEVEL_NAMES.get(code, code))
