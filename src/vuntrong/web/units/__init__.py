"""Pages of units: list, tree, one unit, single events; and the warnings about units that ended."""
