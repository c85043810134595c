"""What a user's grants reach today."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone

from vuntrong.accounts.enums import RULE_DECIDERS, Role
from vuntrong.accounts.models import Grant, User
from vuntrong.registry.models import Unit
from vuntrong.registry.queries import catchment_root, subtree_with_past

Somebody = User | AnonymousUser
UNREAD_KEPT = 300
"""Seconds that the count of the bell is kept; telling and reading forget it at once."""


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


def clerks_of(unit_ids: Collection[int]) -> dict[int, list[User]]:
    """Return the users who are told for each unit: its own clerks, else those of the nearest unit above with some.

    A unit that nobody answers for has an empty list. 2 queries.
    """
    clerks: dict[int, list[User]] = {}
    grants = Grant.objects.valid_on(timezone.localdate()).filter(role=Role.UNIT_CLERK, user__is_active=True)
    for grant in grants.select_related("user").order_by("user_id"):
        clerks.setdefault(grant.unit_id, []).append(grant.user)
    above = dict(Unit.objects.values_list("pk", "parent_id"))
    return {key: _nearest(key, clerks, above) for key in unit_ids}


def deciders() -> QuerySet[User]:
    """Return the users who may decide about rules today."""
    grants = Grant.objects.valid_on(timezone.localdate()).filter(role__in=RULE_DECIDERS)
    return User.objects.filter(is_active=True, pk__in=grants.values("user"))


def unread_count(user: User) -> int:
    """Return how many messages the user has not read; 1 query, then none for UNREAD_KEPT seconds."""
    count: int | None = cache.get(unread_key(user.pk))
    if count is None:
        count = user.inbox.filter(read_at=None).count()
        cache.set(unread_key(user.pk), count, UNREAD_KEPT)
    return count


def unread_known(user: User) -> int | None:
    """Return the count of the bell if the cache holds it, else null; no query."""
    count: int | None = cache.get(unread_key(user.pk))
    return count


def unread_key(user_id: int) -> str:
    """Return the name under which the cache holds the count."""
    return f"unread:{user_id}"


def _nearest(unit_id: int, clerks: Mapping[int, list[User]], above: Mapping[int, int | None]) -> list[User]:
    """Go up from a unit until somebody answers; a circle in the data ends the way."""
    here: int | None = unit_id
    seen = set()
    while here is not None and here not in seen:
        if here in clerks:
            return clerks[here]
        seen.add(here)
        here = above.get(here)
    return []


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
