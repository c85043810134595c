"""Values that pages about nominations show: verdicts, the ways on, who was found, why a button is locked."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vuntrong.accounts.policies import people_visible_to
from vuntrong.accounts.queries import Somebody
from vuntrong.classes.enums import NominationState
from vuntrong.classes.judging import KeptVerdict, begins_on, clashes, classes_instead, judge
from vuntrong.classes.models import ClassRun, ExceptionRequest, Nomination, Quota
from vuntrong.classes.rules.nominations import AcceptanceFacts, acceptance_violations
from vuntrong.programmes.enums import Mode
from vuntrong.programmes.rules.verdicts import Answer
from vuntrong.programmes.sentences import ANSWERS
from vuntrong.registry.models import Person
from vuntrong.registry.queries import subtree_ids
from vuntrong.web.classes.sentences import explain_one
from vuntrong.web.eligibility.asked import TONES
from vuntrong.web.kit import states
from vuntrong.web.kit.listing import matching
from vuntrong.web.kit.values import Fact, State

states.declare(
    Nomination,
    "state",
    {
        "nominated": "wait",
        "exception": "wait",
        "accepted": "ok",
        "waiting": "run",
        "enrolled": "ok",
        "refused": "bad",
        "withdrawn": "none",
        "moved": "none",
    },
)
states.declare(ExceptionRequest, "state", {"asked": "wait", "granted": "ok", "refused": "bad"})
SHORTEST = 2
"""Letters below which a search would find everybody."""
SHOWN = 12
Judged = KeptVerdict | Nomination


@dataclass(frozen=True)
class Found:
    """Somebody of the unit with her verdict for the class."""

    person: Person
    state: State
    sentences: tuple[str, ...]
    ways: tuple[str, ...]
    clashes: tuple[str, ...]
    is_here: bool


def verdict_state(verdict: Judged) -> State:
    """Return the answer as a badge."""
    answer = Answer(verdict.answer)
    return State(TONES[answer], str(ANSWERS[answer]))


def found_people(user: Somebody, quota: Quota, words: str) -> list[Found]:
    """Return the people of the unit whose names hold the words, with verdicts. At most 16 queries."""
    run = quota.class_run
    if len(words) < SHORTEST or begins_on(run) is None:
        return []
    people = people_visible_to(user).filter(
        unit__in=subtree_ids({quota.unit_id}, timezone.localdate()), left_on=None, merged_into=None
    )
    chosen = list(matching(people, words, ["search_key"]).order_by("sort_key", "pk")[:SHOWN])
    keys = [one.pk for one in chosen]
    verdicts, instead, busy = judge(run, keys), _full_time(run, quota.unit_id), clashes(run, keys)
    here = set(run.enrolments.filter(person__in=keys).values_list("person_id", flat=True))
    here |= set(run.nominations.filter(person__in=keys).exclude(state__in=_GONE).values_list("person_id", flat=True))
    return [
        Found(
            one,
            verdict_state(verdicts[one.pk]),
            tuple(reason["sentence"] for reason in verdicts[one.pk].reasons),
            tuple(ways(verdicts[one.pk], instead)),
            tuple(busy.get(one.pk, ())),
            one.pk in here,
        )
        for one in chosen
    ]


_GONE = [NominationState.REFUSED, NominationState.WITHDRAWN, NominationState.MOVED]


def _full_time(run: ClassRun, unit_id: int) -> list[ClassRun]:
    return list(classes_instead(run, unit_id, mode=Mode.FULL_TIME)) if run.mode != Mode.FULL_TIME else []


def ways_of(nomination: Nomination) -> list[str]:
    """Return the ways on for somebody who is nominated. At most 1 query."""
    if nomination.answer == Answer.ELIGIBLE:
        return []
    return ways(nomination, _full_time(nomination.class_run, nomination.unit_id))


def ways(verdict: Judged, full_time: Sequence[ClassRun]) -> list[str]:
    """Return what may still be done for somebody who is not eligible: another mode, another day, an exception."""
    found = []
    if verdict.fits_full_time:
        classes = ", ".join(f"{run.code} ({_day(begins_on(run))})" for run in full_time)
        said = _("Full time she or he may attend now: %(classes)s.") % {"classes": classes}
        found.append(
            said if classes else _("Full time she or he may attend now; no such class gives the unit places yet.")
        )
    if verdict.holds_from:
        found.append(_("Eligible for a class that begins on %(day)s or later.") % {"day": _day(verdict.holds_from)})
    if verdict.exception_by and verdict.answer != Answer.MISSING_DATA:
        found.append(_("Exception by: %(authority)s.") % {"authority": verdict.exception_by})
    return found


def _day(day: dt.date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else "–"


def why_not_accept(nomination: Nomination) -> str:
    """Return why nobody can accept this nomination by hand; "" where the owner may. No queries."""
    request = exception_of(nomination)
    facts = AcceptanceFacts(
        nomination.person.full_name, nomination.state, nomination.answer, request.state if request else ""
    )
    return " ".join(explain_one(one) for one in acceptance_violations(facts))


def exception_of(nomination: Nomination) -> ExceptionRequest | None:
    """Return the request for an exception; no query where it was loaded with the nomination."""
    return getattr(nomination, "exception", None)


def facts_of(nomination: Nomination) -> list[Fact]:
    """Return the facts of a nomination. 1 query."""
    run = nomination.class_run
    planned = nomination.person.planned_posts.select_related("post")
    posts = ", ".join(one.post.name if one.post else one.post_text for one in planned)
    return [
        Fact(_("Class"), f"{run.code} · {run.name}"),
        Fact(_("Programme"), f"{run.programme.name} · {run.get_mode_display()}"),
        Fact(_("Sending unit"), nomination.unit.name),
        Fact(_("Post"), nomination.post_text or "–"),
        Fact(_("Planned for"), posts or "–"),
        Fact(_("Nominated on"), _day(nomination.nominated_on)),
        Fact(_("Judged for the day"), _day(nomination.judged_for)),
    ]


def exceptions_this_year(nomination: Nomination) -> int:
    """Return how many exceptions were granted for classes of the same programme and year. 1 query."""
    run = nomination.class_run
    granted = ExceptionRequest.objects.filter(state="granted", nomination__class_run__year=run.year)
    return granted.filter(nomination__class_run__programme=run.programme_id).count()
