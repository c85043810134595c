"""The page of one nomination and what unit and owner do with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.accounts.policies import people_visible_to
from vuntrong.classes import policies
from vuntrong.classes.actions import nomination as actions
from vuntrong.classes.actions import nomination_answers as answers
from vuntrong.classes.judging import clashes, classes_instead
from vuntrong.classes.models import Nomination
from vuntrong.registry.actions.privacy import note_read
from vuntrong.registry.enums import Purpose, ReadKind
from vuntrong.web.classes.access import actor
from vuntrong.web.eligibility.asked import SENSITIVE
from vuntrong.web.nominations import showing
from vuntrong.web.nominations.access import answer_form, do_or_say, seen_nomination
from vuntrong.web.nominations.forms import MoveForm, ReasonForm, WithdrawForm
from vuntrong.web.nominations.rights import rights_of
from vuntrong.web.nominations.views.classes import accepted_words, judged_words


def nomination(request: HttpRequest, nomination_id: int) -> HttpResponse:
    """Show a nomination with its kept verdict, the ways on and what the person who looks may do."""
    row = seen_nomination(request, nomination_id)
    purpose = Purpose.ELIGIBILITY
    note_read(user=actor(request), kind=ReadKind.PAGE, purpose=purpose, fields=SENSITIVE, person=row.person)
    shown = {
        "row": row,
        "run": row.class_run,
        "quota": row.class_run.quotas.filter(unit=row.unit_id).first(),
        "verdict": showing.verdict_state(row),
        "ways": showing.ways_of(row),
        "clashes": clashes(row.class_run, [row.person_id]).get(row.person_id, []),
        "exception": showing.exception_of(row),
        "facts": showing.facts_of(row),
        "granted": showing.exceptions_this_year(row),
        **rights_of(request.user, row),
    }
    return render(request, "nominations/nomination.html", shown)


def _url(row: Nomination) -> str:
    return reverse("nominations:nomination", args=[row.pk])


@require_POST
def judge(request: HttpRequest, nomination_id: int) -> HttpResponse:
    """Take the verdict again by the data and rules of now."""
    row = seen_nomination(request, nomination_id, lambda user, one: rights_of(user, one)["may_judge"])

    def do() -> str:
        return judged_words(actions.judge_again(class_run=row.class_run, nominations=[row.pk], by=actor(request)))

    return do_or_say(request, do, _url(row))


@require_POST
def accept(request: HttpRequest, nomination_id: int) -> HttpResponse:
    """Accept one nomination."""
    row = seen_nomination(request, nomination_id, policies.may_answer)

    def do() -> str:
        return accepted_words(answers.accept(class_run=row.class_run, nominations=[row.pk], by=actor(request)))

    return do_or_say(request, do, _url(row))


def refuse(request: HttpRequest, nomination_id: int) -> HttpResponse:
    """Refuse a nomination with a reason."""
    row = seen_nomination(request, nomination_id, policies.may_answer)
    form = ReasonForm(request.POST or None)

    def do() -> None:
        actions.refuse_nomination(nomination=row, by=actor(request), **form.cleaned_data)

    words = {"title": _("Refuse the nomination"), "verb": _("Refuse"), "row": row, "run": row.class_run}
    return answer_form(request, form, do, done=_("The nomination is refused."), back=_url(row), **words)


def withdraw(request: HttpRequest, nomination_id: int) -> HttpResponse:
    """Take a nomination back, with somebody else in its place."""
    row = seen_nomination(request, nomination_id, policies.may_send)
    form = WithdrawForm(request.POST or None, nomination=row, people=people_visible_to(request.user))

    def do() -> None:
        actions.withdraw(nomination=row, by=actor(request), **form.cleaned_data)

    words = {"title": _("Withdraw the nomination"), "verb": _("Withdraw"), "row": row, "run": row.class_run}
    return answer_form(request, form, do, done=_("The nomination is withdrawn."), back=_url(row), **words)


def move(request: HttpRequest, nomination_id: int) -> HttpResponse:
    """Let a nomination go on in a later class."""
    row = seen_nomination(request, nomination_id, policies.may_send)
    form = MoveForm(request.POST or None, classes=classes_instead(row.class_run, row.unit_id))

    def do() -> None:
        actions.move_nomination(nomination=row, by=actor(request), **form.cleaned_data)

    words = {"title": _("Move to a later class"), "verb": _("Move"), "row": row, "run": row.class_run}
    return answer_form(request, form, do, done=_("The nomination goes on in the later class."), back=_url(row), **words)
