"""Verdicts as rows of a page."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from vuntrong.programmes.enums import Mode
from vuntrong.programmes.models import Programme
from vuntrong.programmes.queries.rules import rule_sets_on
from vuntrong.programmes.queries.sweep import Sweep, sweep
from vuntrong.programmes.rules.verdicts import Answer, Verdict, with_full_time
from vuntrong.programmes.sentences import ANSWERS, sentences
from vuntrong.registry.models import Person
from vuntrong.web.eligibility.asked import TONES, modes_with_rules
from vuntrong.web.kit.values import State


@dataclass(frozen=True)
class ProgrammeRow:
    """One programme in one mode, for one person or for everybody."""

    name: str
    mode: str
    url: str
    state: State | None = None
    reasons: tuple[str, ...] = ()
    holds_from: dt.date | None = None
    source: str = ""
    unread: str = ""
    counts: tuple[tuple[str, int, str], ...] = ()
    """(label, number of people, address of their list)."""


def counts_of(people: QuerySet[Person], programmes: Iterable[Programme], day: dt.date) -> list[ProgrammeRow]:
    """Return for each programme with rules how many people get each answer."""
    swept, courses = _swept(people, programmes, day)
    return [_counted(swept, one, mode, day) for one, mode in courses]


def verdicts_on(person: Person, day: dt.date) -> list[ProgrammeRow]:
    """Return the verdict on one person for each programme with rules. At most 10 queries."""
    programmes = Programme.objects.all()
    swept, courses = _swept(Person.objects.filter(pk=person.pk), programmes, day)
    return [_judged(swept, one, mode, person, day) for one, mode in courses]


def _swept(
    people: QuerySet[Person], programmes: Iterable[Programme], day: dt.date
) -> tuple[Sweep, list[tuple[Programme, str]]]:
    sets = rule_sets_on(day)
    ruled = {code for code, _mode in sets}
    courses = [(one, mode) for one in programmes if one.code in ruled for mode in modes_with_rules(sets, one.code)]
    return sweep(people, sets, [(one.code, mode) for one, mode in courses], day), courses


def _counted(swept: Sweep, programme: Programme, mode: str, day: dt.date) -> ProgrammeRow:
    url = _list_url(programme, mode, day)
    counts = swept.counts((programme.code, mode))
    cells = tuple((str(ANSWERS[one]), counts[one], f"{url}&answer={one.value}") for one in Answer)
    return ProgrammeRow(programme.name, _mode_name(swept, programme, mode), cells[0][2], counts=cells)


def _judged(swept: Sweep, programme: Programme, mode: str, person: Person, day: dt.date) -> ProgrammeRow:
    verdict = swept.verdict((programme.code, mode), person.pk)
    if mode != Mode.FULL_TIME:
        full_time = swept.courses.get((programme.code, Mode.FULL_TIME), ())
        verdict = with_full_time(verdict, full_time, swept.row(person.pk), day)
    return ProgrammeRow(
        name=programme.name,
        mode=_mode_name(swept, programme, mode),
        url=f"{_list_url(programme, mode, day)}&answer={Answer.ELIGIBLE.value}",
        state=State(TONES[verdict.answer], str(ANSWERS[verdict.answer])),
        reasons=tuple(sentences(verdict)),
        holds_from=verdict.holds_from,
        source=", ".join(rule.instrument for rule in verdict.rules),
        unread=_unread(verdict),
    )


def _unread(verdict: Verdict) -> str:
    """Return the warning about conditions of the paper that nobody has read."""
    unread = {kind for rule in verdict.rules for kind in rule.unread}
    return _("The age that the paper asks for could not be read. Check it before deciding.") if "age" in unread else ""


def _mode_name(swept: Sweep, programme: Programme, mode: str) -> str:
    """Return the mode, or nothing where the rules are about every mode."""
    about_all = all(not rule.mode for rule in swept.courses[programme.code, mode])
    return "" if about_all else str(Mode(mode).label)


def _list_url(programme: Programme, mode: str, day: dt.date) -> str:
    return f"{reverse('eligibility:programme', args=[programme.code])}?mode={mode}&on={day:%d/%m/%Y}"
