"""What packages above may want to know when it has happened."""

from django.dispatch import Signal

rule_proposed = Signal()
"""Sent inside the transaction in which somebody proposed a rule row, with `row` and the actor `by`."""
