"""Who may see, make and decide plans. Every `may_...` has its `..._visible_to`."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from vuntrong.accounts.enums import OVERSEERS, PLANNERS, Role
from vuntrong.accounts.models import Grant
from vuntrong.accounts.queries import Somebody, scope, serves
from vuntrong.planning.models import Decision, PlanSubmission, TrainingPlan
from vuntrong.registry.models import Unit


def plans_visible_to(user: Somebody) -> QuerySet[TrainingPlan]:
    """Return the plans of the units that the user oversees or serves, and those that wait for her approval."""
    return TrainingPlan.objects.filter(
        Q(owner_id__in=serves(user, OVERSEERS)) | Q(approver_id__in=scope(user, {Role.APPROVER}))
    )


def may_see_plan(user: Somebody, plan: TrainingPlan) -> bool:
    """Say whether the user may open the plan."""
    return plan.owner_id in serves(user, OVERSEERS) or may_approve_plan(user, plan)


def plan_owners_for(user: Somebody) -> QuerySet[Unit]:
    """Return the units for which the user may make plans."""
    return Unit.objects.filter(pk__in=scope(user, PLANNERS), is_alive=True)


def may_create_plan(user: Somebody, owner: Unit) -> bool:
    """Say whether the user may make a plan for the unit."""
    return owner.pk in scope(user, PLANNERS)


def may_edit_plan(user: Somebody, plan: TrainingPlan) -> bool:
    """Say whether the user works on the plan: a planner of its owner. The state of the plan is another question."""
    return plan.owner_id in scope(user, PLANNERS)


def may_approve_plan(user: Somebody, plan: TrainingPlan) -> bool:
    """Say whether the user decides on the plan: an approver of the body that it is submitted to."""
    return plan.approver_id in scope(user, {Role.APPROVER})


def has_active_approver(plan: TrainingPlan) -> bool:
    """Say whether somebody signs in as approver of the body that the plan is submitted to. 1 query."""
    held = Grant.objects.filter(role=Role.APPROVER, unit_id=plan.approver_id, user__is_active=True)
    return held.valid_on(timezone.localdate()).exists()


def may_record_decision(user: Somebody, plan: TrainingPlan) -> bool:
    """Say whether the user may enter the signed decision: the approver, or the planner when nobody approves in here.

    A standing committee that does not use the product signs on paper; then the planner enters what it signed.
    """
    return may_approve_plan(user, plan) or (may_edit_plan(user, plan) and not has_active_approver(plan))


def submissions_visible_to(user: Somebody) -> QuerySet[PlanSubmission]:
    """Return the submitted copies of the plans that the user may open."""
    return PlanSubmission.objects.filter(plan__in=plans_visible_to(user))


def decisions_visible_to(user: Somebody) -> QuerySet[Decision]:
    """Return the decisions of issuers that the user oversees or serves, and those about plans that she may open."""
    about = Decision.objects.filter(submissions__plan__in=plans_visible_to(user)).values("pk")
    return Decision.objects.filter(Q(issuer_id__in=serves(user, OVERSEERS)) | Q(pk__in=about))


def may_see_decision(user: Somebody, decision: Decision) -> bool:
    """Say whether the user may open the decision. 1 query when its issuer is not hers."""
    return decision.issuer_id in serves(user, OVERSEERS) or decisions_visible_to(user).filter(pk=decision.pk).exists()
