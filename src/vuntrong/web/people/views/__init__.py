"""Pages of one person and of the catalogues."""
