from django.db import models
from django.utils.translation import gettext_lazy as _


class ProgrammeKind(models.TextChoices):
    """The three kinds that figures must keep apart."""

    TRAINING = "training", _("Training")
    RETRAINING = "retraining", _("Retraining")
    UPDATING = "updating", _("Knowledge updating")


class Field(models.TextChoices):
    """Field of study; plans group retraining by it."""

    POLITICAL_THEORY = "political_theory", _("Political theory")
    PROFESSIONAL = "professional", _("Professional skills")


class Level(models.TextChoices):
    """Level that a programme leads to or belongs to."""

    NONE = "", _("No level")
    ELEMENTARY = "elementary", _("Elementary")
    INTERMEDIATE = "intermediate", _("Intermediate")
    ADVANCED = "advanced", _("Advanced")
    POSTGRADUATE = "postgraduate", _("Postgraduate")


class Mode(models.TextChoices):
    """How a class meets."""

    FULL_TIME = "full_time", _("Full time")
    PART_TIME = "part_time", _("Part time")
    ONLINE = "online", _("Online")
