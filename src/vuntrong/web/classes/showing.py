"""Values that the page of a class shows: its next step, facts, the way from the need to it, its history."""

from dataclasses import dataclass

from django.db.models import Model, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vuntrong.classes.enums import ClassState
from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.classes.queries import Counts, window_of
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.planning.models import SubmittedLine
from vuntrong.planning.queries.lines import countable_lines
from vuntrong.web.classes.units_then import unit_facts
from vuntrong.web.history.entries import as_entry
from vuntrong.web.kit import states
from vuntrong.web.kit.numbers import number
from vuntrong.web.kit.values import Fact, Figure, HistoryEntry, Link, Tab

states.declare(
    ClassRun, "state", {"draft": "none", "open": "wait", "running": "run", "closed": "ok", "cancelled": "bad"}
)
states.declare(
    Enrolment,
    "state",
    {"studying": "run", "completed": "ok", "not_completed": "wait", "withdrawn": "none", "no_show": "bad"},
)


@dataclass(frozen=True)
class NextStep:
    """What comes next in the life of a class, why, and the button for it; without `url` nobody has to do anything."""

    title: str
    text: str
    url: str = ""
    verb: str = ""
    icon: str = "flag"


def day(value: object) -> str:
    """Return dd/mm/yyyy, a dash for none."""
    return date_format(value, "SHORT_DATE_FORMAT") if value else "–"


def next_step(run: ClassRun, counts: Counts) -> NextStep:
    """Return the next step of a class. No queries."""
    if run.state == ClassState.DRAFT:
        text = _("The class needs a decision with number, date and issuer, and an opening day.")
        return NextStep(
            _("Open the class by decision"), text, reverse("classes:open", args=[run.pk]), _("Open the class")
        )
    if run.state == ClassState.OPEN:
        text = _("It is to begin on %(day)s with %(count)s learners enrolled.")
        shown = {"day": day(run.opened_on), "count": number(counts.seats)}
        url = reverse("classes:start", args=[run.pk])
        return NextStep(_("Record the start"), text % shown, url, _("Record the start"), "player-play")
    if run.state == ClassState.RUNNING:
        return _running_step(run, counts)
    if run.state == ClassState.CANCELLED:
        return NextStep(_("The class is cancelled"), run.cancel_reason, icon="ban")
    return NextStep(_("The class is closed"), _("Its list and results do not change any more."), icon="circle-check")


def _running_step(run: ClassRun, counts: Counts) -> NextStep:
    if not counts.seats:
        url = reverse("classes:enrol", args=[run.pk])
        return NextStep(_("Enrol the learners"), _("Nobody is on the list yet."), url, _("Enrol learners"), "user-plus")
    if run.modules_finished < run.modules_total:
        text = _("%(done)s of %(all)s modules are finished; then the results are entered.")
        shown = {"done": number(run.modules_finished), "all": number(run.modules_total)}
        url = reverse("classes:modules", args=[run.pk])
        verb = _("Record finished modules")
        return NextStep(_("Record the next finished module"), text % shown, url, verb, "checks")
    if counts.studying:
        text = _("%(count)s of %(all)s learners have no result yet.")
        shown = {"count": number(counts.studying), "all": number(counts.seats)}
        url = reverse("classes:results", args=[run.pk])
        return NextStep(_("Enter the results"), text % shown, url, _("Enter results"), "writing")
    url = reverse("classes:close", args=[run.pk])
    text = _("Every learner has a result. Closing fixes the list and the results.")
    return NextStep(_("Close the class"), text, url, _("Close the class"), "checks")


def tabs(run: ClassRun, current: str, learners: int, *, may_manage: bool) -> list[Tab]:
    """Return the tabs of a class."""
    found = [
        ("class", "classes:class", _("Overview"), None),
        ("nominations", "nominations:class", _("Nominations"), None),
        ("learners", "classes:learners", _("Learners"), learners),
        ("history", "classes:history", _("History"), None),
    ]
    if may_manage:
        found[3:3] = [
            ("import", "classes:import", _("Import from Excel"), None),
            ("papers", "papers:class", _("Papers"), None),
        ]
    return [Tab(str(label), reverse(view, args=[run.pk]), count, key == current) for key, view, label, count in found]


def one_line(run: ClassRun, host: str) -> str:
    """Return the line under the title: programme, mode, place, dates."""
    words = [run.programme.name, run.get_mode_display(), host or run.venue]
    dates = f"{day(run.opened_on)} – {day(run.closed_on or run.planned_end)}" if run.opened_on else ""
    return " · ".join(word for word in [*words, dates] if word)


