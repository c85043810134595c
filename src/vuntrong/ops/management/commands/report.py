"""Print the half-year or annual report of a unit."""

import datetime as dt
import difflib
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vuntrong.documents.docx import to_docx
from vuntrong.documents.pdf import FontsMissing, fitted, to_pdf
from vuntrong.documents.sheets import to_xlsx
from vuntrong.registry.models import Unit
from vuntrong.reports.documents.paper import report_paper
from vuntrong.reports.documents.plain import report_plain
from vuntrong.reports.documents.workbook import report_workbook
from vuntrong.reports.enums import Reading, ReportKind
from vuntrong.reports.queries.figures import figures_of, reading_scope, report_of, turns_last_year
from vuntrong.reports.queries.folding import senders
from vuntrong.reports.queries.rows import report_rows
from vuntrong.reports.queries.scopes import Scope
from vuntrong.reports.rules.periods import ReportPeriod, period_violations

KINDS = {"half-year": ReportKind.HALF_YEAR, "annual": ReportKind.ANNUAL, "period": ReportKind.OTHER}
FORMATS = ("json", "xlsx", "docx", "pdf")
WHY = {
    "period-reversed": "the last day lies before the first",
    "period-out-of-range": "the years must lie from 1950 to 2200",
    "period-not-half-year": "a half-year report begins on 1 January or 1 July and ends inside that half-year; "
    "use `report period` for other days",
    "period-not-year": "an annual report begins on 1 January and ends in the same year; "
    "use `report period` for other days",
}


class Command(BaseCommand):
    help = "Print the report of a unit and everything below it: figures as JSON, or the paper or workbook into a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(KINDS), help="half-year, annual, or period for any other days")
        parser.add_argument("--unit", required=True, help="code of the unit, for example tuyen-hoa")
        parser.add_argument("--from", dest="start", help="first day, yyyy-mm-dd")
        parser.add_argument("--to", dest="end", help="last day, yyyy-mm-dd")
        parser.add_argument("--year", type=int, help="of the annual report, instead of --from and --to")
        parser.add_argument("--format", choices=FORMATS, default="json")
        parser.add_argument(
            "--folded", action="store_true", help="units that changed since stand as those of today; totals stay"
        )
        parser.add_argument("--by-sender", action="store_true", help="add the sending units to the figures as JSON")
        parser.add_argument("--output", type=Path, help="file to write; needed for xlsx, docx and pdf")

    def handle(self, *_args: Any, **options: Any) -> None:
        form, output = options["format"], options["output"]
        if form != "json" and output is None:
            raise CommandError(f"--format {form} needs --output FILE")
        reading = Reading.TODAY if options["folded"] else Reading.THEN
        scope = reading_scope(_unit(options["unit"]), _period(options), reading)
        if form == "json":
            shown = {"with_senders": options["by_sender"] or options["folded"]}
            plain = json.dumps(_plain(scope, **shown), ensure_ascii=False, indent=2)
            _write(output, f"{plain}\n".encode()) if output else print(plain)
            return
        _write(output, _file(scope, form))


def _plain(scope: Scope, *, with_senders: bool) -> dict[str, Any]:
    report = report_of(scope)
    sent = senders(scope, [one.id for one in report.classes]) if with_senders else None
    return report_plain(scope.unit.slug, report, senders=sent, reading=scope.reading)


def _day(text: str) -> dt.date:
    """Read a day as the operator writes it. Raises CommandError with the remedy."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text!r} is not a day in the calendar; write yyyy-mm-dd, for example 2022-06-30") from None


def _unit(slug: str) -> Unit:
    found = Unit.objects.select_related("parent").filter(slug=slug).first()
    if found:
        return found
    near = difflib.get_close_matches(
        slug, Unit.objects.order_by("slug").values_list("slug", flat=True), n=5, cutoff=0.5
    )
    raise CommandError(f"no unit has the code {slug!r}" + (f"; near it: {', '.join(near)}" if near else ""))


def _period(options: dict[str, Any]) -> ReportPeriod:
    kind, start, end, year = KINDS[options["kind"]], options["start"], options["end"], options["year"]
    if year is not None and (kind != ReportKind.ANNUAL or start or end):
        raise CommandError("--year belongs to `report annual` and stands instead of --from and --to")
    if year is not None:
        start, end = f"{year:04d}-01-01", f"{year:04d}-12-31"
    if start is None or end is None:
        raise CommandError("--from and --to are needed, both as yyyy-mm-dd")
    period = ReportPeriod(kind, _day(start), _day(end))
    for violation in period_violations(kind, period.start, period.end):
        raise CommandError(f"from {period.start} to {period.end}: {WHY[violation.code]}")
    return period


def _file(scope: Scope, form: str) -> bytes:
    report = figures_of(scope)
    if form == "xlsx":
        sent = senders(scope, [one.facts.id for one in report.classes])
        rows = report_rows(scope).iterator(chunk_size=5000)
        return to_xlsx(report_workbook(report, rows, senders=sent, reading=scope.reading))
    last_year = turns_last_year(scope.unit, scope.period, scope.reading)
    printed = report_paper(scope.unit, report, last_year, reading=scope.reading)
    try:
        layout = fitted(printed.paper, printed.layout)
        return to_pdf(printed.paper, layout) if form == "pdf" else to_docx(printed.paper, layout)
    except FontsMissing as missing:
        raise CommandError(str(missing)) from missing


def _write(output: Path, content: bytes) -> None:
    try:
        output.write_bytes(content)
    except OSError as error:
        raise CommandError(f"{output}: {error.strerror or error}") from None
    print(f"{output}: {len(content)} bytes")
