"""Management commands. They parse, call an action, print."""
