"""Who may read workbooks into the registry, and whose imports one sees."""

from django.db.models import QuerySet

from vuntrong.accounts.models import User
from vuntrong.accounts.policies import is_superuser, units_enterable_by
from vuntrong.accounts.queries import Somebody
from vuntrong.exchange.models import Import, ImportTemplate


def may_import(user: Somebody) -> bool:
    """Say whether the user may enter people from workbooks into some unit."""
    return units_enterable_by(user).exists()


def imports_visible_to(user: Somebody) -> QuerySet[Import]:
    """Return the imports that the user made; for a superuser all, those of commands on the server included."""
    if is_superuser(user):
        return Import.objects.all()
    return Import.objects.filter(made_by_id=user.pk) if isinstance(user, User) else Import.objects.none()


def may_change_import(user: Somebody, run: Import) -> bool:
    """Say whether the user may prepare and write an import: her own, while she may enter people of its unit."""
    is_hers = run.made_by_id == user.pk or is_superuser(user)
    return is_hers and run.unit is not None and units_enterable_by(user).filter(pk=run.unit.pk).exists()


def templates_visible_to(user: Somebody) -> QuerySet[ImportTemplate]:
    """Return the templates of the units whose people the user may enter."""
    return ImportTemplate.objects.filter(unit__in=units_enterable_by(user))


def units_reachable_by(user: Somebody) -> frozenset[int] | None:
    """Return the units whose people the user may enter; null for all."""
    return None if is_superuser(user) else frozenset(units_enterable_by(user).values_list("pk", flat=True))
