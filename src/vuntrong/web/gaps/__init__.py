"""Qualification gaps: who holds a post without its standard, what comes in five years, and the way into the survey."""
