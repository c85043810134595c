"""When an e-mail that did not leave is tried again."""

import datetime as dt

RETRY_AFTER = (
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=15),
    dt.timedelta(minutes=40),
    dt.timedelta(hours=2),
    dt.timedelta(hours=5),
    dt.timedelta(hours=12),
    dt.timedelta(days=1),
)
"""Waiting time after the first, the second ... failed attempt; together almost two days."""
MOST_ATTEMPTS = len(RETRY_AFTER) + 1
PERMANENT = range(500, 600)
"""Answers of a mail server that will be the same tomorrow. Source: RFC 5321, section 4.2.1."""


def retry_after(attempts: int) -> dt.timedelta | None:
    """Return how long to wait after so many attempts; null when the e-mail is given up."""
    return RETRY_AFTER[attempts - 1] if attempts < MOST_ATTEMPTS else None


def is_permanent(codes: list[int]) -> bool:
    """Say whether a server refused the address for good: every answer says so."""
    return bool(codes) and all(code in PERMANENT for code in codes)
