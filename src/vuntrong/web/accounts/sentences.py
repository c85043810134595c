"""What happens to accounts is called in the history of a record."""

from django.utils.translation import gettext_lazy as _

from vuntrong.accounts.enums import Role

ACTIONS = {
    "save_filter": _("Saved a filter"),
    "rename_filter": _("Renamed a saved filter"),
    "delete_filter": _("Deleted a saved filter"),
    "create_user": _("Made the account"),
    "change_user": _("Changed the account"),
    "set_password": _("Set a new password"),
    "change_password": _("Changed the own password"),
    "grant_role": _("Granted a role"),
    "end_grant": _("Ended a role"),
    "end_all_sessions": _("Signed out everywhere"),
    "add_second_factor": _("Turned the second factor on"),
    "remove_second_factor": _("Turned the second factor off"),
    "renew_recovery_codes": _("Made new recovery codes"),
    "lock_sign_in": _("Sign-in was locked after wrong passwords"),
}
FIELDS = {
    "username": _("User name"),
    "full_name": _("Full name"),
    "is_active": _("May sign in"),
    "is_superuser": _("Administrator"),
    "role": _("Role"),
    "sessions": _("Sessions"),
    "authenticators": _("Second factors"),
    "address": _("Address"),
}
CHOICES = {"role": Role}
