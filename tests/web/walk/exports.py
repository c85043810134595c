"""The training block and the training table."""

from typing import Any

from tests.web.walk.guard import House, Page
from vuntrong.accounts.enums import PLANNERS
from vuntrong.kernel import jobs


def of_file(house: House) -> dict[str, Any]:
    """The job of somebody else: nobody gets its file."""
    return {"job_id": jobs.create(kind="training-block", title="x", by=None, parameters={}).pk}


PAGES = [
    Page("exports:training-block", roles=PLANNERS, denied=403, stranger=403, foreign=(200, 403)),
    Page("exports:training-block-file", make=of_file, roles=()),
    Page("exports:training-table", make=lambda house: {"person_id": house.person.pk}),
]
