from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Side(models.TextChoices):
    """Whose plan it is: two plans live side by side in a province."""

    PARTY = "party", _("Party side")
    GOVERNMENT = "government", _("Government side")


class SurveyState(models.TextChoices):
    """A survey is closed by its deadline too; the state says what the owner did."""

    DRAFT = "draft", pgettext_lazy("survey", "In preparation")
    OPEN = "open", pgettext_lazy("survey", "Open")
    CLOSED = "closed", pgettext_lazy("survey", "Closed")


SURVEY_MOVES = {
    SurveyState.DRAFT: frozenset({SurveyState.OPEN}),
    SurveyState.OPEN: frozenset({SurveyState.CLOSED}),
    SurveyState.CLOSED: frozenset({SurveyState.OPEN}),
}


class AnswerState(models.TextChoices):
    """A draft is kept and shown as not sent; it is never counted."""

    DRAFT = "draft", _("Not sent yet")
    SENT = "sent", _("Sent")


ANSWER_MOVES = {
    AnswerState.DRAFT: frozenset({AnswerState.SENT}),
    AnswerState.SENT: frozenset({AnswerState.DRAFT}),
}


class PlanState(models.TextChoices):
    """State of the working copy of a plan."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Awaiting approval")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    AMENDING = "amending", _("Being amended")


PLAN_MOVES = {
    PlanState.DRAFT: frozenset({PlanState.SUBMITTED}),
    PlanState.SUBMITTED: frozenset({PlanState.APPROVED, PlanState.RETURNED, PlanState.DRAFT, PlanState.AMENDING}),
    PlanState.RETURNED: frozenset({PlanState.SUBMITTED, PlanState.APPROVED}),
    PlanState.APPROVED: frozenset({PlanState.AMENDING}),
    PlanState.AMENDING: frozenset({PlanState.SUBMITTED, PlanState.APPROVED}),
}
EDITABLE_PLAN_STATES = frozenset({PlanState.DRAFT, PlanState.RETURNED, PlanState.AMENDING})


class SubmissionState(models.TextChoices):
    """What became of a frozen copy that was submitted."""

    PENDING = "pending", _("Awaiting approval")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned")
    RECALLED = "recalled", _("Recalled")


SUBMISSION_MOVES = {
    SubmissionState.PENDING: frozenset({SubmissionState.APPROVED, SubmissionState.RETURNED, SubmissionState.RECALLED}),
    SubmissionState.APPROVED: frozenset(),
    SubmissionState.RETURNED: frozenset(),
    SubmissionState.RECALLED: frozenset(),
}


class LineState(models.TextChoices):
    """How firm a plan line is. Only planned lines count as the plan."""

    PLANNED = "planned", _("Planned")
    UNDER_STUDY = "under_study", _("Under study")
    LATER_YEAR = "later_year", _("Proposed for a later year")


class OwnerRole(models.TextChoices):
    """What the plan's owner does in a line."""

    OPENS = "opens", _("Opens the classes")
    COORDINATES = "coordinates", _("Co-ordinates the opening")
    LINKED = "linked", _("Linked with another institution")


class DecisionKind(models.TextChoices):
    """What a decision decides."""

    PLAN = "plan", _("Plan approval")
    OPENING = "opening", _("Opening of a class")
    OTHER = "other", _("Other")
