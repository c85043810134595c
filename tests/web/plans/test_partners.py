"""Who may co-operate in a plan line: the owner's province and bodies of the whole country."""

import pytest

from tests.factories import make_plan, make_unit
from vuntrong.web.plans.forms import partners

pytestmark = pytest.mark.django_db


def test_units_of_other_provinces_are_not_offered():
    province = make_unit("Tỉnh A", kind="province")
    committee = make_unit("Tỉnh ủy A", kind="provincial_committee", parent=province)
    school = make_unit("Trường A", kind="provincial_school", parent=committee)
    make_unit("Đảng ủy xã A", parent=committee)
    make_unit("Trường B", kind="provincial_school", parent=make_unit("Tỉnh B", kind="province"))
    make_unit("Học viện", kind="academy")
    plan = make_plan(owner=school, approver=committee)

    assert {unit.name for unit in partners(plan)} == {"Tỉnh A", "Tỉnh ủy A", "Trường A", "Học viện"}
