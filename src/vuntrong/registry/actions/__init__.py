"""Changes to units and people."""

from vuntrong.registry.actions.people import NewPerson, create_people, create_person
from vuntrong.registry.actions.privacy import note_read
from vuntrong.registry.actions.repeating import refresh_people, repeat_records
from vuntrong.registry.actions.units import UnitWords, change_unit, create_unit, refresh_units
from vuntrong.registry.actions.writing import PersonWrite, write_people

__all__ = [
    "NewPerson",
    "PersonWrite",
    "UnitWords",
    "change_unit",
    "create_people",
    "create_person",
    "create_unit",
    "note_read",
    "refresh_people",
    "refresh_units",
    "repeat_records",
    "write_people",
]
