"""Which units a list shows: those of a day, or those of today with what went into them."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, CharField, F, IntegerField, QuerySet, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from vuntrong.registry.models import Unit, UnitVersion
from vuntrong.registry.queries import fold
from vuntrong.registry.rules.succession import WHOLE, Fold, Part, divided
from vuntrong.reports.enums import Reading
from vuntrong.web.kit.address import with_query
from vuntrong.web.kit.numbers import percent
from vuntrong.web.kit.values import Choice
from vuntrong.web.units.forms import DayForm


@dataclass(frozen=True)
class Asked:
    """Which units somebody wants to see: those of `day`, or those of today. Its parts are shown above the list."""

    reading: str
    day: dt.date
    form: DayForm
    choices: tuple[Choice, ...]

    @property
    def is_folded(self) -> bool:
        return self.reading == Reading.TODAY

    @property
    def is_past(self) -> bool:
        """Whether the units are those of a day before today."""
        return not self.is_folded and self.day < timezone.localdate()

    @property
    def query(self) -> str:
        """What an address carries along to show another list in the same reading."""
        words = {"reading": self.reading} if self.is_folded else {}
        words |= {"on": f"{self.day:%d/%m/%Y}"} if self.day != timezone.localdate() else {}
        return "".join(f"&{urlencode({name: value})}" for name, value in words.items())

    @property
    def words(self) -> str:
        """The reading in words, for the title of a workbook."""
        return next(choice.label for choice in self.choices if choice.is_on)


def asked_units(request: HttpRequest, usual: dt.date | None = None) -> Asked:
    """Return the units that the address asks for; as they were on the `usual` day, or today, if it is silent."""
    form = DayForm(request.GET)
    typed = form.cleaned_data.get("on") if form.is_valid() else None
    day = typed or usual or timezone.localdate()
    reading = Reading.TODAY if request.GET.get("reading") == Reading.TODAY else Reading.THEN
    labels = {
        Reading.THEN: _("As it was on %(day)s") % {"day": date_format(day, "SHORT_DATE_FORMAT")},
        Reading.TODAY: _("In today's units"),
    }
    url = {one: with_query(request, reading="" if one == Reading.THEN else str(one)) for one in labels}
    choices = (Choice(label, None, url[one], one == reading) for one, label in labels.items())
    return Asked(str(reading), day, form, tuple(choices))


@dataclass(frozen=True)
class ShownUnit:
    """What stands for a unit in a list: itself as it was called, its heir, or the parts into which it was divided."""

    ids: tuple[int, ...]
    names: tuple[str, ...]
    shares: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        if len(self.ids) == 1:
            return self.names[0]
        return ", ".join(f"{name} ({share})" for name, share in zip(self.names, self.shares, strict=True))


@dataclass(frozen=True)
class UnitsShown:
    """What stands for some units in a reading."""

    fold: Fold
    names: Mapping[int, str]
    since: Mapping[int, dt.date] = field(default_factory=dict)
    """The day from which to follow each unit."""

    def of(self, unit_id: int) -> ShownUnit:
        """Return what stands for the unit."""
        parts = self.fold.parts(unit_id, self.since.get(unit_id))
        return ShownUnit(
            tuple(part.unit_id for part in parts),
            tuple(self.names[part.unit_id] for part in parts),
            tuple(percent(part.share) for part in parts),
        )


def units_shown(asked: Asked, unit_ids: Collection[int], *, column: str = "short_name") -> UnitsShown:
    """Return what stands for units, by short or full name. 1 query, in today's units 3; none without units."""
    if not unit_ids:
        return UnitsShown(Fold(), {})
    if not asked.is_folded:
        return UnitsShown(Fold(), _names_on(unit_ids, asked.day, column))
    found = fold(unit_ids)
    reached = {link.to_id for links in found.links.values() for link in links} | set(unit_ids)
    known = list(Unit.objects.order_by().filter(pk__in=reached).values_list("pk", column, "ended_on"))
    names = {unit_id: name for unit_id, name, _ended_on in known}
    return UnitsShown(found, names, {unit_id: last_day(asked.day, ended_on) for unit_id, _name, ended_on in known})


def last_day(day: dt.date, ended_on: dt.date | None) -> dt.date:
    """Return the day from which a unit of `day` is followed to today; of one that had ended by then its last one."""
    return min(day, ended_on or day)


def _names_on(unit_ids: Iterable[int], day: dt.date, column: str) -> dict[int, str]:
    """Return the names on a day: after the end of a unit its last one, before its beginning its first."""
    first: dict[int, str] = {}
    found: dict[int, str] = {}
    rows = UnitVersion.objects.filter(unit__in=unit_ids).order_by("unit_id", "valid_from")
    for unit_id, name, begins in rows.values_list("unit_id", column, "valid_from"):
        first.setdefault(unit_id, name)
        if begins <= day:
            found[unit_id] = name
    return first | found


def in_units_of_today(figures: Mapping[int, int], visible: QuerySet[Unit], day: dt.date) -> dict[int, int]:
    """Return whole numbers of units of `day` as numbers of today's, with the same total: shares by largest remainder.

    A unit of which a part went to somebody out of sight keeps its own. 3 queries, 1 without figures.
    """
    found, total = fold(figures), dict.fromkeys(figures, 0)
    ends = dict(visible.order_by().values_list("pk", "ended_on"))
    for unit_id, number in figures.items():
        parts = found.parts(unit_id, last_day(day, ends.get(unit_id)))
        if not {part.unit_id for part in parts} <= ends.keys():
            parts = (Part(unit_id, WHOLE),)
        for part, units in zip(parts, divided(number, parts), strict=True):
            total[part.unit_id] = total.get(part.unit_id, 0) + units
    return total


def as_column(figures: Mapping[int, int]) -> Case:
    """Return the figure of each row of units as an expression, 0 where there is none, for sorting and adding up."""
    by_number: dict[int, list[int]] = {}
    for unit_id, number in figures.items():
        by_number.setdefault(number, []).append(unit_id)
    whens = [When(pk__in=ids, then=Value(number)) for number, ids in by_number.items() if number]
    return Case(*whens, default=Value(0), output_field=IntegerField())


def heirs_column(asked: Asked, ended: Collection[int]) -> Any:
    """Return the name of `unit` of each row, with what took over for those that have ended. Queries: `units_shown`."""
    shown = units_shown(asked, ended, column="name")
    whens = [When(unit=one, then=Value(shown.of(one).label)) for one in ended]
    return Case(*whens, default=F("unit__name"), output_field=CharField()) if whens else F("unit__name")
