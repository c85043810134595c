"""The frame, sign-in, the account and the demonstration."""

from tests.factories import make_user
from tests.web.walk.guard import House, Page
from vuntrong.accounts.models import SavedFilter


def saved(_house: House) -> dict[str, int]:
    """Return a filter that somebody else saved."""
    return {"filter_id": SavedFilter.objects.create(user=make_user(), page="/", name="Của tôi", query="").pk}


OWN = {"stranger": 200}
PAGES = [
    Page("today", **OWN),
    Page("account", **OWN),
    Page("account_logout", **OWN),
    Page("account_change_password", **OWN),
    Page("account_reauthenticate", **OWN),
    Page("usersessions_list", **OWN),
    Page("sign-out-everywhere", stranger=302, method="POST"),
    Page("mfa_index", **OWN),
    Page("mfa_reauthenticate", stranger=302),
    Page("mfa_activate_totp", stranger=302),
    Page("mfa_deactivate_totp", roles=(), denied=404),
    Page("mfa_view_recovery_codes", roles=(), denied=404),
    Page("mfa_generate_recovery_codes", stranger=302),
    Page("mfa_download_recovery_codes", roles=(), denied=404),
    Page("switch-year", stranger=302, method="POST", data=lambda house: {"year": "2026"}),
    Page("switch-unit", roles=(), stranger=404, method="POST"),
    Page("saved-filters", **OWN),
    Page("filter-menu", **OWN),
    Page("save-filter", stranger=302, method="POST", data=lambda _house: {"page": "/", "name": "Của tôi"}),
    Page("rename-filter", make=saved, roles=(), method="POST"),
    Page("delete-filter", make=saved, roles=(), method="POST"),
    Page("parts", roles=()),
    Page("part-job", **OWN),
]
