"""What a paper of a class is filled with: plain texts and counts, as on the day of the paper, ready to be frozen."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils import translation

from vuntrong.classes.enums import COMMITTEE, ClassPaper, Duty, ExceptionState, UnitRole
from vuntrong.classes.models import ClassDuty, ClassRun, Enrolment, ExceptionRequest
from vuntrong.classes.rules.enrolment import SEAT_STATES
from vuntrong.documents.papers import NBSP
from vuntrong.kernel.dates import long_date, party_date
from vuntrong.kernel.numbers import number_words
from vuntrong.registry.documents import HEAD_POSTS, Style
from vuntrong.registry.enums import Degree, Sex, UnitKind
from vuntrong.registry.models import Person, Unit, UnitVersion
from vuntrong.registry.queries import version_on

KINH = "Kinh"
YEARS = re.compile(r"(?<=\d) - (?=\d)")
DUTY_WORDS = {
    Duty.MONITOR: "Lớp trưởng",
    Duty.DEPUTY_STUDY: "Lớp phó học tập",
    Duty.DEPUTY_LIFE: "Lớp phó đời sống",
}


@dataclass(frozen=True)
class PaperWords:
    """What a person says about a paper; everything else is known."""

    day: dt.date
    signer_name: str = ""
    signer_post: str = ""
    grounds: Sequence[str] = ()
    """Without “Căn cứ” and end mark."""
    office_name: str = ""
    office_head: str = ""
    office: str = ""
    """Code of the drafting office."""
    executors: str = ""
    recipients: Sequence[str] = ()
    study_rule: str = ""
    opening_time: str = ""
    bring: str = ""
    boarding: str = ""
    excuse_on: dt.date | None = None
    funding: str = ""
    is_public: bool = False
    """Leave ethnicity, Party date and sending decision out of the annex."""


@dataclass(frozen=True)
class LearnerLine:
    """One learner as lists show her."""

    row: int
    name: str
    born_male: str
    born_female: str
    ethnicity: str
    post_unit: str
    unit: str
    party_on: str
    degree: str
    sending_decision: str
    note: str

    @property
    def born(self) -> str:
        return self.born_male or self.born_female


@dataclass(frozen=True)
class PaperContent:
    """Everything that a paper says; names of the fields are the placeholders of office templates (papers.md 2.0)."""

    style: Style
    issuer_full: str
    head_post: str
    class_name: str
    class_code: str
    programme_name: str
    mode: str
    start_date: str
    end_date: str
    venue: str
    learner_count: int
    learner_words: str
    women_count: int
    minority_count: int
    plan_ref: str
    signer_name: str
    signer_post: str
    learners: Sequence[LearnerLine] = ()
    addressees: Sequence[str] = ()
    person: str = ""
    """The one learner to whom a call-up letter goes; empty for a letter to a unit."""
    form_master: str = ""
    form_master_post: str = ""
    committee_lines: Sequence[str] = ()
    grounds: Sequence[str] = ()
    office_name: str = ""
    office_head: str = ""
    executors: str = ""
    recipients: Sequence[str] = ()
    study_rule: str = ""
    opening_time: str = ""
    bring: str = ""
    boarding: str = ""
    excuse_deadline: str = ""
    funding: str = ""
    co_units: str = ""
    is_public: bool = False

    @property
    def committee_count(self) -> int:
        return len(self.committee_lines)

    def plain(self) -> dict[str, Any]:
        """Return what is frozen with the paper."""
        return {**asdict(self), "committee_count": self.committee_count}


@dataclass(frozen=True)
class Gathered:
    """The rows behind a paper of a class on a day. Read with a constant number of queries."""

    run: ClassRun
    enrolments: Sequence[Enrolment]
    duties: Sequence[ClassDuty]
    unit_names: dict[int, str] = field(default_factory=dict)
    """Names of the units on the day."""
    host: str = ""
    co_units: Sequence[str] = ()
    sending: dict[int, str] = field(default_factory=dict)
    """The decision that gave a sending unit its places, by unit."""
    exceptions: dict[int, str] = field(default_factory=dict)
    """The decision that admitted somebody although a condition fails, by person."""


def gather(run: ClassRun, day: dt.date) -> Gathered:
    """Return the rows behind the papers of a class, learners by given name. 7 queries."""
    people = run.enrolments.filter(state__in=sorted(SEAT_STATES)).select_related("person__ethnicity", "unit")
    people = people.prefetch_related("person__party_memberships").order_by("person__sort_key", "pk")
    found: list[Any] = list(people)
    duties = list(in_charge(run, day))
    roles: list[Any] = list(run.roles.on(day).select_related("unit"))
    ids = (
        {one.unit_id for one in found}
        | {one.unit_id for one in roles}
        | {one.person.unit_id for one in duties}
        | {run.owner_id}
    )
    versions = UnitVersion.objects.filter(unit__in=ids).valid_on(day)
    names = dict(versions.values_list("unit_id", "name"))
    hosts = [_name(one.unit, names) for one in roles if one.role == UnitRole.HOST]
    others = [_name(one.unit, names) for one in roles if one.role != UnitRole.HOST and one.role != UnitRole.SENDING]
    sending = dict(run.quotas.values_list("unit_id", "source"))
    granted = ExceptionRequest.objects.filter(nomination__class_run=run, state=ExceptionState.GRANTED)
    exceptions = dict(granted.values_list("nomination__person_id", "decision_number"))
    return Gathered(run, found, duties, names, hosts[0] if hosts else "", others, sending, exceptions)


def in_charge(run: ClassRun, day: dt.date) -> Any:
    """Return who is in charge of what in a class on a day."""
    begun = run.duties.filter(valid_from__lte=day).exclude(valid_to__lt=day)
    return begun.select_related("person__unit").order_by("pk")


def content_of(
    rows: Gathered,
    words: PaperWords,
    *,
    paper: str,
    style: Style,
    sender: Unit | None = None,
    person: Person | None = None,
) -> PaperContent:
    """Return the content of a paper: of the whole class, of the learners of one `sender`, or of one `person`.

    2 queries.
    """
    issuer = version_on(rows.run.owner, words.day)
    learners = [one for one in rows.enrolments if sender is None or one.unit_id == sender.pk]
    learners = [one for one in learners if person is None or one.person_id == person.pk]
    lines = [_line(number, one, rows) for number, one in enumerate(learners, 1)]
    return PaperContent(
        style=style,
        signer_name=words.signer_name,
        learner_count=len(lines),
        learner_words=number_words(len(lines)),
        women_count=sum(one.person.sex == Sex.FEMALE for one in learners),
        minority_count=sum(bool(line.ethnicity) and line.ethnicity != KINH for line in lines),
        learners=tuple(lines),
        addressees=_addressees(rows, sender, lines if person else []),
        person=lines[0].name if person and lines else "",
        excuse_deadline=_day(words.excuse_on, style),
        **_class_facts(rows, words, issuer, style),
        **_duties(rows) if paper == ClassPaper.DUTIES else {},
        **{name: getattr(words, name) for name in _TYPED},
    )


def _class_facts(rows: Gathered, words: PaperWords, issuer: UnitVersion, style: Style) -> dict[str, Any]:
    """Return what a paper says of the class and of the unit that issues it. 1 query."""
    run, head_post = rows.run, HEAD_POSTS.get(UnitKind(issuer.kind), "Giám đốc")
    with translation.override("vi"):
        mode = str(run.get_mode_display()).lower()
    return {
        "issuer_full": issuer.name,
        "head_post": head_post,
        "signer_post": words.signer_post or head_post,
        "class_name": class_words(run.name),
        "class_code": run.code,
        "programme_name": run.programme.name,
        "mode": mode,
        "start_date": _day(run.opened_on or run.planned_start, style),
        "end_date": _day(run.closed_on or run.planned_end, style),
        "venue": rows.host or run.venue or issuer.name,
        "plan_ref": plan_reference(run, style),
        "co_units": ", ".join(rows.co_units),
    }


_TYPED = (
    *("grounds", "office_name", "office_head", "executors", "recipients", "study_rule", "opening_time", "bring"),
    *("boarding", "funding", "is_public"),
)


def class_words(name: str) -> str:
    """Return the name of a class inside a sentence: lớp bồi dưỡng đảng viên mới."""
    inside = YEARS.sub(f"{NBSP}-{NBSP}", name[:1].lower() + name[1:])
    return inside if inside.startswith("lớp ") else f"lớp {inside}"


def plan_reference(run: ClassRun, style: Style) -> str:
    """Return the decision that approved the plan, as a paper cites it; empty outside every plan. 1 query."""
    if run.plan_line is None:
        return ""
    copies = run.plan_line.submitted.filter(submission__decision__isnull=False)
    copy = copies.select_related("submission__decision").order_by("-submission__number").first()
    decision = copy.submission.decision if copy else None
    if decision is None:
        return ""
    comma = "," if style == "party" else ""
    return f"Quyết định số {decision.number}{comma} {_day(decision.issued_on, style)} của {decision.issuer_text}"


def _day(day: dt.date | None, style: Style) -> str:
    if day is None:
        return ""
    return party_date(day) if style == "party" else long_date(day)


def _name(unit: Unit, names: dict[int, str]) -> str:
    return names.get(unit.pk, unit.name)


def _line(number: int, enrolment: Enrolment, rows: Gathered) -> LearnerLine:
    person = enrolment.person
    unit = _name(enrolment.unit, rows.unit_names)
    born = person.born_on.display() if person.born_on else ""
    is_woman = person.sex == Sex.FEMALE
    dates = [one.full_on or one.probationary_on for one in person.party_memberships.all() if one.ended_on is None]
    with translation.override("vi"):
        degree = str(Degree(person.degree).label) if person.degree else ""
    return LearnerLine(
        row=number,
        name=person.full_name,
        born_male="" if is_woman else born,
        born_female=born if is_woman else "",
        ethnicity=person.ethnicity.name if person.ethnicity else "",
        post_unit=post_and_unit(enrolment.post_text or person.post_text, unit),
        unit=unit,
        party_on=dates[-1].display() if dates and dates[-1] else "",
        degree=degree,
        sending_decision=rows.sending.get(enrolment.unit_id, ""),
        note=rows.exceptions.get(person.pk, "") or enrolment.note,
    )


def post_and_unit(post: str, unit: str) -> str:
    """Return post and unit of a list; a post that names the unit already stands alone."""
    if not post or unit.lower() in post.lower():
        return post or unit
    return f"{post}, {unit}"


def _addressees(rows: Gathered, sender: Unit | None, person: Sequence[LearnerLine]) -> tuple[str, ...]:
    if person:
        return tuple(f"Đồng chí {line.name}, {line.post_unit}" for line in person)
    if sender is not None:
        return (_name(sender, rows.unit_names),)
    return tuple(dict.fromkeys(_name(one.unit, rows.unit_names) for one in rows.enrolments))


def _duties(rows: Gathered) -> dict[str, Any]:
    """Return form-master and committee in the order of the paper."""
    posts = {one.person_id: one.post_text for one in rows.enrolments}
    by_duty = {Duty(one.duty): one.person for one in rows.duties}

    def place(person: Person) -> str:
        return post_and_unit(posts.get(person.pk) or person.post_text, _name(person.unit, rows.unit_names))

    members = [(duty, by_duty[duty]) for duty in COMMITTEE if duty in by_duty]
    lines = [
        f"{number}. Đồng chí {person.full_name}, {place(person)}: {DUTY_WORDS[duty]}"
        for number, (duty, person) in enumerate(members, 1)
    ]
    master = by_duty.get(Duty.FORM_MASTER)
    return {
        "form_master": f"đồng chí {master.full_name}" if master else "",
        "form_master_post": place(master) if master else "",
        "committee_lines": tuple(lines),
    }
