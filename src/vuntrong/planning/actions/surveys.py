"""The life of a survey: made, opened, closed, opened again; who is asked and who is reminded."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format

from vuntrong.accounts import letters
from vuntrong.accounts.actions import Told, tell
from vuntrong.kernel import log
from vuntrong.kernel.errors import RuleBroken, Violation, refuse_if
from vuntrong.kernel.text import nfc
from vuntrong.kernel.transitions import edit, lock_row, move
from vuntrong.planning.enums import SURVEY_MOVES, AnswerState, SurveyState
from vuntrong.planning.models import NeedsSurvey, SurveyAnswer, SurveyRecipient, TrainingNeed
from vuntrong.planning.rules import surveys as rules
from vuntrong.programmes.models import Programme
from vuntrong.registry.models import Unit


@dataclass(frozen=True)
class SurveyWords:
    """What a survey says of itself."""

    year: int
    title: str
    closes_at: dt.datetime
    letter_number: str = ""
    letter_on: dt.date | None = None
    note: str = ""

    def columns(self) -> dict[str, Any]:
        return {
            "year": self.year,
            "title": nfc(self.title),
            "closes_at": self.closes_at,
            "letter_number": nfc(self.letter_number),
            "letter_on": self.letter_on,
            "note": self.note.strip(),
        }


@transaction.atomic
def create_survey(
    *,
    owner: Unit,
    words: SurveyWords,
    programmes: Collection[Programme],
    units: Collection[Unit],
    by: log.Actor | None,
) -> NeedsSurvey:
    """Prepare a survey; nobody is asked before it opens.

    Raises RuleBroken survey-title-taken when the owner has a survey of this name for the year.
    """
    columns = words.columns()
    try:
        with transaction.atomic():
            survey = NeedsSurvey.objects.create(owner=owner, **columns)
    except IntegrityError:
        raise RuleBroken([Violation("survey-title-taken", "", {"title": columns["title"]})]) from None
    survey.programmes.set(programmes)
    SurveyRecipient.objects.bulk_create([SurveyRecipient(survey=survey, unit=unit) for unit in units])
    after = {**columns, "programmes": len(programmes), "units": len(units)}
    log.record("create_survey", survey, by=by, after=after)
    return survey


@transaction.atomic
def edit_survey(
    *,
    survey: NeedsSurvey,
    revision: int,
    words: SurveyWords,
    programmes: Collection[Programme],
    units: Collection[Unit],
    by: log.Actor | None,
    now: dt.datetime | None = None,
) -> NeedsSurvey:
    """Change words, deadline, programmes and units of a survey.

    Raises RuleBroken with what units wrote down already or a deadline moved into the past, StaleState when somebody
    else saved meanwhile.
    """
    lock_row(survey)
    survey.refresh_from_db()
    wanted, columns = {unit.pk for unit in units}, words.columns()
    found = rules.edit_violations(_edit_facts(survey, {one.pk for one in programmes}, wanted))
    if survey.state != SurveyState.DRAFT and words.closes_at != survey.closes_at:
        found += rules.deadline_violations(words.closes_at, now or timezone.now())
    if NeedsSurvey.objects.filter(owner=survey.owner_id, year=words.year, title=columns["title"]).exclude(pk=survey.pk):
        found.append(Violation("survey-title-taken", "", {"title": columns["title"]}))
    refuse_if(found)
    before = {name: getattr(survey, name) for name in columns}
    edit(survey, revision=revision, **columns)
    survey.programmes.set(programmes)
    _set_recipients(survey, wanted)
    after = {**columns, "programmes": len(programmes), "units": len(wanted)}
    log.record("edit_survey", survey, by=by, before=before, after=after)
    return survey


@transaction.atomic
def set_recipients(*, survey: NeedsSurvey, units: Collection[Unit], by: log.Actor | None) -> None:
    """Ask exactly these units. Raises RuleBroken when a unit with an answer or a draft would be dropped."""
    lock_row(survey)
    survey.refresh_from_db()
    wanted = {unit.pk for unit in units}
    offered = set(survey.programmes.values_list("pk", flat=True))
    refuse_if(rules.edit_violations(_edit_facts(survey, offered, wanted)))
    before = survey.recipients.count()
    _set_recipients(survey, wanted)
    log.record("set_recipients", survey, by=by, before={"units": before}, after={"units": len(wanted)})


@transaction.atomic
def open_survey(*, survey: NeedsSurvey, by: log.Actor | None, now: dt.datetime | None = None) -> NeedsSurvey:
    """Ask the units. `now` is for loading what happened before; the clock when absent.

    Raises RuleBroken with everything that is missing, StaleState when somebody else opened it.
    """
    moment = now or timezone.now()
    lock_row(survey)
    facts = rules.OpeningFacts(
        programmes=survey.programmes.count(),
        recipients=survey.recipients.count(),
        closes_at=survey.closes_at,
        now=moment,
    )
    refuse_if(rules.opening_violations(facts))
    move(survey, SurveyState.OPEN, table=SURVEY_MOVES, opened_at=survey.opened_at or moment)
    log.record("open_survey", survey, by=by, after={"units": facts.recipients, "closes_at": survey.closes_at})
    return survey


@transaction.atomic
def close_survey(*, survey: NeedsSurvey, by: log.Actor | None) -> NeedsSurvey:
    """Take no more answers, late ones neither; drafts stay where they are.

    Raises StaleState when somebody else closed it.
    """
    lock_row(survey)
    move(survey, SurveyState.CLOSED, table=SURVEY_MOVES)
    log.record("close_survey", survey, by=by)
    return survey


@transaction.atomic
def reopen_survey(
    *,
    survey: NeedsSurvey,
    reason: str,
    closes_at: dt.datetime | None = None,
    by: log.Actor | None,
    now: dt.datetime | None = None,
) -> NeedsSurvey:
    """Take answers again: late ones with a reason, or in time until a new deadline.

    Raises RuleBroken when the new deadline has passed, StaleState when somebody else reopened it.
    """
    if closes_at:
        refuse_if(rules.deadline_violations(closes_at, now or timezone.now()))
    lock_row(survey)
    before = {"closes_at": survey.closes_at}
    move(survey, SurveyState.OPEN, table=SURVEY_MOVES, closes_at=closes_at or survey.closes_at)
    log.record("reopen_survey", survey, by=by, before=before, after={"closes_at": survey.closes_at}, reason=reason)
    return survey


@transaction.atomic
def remind(
    *, survey: NeedsSurvey, units: Sequence[Unit], url: str = "/", by: log.Actor | None, now: dt.datetime | None = None
) -> Told | None:
    """Remind the clerks of these units, in their inbox and by e-mail, and note it; who has answered is left out.

    `url` is the path of the page where they answer. Returns null when everybody had answered meanwhile.

    Raises RuleBroken when the survey is not open.
    """
    lock_row(survey)
    survey.refresh_from_db()
    if survey.state != SurveyState.OPEN:
        raise RuleBroken([Violation("survey-not-open")])
    sent = SurveyAnswer.objects.filter(survey=survey, state=AnswerState.SENT).values("unit")
    asked = survey.recipients.filter(unit__in=units).exclude(unit__in=sent)
    reminded = [one.unit for one in asked.select_related("unit")]
    asked.update(reminded_at=now or timezone.now(), reminder_count=F("reminder_count") + 1)
    told = _tell_reminded(survey, reminded, url, by) if reminded else None
    log.record("remind_units", survey, by=by, after={"units": [unit.short_name for unit in reminded]})
    return told


def _tell_reminded(survey: NeedsSurvey, units: Sequence[Unit], url: str, by: log.Actor | None) -> Told:
    closes = date_format(timezone.localtime(survey.closes_at), "H:i d/m/Y")
    words = {"survey": survey.title, "closes": closes}
    return tell(letter=letters.SURVEY_REMINDER, words=words, url=url, about=survey, units=units, by=by)


def _edit_facts(survey: NeedsSurvey, programmes: Collection[int], units: Collection[int]) -> rules.EditFacts:
    needed = TrainingNeed.objects.filter(answer__survey=survey).order_by()
    begun = SurveyAnswer.objects.filter(survey=survey).order_by()
    return rules.EditFacts(
        programmes=programmes,
        programmes_needed=dict(needed.values_list("programme_id", "programme__name").distinct()),
        recipients=units,
        units_begun=dict(begun.values_list("unit_id", "unit__name")),
        is_draft=survey.state == SurveyState.DRAFT,
    )


def _set_recipients(survey: NeedsSurvey, wanted: Collection[int]) -> None:
    known = set(survey.recipients.values_list("unit_id", flat=True))
    survey.recipients.filter(unit_id__in=known - set(wanted)).delete()
    SurveyRecipient.objects.bulk_create(
        [SurveyRecipient(survey=survey, unit_id=unit_id) for unit_id in sorted(set(wanted) - known)]
    )
