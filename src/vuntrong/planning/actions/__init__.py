"""What changes needs, plans and decisions."""
