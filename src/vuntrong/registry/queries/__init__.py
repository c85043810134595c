"""Units as they were on a day, and who works in them."""

from vuntrong.registry.queries.people import people_found, people_in_use, people_with_keys
from vuntrong.registry.queries.succession import fold, heir_today, predecessors, successors
from vuntrong.registry.queries.units import (
    body_above,
    catchment_ids,
    catchment_root,
    in_hard_area,
    line_above,
    subtree_ids,
    subtree_with_past,
    version_on,
)

__all__ = [
    "body_above",
    "catchment_ids",
    "catchment_root",
    "fold",
    "heir_today",
    "in_hard_area",
    "line_above",
    "people_found",
    "people_in_use",
    "people_with_keys",
    "predecessors",
    "subtree_ids",
    "subtree_with_past",
    "successors",
    "version_on",
]
