"""People, units, programmes, search."""
