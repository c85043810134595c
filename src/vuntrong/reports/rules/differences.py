"""What moved between a submitted report and today, why, and how the one becomes the other."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from vuntrong.reports.enums import Change

CLASS_ADDED = "class_added"
CLASS_REMOVED = "class_removed"
LIKELY: Mapping[str, frozenset[str]] = {
    CLASS_ADDED: frozenset({"start_class", "create_unplanned_class", "edit_class"}),
    CLASS_REMOVED: frozenset({"cancel_class", "edit_class"}),
    Change.ADDED: frozenset(
        {"enrol", "enrol_new_person", "enrol_from_needs", "enrol_people", "enrol_from_workbook", "reinstate"}
    ),
    Change.REMOVED: frozenset({"mark_departed"}),
    Change.CHANGED: frozenset({"record_results", "edit_person", "join_people", "edit_class"}),
}
"""Actions that can have caused each change; an entry of another action is taken only where none of these fits."""


@dataclass(frozen=True)
class Row:
    """What a row says of one turn."""

    enrolment_id: int
    person_id: int
    person_name: str
    sex: str
    result: str
    class_id: int
    class_code: str
    class_name: str
    programme_id: int


@dataclass(frozen=True)
class RowChange:
    """A row that is not what was submitted; `before` is absent for an added row, `after` for a removed one."""

    before: Row | None
    after: Row | None

    @property
    def kind(self) -> str:
        """Added, removed or changed."""
        if self.before is None:
            return Change.ADDED
        return Change.REMOVED if self.after is None else Change.CHANGED

    @property
    def row(self) -> Row:
        """The newest words about the turn."""
        found = self.after or self.before
        assert found  # noqa: S101 - a change has at least one side
        return found


@dataclass(frozen=True)
class LogFact:
    """One entry of the action log made after the submission. `subject` is (kind of record, key)."""

    id: int
    at: dt.datetime
    day: dt.date
    actor: str
    action: str
    subject: tuple[str, int]
    names: frozenset[str] = frozenset()
    """The people that the entry names; empty where it names none."""
    reason: str = ""


@dataclass(frozen=True)
class ClassChange:
    """A class that is counted now and was not, or the other way round."""

    class_id: int
    code: str
    name: str
    is_added: bool


@dataclass(frozen=True)
class Cause:
    """What somebody did on one day, and the rows and classes that it moved; no entry where the log explains nothing."""

    entry: LogFact | None
    kind: str
    """A kind of change, or class_added, class_removed."""
    class_code: str
    class_name: str
    rows: tuple[RowChange, ...] = ()
    classes: tuple[ClassChange, ...] = ()


@dataclass(frozen=True)
class Step:
    """One line of the reckoning: what a cause adds to each of the three figures; the figures after it."""

    cause: Cause
    classes: int
    learners: int
    turns: int


@dataclass(frozen=True)
class Reckoning:
    """Submitted figures, a step for each cause, figures of today."""

    start: tuple[int, int, int]
    """Classes, learners, turns."""
    steps: tuple[Step, ...]
    end: tuple[int, int, int]


@dataclass
class _Group:
    entry: LogFact | None
    kind: str
    code: str
    name: str
    rows: list[RowChange] = field(default_factory=list)
    classes: list[ClassChange] = field(default_factory=list)


def causes(rows: Iterable[RowChange], classes: Sequence[ClassChange], entries: Sequence[LogFact]) -> tuple[Cause, ...]:
    """Group the changes by what caused them: one action of one person on one class and day. In order of time."""
    moved = {one.class_id: CLASS_ADDED if one.is_added else CLASS_REMOVED for one in classes}
    by_subject: dict[tuple[str, int], list[LogFact]] = {}
    for entry in entries:
        by_subject.setdefault(entry.subject, []).append(entry)
    groups: dict[object, _Group] = {}
    for one in classes:
        cause = cause_of_class(moved[one.class_id], by_subject.get(("class", one.class_id), []))
        _group(groups, cause, moved[one.class_id], (one.class_id, one.code, one.name)).classes.append(one)
    for row in rows:
        _join(groups, row, moved, by_subject)
    found = [
        Cause(one.entry, one.kind, one.code, one.name, tuple(one.rows), tuple(one.classes)) for one in groups.values()
    ]
    return tuple(sorted(found, key=lambda cause: cause.entry.id if cause.entry else 0))


def _join(
    groups: dict[object, _Group],
    change: RowChange,
    moved: Mapping[int, str],
    by_subject: Mapping[tuple[str, int], list[LogFact]],
) -> None:
    row = change.row
    kind = moved.get(row.class_id, change.kind)
    about_class = by_subject.get(("class", row.class_id), [])
    if row.class_id in moved:
        entry = cause_of_class(kind, about_class)
    else:
        person = {row.person_id} | ({change.before.person_id} if change.before else set())
        about = [one for key in person for one in by_subject.get(("person", key), [])]
        about += by_subject.get(("enrolment", row.enrolment_id), [])
        entry = cause_of_row(change, [*about, *about_class])
    _group(groups, entry, kind, (row.class_id, row.class_code, row.class_name)).rows.append(change)


def _group(groups: dict[object, _Group], entry: LogFact | None, kind: str, of: tuple[int, str, str]) -> _Group:
    key = (kind, of[0], entry and (entry.action, entry.actor, entry.day))
    return groups.setdefault(key, _Group(entry, kind, of[1], of[2]))


def cause_of_class(kind: str, entries: Sequence[LogFact]) -> LogFact | None:
    """Return the entry that made a class counted, or not: the last likely one, else the first of all."""
    likely = [one for one in entries if one.action in LIKELY[kind]]
    return likely[-1] if likely else next(iter(entries), None)


def cause_of_row(change: RowChange, entries: Iterable[LogFact]) -> LogFact | None:
    """Return the newest entry that fits the change; an entry that names people fits only those it names."""
    names = {one.person_name for one in (change.before, change.after) if one}
    fitting = sorted((one for one in entries if not one.names or one.names & names), key=lambda one: one.id)
    likely = [one for one in fitting if one.action in LIKELY[change.kind]]
    return (likely or fitting)[-1] if fitting else None


def reckon(start: tuple[int, int, int], people: Mapping[int, int], found: Iterable[Cause]) -> Reckoning:
    """Return how the submitted figures (classes, learners, turns) become those of today, cause by cause.

    `people` says how many submitted turns each person had: somebody who has another turn stays a learner.
    """
    turns_of = Counter(people)
    steps = tuple(_step(cause, turns_of) for cause in found)
    sums = [sum(values) for values in zip(*((one.classes, one.learners, one.turns) for one in steps), strict=True)]
    classes, learners, turns = sums or (0, 0, 0)
    return Reckoning(start, steps, (start[0] + classes, start[1] + learners, start[2] + turns))


def _step(cause: Cause, turns_of: Counter[int]) -> Step:
    turns = learners = 0
    for change in cause.rows:
        if change.before:
            turns_of[change.before.person_id] -= 1
            turns, learners = turns - 1, learners - (turns_of[change.before.person_id] == 0)
        if change.after:
            turns_of[change.after.person_id] += 1
            turns, learners = turns + 1, learners + (turns_of[change.after.person_id] == 1)
    return Step(cause, sum(1 if one.is_added else -1 for one in cause.classes), learners, turns)


def class_changes(
    before: Mapping[int, tuple[str, str]], after: Mapping[int, tuple[str, str]]
) -> tuple[ClassChange, ...]:
    """Return the classes that came or went; both map the class id to (code, name)."""

    def side(ids: Collection[int], of: Mapping[int, tuple[str, str]], *, is_added: bool) -> list[ClassChange]:
        return [ClassChange(key, *of[key], is_added=is_added) for key in sorted(ids)]

    gone, new = before.keys() - after.keys(), after.keys() - before.keys()
    return (*side(gone, before, is_added=False), *side(new, after, is_added=True))
