"""Making classes: from an approved plan line or outside a plan, their words and the roles of units."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone

from vuntrong.classes.actions.life import NewDecision, enter_decision
from vuntrong.classes.enums import CLASS_MOVES, ClassState, UnitRole
from vuntrong.classes.models import ClassRole, ClassRun
from vuntrong.classes.queries import line_facts
from vuntrong.classes.rules import life as rules
from vuntrong.classes.seats import move_up, seats_taken
from vuntrong.kernel import log
from vuntrong.kernel.errors import Violation, refuse_if
from vuntrong.kernel.text import nfc, search_key
from vuntrong.kernel.transitions import edit, lock_row, move
from vuntrong.planning.enums import OwnerRole
from vuntrong.planning.models import SubmittedLine
from vuntrong.programmes.models import Programme
from vuntrong.registry.models import Unit
from vuntrong.registry.queries import heir_today

Role = tuple[Unit, str]


@transaction.atomic
def create_classes_from_line(
    *,
    line: SubmittedLine,
    count: int | None = None,
    pattern: str = "",
    capacity: int | None = None,
    owner: Unit | None = None,
    host: Unit | None = None,
    cohort: str = "",
    by: log.Actor | None,
) -> list[ClassRun]:
    """Make `count` classes of an approved plan line, by default all that are left, and return them.

    They take programme, mode, period, learners, place and units from the line. Codes follow `pattern`, in which ## is
    the running number; by default the programme's letters. The plan's owner owns them unless `owner` is given.
    Raises RuleBroken: line-not-approved, line-replaced, line-not-firm, line-exhausted, no-class-wanted, owner-as-host.
    """
    lock_row(line.line)
    facts = line_facts(line, count)
    refuse_if(rules.line_violations(facts))
    owner = lock_row(
        owner or heir_today(line.submission.plan.owner)
    )  # numbers of codes are given out one clerk at a time
    year = line.submission.plan.year
    books = Q(owner=owner) | Q(founder=owner)
    taken = set(ClassRun.objects.filter(books, year=year).values_list("code", flat=True))
    codes = rules.codes(pattern or rules.code_pattern(line.programme.short_name), taken, facts.wanted)
    runs = [
        _run_of_line(line, owner, code, facts.made + number, capacity=capacity, cohort=cohort)
        for number, code in enumerate(codes)
    ]
    ClassRun.objects.bulk_create(runs)
    roles = _roles_of_line(line, owner, host)
    refuse_if(rules.role_violations(owner.pk, [(unit.pk, role) for unit, role in roles]))
    _write_roles(runs, roles)
    after = {"codes": codes, "owner": owner.slug, "decision": str(line.submission.decision)}
    log.record("create_classes", line.line, by=by, label=_name_of_line(line), after=after)
    return runs


def _run_of_line(
    line: SubmittedLine, owner: Unit, code: str, index: int, *, capacity: int | None, cohort: str
) -> ClassRun:
    plan, programme = line.submission.plan, line.programme
    window = rules.planned_period(plan.year, line.month, line.quarter)
    parts = line.class_count or 1
    base = _name_of_line(line)
    name = f"{base}, lớp {index + 1}"[:200] if parts > 1 else base
    return ClassRun(
        owner=owner,
        programme=programme,
        plan_line=line.line,
        side=plan.side,
        code=code,
        name=name,
        year=plan.year,
        cohort=cohort,
        mode=line.mode,
        venue=line.place,
        planned_start=window.start if window else None,
        planned_learners=rules.share(line.learner_count, parts, index),
        capacity=capacity,
        modules_total=programme.module_count,
        search_key=_search_key(code, name, programme),
    )


def _name_of_line(line: SubmittedLine) -> str:
    return line.title or line.programme.name


def _search_key(code: str, name: str, programme: Programme) -> str:
    return search_key(f"{code} {name} {programme.short_name}")[:300]


def _roles_of_line(line: SubmittedLine, owner: Unit, host: Unit | None) -> list[Role]:
    """Return the units that the line names, the owner left out: what it does needs no role."""
    roles: list[Role] = [(unit, UnitRole.COOPERATING) for unit in line.cooperating.all()]
    if line.lead:
        roles.append((line.lead, UnitRole.LEAD))
    if line.opener and line.owner_role == OwnerRole.LINKED:
        roles.append((line.opener, UnitRole.LINKED))
    return [(unit, role) for unit, role in roles if unit != owner] + ([(host, UnitRole.HOST)] if host else [])


def _write_roles(runs: Sequence[ClassRun], roles: Sequence[Role]) -> None:
    ClassRole.objects.bulk_create(
        [ClassRole(class_run=run, unit=unit, role=role) for run in runs for unit, role in roles]
    )


@dataclass(frozen=True)
class ClassContent:
    """The words and figures of a class that a clerk may change."""

    code: str
    name: str
    mode: str
    cohort: str = ""
    venue: str = ""
    planned_start: dt.date | None = None
    planned_end: dt.date | None = None
    planned_learners: int | None = None
    capacity: int | None = None
    minimum: int | None = None
    modules_total: int = 0


@transaction.atomic
def create_unplanned_class(
    *,
    owner: Unit,
    programme: Programme,
    side: str,
    content: ClassContent,
    decision: NewDecision,
    opens_on: dt.date | None,
    roles: Sequence[Role] = (),
    by: log.Actor | None,
) -> ClassRun:
    """Make a class outside every plan; it stands on its own decision and is open at once.

    `content.planned_end` is the day on which it is to end. Raises RuleBroken with all that is missing or contradictory.
    """
    owner = lock_row(owner)
    facts = rules.OpeningFacts(decision.number, decision.issued_on, decision.issuer_text, opens_on, content.planned_end)
    year = opens_on.year if opens_on else 0
    refuse_if(
        [
            *rules.opening_violations(facts),
            *_content_violations(content, opens_on, seats=0, finished=0),
            *_code_violations(owner, year, content.code, None),
            *rules.role_violations(owner.pk, [(unit.pk, role) for unit, role in roles]),
        ]
    )
    run = ClassRun.objects.create(
        owner=owner,
        programme=programme,
        side=side,
        year=year,
        search_key=_search_key(nfc(content.code), nfc(content.name), programme),
        **_columns(content) | {"planned_start": content.planned_start or opens_on},
    )
    _write_roles([run], roles)
    entered = enter_decision(decision)
    move(run, ClassState.OPEN, table=CLASS_MOVES, opened_on=opens_on, opening_decision=entered)
    after = {"code": run.code, "decision": entered.number, "opened_on": opens_on}
    log.record("create_unplanned_class", run, by=by, after=after)
    return run


def _columns(content: ClassContent) -> dict[str, object]:
    return {
        name: nfc(value) if isinstance(value, str) else value for name, value in dataclasses.asdict(content).items()
    }


def _content_violations(content: ClassContent, start: dt.date | None, *, seats: int, finished: int) -> list[Violation]:
    return rules.content_violations(
        rules.ContentFacts(
            code=content.code,
            name=content.name,
            planned_start=start,
            planned_end=content.planned_end,
            capacity=content.capacity,
            minimum=content.minimum,
            seats_taken=seats,
            modules_total=content.modules_total,
            modules_finished=finished,
        )
    )


def _code_violations(owner: Unit, year: int, code: str, own_id: int | None) -> list[Violation]:
    """True as long as the caller holds the row of the owner."""
    books = Q(owner=owner) | Q(founder=owner)
    others = ClassRun.objects.filter(~Q(pk=own_id or 0), books, year=year, code=nfc(code))
    return [Violation("code-taken", values={"code": nfc(code), "year": year})] if others.exists() else []


@transaction.atomic
def edit_class(*, class_run: ClassRun, revision: int, content: ClassContent, by: log.Actor | None) -> ClassRun:
    """Change the words and figures of a class.

    Raises RuleBroken (code-taken, capacity-below-learners, ends-before-opening, ...) and StaleState when somebody else
    saved the class meanwhile.
    """
    run = lock_row(class_run)
    owner = lock_row(run.owner)
    start, is_recoded = content.planned_start, nfc(content.code) != run.code
    refuse_if(
        [
            *_content_violations(content, start, seats=seats_taken(run), finished=run.modules_finished),
            *(_code_violations(run.founder or owner, run.year, content.code, run.pk) if is_recoded else []),
        ]
    )
    wanted = _columns(content)
    changed = {name: value for name, value in wanted.items() if getattr(run, name) != value}
    before = {name: getattr(run, name) for name in changed}
    key = _search_key(nfc(content.code), nfc(content.name), run.programme)
    edit(run, revision=revision, search_key=key, **changed)
    moved = {"moved_up": names} if (names := move_up(run)) else {}
    log.record("edit_class", run, by=by, before=before, after=changed | moved)
    return run


@transaction.atomic
def set_roles(*, class_run: ClassRun, revision: int, roles: Sequence[Role], by: log.Actor | None) -> ClassRun:
    """Say what units do in the class today and later, in place of what was said before; ended roles are history.

    Raises RuleBroken (role-twice, owner-as-host, roles-change-coming) and StaleState.
    """
    run, roles = lock_row(class_run), list(dict.fromkeys(roles))
    today = timezone.localdate()
    held = list(run.roles.on(today).select_related("unit"))
    coming = run.roles.filter(valid_from__gt=today).aggregate(day=Min("valid_from"))["day"]
    found = [Violation("roles-change-coming", values={"day": coming})] if coming else []
    refuse_if([*found, *rules.role_violations(run.owner_id, [(unit.pk, role) for unit, role in roles])])
    before = [f"{role.role}: {role.unit.name}" for role in held]
    edit(run, revision=revision)
    wanted = {(unit.pk, role): (unit, role) for unit, role in roles}
    kept = [one for one in held if (one.unit_id, one.role) in wanted]
    run.roles.on(today).exclude(pk__in=[one.pk for one in kept]).delete()
    for one in kept:
        del wanted[one.unit_id, one.role]
    _write_roles([run], list(wanted.values()))
    after = [f"{role}: {unit.name}" for unit, role in roles]
    log.record("set_roles", run, by=by, before={"roles": before}, after={"roles": after})
    return run
