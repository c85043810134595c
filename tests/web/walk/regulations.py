"""Rules: everybody reads them, planners propose, two kinds of boards and the approver decide."""

from typing import Any

from tests.web.walk.guard import House, Page
from vuntrong.accounts.enums import PLANNERS, RULE_DECIDERS
from vuntrong.regulations.models import RuleRow


def some_rule(_house: House) -> dict[str, Any]:
    return {"rule_id": RuleRow.objects.get(code="trung-cap-khong-tap-trung", valid_to=None).pk}


PAGES = [
    Page("regulations:rules", stranger=200, foreign=200),
    Page("regulations:instruments", stranger=200, foreign=200),
    Page("regulations:rule", make=some_rule, foreign=200),
    Page("regulations:impact", make=some_rule, foreign=200),
    Page("regulations:impact_figures", make=some_rule, foreign=200),
    Page("regulations:follow", make=some_rule, roles=PLANNERS, denied=403, foreign=(200, 403)),
    Page(
        "regulations:decide",
        make=some_rule,
        roles=RULE_DECIDERS,
        denied=403,
        foreign=(302, 403),
        method="POST",
    ),
]
