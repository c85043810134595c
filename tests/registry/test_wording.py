"""Names of units through time, for the check of words."""

import datetime as dt

import pytest

from tests.factories import make_unit
from vuntrong.registry.actions import UnitWords, change_unit
from vuntrong.registry.enums import EventKind
from vuntrong.registry.models import EndedBody, UnitEvent, UnitEventLink
from vuntrong.registry.queries.wording import ended_in

pytestmark = pytest.mark.django_db
DAY = dt.date(2027, 3, 1)
EVE = dt.date(2027, 2, 28)


def told(text: str, day: dt.date = DAY) -> list[tuple[str, dt.date | None, str]]:
    return [(one.written, one.named.ended_on, one.named.successor) for one in ended_in([text], day)]


@pytest.fixture
def merged():
    old = make_unit("xã Phú Mỹ", kind="commune", valid_to=EVE)
    new = make_unit("xã Tân Phú", kind="commune", valid_from=DAY)
    event = UnitEvent.objects.create(kind=EventKind.MERGE, happened_on=DAY)
    UnitEventLink.objects.create(event=event, from_unit=old, to_unit=new)


@pytest.mark.parametrize(("day", "found"), [(EVE, []), (DAY, [("xã Phú Mỹ", EVE, "xã Tân Phú")])])
def test_a_merged_unit_is_told_from_the_day_after_its_last(merged, day, found):
    assert told("Lớp tại xã Phú Mỹ", day) == found


def test_a_former_name_leads_to_the_name_of_today():
    unit = make_unit("Sở Nội vụ cũ", kind="home_affairs")
    change_unit(unit=unit, words=UnitWords("Sở Nội vụ mới", "Sở", unit.kind, None), valid_from=DAY, by=None)

    assert told("do Sở Nội vụ cũ trình") == [("Sở Nội vụ cũ", EVE, "Sở Nội vụ mới")]
    assert told("do Sở Nội vụ mới trình") == []


@pytest.mark.parametrize(
    ("text", "day", "found"),
    [
        ("giao Phòng Nội vụ huyện Lệ Thủy", dt.date(2025, 7, 1), ["Phòng Nội vụ huyện"]),
        ("giao Phòng Nội vụ huyện Lệ Thủy", dt.date(2025, 6, 30), []),
        ("UBND huyện, Huyện ủy", dt.date(2025, 7, 1), ["UBND huyện", "Huyện ủy"]),
    ],
)
def test_kinds_of_bodies_end_with_their_rows(text, day, found):
    assert [one[0] for one in told(text, day)] == found


def test_an_office_may_add_a_kind_of_body():
    EndedBody.objects.create(words="Liên minh X", ended_on=EVE, instrument="theo quyết định")

    assert told("Liên minh X phối hợp") == [("Liên minh X", EVE, "")]


@pytest.mark.parametrize("count", [1, 3])
def test_the_check_costs_the_same_whatever_is_known(count, django_assert_num_queries):
    for number in range(count):
        make_unit(f"xã Cũ {number}", valid_to=EVE)

    with django_assert_num_queries(3):
        ended_in(["xã Cũ 0"], DAY)


def test_no_words_ask_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert ended_in(["", " "], DAY) == []
