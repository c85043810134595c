"""Signed decisions enter the product."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from vuntrong.documents.models import StoredFile
from vuntrong.kernel import log
from vuntrong.kernel.errors import refuse_if
from vuntrong.kernel.text import nfc
from vuntrong.kernel.transitions import lock_row
from vuntrong.planning.models import Decision
from vuntrong.planning.queries.decisions import known_decisions
from vuntrong.planning.rules.decisions import DecisionFacts, decision_violations, tidy_number
from vuntrong.registry.models import Unit


@transaction.atomic
def record_decision(
    *,
    kind: str,
    number: str,
    issued_on: dt.date,
    issuer: Unit,
    issuer_text: str,
    signer_name: str,
    signer_post: str = "",
    subject: str = "",
    scan: StoredFile | None = None,
    by: log.Actor | None,
) -> Decision:
    """Enter a signed decision into its issuer's book.

    Raises RuleBroken with everything that is wrong; a number is used once by an issuer in a year.
    """
    decision = enter_decision(
        kind=kind,
        number=number,
        issued_on=issued_on,
        issuer=issuer,
        issuer_text=issuer_text,
        signer_name=signer_name,
        signer_post=signer_post,
        subject=subject,
        scan=scan,
    )
    log.record("record_decision", decision, by=by, after={"number": decision.number, "issued_on": issued_on})
    return decision


def enter_decision(
    *,
    kind: str,
    number: str,
    issued_on: dt.date,
    issuer: Unit,
    issuer_text: str,
    signer_name: str,
    signer_post: str,
    subject: str,
    scan: StoredFile | None,
) -> Decision:
    """Write the row of a decision for an action that logs it with its own deed; asks for the caller's transaction.

    Holds the issuer, so that of two clerks with the same number one is refused.
    """
    book = lock_row(issuer)
    number = tidy_number(number)
    facts = DecisionFacts(number, issued_on, issuer_text, signer_name, timezone.localdate())
    refuse_if(decision_violations(facts, known_decisions(book, issued_on.year)))
    return Decision.objects.create(
        kind=kind,
        number=number,
        issued_on=issued_on,
        issuer=book,
        issuer_text=nfc(issuer_text),
        signer_name=nfc(signer_name),
        signer_post=nfc(signer_post),
        subject=nfc(subject),
        scan=scan,
    )
