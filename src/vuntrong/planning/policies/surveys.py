"""Who may run surveys and who may answer them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from vuntrong.accounts.enums import OVERSEERS, PLANNERS, Role
from vuntrong.accounts.models import User
from vuntrong.accounts.queries import Somebody, grants_today, scope
from vuntrong.planning.enums import SurveyState
from vuntrong.planning.models import NeedsSurvey, SurveyRecipient
from vuntrong.registry.enums import TRAINING_INSTITUTIONS, UnitKind
from vuntrong.registry.models import Unit
from vuntrong.registry.queries import catchment_root, subtree_ids

ASKING_BOARDS = frozenset({UnitKind.ORGANISATION_BOARD, UnitKind.PROPAGANDA_BOARD, UnitKind.HOME_AFFAIRS})
"""Boards that ask for their committee: everything below the committee answers to them."""
ASKING_KINDS = TRAINING_INSTITUTIONS | ASKING_BOARDS


def owners_for(user: Somebody) -> QuerySet[Unit]:
    """Return the units in whose name the user may ask for needs: schools, centres and boards in scope, and her own."""
    own = {grant.unit_id for grant in grants_today(user) if grant.role in PLANNERS} if isinstance(user, User) else set()
    asking = Q(kind__in=ASKING_KINDS) | Q(pk__in=own)
    return Unit.objects.filter(asking, pk__in=scope(user, PLANNERS), is_alive=True)


def may_create_survey(user: Somebody, owner_id: int) -> bool:
    """Say whether the user may ask for needs in the name of the unit."""
    return owners_for(user).filter(pk=owner_id).exists()


def units_to_ask(owners: Iterable[Unit]) -> frozenset[int]:
    """Return the units that the owners may ask: those below them, and a board's or a school's below its committee.

    2 queries.
    """
    owners = list(owners)
    boards = {one.parent_id for one in owners if one.kind in ASKING_BOARDS and one.parent_id}
    roots = {catchment_root(one) for one in owners} | {one.pk for one in owners} | boards
    return subtree_ids(roots) - {one.pk for one in owners}


def surveys_run_by(user: Somebody) -> QuerySet[NeedsSurvey]:
    """Return the surveys that the user may read as a whole: those of owners in scope."""
    return NeedsSurvey.objects.filter(owner__in=scope(user, OVERSEERS))


def may_read_survey(user: Somebody, survey: NeedsSurvey) -> bool:
    """Say whether the user may see the answers of all units."""
    return survey.owner_id in scope(user, OVERSEERS)


def may_run_survey(user: Somebody, survey: NeedsSurvey) -> bool:
    """Say whether the user may change, open and close the survey and take snapshots."""
    return survey.owner_id in scope(user, PLANNERS)


def units_answered_for(user: Somebody) -> frozenset[int]:
    """Return the units that the user answers for: a clerk for her subtree, a planner for her own unit."""
    if not isinstance(user, User):
        return frozenset()
    own = {grant.unit_id for grant in grants_today(user) if grant.role in PLANNERS}
    return scope(user, {Role.UNIT_CLERK}) | own


def requests_to(user: Somebody) -> QuerySet[SurveyRecipient]:
    """Return the requests that the user has to answer; not those of surveys in preparation."""
    asked = SurveyRecipient.objects.filter(unit__in=units_answered_for(user))
    return asked.exclude(survey__state=SurveyState.DRAFT)


def requests_visible_to(user: Somebody) -> QuerySet[SurveyRecipient]:
    """Return the requests whose answer the user may open: her own, and all of the surveys that she may read."""
    own = Q(unit__in=units_answered_for(user))
    read = Q(survey__owner__in=scope(user, OVERSEERS))
    return SurveyRecipient.objects.filter(own | read).exclude(survey__state=SurveyState.DRAFT)


def may_answer(user: Somebody, survey: NeedsSurvey, unit_id: int) -> bool:
    """Say whether the user may write the answer: the unit's own people, or the owner's for a paper that came in."""
    return unit_id in units_answered_for(user) or may_run_survey(user, survey)
