"""Half-year and annual reports, submissions and their differences."""
