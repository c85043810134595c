"""Issued papers: the list, one paper, number runs, and how a unit writes."""
