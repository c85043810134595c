"""What the columns of a person repeat of her records. Days are ISO texts; partial dates may be cut short."""

from collections.abc import Iterable
from typing import NamedTuple

from vuntrong.registry.enums import PartyStatus


class HeldPosting(NamedTuple):
    """What decides which posting a person's columns repeat; unknown days are empty."""

    unit_id: int
    post_id: int | None
    post_text: str
    is_main: bool
    valid_from: str
    valid_to: str
    id: int = 0


def main_posting(postings: Iterable[HeldPosting], day: str) -> HeldPosting | None:
    """Return the main posting of a day: of those held the one marked main that began last.

    Of two that began alike the later in the list counts. Where none is held that day, the one that ended last, else the
    one that begins first: a person always belongs to some unit. None without postings.
    """
    known = list(postings)
    held = [one for one in known if one.valid_from <= day and (not one.valid_to or one.valid_to >= day)]
    if held:
        return max(reversed(held), key=lambda one: (one.is_main, one.valid_from))
    if ended := [one for one in known if one.valid_to and one.valid_to < day]:
        return max(reversed(ended), key=lambda one: (one.valid_to, one.is_main))
    return min(known, key=lambda one: one.valid_from, default=None)


class PartyDates(NamedTuple):
    """The dates of one membership; unknown ones are empty."""

    probationary_on: str
    full_on: str
    ended_on: str


def party_status(memberships: Iterable[PartyDates], day: str) -> str:
    """Return the standing in the Party on a day (PartyStatus); empty when nothing is known.

    A membership without any date is a full one: lists often say no more than that somebody is a member.
    """
    known = [one for one in memberships if not one.probationary_on or has_come(one.probationary_on, day)]
    if not known:
        return ""
    going_on = [one for one in known if not (one.ended_on and has_come(one.ended_on, day))]
    if not going_on:
        return str(PartyStatus.NONE)
    full = [one for one in going_on if (one.full_on and has_come(one.full_on, day)) or not any(one)]
    return str(PartyStatus.FULL if full else PartyStatus.PROBATIONARY)


def has_come(date: str, day: str) -> bool:
    """Say whether a date known in part may have come by the day."""
    return date <= day[: len(date)]
