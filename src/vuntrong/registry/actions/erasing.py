"""Taking personal data out of rows and out of the action log, field by field as the rules of privacy say."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.db.models import F, JSONField, Q, QuerySet
from django.db.models.functions import Substr

from vuntrong.documents.actions import discard_files
from vuntrong.kernel import log
from vuntrong.kernel.models import ActionLogEntry, ActionLogSubject
from vuntrong.kernel.text import search_key, sort_key
from vuntrong.registry.copies import COPIES, LogSubjects
from vuntrong.registry.enums import Erasure
from vuntrong.registry.models import (
    Award,
    DataRequest,
    FormerName,
    LecturerProfile,
    PartyMembership,
    Person,
    PersonMerge,
    PlannedPost,
    Posting,
    Qualification,
    SensitiveRead,
    YearlyGrading,
)
from vuntrong.registry.rules.privacy import FIELD_CLASSES, FieldRules

BLANK = "–"
"""What stands in a row of the log where a word was."""
SHORTEST_WORD = 3
PAIR_ACTIONS = ("merge_people", "undo_merge", "say_distinct", "take_back_distinct")
"""Actions whose row about one person names another."""
MASKED_KEYS: Mapping[str, Callable[[str], str]] = {"search_key": search_key, "sort_key": sort_key}
FORGOTTEN: Mapping[str, Any] = {"moved": {}, "dropped": [], "pairs": [], "name": None, "demoted": [], "fields": {}}
"""What is left of the way back from a merge: nothing, in the shape that it has."""
RECORDS = (
    Posting,
    PlannedPost,
    PartyMembership,
    Qualification,
    YearlyGrading,
    Award,
    LecturerProfile,
    SensitiveRead,
    DataRequest,
)


def masked_values(rules: FieldRules, mask: str, model: Any) -> dict[str, Any]:
    """Return what to write into the fields of `model`: the mask, nothing, or the year of the date."""
    return {
        name: _masked(model._meta.get_field(name), rule.erasure, mask)
        for name, rule in rules.items()
        if rule.erasure != Erasure.KEEP
    }


def _masked(field: Any, erasure: Erasure, mask: str) -> Any:
    if erasure == Erasure.YEAR:
        return Substr(F(field.name), 1, 4, output_field=field)
    if erasure == Erasure.MASK:
        return MASKED_KEYS.get(field.name, str)(mask)
    if field.null:
        return None
    return {} if isinstance(field, JSONField) else ""


def erase_people(people: Collection[int], mask: Callable[[int], str]) -> None:
    """Take personal data out of every row about these people, with their photographs and scans."""
    files = _files(people)
    FormerName.objects.filter(person_id__in=people).delete()
    for person_id in people:
        values = masked_values(FIELD_CLASSES["registry.Person"], mask(person_id), Person)
        Person.objects.filter(pk=person_id).update(**values)
        for rows, rules in _rows_about(person_id):
            if values := masked_values(rules, mask(person_id), rows.model):
                rows.update(**values)
        PersonMerge.objects.filter(Q(kept_id=person_id) | Q(gone_id=person_id)).update(undo=FORGOTTEN)
    discard_files(files)


def _rows_about(person_id: int) -> Iterable[tuple[QuerySet[Any], FieldRules]]:
    for model in RECORDS:
        yield model._default_manager.filter(person_id=person_id), FIELD_CLASSES[model._meta.label]
    for copies in COPIES.values():
        for rows in copies.rows([person_id]):
            yield rows, copies.field_classes[rows.model._meta.label]


def _files(people: Collection[int]) -> list[int]:
    photos = Person.objects.filter(pk__in=people, photo__isnull=False).values_list("photo_id", flat=True)
    scans = Qualification.objects.filter(person_id__in=people, scan__isnull=False).values_list("scan_id", flat=True)
    return [*photos, *scans]


def redact_log(people: Collection[int], words: Collection[str], *, by: log.Actor | None, reason: str) -> None:
    """Take these people out of the action log: their own rows lose every value, rows of others only their words."""
    own = _own_subjects(people)
    changed = [_blanked(entry, lambda _value: BLANK) for entry in _entries(own)]
    hide = _hider(words)
    others = [_entries(copies.log_subjects(people)) for copies in COPIES.values()]
    for entries in (_pair_entries(people), *others):
        found = [_blanked(entry, hide) for entry in entries]
        changed += [entry for entry in found if _names(entry, words)]
    told = list(ActionLogSubject.objects.filter(subject_id__in=people, entry__subject_type=Person._meta.label_lower))
    for row in told:
        row.changes = _through(row.changes, lambda _value: BLANK)
    log.redact([entry for entry, _before in changed], subjects=told, by=by, reason=reason)


def _own_subjects(people: Collection[int]) -> LogSubjects:
    keys: dict[str, Collection[int]] = {Person._meta.label_lower: people}
    for model in RECORDS:
        ids = model._default_manager.filter(person_id__in=people).values_list("pk", flat=True)
        keys[model._meta.label_lower] = list(ids)
    return keys


def _entries(subjects: LogSubjects) -> list[ActionLogEntry]:
    found = Q(pk__in=[])
    for kind, keys in subjects.items():
        if keys:
            found |= Q(subject_type=kind, subject_id__in=list(keys))
    return list(ActionLogEntry.objects.filter(found).order_by("id"))


def _pair_entries(people: Collection[int]) -> list[ActionLogEntry]:
    """Return the rows of the log about other people that name one of these as the second of a pair."""
    named = Q(after__other__in=people) | Q(after__gone__in=people) | Q(before__gone__in=people)
    rows = ActionLogEntry.objects.filter(named, subject_type=Person._meta.label_lower, action__in=PAIR_ACTIONS)
    return list(rows.exclude(subject_id__in=people).order_by("id"))


def _blanked(entry: ActionLogEntry, hide: Callable[[Any], Any]) -> tuple[ActionLogEntry, str]:
    """Replace the words of a row; returns it with what it said before."""
    before = f"{entry.subject_label}\n{entry.before}\n{entry.after}\n{entry.reason}"
    entry.subject_label = hide(entry.subject_label)
    entry.before, entry.after = _through(entry.before, hide), _through(entry.after, hide)
    entry.reason = hide(entry.reason) if entry.reason else ""
    return entry, before


def _names(changed: tuple[ActionLogEntry, str], words: Collection[str]) -> bool:
    return any(word in changed[1] for word in words)


def _through(value: Any, hide: Callable[[Any], Any]) -> Any:
    """Replace what stands inside a value, and keep its shape."""
    if isinstance(value, Mapping):
        return {key: _through(one, hide) for key, one in value.items()}
    if isinstance(value, list):
        return [_through(one, hide) for one in value]
    return value if value is None or value == "" or isinstance(value, bool) else hide(value)


def _hider(words: Collection[str]) -> Callable[[Any], Any]:
    """Return a function that takes the words out of a text, the longest first; a number stays."""
    ordered = sorted(words, key=len, reverse=True)

    def hide(value: Any) -> Any:
        if isinstance(value, str):
            for word in ordered:
                value = value.replace(word, BLANK)
        return value

    return hide


def without(words: Collection[str], text: str) -> str:
    """Return a text without the words of a person."""
    return str(_hider(words)(text))


def words_of(people: Iterable[Person]) -> set[str]:
    """Return what identifies these people wherever it stands: names, numbers, addresses. 2 queries at most."""
    keys = [person.pk for person in people]
    found = set(FormerName.objects.filter(person_id__in=keys).values_list("full_name", flat=True))
    for person in people:
        found |= {person.full_name, person.personal_id, person.old_personal_id, person.phone, person.email}
        found |= {person.profile_code}
    return {word for word in found if len(word) >= SHORTEST_WORD}
