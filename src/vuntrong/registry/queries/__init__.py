"""Units as they were on a day, and who works in them."""

from vuntrong.registry.queries.people import people_found, people_in_use, people_with_keys
from vuntrong.registry.queries.succession import fold, predecessors, successors
from vuntrong.registry.queries.units import body_above, catchment_ids, catchment_root, subtree_ids, version_on

__all__ = [
    "body_above",
    "catchment_ids",
    "catchment_root",
    "fold",
    "people_found",
    "people_in_use",
    "people_with_keys",
    "predecessors",
    "subtree_ids",
    "successors",
    "version_on",
]
