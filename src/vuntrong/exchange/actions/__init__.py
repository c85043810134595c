"""Changes made by imports."""
