"""Classes that run now."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from vuntrong.accounts.enums import OVERSEERS
from vuntrong.accounts.models import User
from vuntrong.accounts.queries import scope
from vuntrong.classes.enums import COUNTED_ENROLMENTS, ClassState
from vuntrong.classes.models import ClassRun

SHOWN = 6


@dataclass(frozen=True)
class Running:
    """The classes that run now: the newest of them, and how many there are in all."""

    classes: list[tuple[ClassRun, str]]
    count: int


def running_classes(user: User, year: int) -> Running:
    """Return the running classes that the person oversees. 2 queries, none without such a role."""
    units = scope(user, OVERSEERS)
    if not units:
        return Running([], 0)
    found = ClassRun.objects.filter(owner__in=units, state=ClassState.RUNNING, opened_on__year__lte=year)
    turns = Count("enrolments", filter=Q(enrolments__state__in=sorted(COUNTED_ENROLMENTS)))
    newest = found.annotate(learners=turns).order_by("-opened_on", "code")[:SHOWN]
    return Running([(run, reverse("classes:class", args=[run.pk])) for run in newest], found.count())
