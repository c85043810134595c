"""Refusals and deeds of the privacy desk in words: what is wrong, where, the remedy."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from vuntrong.kernel.errors import IllegalTransition, RuleBroken
from vuntrong.registry.enums import RequestEffect, RequestKind

VIOLATIONS = {
    "request-in-future": _("The day of receipt %(received_on)s is yet to come. Write a day up to today."),
    "request-without-text": _("What the person asks is missing. Write it in her or his own words."),
    "request-open-already": _("A request of this kind is still open for this person. Answer that one first."),
    "request-answer-missing": _("The answer is missing. Write what the person is told."),
    "request-extended-already": _("The term was already extended, to %(until)s. It can be extended only once."),
    "extension-too-short": _("The new last day is not after the present one, %(until)s. Choose a later day."),
    "extension-too-long": _("The term can be extended to %(latest)s at most. Choose that day or an earlier one."),
    "reason-missing": _("The reason is missing. Write it."),
    "effect-not-for-kind": _("This does not answer the request. Choose one of the ways that are offered."),
    "term-unknown": _(
        "No term “%(term)s” is entered for %(day)s. An administrator enters it in the administration, statutory terms."
    ),
    "record-anonymous": _("The record was made anonymous, so nothing more can be done to it."),
    "record-restricted": _("The record is restricted already."),
    "record-not-restricted": _("The record is not restricted, so there is nothing to lift."),
    "record-linked": _("The record already belongs to the account “%(account)s”. Take it off that account first."),
    "person-studies": _(
        "The person is studying in %(classes)s. Close the class, or record that she or he left, first."
    ),
    "person-signs-in": _("The person signs in as “%(account)s”. Take the record off the account, or close it, first."),
}
STALE = _("Somebody else has dealt with this meanwhile. Load the page again to see how it stands.")
TOO_EARLY = _("Answer the person first; then record what was done.")
ACTIONS = {
    "enter_request": _("Entered a request about personal data"),
    "answer_request": _("Answered the request about personal data"),
    "extend_request": _("Extended the term of the request"),
    "carry_out_request": _("Recorded that the request was carried out"),
    "refuse_request": _("Refused the request about personal data"),
    "restrict_person": _("Restricted the record"),
    "lift_restriction": _("Lifted the restriction of the record"),
    "anonymise_person": _("Made the record anonymous"),
    "redact_log": _("Took personal data out of the action log"),
    "link_person": _("Linked the account with a record"),
    "unlink_person": _("Took the record off the account"),
}
FIELDS = {
    "request": _("Request"),
    "effect": _("Effect on the record"),
    "until": _("New last day"),
    "restricted_on": _("Restricted from"),
    "records": _("Records"),
    "record": _("Number of the record"),
    "entries": _("Rows of the log"),
}
CHOICES = {"request": RequestKind, "effect": RequestEffect}


def explain(refusal: Exception) -> list[str]:
    """Return a sentence for each broken rule, or what became of the request meanwhile."""
    if isinstance(refusal, RuleBroken):
        return [
            str(VIOLATIONS[one.code]) % {name: _shown(value) for name, value in one.values.items()}
            for one in refusal.violations
        ]
    return [str(TOO_EARLY if isinstance(refusal, IllegalTransition) else STALE)]


def _shown(value: Any) -> Any:
    return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, dt.date) else value
