from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportKind(models.TextChoices):
    """What period a report is for."""

    HALF_YEAR = "half_year", _("Half-year report")
    ANNUAL = "annual", _("Annual report")
    OTHER = "other", _("Report for a period")


class Dimension(models.TextChoices):
    """By what figures are split. Every class has exactly one key in each, so that classes and turns add up."""

    PROGRAMME = "programme", _("Programme")
    KIND = "kind", _("Kind of programme")
    MODE = "mode", _("Mode of study")
    AUDIENCE = "audience", _("Audience")
    SIDE = "side", _("Owner side")
    OWNER = "owner", _("Owner of the class")


class Result(models.TextChoices):
    """What became of a turn, as the tables of reports group it."""

    GOOD = "good", _("Good or excellent")
    FAIR = "fair", _("Fair")
    AVERAGE = "average", _("Average")
    PASSED = "passed", _("Passed without a grade")
    FAILED = "failed", _("Not completed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    PENDING = "pending", _("No result yet")


class Change(models.TextChoices):
    """How a row of today differs from the submitted one."""

    ADDED = "added", _("Added")
    REMOVED = "removed", _("Removed")
    CHANGED = "changed", _("Changed")


class Reading(models.TextChoices):
    """How a report names and groups the units that changed since."""

    THEN = "then", _("As it was then")
    TODAY = "today", _("In today's units")
