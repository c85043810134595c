"""Who may see programmes: everybody with a role, for needs, plans and classes are made of them."""

from django.db.models import QuerySet

from vuntrong.accounts.policies import is_nobody
from vuntrong.accounts.queries import Somebody
from vuntrong.programmes.models import Programme, TargetGroup


def programmes_visible_to(user: Somebody) -> QuerySet[Programme]:
    """Return all programmes, none for somebody without a role."""
    return Programme.objects.none() if is_nobody(user) else Programme.objects.all()


def may_see_programmes(user: Somebody) -> bool:
    """Say whether the user may open programmes and target groups."""
    return not is_nobody(user)


def target_groups_visible_to(user: Somebody) -> QuerySet[TargetGroup]:
    """Return all target groups, none for somebody without a role."""
    return TargetGroup.objects.none() if is_nobody(user) else TargetGroup.objects.all()
