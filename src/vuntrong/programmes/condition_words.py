"""What the conditions of a rule row say, in words for people."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vuntrong.programmes.rules.conditions import Condition
from vuntrong.registry.enums import Degree, PartyStatus, PoliticalLevel, YearlyGrade

Values = Mapping[str, Any]


def condition_words(condition: Condition, posts: Mapping[str, str]) -> str:
    """Return one condition as a line; `posts` gives the names of post codes."""
    said = WORDS[condition.kind](condition.values, posts)
    if condition.waiver:
        said += " " + _("%(authority)s may allow an exception.") % {"authority": condition.waiver}
    return said


def _age(values: Values, _posts: object) -> str:
    return _("Age from: women %(female)s, men %(male)s") % dict(values)


def _age_at_most(values: Values, _posts: object) -> str:
    return _("Age at most: women %(female)s, men %(male)s") % dict(values)


def _party(values: Values, _posts: object) -> str:
    return _("In the Party: %(words)s") % {"words": ", ".join(str(PartyStatus(one).label) for one in values["status"])}


def _party_time(values: Values, _posts: object) -> str:
    count = int(values["months"])
    return ngettext("At least %(count)s month in the Party", "At least %(count)s months in the Party", count) % {
        "count": count
    }


def _degree(values: Values, _posts: object) -> str:
    said = _("Degree from: %(degree)s") % {"degree": Degree(values["at_least"]).label}
    lower = {
        _("ethnic minorities"): values.get("minority_at_least"),
        _("hard areas"): values.get("hard_area_at_least"),
    }
    return said + "".join(f"; {who}: {Degree(degree).label}" for who, degree in lower.items() if degree)


def _gradings(values: Values, _posts: object) -> str:
    words = {"count": values["years"], "grade": YearlyGrade(values["at_least"]).label}
    return _("Gradings of the %(count)s years before: “%(grade)s” or better") % words


def _posts(values: Values, posts: Mapping[str, str]) -> str:
    def names(codes: Sequence[str]) -> str:
        return ", ".join(posts.get(code, code) for code in codes)

    parts = []
    if serving := values.get("serving"):
        parts.append(_("Holds one of the posts: %(posts)s") % {"posts": names(serving)})
    if planned := values.get("planned"):
        same = planned == values.get("serving")
        words = _("the same posts") if same else names(planned)
        parts.append(_("or is planned for one of: %(posts)s") % {"posts": words})
    return "; ".join(parts)


def _level(values: Values, _posts: object) -> str:
    return _("Political theory from: %(level)s") % {"level": PoliticalLevel(values["at_least"]).label}


def _level_below(values: Values, _posts: object) -> str:
    return _("Does not hold yet: %(level)s") % {"level": PoliticalLevel(values["level"]).label}


def _completed(values: Values, _posts: object) -> str:
    return _("Has completed one of: %(codes)s") % {"codes": ", ".join(values["programmes"])}


def _not_completed(values: Values, _posts: object) -> str:
    return _("Has not completed: %(codes)s") % {"codes": ", ".join(values["programmes"])}


def _interval(values: Values, _posts: object) -> str:
    count = int(values["months"])
    return ngettext(
        "At least %(count)s month after the last course", "At least %(count)s months after the last course", count
    ) % {"count": count}


def _not_studying(_values: Values, _posts: object) -> str:
    return _("Sits in no other class at the same time")


WORDS: Mapping[str, Callable[[Values, Mapping[str, str]], str]] = {
    "age": _age,
    "age-at-most": _age_at_most,
    "party": _party,
    "party-time": _party_time,
    "degree": _degree,
    "gradings": _gradings,
    "posts": _posts,
    "level": _level,
    "level-below": _level_below,
    "completed": _completed,
    "not-completed": _not_completed,
    "interval": _interval,
    "not-studying": _not_studying,
}
