"""What a user's grants reach today."""

import datetime as dt
from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone

from vuntrong.accounts.models import Grant, User
from vuntrong.registry.models import Unit
from vuntrong.registry.queries import catchment_root, subtree_with_past

Somebody = User | AnonymousUser


def grants_today(user: User) -> list[Grant]:
    """Return the grants in force with their units. 1 query, then none for the same user object."""
    if "_grants_today" not in user.__dict__:
        grants = user.grants.valid_on(timezone.localdate()).select_related("unit").order_by("id")
        user.__dict__["_grants_today"] = list(grants)
    known: list[Grant] = user.__dict__["_grants_today"]
    return known


def roles_of(user: Somebody) -> frozenset[str]:
    """Return the roles that the user holds anywhere today; all callers share 1 query."""
    return frozenset(grant.role for grant in grants_today(user)) if isinstance(user, User) else frozenset()


def units_of(user: User) -> list[Unit]:
    """Return the units of the user's grants, without repetition; 1 query shared with the grants."""
    return list({grant.unit_id: grant.unit for grant in grants_today(user)}.values())


def scope(user: Somebody, roles: Collection[str]) -> frozenset[int]:
    """Return the ids of all units below the user's grants with one of `roles`; a superuser reaches all.

    Units that went whole into one of these belong to them: the successor answers for what they left behind.

    At most 1 query for each set of roles and user object, besides the grants; 1 more where a granted unit has ended.
    """
    return _reached(user, frozenset(roles), serving=False)


def serves(user: Somebody, roles: Collection[str]) -> frozenset[int]:
    """Return the units in scope and, for schools and centres in it, the units that these serve. Queries as `scope`."""
    return _reached(user, frozenset(roles), serving=True)


def users_with_grants() -> QuerySet[User]:
    """Return the active users with their grants and units, in the order in which they were made. 2 queries."""
    return User.objects.filter(is_active=True).prefetch_related("grants__unit").order_by("pk")


def _reached(user: Somebody, roles: frozenset[str], *, serving: bool) -> frozenset[int]:
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    known: dict[object, frozenset[int]] = user.__dict__.setdefault("_reached", {})
    key = "all" if user.is_superuser else (roles, serving)
    if key not in known:
        known[key] = _all_units() if user.is_superuser else _below_grants(user, roles, serving=serving)
    return known[key]


def _below_grants(user: User, roles: frozenset[str], *, serving: bool) -> frozenset[int]:
    """Return the subtrees of the granted units today; of a unit that has ended, as on its last day."""
    today = timezone.localdate()
    roots: dict[dt.date, set[int]] = {}
    for unit in [grant.unit for grant in grants_today(user) if grant.role in roles]:
        day = min(today, unit.ended_on or today)
        roots.setdefault(day, set()).update({unit.pk, catchment_root(unit)} if serving else {unit.pk})
    return frozenset().union(*(subtree_with_past(units, day) for day, units in roots.items()))


def _all_units() -> frozenset[int]:
    return frozenset(Unit.objects.values_list("id", flat=True))
