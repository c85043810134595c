"""The story of a person on a time line: what happened, by year, newest first."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vuntrong.classes.enums import ClassState, EnrolmentState
from vuntrong.classes.models import Enrolment
from vuntrong.kernel.dates import PartialDate
from vuntrong.programmes.enums import Level
from vuntrong.registry.enums import AwardKind, PoliticalLevel
from vuntrong.registry.models import Award, PartyMembership, Person, PlannedPost, Qualification
from vuntrong.web.kit.values import Choice, State
from vuntrong.web.people.words import joined, level_label, period, place_of, post_of, shown_date

KINDS = {
    "work": ("building", gettext_lazy("Service")),
    "party": ("star", gettext_lazy("Party")),
    "training": ("certificate", gettext_lazy("Qualifications")),
    "class": ("school", gettext_lazy("Classes")),
    "grading": ("chart-bar", gettext_lazy("Yearly grading")),
    "award": ("rosette-discount-check", gettext_lazy("Rewards and discipline")),
    "planning": ("flag", gettext_lazy("Planned posts")),
}
EARNED = {
    Level.ELEMENTARY: PoliticalLevel.ELEMENTARY,
    Level.INTERMEDIATE: PoliticalLevel.INTERMEDIATE,
    Level.ADVANCED: PoliticalLevel.ADVANCED,
}
"""The level of political theory that somebody earns who completes a programme of a level."""
When = dt.date | PartialDate | None


@dataclass(frozen=True)
class Moment:
    """One thing that happened; `day` is ISO text, cut short where less is known, empty where nothing is."""

    kind: str
    day: str
    title: str
    detail: str = ""
    shown: str = ""
    url: str = ""
    state: State | None = None
    notes: Sequence[str] = ()

    @property
    def icon(self) -> str:
        return KINDS[self.kind][0]

    @property
    def label(self) -> str:
        """What kind of thing it is."""
        return str(KINDS[self.kind][1])


@dataclass(frozen=True)
class Year:
    """The moments of one year; the year is empty for those without a date."""

    year: str
    moments: Sequence[Moment] = field(default_factory=list)


def story_of(person: Person, *, is_open: bool) -> list[Moment]:
    """Return all that is known to have happened, newest first. 6 queries; 8 with what is sensitive (`is_open`)."""
    moments = [*_work(person), *_training(person), *_classes(person), *_awards(person), *_planning(person)]
    if is_open:
        moments += [*_party(person), *_gradings(person)]
    return sorted(moments, key=lambda one: one.day, reverse=True)


def by_year(moments: Iterable[Moment]) -> list[Year]:
    """Return moments, newest first, in their years; those without a date come last."""
    return [Year(year, list(group)) for year, group in groupby(moments, key=lambda one: one.day[:4])]


def kind_choices(moments: Iterable[Moment], chosen: str) -> list[Choice]:
    """Return the chips that filter the time line, with how many moments each shows."""
    counts = Counter(one.kind for one in moments)
    every = Choice(_("Everything"), counts.total(), "?", is_on=not chosen)
    return [every, *(_chip(kind, counts[kind], is_on=kind == chosen) for kind in KINDS if counts[kind])]


def _chip(kind: str, count: int, *, is_on: bool) -> Choice:
    icon, label = KINDS[kind]
    return Choice(str(label), count, f"?kind={kind}", is_on, icon)


def _iso(when: When) -> str:
    if when is None:
        return ""
    return when.iso() if isinstance(when, PartialDate) else when.isoformat()


def _work(person: Person) -> Iterator[Moment]:
    for row in person.postings.select_related("unit", "post"):
        second = "" if row.is_main else _("besides the main post")
        shown = period(row.valid_from, row.valid_to)
        yield Moment(
            "work",
            _iso(row.valid_from),
            post_of(row) or place_of(row),
            joined(place_of(row), second, row.decision),
            shown,
        )
    for teaching in person.lecturer_profiles.select_related("unit"):
        shown = period(teaching.valid_from, teaching.valid_to)
        detail = joined(teaching.unit.name, teaching.faculty, teaching.rank, teaching.subjects)
        yield Moment("work", _iso(teaching.valid_from), teaching.get_kind_display(), detail, shown)
    if person.left_on:
        yield Moment("work", _iso(person.left_on), _("Left the service"), "", shown_date(person.left_on))


def _training(person: Person) -> Iterator[Moment]:
    for row in person.qualifications.all():
        when = row.issued_on or row.studied_to or row.studied_from
        yield Moment(
            "training",
            _iso(when),
            joined(level_label(row.kind, row.level), row.field) or row.get_kind_display(),
            joined(row.institution, row.get_mode_display(), row.grade, row.paper, row.number),
            shown_date(when),
            state=_seen(row),
        )


def _seen(row: Qualification) -> State:
    if row.verified_by:
        return State("ok", _("Paper seen"))
    return State("none", _("Paper not seen yet"))


def _classes(person: Person) -> Iterator[Moment]:
    rows = person.enrolments.select_related("class_run__programme", "class_run__owner").order_by("-id")
    for row in rows:
        run = row.class_run
        ended = row.state_on if row.state != EnrolmentState.STUDYING else run.opened_on or row.enrolled_on
        result = row.get_grade_display() if row.grade else ""
        yield Moment(
            "class",
            _iso(ended),
            run.name,
            joined(run.programme.name if run.programme.name != run.name else "", run.owner.name, result),
            period(run.opened_on or row.enrolled_on, run.closed_on),
            reverse("classes:class", args=[run.pk]),
            State(_tone(row), row.get_state_display()),
            _earned(row),
        )


def _tone(row: Enrolment) -> str:
    tones = {EnrolmentState.STUDYING: "run", EnrolmentState.COMPLETED: "ok", EnrolmentState.NOT_COMPLETED: "bad"}
    return tones.get(EnrolmentState(row.state), "none")


def _earned(row: Enrolment) -> list[str]:
    """Say which level a finished class gave; no row of a qualification is made of it, for the diploma will be one."""
    level = EARNED.get(Level(row.class_run.programme.level))
    if level is None or row.state != EnrolmentState.COMPLETED or row.class_run.state != ClassState.CLOSED:
        return []
    return [_("Gives: %(level)s. Enter the diploma when it is issued.") % {"level": level.label}]


def _awards(person: Person) -> Iterator[Moment]:
    for row in person.awards.all():
        until = _("until %(day)s") % {"day": shown_date(row.ends_on)} if row.ends_on else ""
        yield Moment(
            "award",
            _iso(row.decided_on),
            row.title,
            joined(row.decision, until),
            shown_date(row.decided_on),
            state=_award(row),
        )


def _award(row: Award) -> State:
    return State("bad" if row.kind == AwardKind.DISCIPLINE else "ok", row.get_kind_display())


def _planning(person: Person) -> Iterator[Moment]:
    for row in person.planned_posts.select_related("post", "unit"):
        shown = period(row.valid_from, row.valid_to)
        named = row.unit.name if row.unit else ""
        yield Moment("planning", _planned_day(row), post_of(row), joined(named, row.term, row.decision), shown)


def _planned_day(row: PlannedPost) -> str:
    """Return the day from which somebody is planned for, or the first year of the term."""
    return _iso(row.valid_from) or (row.term[:4] if row.term[:4].isdigit() else "")


def _party(person: Person) -> Iterator[Moment]:
    for row in person.party_memberships.all():
        for title, when in _party_days(row):
            yield Moment("party", _iso(when), title, row.cell, shown_date(when))


def _party_days(row: PartyMembership) -> list[tuple[str, PartialDate]]:
    days = [
        (_("Joined the Party on probation"), row.probationary_on),
        (_("Full member of the Party"), row.full_on),
        (_("Membership of the Party ended"), row.ended_on),
    ]
    return [(title, when) for title, when in days if when]


def _gradings(person: Person) -> Iterator[Moment]:
    for row in person.gradings.all():
        yield Moment("grading", str(row.year), row.get_grade_display(), row.decision, str(row.year))
