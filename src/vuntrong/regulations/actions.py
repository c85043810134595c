"""Changes to rule rows: proposed by one person, decided by another, never overwritten."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from vuntrong.kernel import log
from vuntrong.kernel.errors import refuse_if
from vuntrong.kernel.text import search_key
from vuntrong.kernel.transitions import lock_row, move
from vuntrong.regulations import rules
from vuntrong.regulations.enums import RULE_MOVES, Confidence, RuleState
from vuntrong.regulations.models import LegalInstrument, RuleRow
from vuntrong.regulations.signals import rule_proposed


@dataclass(frozen=True)
class RuleWords:
    """What a rule row says."""

    topic: str
    code: str
    title: str
    values: Mapping[str, Any]
    instrument: LegalInstrument
    valid_from: dt.date
    valid_to: dt.date | None = None
    subject: str = ""
    mode: str = ""
    article: str = ""
    confidence: str = Confidence.UNVERIFIED
    source: str = ""
    transition: str = ""
    follows: RuleRow | None = field(default=None, compare=False)


@transaction.atomic
def propose_rule(*, words: RuleWords, is_readable: bool = True, by: log.Actor | None) -> RuleRow:
    """Enter a row that waits for a second person; nothing acts on it yet.

    `is_readable` is what the package that reads the values says of them. Raises RuleBroken.
    """
    followed = words.follows.valid_from if words.follows else None
    refuse_if(rules.proposal_violations(rules.ProposalFacts(words.valid_from, words.valid_to, followed, is_readable)))
    said = {name: getattr(words, name) for name in words.__dataclass_fields__}
    key = search_key(f"{words.title} {words.subject} {words.instrument.number}")
    row = RuleRow.objects.create(**said, search_key=key, proposed_by_id=by.pk if by else None)
    log.record("propose_rule", row, by=by, after={"code": row.code, "valid_from": row.valid_from})
    rule_proposed.send(RuleRow, row=row, by=by)
    return row


@transaction.atomic
def approve_rule(*, row: RuleRow, note: str = "", by: log.Actor | None) -> RuleRow:
    """Let a proposed row act; the row that it follows ends the day before, unless a transition clause keeps it.

    Raises RuleBroken for the proposer, StaleState when somebody else decided meanwhile.
    """
    _decide(row, RuleState.APPROVED, "approve_rule", note, by)
    old = row.follows
    if old is not None and not old.transition and (old.valid_to is None or old.valid_to >= row.valid_from):
        RuleRow.objects.filter(pk=old.pk).update(valid_to=row.valid_from - dt.timedelta(days=1))
    return row


@transaction.atomic
def reject_rule(*, row: RuleRow, note: str, by: log.Actor | None) -> RuleRow:
    """Refuse a proposed row with a reason. Raises RuleBroken for the proposer, StaleState after another decision."""
    _decide(row, RuleState.REJECTED, "reject_rule", note, by)
    return row


def _decide(row: RuleRow, state: RuleState, action: str, note: str, by: log.Actor | None) -> None:
    key = by.pk if by else None
    refuse_if(rules.decision_violations(rules.DecisionFacts(row.proposed_by_id, key)))
    lock_row(row)
    move(row, state, table=RULE_MOVES, decided_by_id=key, decided_at=timezone.now(), decision_note=note)
    log.record(action, row, by=by, after={"code": row.code, "state": state, "note": note})
