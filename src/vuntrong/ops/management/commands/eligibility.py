"""Who may attend a programme: people from a file, or everybody in the registry."""

import datetime as dt
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vuntrong.ops.arguments import day_argument
from vuntrong.programmes.enums import Mode
from vuntrong.programmes.queries import rule_sets_on, rules_for
from vuntrong.programmes.queries.sweep import sweep
from vuntrong.programmes.rules.facts import BadFact, row_of
from vuntrong.programmes.rules.truths import Row
from vuntrong.programmes.rules.verdicts import Reason, RuleSet, Verdict, verdict_on, with_full_time
from vuntrong.programmes.sentences import sentences
from vuntrong.registry.models import Person

MODES = {"tap-trung": Mode.FULL_TIME, "khong-tap-trung": Mode.PART_TIME, "truc-tuyen": Mode.ONLINE}
Record = dict[str, Any]


class Command(BaseCommand):
    help = "Print one JSON line for each person: the verdict on a programme with every reason and its instrument."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--programme", required=True, help="code of the programme: trung-cap-llct")
        parser.add_argument("--mode", default="tap-trung", choices=[*MODES, *Mode.values])
        parser.add_argument("--on", type=day_argument, required=True, help="the reference day, YYYY-MM-DD")
        parser.add_argument(
            "--people", help="file with one JSON object a line, - for standard input; without it the whole registry"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        mode = MODES.get(options["mode"], options["mode"])
        sets = rule_sets_on(options["on"])
        rules = rules_for(sets, options["programme"], mode)
        full_time = [] if mode == Mode.FULL_TIME else rules_for(sets, options["programme"], Mode.FULL_TIME)
        if not rules and options["programme"] not in {subject for subject, _mode in sets}:
            known = ", ".join(sorted({subject for subject, _mode in sets}))
            self.stderr.write(
                f"{options['programme']}: no rule in force on {options['on']}; programmes with rules: {known}"
            )
        judge = _Judge(rules, full_time, options["on"])
        answers = judge.file(options["people"]) if options["people"] else judge.registry(options["programme"], mode)
        for answer in answers:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))


@dataclass(frozen=True)
class _Judge:
    rules: list[RuleSet]
    full_time: list[RuleSet]
    day: dt.date

    def file(self, name: str) -> Iterator[dict[str, Any]]:
        """Judge the people of a file. Raises CommandError naming line and field."""
        for person in _people(name):
            try:
                row = row_of(person)
            except BadFact as error:
                where = f"{person['_file']}, line {person['_line']}, {error.field}"
                raise CommandError(f"{where}: “{error.value}” is not a value of this field", returncode=2) from None
            yield self.answer(person.get("id"), row)

    def registry(self, programme: str, mode: str) -> Iterator[dict[str, Any]]:
        """Judge everybody in the registry."""
        people = Person.objects.filter(merged_into=None)
        swept = sweep(people, {(programme, mode): [*self.rules, *self.full_time]}, [(programme, mode)], self.day)
        for key, row in swept.rows():
            yield self.answer(key, row)

    def answer(self, key: Any, row: Row) -> dict[str, Any]:
        """Return the verdict on one person as plain data."""
        verdict = with_full_time(verdict_on(self.rules, row, self.day), self.full_time, row, self.day)
        return {"id": key, **plain_verdict(verdict)}


def _people(name: str) -> Iterator[Record]:
    """Read the file line by line. Raises CommandError naming the line."""
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{name}: {error}", returncode=2) from None
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield {**_object(name, number, line), "_line": number, "_file": name}


def _object(name: str, number: int, line: str) -> Record:
    try:
        person = json.loads(line)
    except json.JSONDecodeError as error:
        raise CommandError(
            f"{name}, line {number}, column {error.colno}: not JSON ({error.msg})", returncode=2
        ) from None
    if not isinstance(person, dict):
        raise CommandError(f"{name}, line {number}: a JSON object is expected", returncode=2)
    return person


def plain_verdict(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as plain data with sentences."""
    from_day = verdict.holds_from
    return {
        "verdict": verdict.answer,
        "reasons": [_reason(one, said) for one, said in zip(verdict.reasons, sentences(verdict), strict=True)],
        "rules": [{"id": rule.row_id, "code": rule.code, "instrument": rule.instrument} for rule in verdict.rules],
        "full_time_instead": verdict.fits_full_time,
        "holds_from": from_day.isoformat() if from_day else None,
    }


def _reason(reason: Reason, said: str) -> dict[str, Any]:
    rule = reason.rule
    return {
        "code": reason.code,
        "condition": reason.condition,
        "fields": list(reason.fields),
        "waiver": reason.waiver,
        "rule": rule.code if rule else None,
        "instrument": rule.instrument if rule else None,
        "confidence": reason.confidence,
        "message": said,
    }
