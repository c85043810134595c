"""Who may read and submit reports."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from vuntrong.accounts.enums import OVERSEERS, PLANNERS
from vuntrong.accounts.models import User
from vuntrong.accounts.queries import Somebody, grants_today, scope
from vuntrong.classes.models import ClassRun
from vuntrong.registry.enums import TRAINING_INSTITUTIONS
from vuntrong.registry.models import Unit
from vuntrong.reports.models import ReportSubmission


def units_reported_to(user: Somebody) -> QuerySet[Unit]:
    """Return the units whose reports the user may open."""
    return Unit.objects.filter(pk__in=scope(user, OVERSEERS))


def may_see_report(user: Somebody, unit: Unit) -> bool:
    """Say whether the user may open the reports of the unit."""
    return unit.pk in scope(user, OVERSEERS)


def may_submit_report(user: Somebody, unit: Unit) -> bool:
    """Say whether the user may freeze and submit the reports of the unit."""
    return unit.pk in scope(user, PLANNERS)


def submissions_visible_to(user: Somebody) -> QuerySet[ReportSubmission]:
    """Return the submitted reports that the user may open."""
    return ReportSubmission.objects.filter(unit__in=scope(user, OVERSEERS))


def reporting_units(user: Somebody) -> QuerySet[Unit]:
    """Return the units that one expects a report of: schools and centres, owners of classes, the user's own units."""
    own = [grant.unit_id for grant in grants_today(user)] if isinstance(user, User) else []
    owns = Exists(ClassRun.objects.filter(owner=OuterRef("pk")))
    return units_reported_to(user).filter(Q(kind__in=TRAINING_INSTITUTIONS) | Q(pk__in=own) | Q(owns))
