"""Instruments and rule rows that every house starts with; offices add rows on pages, none is ever overwritten.

The rows are in `data/`. What nobody has read in a text is marked unverified there and shown so wherever it acts.
"""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from vuntrong.kernel.text import search_key

DATA = Path(__file__).resolve().parent / "data"
DAYS = {"issued_on", "valid_from", "valid_to"}


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def load(apps: Any) -> None:
    """Insert the instruments and rules that are missing; 6 queries.

    `apps` is the registry of a migration, or django.apps.apps. A rule counts as present when a row of its code, subject
    and mode begins on the same day.
    """
    papers = _load_instruments(apps.get_model("regulations", "LegalInstrument"))
    rules = apps.get_model("regulations", "RuleRow")
    present = set(rules.objects.values_list("code", "subject", "mode", "valid_from"))
    missing = [_rule(rules, row, papers) for row in _rows("rules")]
    rules.objects.bulk_create([row for row in missing if _key(row) not in present])


def _load_instruments(model: Any) -> dict[str, Any]:
    """Insert what is missing; returns all by number, the newest of a number last."""
    rows = _rows("instruments")
    known = set(model.objects.values_list("number", "issued_on"))
    plain = [{name: value for name, value in row.items() if name != "replaces"} for row in rows]
    made = [model(**_dated(row)) for row in plain]
    new = [one for one in made if (one.number, one.issued_on) not in known]
    model.objects.bulk_create(new)
    by_number = {one.number: one for one in model.objects.order_by("issued_on")}
    fresh = {one.number for one in new}
    replacing = [row for row in rows if row["replaces"] and row["number"] in fresh]
    for row in replacing:
        by_number[row["number"]].replaces = by_number[row["replaces"]]
    model.objects.bulk_update([by_number[row["number"]] for row in replacing], ["replaces"])
    return by_number


def _rule(model: Any, row: dict[str, Any], papers: dict[str, Any]) -> Any:
    return model(**_dated({**row, "instrument": papers[row["instrument"]], "state": "approved"}))


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    days = {name: dt.date.fromisoformat(row[name]) for name in DAYS & row.keys() if row[name]}
    return {**row, **days}


def _key(row: Any) -> tuple[Any, ...]:
    return (row.code, row.subject, row.mode, row.valid_from)


def fill_search_keys(apps: Any) -> None:
    """Let every instrument and rule be found by the words of its title. 4 queries."""
    papers, rules = (apps.get_model("regulations", name) for name in ("LegalInstrument", "RuleRow"))
    found = list(papers.objects.filter(search_key=""))
    for paper in found:
        paper.search_key = search_key(f"{paper.kind} {paper.number} {paper.issuer} {paper.subject}")[:800]
    papers.objects.bulk_update(found, ["search_key"], batch_size=200)
    rows = list(rules.objects.filter(search_key="").select_related("instrument"))
    for row in rows:
        row.search_key = search_key(f"{row.title} {row.subject} {row.instrument.number}")[:500]
    rules.objects.bulk_update(rows, ["search_key"], batch_size=200)
