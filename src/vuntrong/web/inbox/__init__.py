"""The inbox of everybody, what left by e-mail, and who wants what by e-mail."""
