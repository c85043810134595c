"""Who may attend: everybody sees the people of their own scope."""

from tests.web.walk.classes import READERS, of_class
from tests.web.walk.guard import Page

PAGES = [
    Page("eligibility:overview", stranger=200),
    Page("eligibility:programme", make=lambda house: {"code": house.programme.code}, foreign=200),
    Page("eligibility:person", make=lambda house: {"person_id": house.person.pk}),
    Page("eligibility:class", make=of_class, roles=READERS),
]
