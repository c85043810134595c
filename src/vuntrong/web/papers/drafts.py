"""From the form of a paper to the papers themselves."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from vuntrong.classes.actions.papers import Draft, draft_of
from vuntrong.classes.enums import ClassPaper
from vuntrong.classes.models import ClassRun
from vuntrong.classes.papers.content import gather, in_charge
from vuntrong.web.papers import showing
from vuntrong.web.papers.forms import DutiesForm, PaperForm


def form_of(request: HttpRequest, run: ClassRun, paper: str) -> PaperForm:
    """Return the form as typed; at first as the unit wrote its last paper of this kind, for all units without a letter.

    Units and people of the call-up are those who are enrolled now.
    """
    if paper != ClassPaper.CALL_UP:
        return PaperForm(request.POST or showing.start_words(run, paper), paper=paper)
    found = showing.letter_choices(run, gather(run, timezone.localdate()))
    start: Any = {**showing.start_words(run, paper), "units": [key for key, _name in found["waiting"]][:30]}
    return PaperForm(request.POST or start, paper=paper, units=found["units"], people=found["people"])


def drafts_of(run: ClassRun, paper: str, form: PaperForm) -> list[Draft]:
    """Return the papers that the form asks for: one, or a letter for each chosen unit and person. Reads once."""
    words = form.words
    if paper != ClassPaper.CALL_UP:
        return [draft_of(run, paper, words)]
    rows = gather(run, words.day)
    units = {str(one.unit_id): one.unit for one in rows.enrolments}
    people = {str(one.person_id): one.person for one in rows.enrolments}
    to_units = [units[key] for key in form.cleaned_data["units"] if key in units]
    to_people = [people[key] for key in form.cleaned_data["people"] if key in people]
    return [
        *(draft_of(run, paper, words, sender=unit, rows=rows) for unit in to_units),
        *(draft_of(run, paper, words, person=person, rows=rows) for person in to_people),
    ]


def held(run: ClassRun) -> dict[str, Any]:
    """Return who is in charge today, for the form."""
    by_duty = {one.duty: one.person_id for one in in_charge(run, timezone.localdate())}
    fields = {name: by_duty.get(duty) for name, duty in DutiesForm.FIELDS.items()}
    return {**fields, "on": timezone.localdate()}
