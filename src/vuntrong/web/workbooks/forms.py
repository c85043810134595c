"""Forms of the shared steps."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vuntrong.web.kit.forms import KitForm


class TemplateForm(KitForm):
    """The name under which the reading of a list is kept."""

    name = forms.CharField(label=_("Name of the template"), max_length=120)
