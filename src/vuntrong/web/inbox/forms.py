"""What comes by e-mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vuntrong.accounts.enums import MessageKind
from vuntrong.web.kit.forms import KitForm


class ChoicesForm(KitForm):
    """The address, and the kinds of messages that come to it."""

    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Without an address everything stays in the inbox."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Comes by e-mail too"),
        choices=MessageKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    wide = ("kinds",)
