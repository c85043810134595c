"""Values that commands take."""

import datetime as dt
from argparse import ArgumentTypeError


def day_argument(text: str) -> dt.date:
    """Read 2027-03-15 or 15/03/2027. Raises ArgumentTypeError with the remedy."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ArgumentTypeError(f"“{text}” is not a day; write YYYY-MM-DD")
