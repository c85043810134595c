"""What actions and values are called. Each part of `web` may name its own in its module `sentences`:

ACTIONS: the action's name -> what it is called. FIELDS: the value's name -> what it is called.
CHOICES: the value's name -> the choices whose labels stand for its codes.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

WEB = Path(__file__).resolve().parents[1]


def _gathered(table: str) -> dict[str, Any]:
    """Return the entries of all parts."""
    known: dict[str, Any] = {}
    for path in sorted(WEB.glob("*/sentences.py")):
        known |= getattr(import_module(f"vuntrong.web.{path.parent.name}.sentences"), table, {})
    return known


ACTIONS = _gathered("ACTIONS")
FIELDS = _gathered("FIELDS")
CHOICES = _gathered("CHOICES")


def words_for(action: str) -> str:
    """Return what an action is called, in the person's language; one without a name is still told."""
    return str(ACTIONS[action]) if action in ACTIONS else _("Changed the record")


def label_of(name: str) -> str:
    """Return what a value is called; one without a name keeps its code."""
    return str(FIELDS.get(name, name))


def shown(name: str, value: Any) -> Any:
    """Return the label of a coded value, any other value unchanged."""
    return str(dict(CHOICES[name].choices).get(value, value)) if name in CHOICES else value
