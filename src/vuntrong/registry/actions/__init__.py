"""Changes to units and people."""

from vuntrong.registry.actions.people import NewPerson, create_people, create_person
from vuntrong.registry.actions.privacy import note_read
from vuntrong.registry.actions.units import UnitWords, change_unit, create_unit, refresh_units

__all__ = [
    "NewPerson",
    "UnitWords",
    "change_unit",
    "create_people",
    "create_person",
    "create_unit",
    "note_read",
    "refresh_units",
]
