from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a grant lets a person do in the subtree of its unit."""

    UNIT_CLERK = "unit_clerk", _("Unit clerk")
    CENTRE_STAFF = "centre_staff", _("Centre staff")
    TRAINING_OFFICE = "training_office", _("Training office")
    ORGANISATION_BOARD = "organisation_board", _("Organisation Board")
    HOME_AFFAIRS = "home_affairs", _("Home Affairs")
    APPROVER = "approver", _("Approver")
    ACADEMY_READER = "academy_reader", _("Academy reader")


PLANNERS = frozenset({Role.CENTRE_STAFF, Role.TRAINING_OFFICE, Role.ORGANISATION_BOARD, Role.HOME_AFFAIRS})
"""May ask for needs, make plans, open classes and report for the units in their scope."""
OVERSEERS = PLANNERS | {Role.APPROVER, Role.ACADEMY_READER}
"""May read plans, classes and reports of the units in their scope."""
EVERYBODY = OVERSEERS | {Role.UNIT_CLERK}
SENSITIVE_READERS = EVERYBODY - {Role.ACADEMY_READER}
"""May read sensitive fields of the people whom they see; every read is written down."""
PRIVACY_OFFICE = frozenset({Role.ORGANISATION_BOARD, Role.HOME_AFFAIRS})
"""Answer what people ask about their own data."""
RULE_DECIDERS = frozenset({Role.ORGANISATION_BOARD, Role.HOME_AFFAIRS, Role.APPROVER})
"""Decide about rows of rules that somebody else has proposed."""


class MessageKind(models.TextChoices):
    """What a message is about; everybody chooses which of these also come by e-mail."""

    NOMINATION = "nomination", _("Nomination and enrolment")
    CALL_UP = "call_up", _("Call-up and papers of a class")
    SURVEY = "survey", _("Surveys of needs")
    DATA_REQUEST = "data_request", _("Requests about personal data")
    RULE = "rule", _("Rules that wait for a decision")
    IMPORT = "import", _("Imports")


class MailState(models.TextChoices):
    """Where an e-mail stands. One that failed is tried again; one that was given up waits for a person."""

    QUEUED = "queued", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed, will be tried again")
    GIVEN_UP = "given_up", _("Given up")


MAIL_MOVES = {
    MailState.QUEUED: frozenset({MailState.SENT, MailState.FAILED, MailState.GIVEN_UP}),
    MailState.FAILED: frozenset({MailState.QUEUED, MailState.SENT, MailState.FAILED, MailState.GIVEN_UP}),
    MailState.GIVEN_UP: frozenset({MailState.QUEUED}),
    MailState.SENT: frozenset(),
}
UNSENT = frozenset({MailState.QUEUED, MailState.FAILED})
"""Still tried by the clock."""
