"""What refusals and warnings about people say, and what changes of their records are called."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from vuntrong.kernel.errors import DomainError, RuleBroken, StaleState, Violation
from vuntrong.registry.enums import ManagingLevel, PartyStatus, Sex

VIOLATIONS = {
    "person-merged": _("This record was joined to another one. Open that record and change it there."),
    "person-anonymous": _("This record was made anonymous and cannot be changed any more."),
    "person-without-name": _("The name holds no letter. Write the full name."),
    "person-name-parts": _(
        "The name has %(count)s words, fewer than family name and given name together. Correct the numbers of words."
    ),
    "record-in-future": _("%(field)s lies in the future. Write the day again."),
    "record-reversed": _("%(last)s lies before “%(first)s”. Correct one of the two."),
    "record-without-post": _("No post is named. Choose one from the catalogue, or write it as the decision has it."),
    "party-by-dates": _("The standing in the Party follows from the dates in the cadre record. Correct those."),
    "party-without-dates": _("A Party member has dates. Enter them in the cadre record."),
    "party-still-member": _(
        "Another membership has no end yet. Write its end first, or correct that row instead of adding one."
    ),
    "level-missing": _("The level is missing. Choose one."),
    "level-of-another-kind": _("This level belongs to another kind of training. Choose the kind or the level again."),
    "qualification-empty": _("Neither a level nor a field is named. Fill in one of them."),
    "verified-in-part": _(
        "Who saw the paper, on which day and which paper it was belong together. Fill in all three, or none."
    ),
    "graded-already": _("%(year)s has a grading already. Correct that row instead of adding one."),
    "graded-year": _("%(year)s is not a year that can be graded. Write one from %(first)s to this year."),
    "name-known-already": _("“%(name)s” is already a name of this person."),
    "posting-last": _("This is the only posting of the person. Correct it, or add another one first."),
    "posting-out-of-reach": _(
        "The person would move to %(unit)s and leave your list. Ask the Organisation Board to enter the move."
        " A post held besides the main one you can enter yourself."
    ),
    "reason-missing": _("The reason is missing. Write why the record is corrected."),
    "catalogue-code-taken": _("The code “%(code)s” is already used. Choose another one."),
    "catalogue-word-taken": _("“%(word)s” already stands for “%(name)s”. Take it out of one of the two."),
    "photo-kind": _("The file is not a picture in JPEG or PNG form. Choose another file."),
    "photo-size": _("The picture has more than %(limit)s MB. Make it smaller first."),
    "photo-broken": _("The picture is damaged and cannot be read to its end. Choose another file."),
}
WARNINGS = {
    "id-not-digits": _("The number holds signs other than digits."),
    "id-lost-zero": _("A leading 0 seems to be lost. Is it %(repair)s?"),
    "id-length": _("The number has %(count)s digits, not 12."),
    "old-id-length": _("The number of the old card has %(count)s digits, not 9."),
    "id-area": _("The number begins with %(area)s, which is no code of a province (001-096)."),
    "id-sex": _("By its fourth digit the number belongs to a person of the other sex."),
    "id-year": _("By its digits the number belongs to somebody born in %(year)s."),
    "phone-lost-zero": _("A leading 0 seems to be lost. Is it %(repair)s?"),
    "phone-form": _("This does not look like a telephone number: 10 digits from 0."),
    "email-form": _("This does not look like an e-mail address: name@place.vn."),
}
ACTIONS = {
    "change_person": _("Changed the person's details"),
    "add_record": _("Added a row to the record"),
    "change_record": _("Corrected a row of the record"),
    "remove_record": _("Took a row out of the record"),
    "add_catalogue_row": _("Added to the catalogue"),
    "change_catalogue_row": _("Changed in the catalogue"),
}
TABLES = {
    "postings": _("Postings"),
    "former_names": _("Other names"),
    "planned_posts": _("Planned posts"),
    "party_memberships": _("Party membership"),
    "qualifications": _("Training and qualifications"),
    "gradings": _("Yearly grading"),
    "awards": _("Rewards and discipline"),
    "lecturer_profiles": _("Teaching"),
}
FIELDS = {
    "full_name": _("Full name"),
    "born_on": _("Date of birth"),
    "left_on": _("Left on"),
    "sex": _("Sex"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
    "record": _("Part of the record"),
    "valid_from": _("From the day"),
    "valid_to": _("To the day"),
    "probationary_on": _("Admitted on probation"),
    "full_on": _("Full member since"),
    "ended_on": _("Membership ended on"),
    "studied_from": _("Studied from"),
    "studied_to": _("Studied until"),
    "issued_on": _("Date of issue"),
    "verified_on": _("Seen on"),
    "decided_on": _("Day of the decision"),
    "ends_on": _("Has effect until"),
    "year": _("Year"),
    "level": _("Level"),
    "aliases": _("Other writings"),
    "managing_level": _("Decided by"),
    "rank": _("Order"),
}
CHOICES = {"sex": Sex, "managing_level": ManagingLevel, "party_status": PartyStatus}
STALE = _("Somebody else changed this record meanwhile. Open it again and repeat your change.")
_NAMES = frozenset({"field", "first", "last"})
"""Values of violations that name a field."""


def explain(refusal: DomainError) -> list[str]:
    """Return a sentence for each broken rule, or the one for a record that somebody else changed."""
    if isinstance(refusal, StaleState):
        return [str(STALE)]
    return [said(one) for one in refusal.violations] if isinstance(refusal, RuleBroken) else [str(refusal)]


def said(violation: Violation) -> str:
    """Return the sentence of a violation or a warning."""
    words = VIOLATIONS.get(violation.code) or WARNINGS[violation.code]
    return str(words) % {name: _shown(name, value) for name, value in violation.values.items()}


def warned(violations: Iterable[Violation]) -> list[str]:
    """Return the sentences of warnings."""
    return [said(one) for one in violations]


def _shown(name: str, value: Any) -> Any:
    if name in _NAMES:
        return str(FIELDS[value])
    return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, dt.date) else value
