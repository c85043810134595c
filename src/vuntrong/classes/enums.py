from django.db import models
from django.utils.translation import gettext_lazy as _


class ClassState(models.TextChoices):
    """Life of a class."""

    DRAFT = "draft", _("Preparing")
    OPEN = "open", _("Opening decided")
    RUNNING = "running", _("Class running")
    CLOSED = "closed", _("Class finished")
    CANCELLED = "cancelled", _("Class cancelled")


CLASS_MOVES = {
    ClassState.DRAFT: frozenset({ClassState.OPEN, ClassState.CANCELLED}),
    ClassState.OPEN: frozenset({ClassState.RUNNING, ClassState.CANCELLED}),
    ClassState.RUNNING: frozenset({ClassState.CLOSED, ClassState.CANCELLED}),
    ClassState.CLOSED: frozenset(),
    ClassState.CANCELLED: frozenset(),
}
HELD_STATES = frozenset({ClassState.RUNNING, ClassState.CLOSED})
"""A class that was held: what reports count."""
ENROLLING_STATES = frozenset({ClassState.DRAFT, ClassState.OPEN, ClassState.RUNNING})


class UnitRole(models.TextChoices):
    """What a unit other than the owner does in a class."""

    HOST = "host", _("Host venue")
    LEAD = "lead", _("Lead")
    COOPERATING = "cooperating", _("Co-operating")
    SENDING = "sending", _("Sending")
    LINKED = "linked", _("Linked institution")


