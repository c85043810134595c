"""Units as they were on a day, and who works in them."""

from vuntrong.registry.queries.people import people_with_keys
from vuntrong.registry.queries.units import catchment_ids, catchment_root, subtree_ids, version_on

__all__ = ["catchment_ids", "catchment_root", "people_with_keys", "subtree_ids", "version_on"]
