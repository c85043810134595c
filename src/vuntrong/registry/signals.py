"""What packages above may want to know when it has happened."""

from django.dispatch import Signal

request_moved = Signal()
"""Sent inside the transaction in which a request about personal data was answered, carried out or refused, with the
`request` in its new state and the actor `by`. Not sent where the record is anonymous afterwards.
"""
