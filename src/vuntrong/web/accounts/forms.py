"""The sign-in library's forms with our labels."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _


def _say(field: forms.Field, label: Any, **attrs: str) -> None:
    """Give a field its label; a placeholder never stands for one."""
    field.label = label
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class SignInForm(LoginForm):
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["login"], _("User name"), autofocus="", autocapitalize="none", spellcheck="false")
        _say(self.fields["password"], _("Password"))


class PasswordForm(ChangePasswordForm):
    """The old password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["oldpassword"], _("Current password"))
        _say(self.fields["password1"], _("New password"))
        _say(self.fields["password2"], _("New password again"))

    def clean(self) -> dict[str, Any]:
        """Compare the two new passwords in our words."""
        said = forms.Form.clean(self) or {}
        if said.get("password1") and said.get("password2") and said["password1"] != said["password2"]:
            self.add_error("password2", _("The two new passwords differ. Type the same password twice."))
        return said


class AgainForm(ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["password"], _("Password"), autofocus="")


class CodeForm(AuthenticateForm):
    """The second factor at sign-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _("Code from the app, or a recovery code"), autofocus="", inputmode="numeric")


class CodeAgainForm(CodeReauthenticateForm):
    """The second factor once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _("Code from the app, or a recovery code"), autofocus="", inputmode="numeric")


class FirstCodeForm(ActivateTOTPForm):
    """The first code of a new app proves that it knows the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _("Code from the app"), autofocus="", inputmode="numeric")