def facts(run: ClassRun) -> list[Fact]:
    """Return the facts of a class, its units by the names of each time. 3 queries."""
    window = window_of(run)
    planned = f"{day(window.start)} – {day(window.end)}" if window else day(run.planned_start)
    return [
        *unit_facts(run),
        Fact(_("Side"), run.get_side_display()),
        Fact(_("Cohort"), run.cohort),
        Fact(_("Venue"), run.venue),
        Fact(_("Planned start"), planned),
        Fact(_("Planned end"), day(run.planned_end)),
        Fact(_("Planned learners"), "–" if run.planned_learners is None else number(run.planned_learners)),
        Fact(_("Most learners"), _("no limit") if run.capacity is None else number(run.capacity)),
        Fact(_("Least learners"), "–" if run.minimum is None else number(run.minimum)),
        Fact(_("Counted for"), _("Counted for %(unit)s only") % {"unit": run.owner.short_name}),
    ]


def figures(run: ClassRun, counts: Counts) -> list[Figure]:
    """Return the key numbers of a class, each opening its list."""
    url = reverse("classes:learners", args=[run.pk])
    plan = "" if run.planned_learners is None else _("of %(count)s planned") % {"count": number(run.planned_learners)}
    share = counts.seats / run.planned_learners if run.planned_learners else None
    return [
        Figure(_("Learners"), counts.seats, meaning=plan, url=url, share=share),
        Figure(_("Women"), counts.women, url=url),
        Figure(_("With result"), counts.with_result, url=f"{url}?state=completed", tone="ok" if counts.seats else ""),
        Figure(_("Left or never came"), counts.withdrawn + counts.absent, url=f"{url}?state=withdrawn"),
    ]


def chain(run: ClassRun, named: int, units: int) -> list[Link]:
    """Return the way from the need to the class; `named` people of `units` units were named for it. 1 query."""
    line = _approved_line(run)
    here = Link(run.code, str(run.get_state_display()), icon="school", tone="run")
    if line is None:
        bare = Link(_("Outside the plan"), _("The class stands on its own decision"), icon="file-text", tone="none")
        return [bare, *_opening(run), here]
    links = [_needs(run, named, units)] if run.plan_line and run.plan_line.plan.survey_id else []
    return [*links, _line(line), *_decision(line), *_opening(run), here]


def _approved_line(run: ClassRun) -> SubmittedLine | None:
    lines = countable_lines().filter(line=run.plan_line_id) if run.plan_line_id else SubmittedLine.objects.none()
    return lines.select_related("submission__decision", "submission__plan", "programme").first()


def _needs(run: ClassRun, named: int, units: int) -> Link:
    survey = run.plan_line.plan.survey if run.plan_line else None
    detail = _("%(people)s people named by %(units)s units") % {"people": number(named), "units": number(units)}
    return Link(survey.title if survey else "", detail, _maybe("surveys:survey", survey), "users-group")


def _line(line: SubmittedLine) -> Link:
    count = "–" if line.class_count is None else number(line.class_count)
    people = "–" if line.learner_count is None else number(line.learner_count)
    detail = _("%(classes)s classes, %(people)s learners · %(plan)s") % {
        "classes": count,
        "people": people,
        "plan": line.submission.plan.title,
    }
    label = _("Plan line %(number)s") % {"number": line.position}
    return Link(label, detail, _maybe("plans:plan", line.submission.plan), "list-check")


def _decision(line: SubmittedLine) -> list[Link]:
    decision = line.submission.decision
    if decision is None:
        return []
    label = _("Decision %(number)s") % {"number": decision.number}
    said = f"{decision.issuer_text}, {day(decision.issued_on)}"
    return [Link(label, said, _maybe("plans:decision", decision), "gavel")]


def _opening(run: ClassRun) -> list[Link]:
    decision = run.opening_decision
    if decision is None:
        return [Link(_("Opening decision"), _("Not recorded yet"), icon="file-text", tone="none")]
    label = _("Opening decision %(number)s") % {"number": decision.number}
    return [Link(label, f"{decision.issuer_text}, {day(decision.issued_on)}", icon="file-text")]


def _maybe(view: str, record: Model | None) -> str:
    """Return the address of a page, "" as long as it does not exist."""
    try:
        return reverse(view, args=[record.pk]) if record is not None else ""
    except NoReverseMatch:
        return ""


def log_of(run: ClassRun) -> QuerySet[ActionLogEntry]:
    """Return the rows of the log about a class, its making from the plan line included, newest first."""
    own = ActionLogEntry.objects.filter(subject_type="classes.classrun", subject_id=run.pk)
    made = ActionLogEntry.objects.filter(
        subject_type="planning.planline", subject_id=run.plan_line_id or 0, action="create_classes"
    )
    return (own | made).order_by("-id")


def history(run: ClassRun, limit: int = 6) -> list[HistoryEntry]:
    """Return the newest deeds about a class. 1 query."""
    return [as_entry(row) for row in log_of(run)[:limit]]
