"""Needs surveys: asking, answering, consolidating."""
