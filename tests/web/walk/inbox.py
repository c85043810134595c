"""One's own messages, what comes by e-mail, and what left."""

from typing import Any

from tests.factories import make_user
from tests.web.walk.guard import House, Page
from vuntrong.accounts import letters
from vuntrong.accounts.actions import tell
from vuntrong.accounts.enums import PLANNERS
from vuntrong.accounts.models import InboxEntry, OutgoingMail


def _told(house: House) -> Any:
    words = {"survey": "Khảo sát 2027", "closes": "20/12/2026"}
    return tell(letter=letters.SURVEY_REMINDER, words=words, url="/surveys/", users=[make_user()], by=None).message


def of_entry(house: House) -> dict[str, Any]:
    """Return a message of somebody else."""
    return {"entry_id": InboxEntry.objects.get(message=_told(house)).pk}


def of_mail(house: House) -> dict[str, Any]:
    """Return an e-mail to the commune's clerk."""
    mail = OutgoingMail.objects.create(message=_told(house), address="vanthu@xa.vn", unit=house.commune)
    return {"mail_id": mail.pk}


PAGES = [
    Page("inbox:list", stranger=200),
    Page("inbox:bell", stranger=200),
    Page("inbox:choices", stranger=200),
    Page("inbox:mark", stranger=302, method="POST"),
    Page("inbox:message", make=of_entry, roles=()),
    Page("inbox:read", make=of_entry, roles=(), method="POST"),
    Page("inbox:mails", roles=PLANNERS, denied=403, stranger=403, foreign=(200, 403)),
    Page("inbox:mail", make=of_mail, roles=PLANNERS, denied=403, stranger=403, foreign=(403, 404)),
    Page("inbox:retry", roles=PLANNERS, denied=403, stranger=403, foreign=(302, 403), method="POST"),
]
