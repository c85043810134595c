"""The wizard of re-organisations, and the page of one that was confirmed."""
