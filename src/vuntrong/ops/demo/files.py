"""The data that the package carries."""

import json
from importlib.resources import files
from typing import Any


def read(name: str) -> dict[str, Any]:
    """Return `data/<name>.json`."""
    text = files(__package__).joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
