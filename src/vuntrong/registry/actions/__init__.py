"""Changes to units and people."""

from vuntrong.registry.actions.catalogues import CATALOGUES, add_catalogue_row, change_catalogue_row, state_of_row
from vuntrong.registry.actions.people import NewPerson, create_people, create_person, enter_people
from vuntrong.registry.actions.privacy import note_read
from vuntrong.registry.actions.records import EDITABLE, add_record, change_person, change_record, remove_record
from vuntrong.registry.actions.repeating import refresh_people, repeat_records
from vuntrong.registry.actions.units import UnitWords, change_unit, create_unit, refresh_units
from vuntrong.registry.actions.writing import PersonWrite, write_people

__all__ = [
    "CATALOGUES",
    "EDITABLE",
    "NewPerson",
    "PersonWrite",
    "UnitWords",
    "add_catalogue_row",
    "add_record",
    "change_catalogue_row",
    "change_person",
    "change_record",
    "change_unit",
    "create_people",
    "create_person",
    "create_unit",
    "enter_people",
    "note_read",
    "refresh_people",
    "refresh_units",
    "remove_record",
    "repeat_records",
    "state_of_row",
    "write_people",
]
