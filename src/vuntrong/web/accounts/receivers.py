"""What the sign-in library tells us and the action log should know."""

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from axes.signals import user_locked_out
from django.conf import settings
from django.core.cache import cache
from django.dispatch import receiver

from vuntrong.accounts.actions import note_account_event
from vuntrong.accounts.models import User


@receiver(password_changed)
def _password_changed(user: User, **_extra: Any) -> None:
    note_account_event(user=user, event="change_password", by=user)


@receiver(authenticator_added)
def _factor_added(user: User, authenticator: Any, **_extra: Any) -> None:
    note_account_event(user=user, event="add_second_factor", by=user, kind=authenticator.type)


@receiver(authenticator_removed)
def _factor_removed(user: User, authenticator: Any, **_extra: Any) -> None:
    note_account_event(user=user, event="remove_second_factor", by=user, kind=authenticator.type)


@receiver(authenticator_reset)
def _codes_renewed(user: User, authenticator: Any, **_extra: Any) -> None:
    note_account_event(user=user, event="renew_recovery_codes", by=user, kind=authenticator.type)


@receiver(user_locked_out)
def _locked_out(username: str, ip_address: str, **_extra: Any) -> None:
    """Note the lock of a real account once; made-up names and further attempts would only fill the log."""
    user = User.objects.filter(username__iexact=username).first()
    if user and cache.add(f"lock-noted:{user.pk}:{ip_address}", 1, settings.AXES_COOLOFF_TIME * 3600):
        note_account_event(user=user, event="lock_sign_in", by=None, address=ip_address)
