"""How workbooks are understood: pure functions over columns of values."""
