"""Data handed over: the training block for the national database, and the training table of one person."""
