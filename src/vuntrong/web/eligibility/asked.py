"""What a page about eligibility is asked: the programme, the mode, the day."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuntrong.programmes.enums import Mode
from vuntrong.programmes.models import Programme
from vuntrong.programmes.queries.rules import RuleSets, rules_by_topic, rules_for
from vuntrong.programmes.rules.verdicts import Answer, RuleSet
from vuntrong.web.kit.address import with_query
from vuntrong.web.kit.values import Tab
from vuntrong.web.units.forms import DayForm

MODES = (Mode.PART_TIME, Mode.FULL_TIME)
TONES = {
    Answer.ELIGIBLE: "ok",
    Answer.NEEDS_EXCEPTION: "wait",
    Answer.MISSING_DATA: "run",
    Answer.NOT_ELIGIBLE: "bad",
}
SENSITIVE = ("registry.Person.ethnicity", "registry.Person.party_status")
"""What a verdict reads of everybody who is listed."""


@dataclass(frozen=True)
class Asked:
    """One programme in one mode on one day, with the rules in force."""

    programme: Programme
    mode: str
    day: dt.date
    sets: RuleSets
    standards: RuleSets

    @property
    def course(self) -> tuple[str, str]:
        return (self.programme.code, self.mode)

    @property
    def rules(self) -> list[RuleSet]:
        return rules_for(self.sets, *self.course)


def day_asked(request: HttpRequest) -> tuple[DayForm, dt.date]:
    """Return the form of the reference day and the day itself; today where none was asked for."""
    form = DayForm(request.GET if request.GET.get("on") else {"on": timezone.localdate()})
    form.fields["on"].label = _("Judged on")
    return form, form.day()


def asked(request: HttpRequest, programme: Programme, day: dt.date) -> Asked:
    """Return what the address asks; the usual mode of the programme where it names none. 1 query."""
    sets, standards = rules_by_topic(day)
    known = modes_with_rules(sets, programme.code)
    wanted = request.GET.get("mode", "")
    usual = programme.mode if programme.mode in known else known[0]
    return Asked(programme, wanted if wanted in known else usual, day, sets, standards)


def modes_with_rules(sets: RuleSets, code: str) -> list[str]:
    """Return the modes that rules tell apart; one where a rule is about every mode or none is known."""
    return [mode for mode in MODES if (code, mode) in sets] or [Mode.FULL_TIME]


def mode_tabs(request: HttpRequest, now: Asked) -> list[Tab]:
    """Return a tab for each mode; none where there is only one."""
    modes = modes_with_rules(now.sets, now.programme.code)
    tabs = [
        Tab(str(Mode(mode).label), with_query(request, mode=mode, page=None), None, mode == now.mode) for mode in modes
    ]
    return tabs if len(tabs) > 1 else []
