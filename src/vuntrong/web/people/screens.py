"""What the page of a person shows on each of its tabs."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from vuntrong.accounts import policies
from vuntrong.registry.models import Person
from vuntrong.web.history.entries import entries_of
from vuntrong.web.people import showing, story
from vuntrong.web.people.sentences import TABLES
from vuntrong.web.privacy.access import SensitiveAccess

HISTORY = 50


def person_screen(request: HttpRequest, person: Person, access: SensitiveAccess) -> dict[str, Any]:
    """Return the page of a person on the tab asked for."""
    tab = request.GET.get("tab", "")
    may_change = policies.may_enter_people(request.user, person.unit_id)
    screen = {
        "person": person,
        "tab": tab,
        "tabs": showing.tabs_of(person, tab),
        "access": access,
        "may_change": may_change,
        "may_keep_privacy": policies.may_keep_privacy(request.user),
        "additions": _additions(person, is_open=access.is_open) if may_change else [],
        "work_facts": showing.work_facts(person),
        "facts": showing.person_facts(person),
        "sensitive_facts": showing.sensitive_facts(person) if access.is_open else [],
        "doubts": showing.doubts_of(person),
    }
    if tab == "record":
        return screen | {"sections": showing.sections_of(person, is_open=access.is_open, may_change=may_change)}
    if tab == "history":
        return screen | {"entries": entries_of(person, limit=HISTORY)}
    return screen | _story(request, person, is_open=access.is_open)


def _story(request: HttpRequest, person: Person, *, is_open: bool) -> dict[str, Any]:
    every = story.story_of(person, is_open=is_open)
    kind = request.GET.get("kind", "")
    chosen = [one for one in every if one.kind == kind] if kind in story.KINDS else every
    return {"years": story.by_year(chosen), "choices": story.kind_choices(every, kind if chosen is not every else "")}


def _additions(person: Person, *, is_open: bool) -> list[tuple[str, str, str]]:
    """Return (what, icon, address) of what can be added."""
    tables = [table for table in TABLES if is_open or table not in showing.SENSITIVE_TABLES]
    made = [(table, reverse("people:record-add", args=[person.pk, table])) for table in tables]
    return [(str(TABLES[table]), showing.GLYPHS[table], url) for table, url in made]
