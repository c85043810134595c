"""An invented province of any size: units with the changes of 2025, people with their records, years of classes.

The same size and seed make the same province on every engine. Nobody in it exists: personal IDs begin with numbers that
the State never gave to a province, telephone numbers with an unused prefix, mail addresses end in `.example`.
"""
