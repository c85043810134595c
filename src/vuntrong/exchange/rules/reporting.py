"""What a check found, cut to what a page can show and JSON can keep."""

from collections import Counter
from typing import Any, Protocol

from vuntrong.exchange.enums import RowKind
from vuntrong.exchange.rules.differences import Changes
from vuntrong.exchange.rules.identity import Identities
from vuntrong.exchange.rules.reading import Columns, Problem
from vuntrong.exchange.rules.typed import TypedPeople

MOST_ROWS = 300
"""Rows of each kind that the preview keeps."""
MOST_PROBLEMS = 3_000


class Checked(Protocol):
    """What a check gives."""

    columns: Columns
    typed: TypedPeople
    found: Identities
    changes: Changes
    left: Changes

    @property
    def problems(self) -> list[Problem]: ...

    def kinds(self) -> list[str]: ...


def report_of(check: Checked) -> dict[str, Any]:
    """Return the report: rows of each kind, problems, how often each stands, fields that differ, units to match."""
    problems = sorted(check.problems, key=lambda one: (not one.remark.is_error, one.row))
    units: Counter[str] = Counter(text for text in check.typed.said["unit_text"] if text)
    numbers = check.columns.numbers
    return {
        "sheet": check.columns.sheet,
        "mapping": dict(check.columns.mapping),
        "notes": dict(check.columns.notes),
        "headers": dict(check.columns.headers),
        "letters": dict(check.columns.letters),
        "rows": _rows(check, {problem.row for problem in problems[:MOST_PROBLEMS]}),
        "problems": [_plain(problem) for problem in problems[:MOST_PROBLEMS]],
        "codes": [[*key, count] for key, count in Counter(_kind(problem) for problem in problems).most_common()],
        "fields": _fields(check.changes),
        "left": _fields(check.left),
        "units": units.most_common(200),
        "choices": {str(numbers[at]): people for at, people in check.found.choices.items()},
    }


def _kind(problem: Problem) -> tuple[str, str, bool]:
    return problem.column, problem.remark.code, problem.remark.is_error


def _plain(problem: Problem) -> list[Any]:
    remark = problem.remark
    return [problem.row, problem.column, remark.code, dict(remark.values), remark.is_error]


def _fields(changes: Changes) -> dict[str, int]:
    """Return how many people differ in each field."""
    return dict(Counter(key for fields in changes.values() for key in fields))


def _rows(check: Checked, troubled: set[int]) -> list[dict[str, Any]]:
    """Return the first rows of each kind, those with problems before others of their kind."""
    kinds, numbers = check.kinds(), check.columns.numbers
    order = sorted(range(len(numbers)), key=lambda at: (numbers[at] not in troubled, at))
    left = {kind.value: MOST_ROWS for kind in RowKind}
    taken = []
    for at in order:
        if left[kinds[at]]:
            left[kinds[at]] -= 1
            taken.append(at)
    return [_row(check, at, kinds[at]) for at in sorted(taken)]


def _row(check: Checked, at: int, kind: str) -> dict[str, Any]:
    said = check.typed.said
    return {
        "number": check.columns.numbers[at],
        "kind": str(kind),
        "person": check.found.people[at],
        "name": said["full_name"][at],
        "born": said["born_on"][at],
        "unit": said["unit"][at],
        "unit_said": said["unit_said"][at],
        "post": said["post_text"][at],
        "id": said["personal_id"][at] or said["old_personal_id"][at],
        "changes": {key: list(change) for key, change in check.changes.get(at, {}).items()},
    }
