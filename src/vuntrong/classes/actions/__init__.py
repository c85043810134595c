"""Changes to classes and learners."""
