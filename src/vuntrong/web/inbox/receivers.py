"""Who is told when something happens in packages that know no users: requests about data, proposed rules."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.formats import date_format

from vuntrong.accounts import letters
from vuntrong.accounts.actions import tell
from vuntrong.accounts.queries import deciders
from vuntrong.kernel.log import Actor
from vuntrong.registry.enums import RequestKind, RequestState
from vuntrong.registry.models import DataRequest
from vuntrong.registry.signals import request_moved
from vuntrong.regulations.models import RuleRow
from vuntrong.regulations.signals import rule_proposed

LETTERS = {
    RequestState.ANSWERED: letters.REQUEST_ANSWERED,
    RequestState.DONE: letters.REQUEST_CLOSED,
    RequestState.REFUSED: letters.REQUEST_REFUSED,
}


@receiver(request_moved)
def tell_who_asked(request: DataRequest, by: Actor | None, **_extra: Any) -> None:
    """Tell the person that her request has an answer; what it says she reads on the page."""
    tell(
        letter=LETTERS[RequestState(request.state)],
        words={
            "day": date_format(request.received_on, "SHORT_DATE_FORMAT"),
            "request": RequestKind(request.kind).label,
        },
        url=reverse("privacy:request", args=[request.pk]),
        about=request,
        people=[request.person],
        by=by,
    )


@receiver(rule_proposed)
def tell_who_decides(row: RuleRow, by: Actor | None, **_extra: Any) -> None:
    """Tell everybody who may decide, except the proposer."""
    tell(
        letter=letters.RULE_PROPOSED,
        words={"rule": row.title, "day": date_format(row.valid_from, "SHORT_DATE_FORMAT")},
        url=reverse("regulations:rule", args=[row.pk]),
        about=row,
        users=deciders().exclude(pk=by.pk if by else None),
        by=by,
    )
