"""Lists that every house starts with: posts, ethnic groups, religions. Offices change them on pages afterwards.

The rows are in `data/`, one JSON list for each table.
"""

import datetime as dt
import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"
DAYS = ("valid_from", "valid_to")
TABLES = {"Post": "posts.json", "Ethnicity": "ethnicities.json", "Religion": "religions.json"}


def rows_of(table: str) -> list[dict[str, Any]]:
    """Return the rows that a table starts with, as values of its columns."""
    rows: list[dict[str, Any]] = json.loads((DATA / TABLES[table]).read_text(encoding="utf-8"))
    return rows


def load(apps: Any) -> None:
    """Insert the rows that are missing; what somebody has changed since stays. 3 queries.

    `apps` is the registry of a migration, or django.apps.apps.
    """
    for table in TABLES:
        model = apps.get_model("registry", table)
        model.objects.bulk_create([model(**row) for row in rows_of(table)], ignore_conflicts=True)


def load_profiles(apps: Any) -> None:
    """Insert how units write that have no row of their own, as far as it is missing. 2 queries."""
    model = apps.get_model("registry", "DocumentProfile")
    rows = json.loads((DATA / "document_profiles.json").read_text(encoding="utf-8"))
    present = set(model.objects.filter(unit=None).values_list("style", "valid_from"))
    made = [model(**row | {name: row[name] and dt.date.fromisoformat(row[name]) for name in DAYS}) for row in rows]
    model.objects.bulk_create([row for row in made if (row.style, row.valid_from) not in present])
