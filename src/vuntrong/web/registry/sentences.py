"""What a refusal of the registry says to a person, and what its actions are called in the history of a record."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from vuntrong.kernel.errors import RuleBroken
from vuntrong.registry.enums import AreaKind, UnitKind
from vuntrong.registry.refusals import REORGANISATION
from vuntrong.regulations.enums import Confidence

VIOLATIONS = REORGANISATION | {
    "unit-change-before-start": _("The unit exists since %(first_day)s. Choose that day or a later one."),
    "unit-change-before-last": _("The unit already changed on %(last_day)s. Choose that day or a later one."),
    "unit-inside-itself": _(
        "A unit cannot stand below itself or below a unit of its own. Choose another unit above it."
    ),
    "unit-slug-taken": _("Another unit already has this code. Choose another code."),
    "unit-ends-before-start": _("The last day lies before the first day, %(first_day)s. Choose a later last day."),
    "area-ends-before-start": _("The last day lies before the first day, %(first_day)s. Choose a later last day."),
    "area-before-unit": _("The unit exists since %(first_day)s. Choose that day or a later one."),
    "area-twice": _(
        "A row of this kind from %(first_day)s on covers the same days. End it first, or choose other days."
    ),
}
ACTIONS = {
    "draft_reorganisation": _("Drafted the re-organisation"),
    "edit_reorganisation": _("Changed the draft of the re-organisation"),
    "discard_reorganisation": _("Threw the draft of the re-organisation away"),
    "confirm_reorganisation": _("Confirmed the re-organisation"),
    "finish_reorganisation": _("Let the re-organisation take effect"),
    "undo_reorganisation": _("Took the re-organisation back"),
    "create_unit": _("Entered the unit"),
    "change_unit": _("Changed the unit"),
    "add_unit_area": _("Entered a hard area of the unit"),
    "change_unit_area": _("Changed a hard area of the unit"),
    "remove_unit_area": _("Took a hard area of the unit out"),
    "create_person": _("Entered the person"),
    "create_people": _("Entered people from a list"),
    "write_people": _("Entered and updated people from a list"),
    "load_provinces": _("Entered the provinces"),
    "make_province": _("Made an invented province"),
}
FIELDS = {
    "takes_effect_on": _("Takes effect on"),
    "instrument_text": _("By the paper"),
    "touched": _("Touched"),
    "name": _("Name"),
    "short_name": _("Short name"),
    "kind": _("Kind"),
    "parent_id": _("Above it"),
    "code": _("Code in the numbers of its papers"),
    "seat": _("Place before the date of its papers"),
    "unit": _("Unit"),
    "valid_from": _("From the day"),
    "valid_to": _("To the day"),
    "count": _("Number of rows"),
    "area_kind": _("Kind of area"),
    "confidence": _("Checked"),
}
CHOICES = {"kind": UnitKind, "area_kind": AreaKind, "confidence": Confidence}


def explain(refusal: RuleBroken) -> list[str]:
    """Return a sentence for each broken rule."""
    return [
        str(VIOLATIONS[one.code]) % {name: _shown(value) for name, value in one.values.items()}
        for one in refusal.violations
    ]


def _shown(value: Any) -> Any:
    return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, dt.date) else value
