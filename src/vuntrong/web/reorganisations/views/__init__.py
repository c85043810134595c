"""Views of re-organisations."""
