"""Progress of long jobs."""
