"""Print the rules in force on a day."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from vuntrong.ops.arguments import day_argument
from vuntrong.regulations.enums import RuleTopic
from vuntrong.regulations.models import RuleRow
from vuntrong.regulations.queries import rules_on


class Command(BaseCommand):
    help = "Print the rules in force on a day, with the instruments that they stand on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=day_argument, help="the day, YYYY-MM-DD; today by default")
        parser.add_argument("--topic", choices=RuleTopic.values, default="")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *_args: Any, **options: Any) -> None:
        day = options["on"] or timezone.localdate()
        rows = list(rules_on(day, options["topic"]))
        if options["format"] == "json":
            answer = {"on": day.isoformat(), "rules": [_plain(row) for row in rows]}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
            return
        for row in rows:
            self.stdout.write(_line(row))


def _plain(row: RuleRow) -> dict[str, Any]:
    paper = row.instrument
    return {
        "id": row.pk,
        "topic": row.topic,
        "code": row.code,
        "title": row.title,
        "subject": row.subject,
        "mode": row.mode,
        "values": row.values,
        "instrument": {
            "number": paper.number,
            "kind": paper.kind,
            "issuer": paper.issuer,
            "issued_on": paper.issued_on.isoformat(),
        },
        "article": row.article,
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to.isoformat() if row.valid_to else None,
        "transition": row.transition,
        "confidence": row.confidence,
        "source": row.source,
    }


def _line(row: RuleRow) -> str:
    end = f"{row.valid_to:%d/%m/%Y}" if row.valid_to else "…"
    subject = " ".join(word for word in (row.subject, row.mode) if word)
    words = [
        f"{row.valid_from:%d/%m/%Y} - {end}",
        row.title,
        subject,
        row.instrument.number,
        str(row.get_confidence_display()),
    ]
    return " | ".join(word for word in words if word)
