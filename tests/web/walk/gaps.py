"""Qualification gaps: everybody sees those of the own scope, planners name them in a survey."""

from tests.web.walk.guard import Page
from vuntrong.accounts.enums import PLANNERS

PAGES = [
    Page("gaps:list", stranger=200),
    Page("gaps:needs", roles=PLANNERS, denied=403, stranger=403, foreign=(302, 403), method="POST"),
]
