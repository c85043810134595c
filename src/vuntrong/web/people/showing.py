"""Values that the page of a person shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from vuntrong.registry.models import Person
from vuntrong.registry.rules import check_email, check_old_id, check_personal_id, check_phone
from vuntrong.web.kit.values import Fact, State, Tab
from vuntrong.web.people.sentences import TABLES, warned
from vuntrong.web.people.words import joined, level_label, period, place_of, post_of, shown_date

SENSITIVE_TABLES = ("party_memberships", "gradings")
SENSITIVE_FIELDS = (
    "registry.Person.ethnicity",
    "registry.Person.religion",
    "registry.Person.party_status",
    "registry.PartyMembership.probationary_on",
    "registry.PartyMembership.full_on",
    "registry.PartyMembership.ended_on",
    "registry.PartyMembership.card_number",
    "registry.PartyMembership.cell",
    "registry.YearlyGrading.year",
    "registry.YearlyGrading.grade",
    "registry.YearlyGrading.decision",
)
"""What the page shows of the fields that rules.privacy calls sensitive."""
GLYPHS = {
    "postings": "building", "former_names": "user", "planned_posts": "flag", "party_memberships": "star",
    "qualifications": "certificate", "gradings": "chart-bar", "awards": "rosette-discount-check",
    "lecturer_profiles": "school",
}  # fmt: skip


def tabs_of(person: Person, current: str) -> list[Tab]:
    """Return the tabs of a person: the story, the record to change, the history."""
    url = reverse("registry:person", args=[person.pk])
    tabs = [("", _("Time line")), ("record", _("Cadre record")), ("history", _("History"))]
    return [Tab(label, f"{url}?tab={tab}" if tab else url, is_current=tab == current) for tab, label in tabs]


def work_facts(person: Person) -> list[Fact]:
    """Return where the person works and what the levels are."""
    facts = [
        Fact(_("Unit"), person.unit.name, reverse("registry:unit", args=[person.unit.slug])),
        Fact(_("Post"), person.post_text or (person.post.name if person.post else "")),
        Fact(_("Decided by"), person.post.get_managing_level_display() if person.post else ""),
        Fact(_("Highest degree"), person.get_degree_display()),
        Fact(_("Political theory"), person.get_political_level_display()),
        Fact(_("General education"), person.general_education),
        Fact(_("Rank of the service"), person.civil_rank),
    ]
    return [*facts, Fact(_("Left the service on"), person.left_on)] if person.left_on else facts


def person_facts(person: Person) -> list[Fact]:
    """Return who the person is. 1 query."""
    others = joined(*(one.full_name for one in person.former_names.all()))
    facts = [
        Fact(_("Full name"), person.full_name),
        Fact(_("Sex"), person.get_sex_display() or _("Not stated")),
        Fact(_("Date of birth"), person.born_on or _("Not stated")),
        Fact(_("Place of origin"), person.origin),
        Fact(_("Residence"), person.residence),
        Fact(_("Telephone"), person.phone),
        Fact(_("E-mail"), person.email),
        Fact(_("Personal ID number"), person.personal_id),
        Fact(_("Number of the old identity card"), person.old_personal_id),
        Fact(_("Code of the cadre file"), person.profile_code),
    ]
    facts = facts[:1] + ([Fact(_("Other names"), others)] if others else []) + facts[1:]
    return [fact for fact in facts if fact.value]


def sensitive_facts(person: Person) -> list[Fact]:
    """Return the facts that are shown for a purpose. 1 query."""
    last = person.party_memberships.last()
    facts = [
        Fact(_("Ethnic group"), person.ethnicity.name if person.ethnicity else _("Not stated")),
        Fact(_("Religion"), person.religion.name if person.religion else _("Not stated")),
        Fact(_("Party"), person.get_party_status_display() or _("Not stated")),
    ]
    if last:
        dates = [Fact(_("Admitted on probation"), last.probationary_on), Fact(_("Full member since"), last.full_on)]
        facts += [*dates, Fact(_("Number of the Party card"), last.card_number), Fact(_("Party cell"), last.cell)]
    return [fact for fact in facts if fact.value]


def doubts_of(person: Person) -> list[str]:
    """Return what looks wrong in the numbers and addresses, to be looked at."""
    year = person.born_on.year if person.born_on else None
    checks = [
        (_("Personal ID number"), check_personal_id(person.personal_id, sex=person.sex, born_year=year)),
        (_("Number of the old identity card"), check_old_id(person.old_personal_id)),
        (_("Telephone"), check_phone(person.phone)),
        (_("E-mail"), check_email(person.email)),
    ]
    return [f"{label}: {sentence}" for label, checked in checks for sentence in warned(checked.warnings)]


@dataclass(frozen=True)
class RecordRow:
    """One row of a record as its tab shows it."""

    title: str
    detail: str
    shown: str
    url: str
    state: State | None = None


@dataclass(frozen=True)
class Section:
    """The rows of one table of a record; `add_url` is empty for somebody who may not change it."""

    table: str
    label: str
    icon: str
    rows: Sequence[RecordRow]
    add_url: str


def sections_of(person: Person, *, is_open: bool, may_change: bool) -> list[Section]:
    """Return the record, table by table. 1 query for each of the 8 tables, 6 without what is sensitive."""
    tables = [table for table in TABLES if is_open or table not in SENSITIVE_TABLES]
    return [_section(person, table, may_change=may_change) for table in tables]


def _section(person: Person, table: str, *, may_change: bool) -> Section:
    rows = [_row(person, table, row, may_change=may_change) for row in _rows(person, table)]
    add = reverse("people:record-add", args=[person.pk, table]) if may_change else ""
    return Section(table, str(TABLES[table]), GLYPHS[table], rows, add)


def _rows(person: Person, table: str) -> QuerySet[Any]:
    joins = {"postings": ["unit", "post"], "planned_posts": ["unit", "post"], "lecturer_profiles": ["unit"]}
    begun, issued = F("valid_from").desc(nulls_last=True), F("issued_on").desc(nulls_last=True)
    newest = {"postings": [begun, "-id"], "qualifications": ["kind", issued, "-id"]}
    rows = getattr(person, table).select_related(*joins.get(table, [None]))
    return rows.order_by(*newest[table]) if table in newest else rows


def _row(person: Person, table: str, row: Model, *, may_change: bool) -> RecordRow:
    url = reverse("people:record-change", args=[person.pk, table, row.pk]) if may_change else ""
    title, detail, shown = SAID[table](row)
    state = _paper_state(row) if table == "qualifications" else None
    return RecordRow(title, detail, shown, url, state)


def _paper_state(row: Any) -> State:
    if not row.verified_by:
        return State("none", _("Paper not seen yet"))
    return State("ok", _("Paper seen"))


SAID = {
    "postings": lambda row: (
        post_of(row) or place_of(row),
        joined(place_of(row), "" if row.is_main else _("besides the main post"), row.decision),
        period(row.valid_from, row.valid_to),
    ),
    "former_names": lambda row: (row.full_name, row.note, ""),
    "planned_posts": lambda row: (
        post_of(row),
        joined(row.unit.name if row.unit else "", row.decision),
        row.term or period(row.valid_from, row.valid_to),
    ),
    "party_memberships": lambda row: (
        joined(_("Admitted on probation") if row.probationary_on else "", row.probationary_on) or _("Party membership"),
        joined(row.cell, row.card_number),
        period(row.full_on, row.ended_on),
    ),
    "qualifications": lambda row: (
        joined(level_label(row.kind, row.level), row.field) or row.get_kind_display(),
        joined(row.get_kind_display(), row.institution, row.get_mode_display(), row.grade, row.number),
        shown_date(row.issued_on or row.studied_to),
    ),
    "gradings": lambda row: (row.get_grade_display(), row.decision, str(row.year)),
    "awards": lambda row: (row.title, joined(row.get_kind_display(), row.decision), shown_date(row.decided_on)),
    "lecturer_profiles": lambda row: (
        row.get_kind_display(),
        joined(row.unit.name, row.faculty, row.rank, row.subjects),
        period(row.valid_from, row.valid_to),
    ),
}
"""For each table: what a row is called, what else it says, and when."""
