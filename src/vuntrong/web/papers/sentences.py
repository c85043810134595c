"""Refusals and deeds about papers in words: what is wrong, where, the remedy."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from vuntrong.kernel.errors import RuleBroken, Violation

VIOLATIONS: dict[str, Any] = {
    "pattern-without-number": _("The pattern “%(pattern)s” needs {n} just once, for the number. Correct it."),
    "pattern-place-unknown": _(
        "The pattern “%(pattern)s” names %(places)s, which is not known. Use {n}, {kind}, {unit} and {office}."
    ),
    "paper-in-future": _("The day of signing %(day)s is yet to come. Choose a day up to %(today)s."),
    "paper-after-unit": _(
        "The unit ended on %(last_day)s. Let its successor issue the paper, or choose an earlier day."
    ),
    "paper-before-unit": _("The unit began on %(first_day)s. Choose that day or a later one."),
    "paper-before-last-number": _(
        "Number %(number)s of this run was signed on %(last_day)s. Choose that day or a later one, so that the numbers "
        "follow the days."
    ),
    "paper-number-too-small": _("Numbers begin at 1. Enter the number as it stands on the paper."),
    "paper-number-taken": _("Number %(number)s of this run belongs to another paper. Check the number and the type."),
    "cancel-reason-missing": _("Say why the paper is cancelled; the reason stays with the number."),
    "profile-before-last": _("The newest row begins on %(first_day)s. Choose a later day."),
    "profile-without-term": _("Name the term of the committee, such as 2025 - 2030."),
    # papers of a class
    "paper-signer-missing": _("The signer is missing. Write the name of the person who signs."),
    "paper-start-missing": _("The class has no first day yet. Enter the planned start of the class."),
    "paper-end-missing": _("The class has no last day yet. Enter the planned end of the class."),
    "paper-learners-missing": _("Nobody is enrolled for this paper. Enrol learners first."),
    "opening-after-start": _(
        "The decision is signed on %(day)s, after the first lesson on %(starts_on)s. Choose an earlier day."
    ),
    "start-on-day-off": _("The first day %(starts_on)s is a public holiday. Move the start of the class."),
    "excuse-after-start": _(
        "Excuses are taken until %(day)s, after the class begins on %(starts_on)s. Choose an earlier day."
    ),
    "form-master-missing": _("The class has no form-master on this day. Name one first."),
    "monitor-missing": _("The class has no monitor on this day. Name one first."),
    "committee-not-learner": _("%(name)s is no learner of the class. Choose a learner for the committee."),
    "ground-replaced": _(
        "%(number)s, named in the grounds, is no longer in force on this day. Name %(successor)s instead."
    ),
    "ground-not-in-force": _("%(number)s, named in the grounds, is no longer in force on this day. Take it out."),
}
ACTIONS = {
    "issue_paper": _("Issued the paper"),
    "enter_paper": _("Entered a paper numbered elsewhere"),
    "cancel_paper": _("Cancelled the paper"),
    "set_class_duties": _("Named form-master and class committee"),
    "add_document_profile": _("Changed how the unit writes its papers"),
}


def explain(refusal: RuleBroken) -> list[str]:
    """Return a sentence for each broken rule."""
    return [explained(one) for one in refusal.violations]


def explained(violation: Violation) -> str:
    """Return the sentence of one refusal. Raises KeyError for a code of another domain."""
    return str(VIOLATIONS[violation.code]) % {name: _shown(value) for name, value in violation.values.items()}


def _shown(value: Any) -> Any:
    return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, dt.date) else value
