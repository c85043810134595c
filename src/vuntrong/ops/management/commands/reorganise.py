"""Re-organise units after a workbook or a JSON file, or take a re-organisation back."""

import datetime as dt
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from vuntrong.documents.inspection import WorkbookError
from vuntrong.documents.sheets import to_xlsx
from vuntrong.documents.workbooks import open_workbook
from vuntrong.exchange.sentences import explain_workbook
from vuntrong.kernel.errors import DomainError, RuleBroken, Violation
from vuntrong.ops.naming import unit_named
from vuntrong.registry.actions.reorganise import confirm_reorganisation, draft_reorganisation, undo_reorganisation
from vuntrong.registry.event_sheets import EventSheet, event_template, event_words, read_event_sheet, unit_kind_words
from vuntrong.registry.models import Reorganisation, Unit
from vuntrong.registry.queries.reorganisation import Preview, known_units, preview_of
from vuntrong.registry.queries.resting import frozen_preview
from vuntrong.registry.refusals import COLUMNS, at_cell, explained
from vuntrong.registry.rules.event_rows import read_rows
from vuntrong.registry.rules.events import Event, from_plain

DONE, REFUSED, UNREADABLE = 0, 1, 2
Answer = dict[str, Any]


@dataclass(frozen=True)
class Order:
    """What a file orders, and where it stands."""

    title: str
    on: dt.date
    instrument_text: str
    unit: Unit
    events: tuple[Event, ...]
    sheet: EventSheet | None = None
    sheet_name: str = ""
    errors: tuple[Answer, ...] = ()


