"""The data that the maker of provinces carries."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read(name: str) -> dict[str, Any]:
    """Return `data/<name>.json`; nobody changes what is returned."""
    text = files(__package__).joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
