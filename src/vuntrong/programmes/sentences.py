"""What a verdict and its reasons say to a person."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vuntrong.programmes.rules.verdicts import MISSING, Answer, Reason, Verdict
from vuntrong.registry.enums import Degree, PartyStatus, PoliticalLevel, YearlyGrade

ANSWERS = {
    Answer.ELIGIBLE: gettext_lazy("Eligible"),
    Answer.NOT_ELIGIBLE: gettext_lazy("Not eligible"),
    Answer.NEEDS_EXCEPTION: gettext_lazy("Needs an exception"),
    Answer.MISSING_DATA: gettext_lazy("Data missing"),
}
FIELDS = {
    "born_on": gettext_lazy("full birth date"),
    "sex": gettext_lazy("sex"),
    "ethnicity": gettext_lazy("ethnic group"),
    "party_status": gettext_lazy("standing in the Party"),
    "party_full_on": gettext_lazy("date of full membership"),
    "party_probationary_on": gettext_lazy("date of admission to the Party"),
    "degree": gettext_lazy("degree"),
    "llct_level": gettext_lazy("political-theory level"),
    "posts": gettext_lazy("posts held"),
    "planned_posts": gettext_lazy("posts planned for"),
    "completed": gettext_lazy("programmes completed"),
}


def sentences(verdict: Verdict) -> list[str]:
    """Return every reason of a verdict in the language of the reader."""
    return [sentence(reason, fits_full_time=verdict.fits_full_time) for reason in verdict.reasons]


def sentence(reason: Reason, *, fits_full_time: bool = False) -> str:
    """Return one reason in the language of the reader, with its instrument."""
    said = SENTENCES[reason.code](reason)
    if fits_full_time and reason.code == "age-below":
        said += " " + _("May attend in the full-time mode (tập trung), which states no least age.")
    if reason.waiver:
        said += " " + _("%(authority)s may allow an exception.") % {"authority": reason.waiver}
    if reason.rule is None:
        return said
    return f"{said} ({source_words(reason)})"


def source_words(reason: Reason) -> str:
    """Return the instrument, its article, and whether anybody has checked the rule against the text."""
    assert reason.rule is not None  # noqa: S101 - the caller asks only where there is a rule
    words = [reason.rule.instrument, reason.rule.article]
    words += [_("not checked against the text")] if reason.confidence == "unverified" else []
    return ", ".join(word for word in words if word)


def field_name(field: str) -> str:
    """Return the name of a missing field for a person."""
    if field.startswith("ratings."):
        return _("grading of %(year)s") % {"year": field.removeprefix("ratings.")}
    return str(FIELDS[field])


def _missing(reason: Reason) -> str:
    names = ", ".join(field_name(field) for field in reason.fields)
    return _("Not known: %(fields)s. Fill it in to get an answer.") % {"fields": names}


def _age_below(reason: Reason) -> str:
    values = dict(reason.values)
    said = _("Younger than the least age (women %(female)s, men %(male)s).") % values
    if reason.holds_from:
        said += " " + _("Old enough from %(day)s.") % {"day": date_format(reason.holds_from, "SHORT_DATE_FORMAT")}
    return said


def _age_above(reason: Reason) -> str:
    return _("Older than the greatest age (women %(female)s, men %(male)s).") % dict(reason.values)


def _party(reason: Reason) -> str:
    words = " / ".join(str(PartyStatus(one).label) for one in reason.values["status"])
    return _("The standing in the Party must be: %(words)s.") % {"words": words}


def _party_time(reason: Reason) -> str:
    months = int(reason.values["months"])
    return ngettext("Less than %(count)s month in the Party.", "Less than %(count)s months in the Party.", months) % {
        "count": months
    }


def _degree(reason: Reason) -> str:
    said = _("The degree is below %(degree)s.") % {"degree": Degree(reason.values["at_least"]).label}
    if lower := reason.values.get("minority_at_least"):
        said += " " + _("For ethnic minorities %(degree)s is enough.") % {"degree": Degree(lower).label}
    return said


def _gradings(reason: Reason) -> str:
    words = {"count": reason.values["years"], "grade": YearlyGrade(reason.values["at_least"]).label}
    return _("One of the gradings of the last %(count)s years is below “%(grade)s”.") % words


def _posts(_reason: Reason) -> str:
    return _("Neither a post held nor a planned post is among those that the programme is for.")


def _level_below(reason: Reason) -> str:
    return _("The political-theory level is below %(level)s.") % {
        "level": PoliticalLevel(reason.values["at_least"]).label
    }


def _level_held(reason: Reason) -> str:
    return _("Already holds %(level)s or a higher level.") % {"level": PoliticalLevel(reason.values["level"]).label}


def _not_completed(_reason: Reason) -> str:
    return _("A programme that must come before has not been completed.")


def _completed(_reason: Reason) -> str:
    return _("Has completed this programme already.")


def _interval(reason: Reason) -> str:
    months = int(reason.values["months"])
    return ngettext(
        "The last course ended less than %(count)s month ago.",
        "The last course ended less than %(count)s months ago.",
        months,
    ) % {"count": months}


def _studies(_reason: Reason) -> str:
    return _("Sits in another class at the same time.")


def _no_rule(reason: Reason) -> str:
    day: Any = reason.values["day"]
    return _("No rule in force on %(day)s is known for this programme.") % {
        "day": date_format(day, "SHORT_DATE_FORMAT")
    }


SENTENCES: Mapping[str, Callable[[Reason], str]] = {
    "age-below": _age_below,
    "age-above": _age_above,
    "party-status": _party,
    "party-time-short": _party_time,
    "degree-below": _degree,
    "grading-below": _gradings,
    "post-not-covered": _posts,
    "level-below": _level_below,
    "level-already-held": _level_held,
    "programme-not-completed": _not_completed,
    "programme-already-completed": _completed,
    "interval-too-short": _interval,
    "studies-elsewhere": _studies,
    "no-rule": _no_rule,
    MISSING: _missing,
}
