"""One event of one unit: its form makes a draft that opens in the preview."""

import datetime as dt

import pytest

from tests.factories import make_unit, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.registry.actions import UnitWords, change_unit
from vuntrong.registry.models import Reorganisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune(client):
    province = make_unit("Tỉnh ủy", kind="provincial_committee")
    client.force_login(make_user_with(Role.ORGANISATION_BOARD, province))
    return make_unit("Đảng ủy xã Cũ", parent=province)


def post(client, commune, **typed: object):
    words = {"on": "01/03/2026", "instrument_text": "Nghị quyết 1", **typed}
    return client.post(f"/registry/units/{commune.slug}/event/", words)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": "rename", "name": "Đảng ủy xã Mới"}, {"name": "Đảng ủy xã Mới"}),
        ({"kind": "retype", "unit_kind": "direct_committee"}, {"kind": "direct_committee"}),
    ],
)
def test_a_single_event_becomes_a_draft_with_its_preview(client, commune, typed, said):
    answer = post(client, commune, **typed)

    draft = Reorganisation.objects.get()
    assert draft.rows[0]["targets"] == [{"unit": commune.slug, "said": said}]
    assert draft.instrument_text == "Nghị quyết 1"
    assert client.get(answer.url, follow=True).context["may_confirm"]


def test_a_move_and_an_end_name_other_units(client, commune):
    other = make_unit("Đảng ủy khác", parent=commune.parent)

    post(client, commune, kind="reparent", parent=other.pk)
    post(client, commune, kind="dissolve", successor=other.pk)

    moved, ended = [draft.rows[0] for draft in Reorganisation.objects.order_by("pk")]
    assert moved["targets"][0]["said"] == {"parent": other.slug}
    assert ended["rest"] == other.slug


@pytest.mark.parametrize(("kind", "field"), [("rename", "name"), ("retype", "unit_kind"), ("reparent", "parent")])
def test_an_event_that_says_nothing_is_refused_at_its_field(client, commune, kind, field):
    page = post(client, commune, kind=kind)

    assert list(page.context["form"].errors) == [field]
    assert not Reorganisation.objects.exists()


def test_units_are_found_by_former_names(client, commune):
    words = UnitWords("Đảng ủy xã Mới", "Mới", commune.kind, commune.parent)
    change_unit(unit=commune, words=words, valid_from=dt.date(2025, 7, 1), by=None)

    listing = client.get("/registry/units/?q=xa+cu").context["listing"]

    assert [row.record.held_name for row in listing.table.page.object_list] == ["Đảng ủy xã Mới"]
