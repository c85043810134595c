"""What the figures of a report are, how they are checked, and when they may be frozen. Pure."""
