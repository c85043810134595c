"""Who can sign in to the demonstration: made only where VUNTRONG_DEMO=1, for the password is public."""

import datetime as dt

from django.conf import settings

from vuntrong.accounts.actions import create_user, grant_role
from vuntrong.accounts.models import User
from vuntrong.ops.demo import privacy
from vuntrong.ops.demo.files import read
from vuntrong.ops.demo.shelf import Shelf

GRANTED_ON = dt.date(2020, 1, 1)
"""Before everything that the demonstration shows."""


def strangers() -> list[str]:
    """Return the user names in the database that are not the demonstration's own."""
    article = read("users")
    ours = [article["superuser"]["username"], *(row["username"] for row in article["users"])]
    return list(User.objects.exclude(username__in=ours).order_by("username").values_list("username", flat=True))


def load() -> str:
    """Enter the accounts and their roles; returns what was entered."""
    article, shelf, password = read("users"), Shelf(), settings.DEMO_PASSWORD
    chief = article["superuser"]
    create_user(username=chief["username"], full_name=chief["name"], password=password, is_superuser=True, by=None)
    for row in article["users"]:
        user = create_user(username=row["username"], full_name=row["name"], password=password, by=None)
        grant_role(user=user, role=row["role"], unit=shelf.units[row["unit"]], valid_from=GRANTED_ON, by=None)
    privacy.load()
    return f"{len(article['users']) + 1} accounts"
