"""Signing in, sessions and second factor."""
