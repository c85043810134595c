"""What handing over is called in the history."""

from django.utils.translation import gettext_lazy as _

from vuntrong.registry.enums import Purpose

ACTIONS = {
    "export_training_block": _("Took the training block"),
    "print_training_table": _("Printed the training table"),
}
FIELDS = {"purpose": _("Purpose")}
CHOICES = {"purpose": Purpose}
