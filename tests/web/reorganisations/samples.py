"""Rows of the grid as a browser sends them."""

import dataclasses

from vuntrong.registry.rules.event_rows import EventRow

EVENT_FIELDS = tuple(field.name for field in dataclasses.fields(EventRow))


def grid(*rows: dict[str, str]) -> dict[str, list[str]]:
    """Return the fields of the grid, an empty row below."""
    return {name: [row.get(name, "") for row in (*rows, {})] for name in EVENT_FIELDS}
