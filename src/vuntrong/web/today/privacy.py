"""Requests about personal data that wait for the office."""

import datetime as dt

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from vuntrong.accounts.enums import PRIVACY_OFFICE
from vuntrong.accounts.policies import requests_visible_to
from vuntrong.accounts.queries import roles_of
from vuntrong.registry.enums import OPEN_REQUESTS, RequestState
from vuntrong.registry.queries.privacy import with_due
from vuntrong.web.kit.values import Card
from vuntrong.web.today.things import Task, Work

SHOWN = 50


def data_requests(request: HttpRequest, today: dt.date, _year: int) -> Work:
    """Requests to answer or to carry out, and the day that binds. 1 query besides the scope, none for other roles."""
    if not roles_of(request.user) & PRIVACY_OFFICE:
        return Work()
    visible = with_due(requests_visible_to(request.user)).filter(state__in=OPEN_REQUESTS)
    waiting = list(
        visible.exclude(person=request.user.person_id).select_related("person__unit").order_by("due")[:SHOWN]
    )
    tasks = [
        Task(
            _("Answer: %(request)s") % {"request": one.get_kind_display()}
            if one.state == RequestState.RECEIVED
            else _("Carry out: %(request)s") % {"request": one.get_kind_display()},
            f"{one.person.full_name} · {one.person.unit.short_name}",
            reverse("privacy:request", args=[one.pk]),
            _("See the request"),
            due=one.due,
        )
        for one in waiting
    ]
    if not tasks:
        return Work()
    tone = "bad" if tasks[0].days_left(today) < 0 else "wait"
    what = _("Terms of the law on personal data")
    card = Card(len(tasks), _("Requests about personal data"), what, reverse("privacy:requests"), "shield-lock", tone)
    return Work([card], tasks)
