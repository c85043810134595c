"""Long jobs: only the person who started one sees it."""

from tests.factories import make_user
from tests.web.walk.guard import House, Page
from vuntrong.kernel import jobs


def of_job(_house: House) -> dict[str, int]:
    return {"job_id": jobs.create(kind="count", title="Đếm", by=make_user(), parameters={}).pk}


PAGES = [
    Page("jobs:page", make=of_job, roles=()),
    Page("jobs:progress", make=of_job, roles=()),
    Page("jobs:cancel", make=of_job, roles=(), method="POST"),
    Page("jobs:file", make=of_job, roles=()),
]
