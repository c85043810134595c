"""Speed of the product as ratios against a floor on the same engine, the same data and the same machine.

    .venv/bin/python -m benchmarks            on SQLite; with --postgres URL on PostgreSQL as well
    .venv/bin/python -m benchmarks --small    a tenth of the data, to try the benchmarks themselves

A ratio says how much our code costs above what any code must cost. Seconds are printed too, but they are of one
machine on one day.
"""
