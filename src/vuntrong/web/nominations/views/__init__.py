"""Views, one module for each desk."""
