"""How the sign-in library behaves here: nobody signs up, and everything it says is said in our words."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

WRONG_CODE = _("The code is not correct. Read the newest code in the app, or use a recovery code that is still unused.")
MESSAGES = {
    "account/messages/password_changed.txt": _("The password was changed. Other sessions were signed out."),
    "mfa/messages/totp_activated.txt": _("The second factor is on."),
    "mfa/messages/totp_deactivated.txt": _("The second factor is off."),
    "mfa/messages/recovery_codes_generated.txt": _("New recovery codes were made; the old ones no longer work."),
    "usersessions/messages/sessions_logged_out.txt": _("The other sessions were signed out."),
}
"""What is worth telling; signing in and out shows by itself."""


class ClosedAdapter(DefaultAccountAdapter):
    """Sign-in without sign-up and without e-mail."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Contact the administrator."),
        "enter_current_password": _("The current password is not correct. Type it again."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("The password is not correct. Type it again."),
        "rate_limited": _("Too many attempts. Wait 30 minutes, then try again."),
        "too_many_login_attempts": _("Too many attempts. Wait 30 minutes, then try again."),
        "username_password_mismatch": _("The user name or the password is not correct."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's interface
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count nothing here: axes counts wrong passwords in the database, where a restart does not forget them."""

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *_args: Any,
        **_kwargs: Any,
    ) -> None:
        if sentence := MESSAGES.get(message_template or ""):
            messages.add_message(request, level, str(sentence))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Codes of an authenticator app, and recovery codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("The second factor of this account must stay on."),
        "cannot_generate_recovery_codes": _("Recovery codes need the second factor. Turn it on first."),
        "incorrect_code": WRONG_CODE,
    }
