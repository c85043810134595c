"""Enter and update the people of a workbook."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vuntrong.documents.actions import store_file
from vuntrong.documents.columns import SheetMapping
from vuntrong.documents.inspection import WorkbookError
from vuntrong.documents.workbooks import open_workbook
from vuntrong.exchange.actions.imports import keep_check, start_import, write_import
from vuntrong.exchange.actions.people import Check, Reading, Wish, check_people, read_people
from vuntrong.exchange.queries import assumed_home
from vuntrong.exchange.rules.reading import Problem, Remark
from vuntrong.exchange.sentences import as_rows, explain_workbook
from vuntrong.kernel.errors import RuleBroken
from vuntrong.ops.naming import unit_named
from vuntrong.registry.models import Unit

DONE, WITH_ERRORS, UNREADABLE = 0, 1, 2
OWN = ("update", "zeros", "decisions")
"""Parts of a mapping file that say what the list may change, beside how it is read."""


class Command(BaseCommand):
    help = (
        "Enter and update the people of a workbook: all rows, or none when one has an error. "
        "Exit code 0: nothing is wrong; 1: rows have errors, nothing was written; 2: the file cannot be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=".xlsx, .xls, .ods or .csv")
        parser.add_argument("--sheet", default="", help="name of the sheet; the first that holds people")
        parser.add_argument("--mapping", type=Path, help="JSON: how the columns are read")
        parser.add_argument("--unit", help="code of the unit for people whose unit is not named or not known")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done and write nothing")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *_args: Any, **options: Any) -> None:
        self.is_json = options["format"] == "json"
        mapping = _mapping(options["mapping"])
        try:
            home, remarks = _home(options["unit"])
            code = self._import(home, remarks, mapping, options)
        except WorkbookError as error:
            self._say(_refused(error, options["sheet"]))
            code = UNREADABLE
        if code:
            sys.exit(code)

    def _import(self, home: Unit, remarks: list[Problem], mapping: dict[str, Any], options: dict[str, Any]) -> int:
        content = _content(options["file"])
        wish = _wish(home, {key: mapping.pop(key) for key in OWN if key in mapping})
        reading = _read(content, options["file"].name, {**mapping, "sheet": options["sheet"]}, wish)
        check = check_people(reading, wish)
        if not check.wrong_rows() and not options["dry_run"]:
            check = _written(content, options["file"].name, reading, wish, check)
        check.problems[:0] = remarks
        self._say(_answer(check))
        return WITH_ERRORS if check.wrong_rows() else DONE

    def _say(self, answer: Mapping[str, Any]) -> None:
        if self.is_json:
            print(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        for one in (*answer["errors"], *answer["warnings"]):
            print(f"{one['sheet']} {one['column']}{one['row']}: {one['message']} [{one['code']}]")
        print(", ".join(f"{name}: {answer[name]}" for name in ("rows", "created", "updated", "unchanged")))


def _mapping(path: Path | None) -> dict[str, Any]:
    """Read the mapping file. Raises CommandError where there is none."""
    if path is None:
        return {}
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"--mapping {path}: {error}") from None
    if not isinstance(found, dict):
        raise CommandError(f"--mapping {path}: not an object of JSON")
    return found


def _home(slug: str | None) -> tuple[Unit, list[Problem]]:
    """Return the unit of the import, and a warning when nobody named one. Raises WorkbookError no-unit."""
    if slug:
        return unit_named(slug), []
    home = assumed_home()
    if home is None:
        raise WorkbookError("no-unit", {})
    return home, [Problem(0, "unit", Remark("unit-assumed", {"unit": home.name}))]


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WorkbookError("no-file", {"name": str(path), "why": error.strerror or str(error)}) from None


def _wish(home: Unit, said: Mapping[str, Any]) -> Wish:
    update = said.get("update")
    decisions = {int(row): str(who) for row, who in said.get("decisions", {}).items()}
    return Wish(home, None if update is None else frozenset(update), bool(said.get("zeros")), decisions)


def _read(content: bytes, name: str, mapping: dict[str, Any], wish: Wish) -> Reading:
    return read_people(open_workbook(content, name), SheetMapping.from_plain(mapping), wish)


def _written(content: bytes, name: str, reading: Reading, wish: Wish, check: Check) -> Check:
    """Write the list; when somebody else's change in between has made it wrong, return what is wrong now."""
    file = store_file(content=content, name=name, content_type="", by=None)
    run = start_import(file=file, unit=wish.home, mapping={"sheet": reading.columns.sheet}, by=None)
    keep_check(run=run, check=check)
    try:
        return write_import(run=run, reading=reading, wish=wish, by=None, tell=lambda *_: None)
    except RuleBroken:
        return check_people(reading, wish)


def _answer(check: Check) -> dict[str, Any]:
    columns, wrong = check.columns, check.wrong_rows()
    counts = check.counts()
    errors = [problem for problem in check.problems if problem.remark.is_error]
    warnings = [problem for problem in check.problems if not problem.remark.is_error]
    return {
        "rows": counts["rows"],
        "created": 0 if wrong else counts["created"],
        "updated": 0 if wrong else counts["updated"],
        "unchanged": counts["unchanged"],
        "errors": as_rows(errors, columns.sheet, columns.letters),
        "warnings": as_rows(warnings, columns.sheet, columns.letters),
    }


def _refused(error: WorkbookError, sheet: str) -> dict[str, Any]:
    said = {"sheet": sheet, "row": 0, "column": "", "code": error.code, "message": explain_workbook(error)}
    return {"rows": 0, "created": 0, "updated": 0, "unchanged": 0, "errors": [said], "warnings": []}
