"""Django's rules for passwords, refused in our words: what is wrong and the remedy."""

from django.contrib.auth import password_validation as django_rules
from django.utils.translation import gettext as _


class LongEnough(django_rules.MinimumLengthValidator):
    """At least `min_length` characters."""

    def get_error_message(self) -> str:
        return _("The password is too short. Use at least %(min_length)d characters.")


class NotUsual(django_rules.CommonPasswordValidator):
    """None of the 20,000 passwords that everybody tries first."""

    def get_error_message(self) -> str:
        return _(
            "This password is among those that are tried first. Choose another one, for example four unrelated words."
        )


class NotOnlyFigures(django_rules.NumericPasswordValidator):
    """More than figures."""

    def get_error_message(self) -> str:
        return _("The password holds only figures. Add letters.")


class NotTheName(django_rules.UserAttributeSimilarityValidator):
    """Unlike the name of its owner."""

    def get_error_message(self) -> str:
        return _("The password is too much like the name of the account. Choose another one.")
