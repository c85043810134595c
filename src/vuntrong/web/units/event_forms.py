"""One event of one unit with its paper."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vuntrong.registry.enums import EventKind, UnitKind
from vuntrong.registry.models import Unit
from vuntrong.registry.rules.events import Event, Target, UnitSaid
from vuntrong.web.kit.forms import DayField, KitForm, RecordField

SINGLE = (EventKind.RENAME, EventKind.RETYPE, EventKind.REPARENT, EventKind.DISSOLVE)
NEEDED = {
    EventKind.RENAME: ("name", _("Write the new name.")),
    EventKind.RETYPE: ("unit_kind", _("Choose the new kind.")),
    EventKind.REPARENT: ("parent", _("Choose the unit above it.")),
}
"""Without this field an event says nothing."""


class EventForm(KitForm):
    """A new name, kind or parent, or the end of a unit."""

    kind = forms.ChoiceField(label=_("Event"), choices=[(kind.value, kind.label) for kind in SINGLE])
    on = DayField(label=_("Takes effect on"))
    instrument_text = forms.CharField(
        label=_("Paper that orders it"), max_length=300, help_text=_("number, date and issuer as on the paper")
    )
    name = forms.CharField(label=_("New name"), max_length=200, required=False)
    short_name = forms.CharField(label=_("Short name"), max_length=80, required=False)
    unit_kind = forms.ChoiceField(label=_("New kind"), choices=[("", "–"), *UnitKind.choices], required=False)
    parent = RecordField(Unit.objects.none(), label=_("Above it on the Party line"), required=False)
    state_parent = RecordField(Unit.objects.none(), label=_("Above it on the State line"), required=False)
    successor = RecordField(
        Unit.objects.none(),
        label=_("Takes over its work"),
        required=False,
        help_text=_("when the unit ends; without one every post and class is mapped by hand"),
    )
    wide = ("instrument_text",)
    groups = (
        (_("Event and its paper"), ("kind", "on", "instrument_text")),
        (_("What the unit is afterwards"), ("name", "short_name", "unit_kind", "parent", "state_parent")),
        (_("Where the unit ends"), ("successor",)),
    )

    def __init__(self, *args: Any, unit: Unit, units: QuerySet[Unit], **extra: Any) -> None:
        super().__init__(*args, **extra)
        self.unit = unit
        for name in ("parent", "state_parent", "successor"):
            self.fields[name].queryset = units.filter(is_alive=True).exclude(pk=unit.pk)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        field, words = NEEDED.get(typed.get("kind", ""), ("", ""))
        is_moved = field == "parent" and typed.get("state_parent")
        if field and not typed.get(field) and not is_moved:
            self.add_error(field, words)
        return typed

    @property
    def draft(self) -> dict[str, Any]:
        """What was typed as a re-organisation of one event, for the action."""
        typed = self.cleaned_data
        return {
            "title": f"{dict(self.fields['kind'].choices)[typed['kind']]}: {self.unit.name}"[:200],
            "takes_effect_on": typed["on"],
            "instrument_text": typed["instrument_text"],
            "unit": self.unit.parent or self.unit,
            "events": [self._event()],
        }

    def _event(self) -> Event:
        typed, slug = self.cleaned_data, self.unit.slug
        if typed["kind"] == EventKind.DISSOLVE:
            return Event(typed["kind"], (slug,), rest=_slug(typed["successor"]))
        said = UnitSaid(
            name=typed["name"],
            short_name=typed["short_name"],
            kind=typed["unit_kind"],
            parent=_slug(typed["parent"]),
            state_parent=_slug(typed["state_parent"]),
        )
        return Event(typed["kind"], (slug,), (Target(slug, said),))


def _slug(unit: Unit | None) -> str:
    return unit.slug if unit else ""
