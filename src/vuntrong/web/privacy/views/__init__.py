"""Pages of the privacy desk."""
