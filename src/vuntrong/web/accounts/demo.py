"""Who can sign in to the demonstration as what."""

from dataclasses import dataclass

from django.utils import timezone

from vuntrong.accounts.models import Grant, User
from vuntrong.accounts.queries import users_with_grants
from vuntrong.documents.models import StoredFile


@dataclass(frozen=True)
class DemoAccount:
    """An account with its roles in words."""

    username: str
    full_name: str
    is_superuser: bool
    grants: tuple[Grant, ...]


MESSY_LIST = "danh-sach-can-bo-xa-tan-phong.xlsx"
"""Name of the workbook that the demonstration keeps for trying an import."""


def messy_list() -> StoredFile | None:
    """Return the workbook, the newest where several were loaded. 1 query."""
    return StoredFile.objects.filter(name=MESSY_LIST, stored_by_id=None).first()


def demo_accounts() -> list[DemoAccount]:
    """Return the accounts that have a role today or administer. 3 queries."""
    found = [_account(user) for user in users_with_grants()]
    return [account for account in found if account.grants or account.is_superuser]


def _account(user: User) -> DemoAccount:
    today = timezone.localdate()
    held = [grant for grant in user.grants.all() if grant.valid_from <= today <= (grant.valid_to or today)]
    return DemoAccount(user.username, user.full_name, user.is_superuser, tuple(held))
