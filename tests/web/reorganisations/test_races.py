"""Two clerks press the same button at once. Real threads on real transactions, on whatever engine the suite runs."""

import pytest
from django.test import Client

from tests.classes.test_races import at_once
from tests.factories import make_user_with
from tests.registry.reorganisation_cases import commune, drafted, merge, province
from vuntrong.accounts.enums import Role
from vuntrong.kernel.log import first_broken
from vuntrong.kernel.models import ActionLogEntry, Job
from vuntrong.registry.models import Reorganisation, Unit, UnitEvent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft() -> Reorganisation:
    top, units = province("Xã A", "Xã B")
    return drafted(top, merge(units, "c", commune("Xã C", parent=top.slug)))


@pytest.fixture
def clerks(draft) -> list[Client]:
    found = [Client(), Client()]
    for one in found:
        one.force_login(make_user_with(Role.ORGANISATION_BOARD, draft.unit))
    return found


def both_press(clerks: list[Client], draft: Reorganisation, verb: str) -> list[str]:
    """Let both press the button; return how their jobs ended."""
    url, known = f"/registry/reorganisations/{draft.pk}/{verb}/", list(Job.objects.values_list("pk", flat=True))
    at_once(*[lambda clerk=clerk: clerk.post(url, {"revision": draft.revision}) for clerk in clerks])
    draft.refresh_from_db()
    return sorted(Job.objects.exclude(pk__in=known).values_list("state", flat=True))


def test_one_of_two_clerks_confirms(clerks, draft):
    ends = both_press(clerks, draft, "confirm")

    assert ends.count("done") == 1
    assert draft.state == "confirmed"
    assert (UnitEvent.objects.count(), Unit.objects.filter(slug="c").count()) == (1, 1)
    assert ActionLogEntry.objects.filter(action="confirm_reorganisation").count() == 1
    assert first_broken() is None


def test_one_of_two_clerks_takes_it_back(clerks, draft):
    clerks[0].post(f"/registry/reorganisations/{draft.pk}/confirm/", {"revision": draft.revision})
    draft.refresh_from_db()

    ends = both_press(clerks, draft, "undo")

    assert ends.count("done") == 1
    assert draft.state == "undone"
    assert not UnitEvent.objects.exists()
    assert ActionLogEntry.objects.filter(action="undo_reorganisation").count() == 1
    assert first_broken() is None
