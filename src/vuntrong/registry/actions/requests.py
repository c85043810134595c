"""The desk of requests about one's own data: entered, answered, extended, carried out, refused."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from vuntrong.kernel import log
from vuntrong.kernel.errors import refuse_if
from vuntrong.kernel.text import nfc
from vuntrong.kernel.transitions import edit, move
from vuntrong.registry.actions.sealing import anonymise_person, restrict_person
from vuntrong.registry.enums import OPEN_REQUESTS, REQUEST_MOVES, RequestEffect, RequestKind, RequestState
from vuntrong.registry.models import DataRequest, Person
from vuntrong.registry.queries.privacy import latest_extension, request_clocks
from vuntrong.registry.rules import requests as rules
from vuntrong.registry.signals import request_moved


@transaction.atomic
def enter_request(
    *,
    person: Person,
    kind: str,
    text: str,
    received_on: dt.date,
    has_processor: bool = False,
    by: log.Actor | None,
) -> DataRequest:
    """Enter what a person asks about her own data; the days by which she must hear follow from the terms of that day.

    Raises RuleBroken.
    """
    same = DataRequest.objects.filter(person=person, kind=kind, state__in=OPEN_REQUESTS)
    refuse_if(
        rules.new_request_violations(
            rules.NewRequestFacts(
                received_on=received_on,
                today=timezone.localdate(),
                text=text.strip(),
                is_anonymous=person.anonymised_on is not None,
                has_same_open=same.exists(),
            )
        )
    )
    days = request_clocks(kind, received_on, has_processor=has_processor)
    request = DataRequest.objects.create(
        person=person,
        kind=kind,
        text=text.strip(),
        received_on=received_on,
        answer_by=days.answer_by,
        carry_out_by=days.carry_out_by,
        has_processor=has_processor,
        made_by_id=by.pk if by else None,
    )
    log.record("enter_request", request, by=by, label=_label(request), after={"request": kind})
    return request


@transaction.atomic
def answer_request(*, request: DataRequest, answer: str, by: log.Actor | None) -> DataRequest:
    """Tell the person what will be done. Raises RuleBroken, StaleState when somebody else answered first."""
    refuse_if(rules.answer_violations(answer.strip()))
    move(
        request,
        RequestState.ANSWERED,
        table=REQUEST_MOVES,
        answer=answer.strip(),
        answered_on=timezone.localdate(),
        revision=request.revision + 1,
    )
    log.record("answer_request", request, by=by, label=_label(request))
    request_moved.send(DataRequest, request=request, by=by)
    return request


@transaction.atomic
def extend_request(
    *, request: DataRequest, until: dt.date, reason: str, revision: int, by: log.Actor | None
) -> DataRequest:
    """Extend the term once. Raises RuleBroken, StaleState when somebody else changed the request meanwhile."""
    refuse_if(
        rules.extension_violations(
            rules.ExtensionFacts(
                carry_out_by=request.carry_out_by,
                extended_to=request.extended_to,
                wanted=until,
                latest=latest_extension(request.received_on, request.carry_out_by),
                reason=reason.strip(),
            )
        )
    )
    edit(request, revision=revision, extended_to=until, extension_reason=nfc(reason)[:300])
    log.record("extend_request", request, by=by, label=_label(request), after={"until": until})
    return request


@transaction.atomic
def carry_out_request(
    *, request: DataRequest, outcome: str, effect: str = RequestEffect.NONE, by: log.Actor | None
) -> DataRequest:
    """Close a request that was answered: say what was done, and do to the record what `effect` says.

    A wish to be deleted ends with a restricted or an anonymous record, because records belong to an archive.
    Raises RuleBroken, IllegalTransition before an answer, StaleState when somebody else was faster.
    """
    outcome = outcome.strip()
    refuse_if([*rules.answer_violations(outcome), *rules.effect_violations(request.kind, effect)])
    closing = {"closed_on": timezone.localdate(), "revision": request.revision + 1}
    move(request, RequestState.DONE, table=REQUEST_MOVES, outcome=outcome, **closing)
    log.record("carry_out_request", request, by=by, label=_label(request), after={"effect": effect})
    if effect == RequestEffect.RESTRICT:
        restrict_person(person=request.person, reason=outcome[:300], by=by)
    if effect == RequestEffect.ANONYMISE:
        anonymise_person(person=request.person, reason=outcome[:300], by=by)
        request.refresh_from_db()
    else:
        request_moved.send(DataRequest, request=request, by=by)
    return request


@transaction.atomic
def refuse_request(*, request: DataRequest, reason: str, by: log.Actor | None) -> DataRequest:
    """Refuse a request and say why. Raises RuleBroken, StaleState when somebody else was faster."""
    refuse_if(rules.answer_violations(reason.strip()))
    today = timezone.localdate()
    move(
        request,
        RequestState.REFUSED,
        table=REQUEST_MOVES,
        answer=reason.strip(),
        answered_on=request.answered_on or today,
        closed_on=today,
        revision=request.revision + 1,
    )
    log.record("refuse_request", request, by=by, label=_label(request))
    request_moved.send(DataRequest, request=request, by=by)
    return request


def _label(request: DataRequest) -> str:
    """Name the request without naming the person: these rows stay when the record is made anonymous."""
    return f"{RequestKind(request.kind).value} {request.received_on:%d/%m/%Y}"
