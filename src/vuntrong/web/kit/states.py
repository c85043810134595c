"""Which tone (ok, run, wait, bad, none) each state of each model has. Declared once by the web part of a domain."""

from collections.abc import Mapping

from django.db.models import Model

from vuntrong.web.kit.values import State

_TONES: dict[str, tuple[str, Mapping[str, str]]] = {}


def declare(model: type[Model], field: str, tones: Mapping[str, str]) -> None:
    """Say which field holds the state, and the tone of each value. Called when the domain's web part loads."""
    _TONES[model._meta.label] = (field, dict(tones))


def state_of(record: Model) -> State:
    """Return tone and word of a record's state. Raises LookupError when its model has no declared tones."""
    try:
        field, tones = _TONES[record._meta.label]
    except KeyError:
        raise LookupError(f"no tones declared for {record._meta.label}") from None
    label = getattr(record, f"get_{field}_display")()
    return State(tones.get(getattr(record, field), "none"), str(label))
