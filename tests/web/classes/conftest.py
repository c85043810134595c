"""A centre with its clerk of the day."""

import datetime as dt

import pytest
import time_machine

from tests.classes.builders import make_centre
from tests.factories import make_user_with
from vuntrong.accounts.enums import Role


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC), tick=True):
        yield


@pytest.fixture
def centre():
    return make_centre()


@pytest.fixture
def commune(centre):
    return centre.parent.children.get(kind="commune_committee")


@pytest.fixture
def staff(centre, client):
    user = make_user_with(Role.CENTRE_STAFF, centre)
    client.force_login(user)
    return user