class Command(BaseCommand):
    help = (
        "Re-organise units after a workbook or a JSON file: all events, or none when one is refused. "
        "Exit code 0: nothing is wrong; 1: refused, nothing was written; 2: the file cannot be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help=".xlsx, .xls, .ods, .csv, or .json")
        parser.add_argument("--template", type=Path, metavar="FILE", help="write the workbook to fill, and stop")
        parser.add_argument("--undo", type=int, metavar="ID", help="take back a confirmed re-organisation whole")
        parser.add_argument("--sheet", default="", help="name of the sheet; the first")
        parser.add_argument("--unit", help="code of the unit below which it happens")
        parser.add_argument("--on", type=dt.date.fromisoformat, help="first day of the new units, yyyy-mm-dd")
        parser.add_argument("--instrument", default="", help="the paper that orders it, as it is cited")
        parser.add_argument("--title", default="", help="what it is called; the name of the file")
        parser.add_argument("--dry-run", action="store_true", help="say what would be touched and write nothing")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *_args: Any, **options: Any) -> None:
        self.is_json = options["format"] == "json"
        if options["template"]:
            _write_template(options["template"])
            return
        if options["undo"] is None and options["file"] is None:
            raise CommandError("name the file with the events, or --undo ID, or --template FILE")
        try:
            code = self._undo(options["undo"]) if options["undo"] is not None else self._reorganise(options)
        except WorkbookError as error:
            self._say({"errors": [_error(explain_workbook(error), error.code, sheet=options["sheet"])]})
            code = UNREADABLE
        if code:
            sys.exit(code)

    def _undo(self, key: int) -> int:
        found = Reorganisation.objects.filter(pk=key).first()
        if found is None:
            raise CommandError(f"no re-organisation has the number {key}")
        try:
            undo_reorganisation(reorganisation=found, by=None)
        except RuleBroken as refusal:
            self._say({"id": key, "state": found.state, "errors": _errors(refusal.violations, None, "")})
            return REFUSED
        except DomainError:
            raise CommandError(f"re-organisation {key} is {found.state}: only a confirmed one can be undone") from None
        self._say({"id": key, "state": "undone", "errors": []})
        return DONE

    def _reorganise(self, options: dict[str, Any]) -> int:
        order = _order(options)
        seen = preview_of(order.events, order.on, order.unit)
        errors = [*order.errors, *_errors(seen.violations, order.sheet, order.sheet_name)]
        answer: Answer = {"id": None, "state": None, "takes_effect_on": order.on.isoformat(), **_shown(seen)}
        if not errors and not options["dry_run"]:
            done, errors = _confirmed(order)
            if done:
                answer |= {"id": done.pk, "state": str(done.state)}
        self._say({**answer, "errors": errors})
        return REFUSED if errors else DONE

    def _say(self, answer: Answer) -> None:
        if self.is_json:
            print(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        for one in answer.get("units", ()):
            print(f"{one['kind']}: {one['before'] or '–'} -> {one['after'] or '–'}")
        for group in answer.get("groups", ()):
            print(f"{group['label']}: {group['count']}")
        for one in answer["errors"]:
            print(f"{one['sheet']} {one['column']}{one['row'] or ''}: {one['message']} [{one['code']}]".strip())
        if answer.get("id"):
            print(f"re-organisation {answer['id']}: {answer['state']}")


def _write_template(path: Path) -> None:
    units = Unit.objects.filter(is_alive=True).order_by("sort_key").values_list("slug", "name")
    path.write_bytes(to_xlsx(event_template(list(units))))
    print(path)


def _order(options: dict[str, Any]) -> Order:
    """Read the file; what it does not say, the options say. Raises WorkbookError and CommandError."""
    path: Path = options["file"]
    try:
        content = path.read_bytes()
    except OSError as error:
        raise WorkbookError("no-file", {"name": str(path), "why": error.strerror or str(error)}) from None
    if path.suffix.lower() == ".json":
        return _json_order(content, options)
    book = open_workbook(content, path.name)
    name = options["sheet"] or book.sheets[0]
    sheet = read_event_sheet(book, name)
    found = read_rows(sheet.rows, known_units(), kinds=event_words(), unit_kinds=unit_kind_words())
    errors = tuple(
        _error(at_cell(one), one.code, sheet=name, row=one.row, column=_letter(sheet, one.column))
        for one in found.problems
    )
    return Order(**_head({}, options), events=found.events, sheet=sheet, sheet_name=name, errors=errors)


def _json_order(content: bytes, options: dict[str, Any]) -> Order:
    try:
        said = json.loads(content)
        events = from_plain(said["events"])
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError(f"{options['file']}: {error!r}; see --template for what an event says") from None
    return Order(**_head(said, options), events=events)


def _head(said: Mapping[str, Any], options: dict[str, Any]) -> dict[str, Any]:
    day = options["on"] or said.get("takes_effect_on")
    unit = options["unit"] or said.get("unit")
    if not day or not unit:
        raise CommandError("say --unit CODE and --on yyyy-mm-dd")
    try:
        on = day if isinstance(day, dt.date) else dt.date.fromisoformat(day)
    except ValueError:
        raise CommandError(f"takes_effect_on {day}: write yyyy-mm-dd") from None
    return {
        "title": options["title"] or said.get("title") or options["file"].stem,
        "on": on,
        "instrument_text": options["instrument"] or said.get("instrument_text", ""),
        "unit": unit_named(unit),
    }


def _confirmed(order: Order) -> tuple[Reorganisation | None, list[Answer]]:
    """Draft and confirm at once; where somebody else's change in between forbids it, return why."""
    try:
        with transaction.atomic():
            draft = draft_reorganisation(
                title=order.title,
                takes_effect_on=order.on,
                instrument_text=order.instrument_text,
                unit=order.unit,
                events=order.events,
                by=None,
            )
            return confirm_reorganisation(reorganisation=draft, by=None), []
    except RuleBroken as refusal:
        return None, _errors(refusal.violations, order.sheet, order.sheet_name)


def _shown(seen: Preview) -> Answer:
    """Return what is touched; each group with its rows, so that every number can be checked."""
    frozen = frozen_preview(seen)
    named = ("id", "label", "detail")
    groups = [
        {**group, "rows": [dict(zip(named, row, strict=True)) for row in group["rows"]]} for group in frozen["groups"]
    ]
    return {"units": frozen["units"], "groups": groups}


def _errors(violations: Iterable[Violation], sheet: EventSheet | None, name: str) -> list[Answer]:
    return [
        _error(
            explained(one),
            one.code,
            sheet=name,
            row=_number(one.values.get("row", "")),
            column=_letter(sheet, COLUMNS.get(one.code, "")),
        )
        for one in violations
    ]


def _letter(sheet: EventSheet | None, column: str) -> str:
    found = sheet.columns.get(column) if sheet else None
    return found.letter if found else ""


def _number(row: object) -> int | None:
    return int(str(row)) if str(row).isdigit() else None


def _error(message: str, code: str, *, sheet: str = "", row: int | None = None, column: str = "") -> Answer:
    return {"sheet": sheet, "row": row, "column": column, "code": code, "message": message}
