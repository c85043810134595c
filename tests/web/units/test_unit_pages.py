"""The pages of units: two lines of parents, what was so on a day, what happened."""

import datetime as dt

import pytest

from tests.factories import make_unit, make_user, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.registry.enums import EventKind
from vuntrong.registry.models import UnitEvent, UnitEventLink, UnitVersion

pytestmark = pytest.mark.django_db
UNITS = "/registry/units/"
DAY = dt.date(2027, 3, 1)
EVE = dt.date(2027, 2, 28)


@pytest.fixture
def province():
    return make_unit("Tỉnh ủy Vĩnh Hà", kind="provincial_committee")


@pytest.fixture
def board(province):
    return make_user_with(Role.ORGANISATION_BOARD, province)


@pytest.fixture
def merged(province):
    """Two communes that became one on 01/03/2027."""
    old = [make_unit(name, kind="commune", valid_to=EVE) for name in ("xã Tân Lộc", "xã Phú Mỹ")]
    new = make_unit("xã Tân Phú", kind="commune", parent=province, valid_from=DAY)
    event = UnitEvent.objects.create(
        kind=EventKind.MERGE, happened_on=DAY, instrument_text="Nghị quyết 118/NQ-UBTVQH16 ngày 15/01/2027"
    )
    for one in old:
        UnitEventLink.objects.create(event=event, from_unit=one, to_unit=new)
    return old, new


def test_the_tree_follows_the_line_asked_for(client, province, board):
    council = make_unit("UBND tỉnh", kind="peoples_committee", parent=province)
    school = make_unit("Trường Chính trị", kind="provincial_school", parent=province)
    UnitVersion.objects.filter(unit=school).update(state_parent=council)
    client.force_login(board)

    party = client.get(f"{UNITS}tree/").context["tree"]
    state = client.get(f"{UNITS}tree/?line=state").context["tree"]

    assert [one.name for one in party[0].below] == ["Trường Chính trị", "UBND tỉnh"]
    assert [(one.name, [two.name for two in one.below]) for one in state[0].below] == [
        ("UBND tỉnh", ["Trường Chính trị"])
    ]


def test_an_ended_unit_says_so_and_names_its_successor(client, merged):
    [old, _other], new = merged
    client.force_login(make_user(is_superuser=True))

    page = client.get(f"{UNITS}{old.slug}/?on=05/03/2027")

    assert page.context["state"].label == "Kết thúc ngày 28/02/2027"
    assert [(one.name, one.url) for one in page.context["successors"]] == [("xã Tân Phú", f"{UNITS}{new.slug}/")]


def test_events_show_both_sides_with_the_paper(client, merged):
    _old, new = merged
    client.force_login(make_user(is_superuser=True))

    [event] = client.get(f"{UNITS}{new.slug}/").context["events"]

    assert [one.name for one in event.before] == ["xã Tân Lộc", "xã Phú Mỹ"]
    assert [one.name for one in event.after] == ["xã Tân Phú"]
    assert event.event.instrument_text == "Nghị quyết 118/NQ-UBTVQH16 ngày 15/01/2027"


def test_a_split_tells_the_shares(client, province):
    old = make_unit("xã Phú Mỹ", kind="commune", valid_to=EVE)
    parts = [make_unit(name, kind="commune", parent=province, valid_from=DAY) for name in ("xã Đông", "xã Tây")]
    event = UnitEvent.objects.create(kind=EventKind.SPLIT, happened_on=DAY)
    for one, share in zip(parts, ("0.6", "0.4"), strict=True):
        UnitEventLink.objects.create(event=event, from_unit=old, to_unit=one, share=share)
    client.force_login(make_user(is_superuser=True))

    [shown] = client.get(f"{UNITS}{old.slug}/").context["events"]

    assert [(one.name, one.share) for one in shown.after] == [("xã Đông", "60,0\u202f%"), ("xã Tây", "40,0\u202f%")]


@pytest.mark.parametrize("count", [1, 3])
def test_a_unit_costs_the_same_whatever_happened_to_it(client, province, count, django_assert_num_queries):
    for number in range(count):
        event = UnitEvent.objects.create(kind=EventKind.RENAME, happened_on=DAY + dt.timedelta(days=number))
        UnitEventLink.objects.create(event=event, from_unit=province, to_unit=province)
    client.force_login(make_user(is_superuser=True))

    with django_assert_num_queries(16):
        page = client.get(f"{UNITS}{province.slug}/")

    assert len(page.context["events"]) == count


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("on=28/02/2027&is_alive=1", ["Tỉnh ủy Vĩnh Hà", "xã Phú Mỹ", "xã Tân Lộc"]),
        ("on=01/03/2027&is_alive=1", ["Tỉnh ủy Vĩnh Hà", "xã Tân Phú"]),
        ("on=01/03/2027&is_alive=0", ["xã Phú Mỹ", "xã Tân Lộc"]),
        ("on=28/02/2027&is_alive=2", ["xã Tân Phú"]),
        ("on=01/03/2027&kind=commune&is_alive=1", ["xã Tân Phú"]),
    ],
)
def test_the_list_shows_what_existed_on_a_day(client, merged, query, names):
    client.force_login(make_user(is_superuser=True))

    listing = client.get(f"{UNITS}?{query}").context["listing"]

    assert [row.record.held_name for row in listing.table.page.object_list] == names


def test_the_chips_count_what_existed_on_the_day(client, merged):
    client.force_login(make_user(is_superuser=True))

    chips = client.get(f"{UNITS}?on=28/02/2027").context["listing"].chips

    assert [chip.count for chip in chips] == [4, 3, 0, 1]


def test_the_list_bears_the_names_of_the_day(client, province, board):
    UnitVersion.objects.filter(unit=province).update(valid_to=EVE, name="Tỉnh ủy Cũ")
    UnitVersion.objects.create(
        unit=province, valid_from=DAY, name="Tỉnh ủy Vĩnh Hà", short_name="Vĩnh Hà", kind="provincial_committee"
    )
    make_unit("Đảng ủy xã An", parent=province)
    client.force_login(board)

    listing = client.get(f"{UNITS}?on=28/02/2027").context["listing"]

    assert [(row.record.held_name, row.record.held_parent) for row in listing.table.page.object_list] == [
        ("Đảng ủy xã An", "Tỉnh ủy Cũ"),
        ("Tỉnh ủy Cũ", None),
    ]
