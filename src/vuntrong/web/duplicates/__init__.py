"""Records that may be one human being: the list, side by side, merging and undoing."""
