"""What other apps may want to know before it happens."""

from django.dispatch import Signal

figures_touched = Signal()
"""Sent before learners of a held class leave the figures, with `class_run` and the day `on` from which it holds.

A receiver answers with a list of violations that a person must read and accept, for example that a report over that day
was submitted; an empty list means that nothing is touched.
"""