class EnrolmentState(models.TextChoices):
    """Where a learner stands in a class."""

    STUDYING = "studying", _("Studying")
    COMPLETED = "completed", _("Completed")
    NOT_COMPLETED = "not_completed", _("Not completed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    NO_SHOW = "no_show", _("Did not come")


ENROLMENT_MOVES = {
    EnrolmentState.STUDYING: frozenset(
        {EnrolmentState.COMPLETED, EnrolmentState.NOT_COMPLETED, EnrolmentState.WITHDRAWN, EnrolmentState.NO_SHOW}
    ),
    EnrolmentState.COMPLETED: frozenset(
        {EnrolmentState.STUDYING, EnrolmentState.NOT_COMPLETED, EnrolmentState.NO_SHOW}
    ),
    EnrolmentState.NOT_COMPLETED: frozenset(
        {EnrolmentState.STUDYING, EnrolmentState.COMPLETED, EnrolmentState.NO_SHOW}
    ),
    EnrolmentState.WITHDRAWN: frozenset({EnrolmentState.STUDYING}),
    EnrolmentState.NO_SHOW: frozenset({EnrolmentState.STUDYING}),
}
COUNTED_ENROLMENTS = frozenset(
    {
        EnrolmentState.STUDYING,
        EnrolmentState.COMPLETED,
        EnrolmentState.NOT_COMPLETED,
        EnrolmentState.WITHDRAWN,
    }
)
"""States in which an enrolment is a turn (lượt). Somebody who never came is not."""


class NominationState(models.TextChoices):
    """Where the nomination of a person for a class stands."""

    NOMINATED = "nominated", _("Nominated")
    EXCEPTION = "exception", _("Waits for an exception")
    ACCEPTED = "accepted", _("Accepted")
    WAITING = "waiting", _("On the waiting list")
    ENROLLED = "enrolled", _("Enrolled")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Nomination withdrawn")
    MOVED = "moved", _("Moved to a later class")


_ENDINGS = frozenset({NominationState.REFUSED, NominationState.WITHDRAWN, NominationState.MOVED})
NOMINATION_MOVES = {
    NominationState.NOMINATED: _ENDINGS
    | {NominationState.EXCEPTION, NominationState.ACCEPTED, NominationState.WAITING},
    NominationState.EXCEPTION: _ENDINGS | {NominationState.NOMINATED},
    NominationState.WAITING: _ENDINGS | {NominationState.ACCEPTED},
    NominationState.ACCEPTED: _ENDINGS | {NominationState.ENROLLED},
    NominationState.ENROLLED: frozenset(),
    NominationState.REFUSED: frozenset(),
    NominationState.WITHDRAWN: frozenset(),
    NominationState.MOVED: frozenset(),
}
OPEN_NOMINATIONS = frozenset(
    {NominationState.NOMINATED, NominationState.EXCEPTION, NominationState.ACCEPTED, NominationState.WAITING}
)
"""States in which somebody still has to answer or to enrol."""
QUOTA_STATES = frozenset(
    {NominationState.NOMINATED, NominationState.ACCEPTED, NominationState.WAITING, NominationState.ENROLLED}
)
"""States that use a place of the sending unit: not who waits for an exception, nor who was withdrawn or refused."""


class ExceptionState(models.TextChoices):
    """Where a request for an exception stands."""

    ASKED = "asked", _("Exception asked for")
    GRANTED = "granted", _("Exception granted")
    REFUSED = "refused", _("Exception refused")


EXCEPTION_MOVES = {
    ExceptionState.ASKED: frozenset({ExceptionState.GRANTED, ExceptionState.REFUSED}),
    ExceptionState.GRANTED: frozenset(),
    ExceptionState.REFUSED: frozenset(),
}


class Grade(models.TextChoices):
    """Result of a learner who completed; plain passes have no class."""

    NONE = "", _("No result yet")
    EXCELLENT = "excellent", _("Excellent")
    GOOD = "good", _("Good")
    FAIR = "fair", _("Fair")
    AVERAGE = "average", _("Average")
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Failed")


class Stage(models.TextChoices):
    """Columns of the year's table: what a planned class passes through."""

    PLAN = "plan", _("Plan")
    OPENING = "opening", _("Opening decision")
    LEARNERS = "learners", _("Learners")
    TEACHING = "teaching", _("Teaching")
    RESULTS = "results", _("Results")


class Tone(models.TextChoices):
    """How a state cell looks: a colour, a glyph and a word together."""

    OK = "ok", _("done")
    RUN = "run", _("under way")
    WAIT = "wait", _("waits for somebody")
    BAD = "bad", _("late or stuck")
    NONE = "none", _("not yet")


class Attention(models.TextChoices):
    """Why somebody should look at a planned class."""

    START_LATE = "start-late", _("Start is late")
    DECISION_DUE = "decision-due", _("Opening decision is due")
    NO_DECISION = "no-decision", _("No opening decision")
    OVER_FULL = "over-full", _("More learners than places")
    NOBODY = "nobody", _("Nobody enrolled")
    UNDER_FILLED = "under-filled", _("Fewer learners than planned")
    START_DUE = "start-due", _("Start is not recorded")
    CLOSING_LATE = "closing-late", _("Closing is late")


class RowKind(models.TextChoices):
    """What a row of a workbook of learners will become."""

    NEW = "new", _("New person")
    KNOWN = "known", _("Known person")
    ENROLLED = "enrolled", _("Already enrolled")
    ERROR = "error", _("With errors")


class ClassPaper(models.TextChoices):
    """Papers of a class. Source: papers.md, P08 to P11."""

    CALL_UP = "call-up", _("Call-up letter")
    OPENING = "opening", _("Decision to open the class")
    RECOGNITION = "recognition", _("Decision recognising the learners")
    DUTIES = "duties", _("Decision on form-master and class committee")


class Duty(models.TextChoices):
    """What somebody is in charge of in a class, in the order of the paper."""

    FORM_MASTER = "form-master", _("Form-master")
    MONITOR = "monitor", _("Class monitor")
    DEPUTY_STUDY = "deputy-study", _("Deputy monitor for study")
    DEPUTY_LIFE = "deputy-life", _("Deputy monitor for daily life")


COMMITTEE = (Duty.MONITOR, Duty.DEPUTY_STUDY, Duty.DEPUTY_LIFE)
"""The class committee (Ban cán sự lớp); its members are learners of the class."""
