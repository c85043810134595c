"""Who may see and change needs and plans."""
