"""Views of units."""
