"""Who may see and change classes and learners. Every `may_...` has its `..._visible_to`."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from vuntrong.accounts.enums import EVERYBODY, OVERSEERS, PLANNERS, Role
from vuntrong.accounts.queries import Somebody, scope, serves
from vuntrong.classes.enums import UnitRole
from vuntrong.classes.models import ClassRole, ClassRun, Enrolment, ExceptionRequest, Nomination, Quota
from vuntrong.planning.models import SubmittedLine
from vuntrong.planning.queries.lines import countable_lines
from vuntrong.registry.models import Unit

CLERKS = frozenset({Role.UNIT_CLERK})
DECIDERS = frozenset({Role.ORGANISATION_BOARD, Role.HOME_AFFAIRS})
"""Record what the competent body says about exceptions."""
SENDERS = CLERKS | DECIDERS
"""Nominate for the units in their scope."""


def classes_visible_to(user: Somebody) -> QuerySet[ClassRun]:
    """Return the classes that the user may open: owned by a unit in scope, with such a unit in a role, or with learners
    whom a unit of the clerk has sent.
    """
    overseen, sent = scope(user, OVERSEERS), scope(user, CLERKS)
    today = timezone.localdate()
    roles = ClassRole.objects.on(today).filter(class_run=OuterRef("pk"), unit__in=overseen)
    learners = Enrolment.objects.filter(_sent_by(sent), class_run=OuterRef("pk"))
    seen = Q(owner__in=overseen) | Exists(roles)
    return ClassRun.objects.filter(seen | Exists(learners) if sent else seen)


def _sent_by(unit_ids: frozenset[int]) -> Q:
    """Return which learners units have sent: those of a unit that was divided belong to where the person went."""
    return Q(unit__in=unit_ids) | Q(unit__is_alive=False, person__unit__in=unit_ids)


def may_see_class(user: Somebody, class_run: ClassRun) -> bool:
    """Say whether the user may open the class. 1 query besides the scope."""
    return classes_visible_to(user).filter(pk=class_run.pk).exists()


def classes_managed_by(user: Somebody) -> QuerySet[ClassRun]:
    """Return the classes that the user may change."""
    return ClassRun.objects.filter(owner__in=scope(user, PLANNERS))


def may_manage_class(user: Somebody, class_run: ClassRun) -> bool:
    """Say whether the user may change the class and its learners: she plans for its owner."""
    return class_run.owner_id in scope(user, PLANNERS)


def may_record_modules(user: Somebody, class_run: ClassRun) -> bool:
    """Say whether the user may record finished modules: the owner's planners, and those of the venue that hosts it."""
    planned = scope(user, PLANNERS)
    if class_run.owner_id in planned:
        return True
    return class_run.roles.on(timezone.localdate()).filter(role=UnitRole.HOST, unit__in=planned).exists()


def learners_visible_to(user: Somebody, class_run: ClassRun) -> QuerySet[Enrolment]:
    """Return the learners of a class whom the user may see: all for those who oversee it, a clerk's own otherwise."""
    overseen = scope(user, OVERSEERS)
    roles = class_run.roles.on(timezone.localdate())
    if class_run.owner_id in overseen or roles.filter(unit__in=overseen).exists():
        return class_run.enrolments.all()
    return class_run.enrolments.filter(_sent_by(scope(user, CLERKS)))


def may_see_learner(user: Somebody, enrolment: Enrolment) -> bool:
    """Say whether the user may see the learner in the class."""
    return learners_visible_to(user, enrolment.class_run).filter(pk=enrolment.pk).exists()


def lines_visible_to(user: Somebody) -> QuerySet[SubmittedLine]:
    """Return the approved plan lines of owners in scope."""
    return countable_lines().filter(submission__plan__owner__in=scope(user, OVERSEERS))


def lines_makeable_by(user: Somebody) -> QuerySet[SubmittedLine]:
    """Return the approved plan lines from which the user may make classes."""
    return countable_lines().filter(submission__plan__owner__in=scope(user, PLANNERS))


def may_make_classes(user: Somebody, line: SubmittedLine) -> bool:
    """Say whether the user may make classes from the line: she plans for the owner of the plan."""
    return line.submission.plan.owner_id in scope(user, PLANNERS)


def owners_open_to(user: Somebody) -> QuerySet[Unit]:
    """Return the units in whose name the user may open classes outside a plan."""
    return Unit.objects.filter(pk__in=scope(user, PLANNERS), is_alive=True)


def may_open_for(user: Somebody, owner: Unit) -> bool:
    """Say whether the user may open a class outside the plan in the name of `owner`."""
    return owner.pk in scope(user, PLANNERS)


def units_that_send(user: Somebody) -> frozenset[int]:
    """Return the units whose known people the user may enrol; newly entered people may come from any unit."""
    return serves(user, OVERSEERS | CLERKS)


def quotas_visible_to(user: Somebody) -> QuerySet[Quota]:
    """Return the places in classes that the user may see: of units in scope, and of classes that she oversees."""
    mine = Q(unit__in=scope(user, EVERYBODY))
    return Quota.objects.filter(mine | Q(class_run__owner__in=scope(user, OVERSEERS)))


def may_nominate(user: Somebody, quota: Quota) -> bool:
    """Say whether the user may nominate people for these places: she answers for the sending unit."""
    return quota.unit_id in scope(user, SENDERS)


def nominations_visible_to(user: Somebody) -> QuerySet[Nomination]:
    """Return the nominations that the user may see: by units in scope, and for classes that she oversees."""
    mine = Q(unit__in=scope(user, EVERYBODY))
    return Nomination.objects.filter(mine | Q(class_run__owner__in=scope(user, OVERSEERS)))


def may_send(user: Somebody, nomination: Nomination) -> bool:
    """Say whether the user may withdraw the nomination or ask for an exception."""
    return nomination.unit_id in scope(user, SENDERS)


def may_answer(user: Somebody, nomination: Nomination) -> bool:
    """Say whether the user may accept or refuse the nomination: she plans for the owner of the class."""
    return nomination.class_run.owner_id in scope(user, PLANNERS)


def exceptions_visible_to(user: Somebody) -> QuerySet[ExceptionRequest]:
    """Return the requests for exceptions that wait for the user or that she has decided."""
    return ExceptionRequest.objects.filter(nomination__unit__in=scope(user, DECIDERS))


def may_decide_exception(user: Somebody, request: ExceptionRequest) -> bool:
    """Say whether the user may record the decision about an exception for a unit in her scope."""
    return request.nomination.unit_id in scope(user, DECIDERS)
