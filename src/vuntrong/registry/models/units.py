from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vuntrong.registry.enums import AreaKind, EventKind, ReorganisationState, UnitKind
from vuntrong.regulations.enums import Confidence
from vuntrong.regulations.models import DatedQuerySet, LegalInstrument


class Unit(models.Model):
    """A body that keeps its identity while its name, kind and parent change.

    The truth is in `versions`; the columns here repeat the version in force today, so that lists need no join.
    Only `registry.actions` writes both.
    """

    slug = models.SlugField(max_length=80, unique=True)
    """The code that commands and addresses use: tuyen-hoa."""
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    kind = models.CharField(max_length=30, choices=UnitKind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    """Above it on the Party line; for a unit that has only a State line, on that one."""
    state_parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="state_children")
    """Above it on the State line, where that differs from `parent`."""
    is_alive = models.BooleanField(default=True)
    """Whether some version is in force today."""
    ended_on = models.DateField(null=True, blank=True)
    """Last day of the last version; null while no end is known."""
    search_key = models.CharField(max_length=300)
    sort_key = models.CharField(max_length=600)

    class Meta:
        ordering: ClassVar = ["sort_key", "id"]
        indexes: ClassVar = [models.Index(fields=["sort_key"])]

    def __str__(self) -> str:
        return self.name


class UnitVersion(models.Model):
    """A unit as it was from one day to another, both included."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="versions")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    kind = models.CharField(max_length=30, choices=UnitKind.choices)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="child_versions")
    state_parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="state_child_versions")
    code = models.CharField(max_length=30, blank=True)
    """Code in the numbers of its papers: TTCT, HU, TCT."""
    seat = models.CharField(max_length=80, blank=True)
    """Place named before the date of its papers."""
    area_code = models.CharField(max_length=10, blank=True, db_default="")
    """Statistics-office code of a province or commune: 20, 05860."""
    iso_code = models.CharField(max_length=10, blank=True, db_default="")
    """ISO 3166-2 code that the unit of this name keeps: VN-09."""

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["unit_id", "valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_version_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="unit_version_period"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["parent", "valid_from"]),
            models.Index(fields=["state_parent", "valid_from"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.valid_from} - {self.valid_to or ''})"


class Reorganisation(models.Model):
    """A list of events that take effect together: typed or read from a workbook, previewed, confirmed, undone whole."""

    title = models.CharField(max_length=200)
    takes_effect_on = models.DateField()
    """First day of the new units; the old ones end the day before."""
    instrument_text = models.CharField(max_length=300)
    """Number, date and issuer of the paper that orders it, as typed."""
    instrument = models.ForeignKey(LegalInstrument, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="reorganisations")
    """The unit below which it happens: its grants decide who may prepare and confirm it."""
    state = models.CharField(max_length=20, choices=ReorganisationState.choices, default=ReorganisationState.DRAFT)
    rows = models.JSONField(default=list)
    """The events as typed, in order, with what the maker said of posts and shares."""
    preview = models.JSONField(default=dict)
    """What it touched, as it was shown when it was confirmed."""
    undo = models.JSONField(default=dict)
    """What every package needs to take its part back."""
    made_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-takes_effect_on", "-id"]

    def __str__(self) -> str:
        return self.title


class UnitEvent(models.Model):
    """What happened to units on a day (sáp nhập, chia tách, đổi tên ...). Rows are only added or taken back."""

    kind = models.CharField(max_length=20, choices=EventKind.choices)
    happened_on = models.DateField()
    instrument_text = models.CharField(max_length=300, blank=True)
    instrument = models.ForeignKey(LegalInstrument, models.PROTECT, null=True, blank=True, related_name="+")
    reorganisation = models.ForeignKey(Reorganisation, models.PROTECT, null=True, blank=True, related_name="events")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["happened_on", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_on}"


class UnitEventLink(models.Model):
    """Which unit went into which at an event: `from_unit` is null for a creation, `to_unit` for a dissolution."""

    event = models.ForeignKey(UnitEvent, models.CASCADE, related_name="links")
    from_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="links_out")
    to_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="links_in")
    share = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    """Part of `from_unit` that `to_unit` took over at a split, 0 to 1; the parts of one unit add up to 1."""

    class Meta:
        ordering: ClassVar = ["event_id", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(from_unit__isnull=False) | Q(to_unit__isnull=False), name="event_link_names_a_unit"
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=1), name="event_link_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_unit_id} -> {self.to_unit_id}"


class UnitArea(models.Model):
    """A unit, with all below it, lies in a hard area from a day to a day, both included, by a paper."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="areas")
    kind = models.CharField(max_length=20, choices=AreaKind.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    instrument_text = models.CharField(max_length=300)
    """Number, date and issuer of the paper, as typed."""
    confidence = models.CharField(max_length=20, choices=Confidence.choices, default=Confidence.UNVERIFIED)
    revision = models.PositiveIntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["unit_id", "-valid_from", "kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "kind", "valid_from"], name="unit_area_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="unit_area_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.valid_from} - {self.valid_to or ''})"
