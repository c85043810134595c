"""The units of a class as its page names them: today's name, and the older ones with their last days."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vuntrong.classes.enums import UnitRole
from vuntrong.classes.models import ClassRun
from vuntrong.classes.rules.through_time import Held, NameRow, NameThen, names_through_time
from vuntrong.registry.models import UnitVersion
from vuntrong.web.kit.values import Fact

ONE_UNIT = frozenset({UnitRole.HOST, UnitRole.LEAD, UnitRole.LINKED})
"""Roles that one unit has at a time, so that its successor follows it; of the others each unit stands for itself."""
Line = tuple[str, list[Held]]


def unit_facts(run: ClassRun) -> list[Fact]:
    """Return who runs the class and what other units do in it. 3 queries."""
    lines = _lines(run)
    names = _names({held.unit_id for _role, part in lines for held in part})
    start = run.opened_on or run.planned_start or timezone.localdate(run.recorded_at)
    today = timezone.localdate()
    found = [(role, names_through_time(part, names, start=min(start, today), today=today)) for role, part in lines]
    return [Fact(_label(role), _told(then)) for role, then in found if then]


def _lines(run: ClassRun) -> list[Line]:
    owners = [Held(*row) for row in run.owners.values_list("unit_id", "valid_from", "valid_to")]
    lines: list[Line] = [("", owners or [Held(run.owner_id, None, None)])]
    by_role: dict[tuple[str, int], list[Held]] = defaultdict(list)
    rows = run.roles.order_by("role", "unit__sort_key").values_list("role", "unit_id", "valid_from", "valid_to")
    for role, *held in rows:
        by_role[role, 0 if role in ONE_UNIT else held[0]].append(Held(*held))
    return lines + [(role, part) for (role, _unit), part in by_role.items()]


def _names(unit_ids: Iterable[int]) -> dict[int, list[NameRow]]:
    found: dict[int, list[NameRow]] = defaultdict(list)
    rows = UnitVersion.objects.filter(unit__in=unit_ids).order_by("unit_id", "valid_from")
    for unit_id, *row in rows.values_list("unit_id", "name", "valid_from", "valid_to"):
        found[unit_id].append(NameRow(*row))
    return found


def _label(role: str) -> str:
    return str(UnitRole(role).label) if role else _("Run by")


def _told(names: tuple[NameThen, ...]) -> str:
    now, *before = names
    shown = [now.name if now.until is None else _until(now), *map(_until, before)]
    return shown[0] if len(shown) == 1 else f"{shown[0]} ({'; '.join(shown[1:])})"


def _until(one: NameThen) -> str:
    words = {"day": date_format(one.until, "SHORT_DATE_FORMAT"), "name": one.name}
    return _("until %(day)s: %(name)s") % words
