"""A clerk opens a person, adds a post by keyboard, corrects the details, and reads the story, at both widths."""

import pytest

from tests.factories import make_person, make_unit, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.registry.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", ["wide", "phone"])
def test_a_record_is_read_and_kept_up_to_date(enter, width):
    unit = make_unit("Đảng ủy xã Thuận Hóa")
    person = make_person(unit=unit, personal_id="10900123456")
    address = f"/registry/people/{person.pk}/"

    watched = enter(make_user_with(Role.ORGANISATION_BOARD, unit), address, width)
    page = watched.page
    watched.check_page()

    watched.go(f"{address}record/awards/add/")
    page.fill("input[name=title]", "Bằng khen")
    page.fill("input[name=decided_on]", "12/2023")
    watched.check_page()
    page.press("input[name=decision]", "Enter")
    page.wait_for_url("**tab=record")
    watched.check_page()

    watched.go(f"{address}change/")
    page.fill("input[name=personal_id]", "010090123456")
    watched.check_page()
    page.press("input[name=reason]", "Enter")
    page.wait_for_url(lambda url: url.endswith(address))

    assert "Bằng khen" in page.inner_text(".pe-line")
    assert page.locator(".vt-note.is-wait").count() == 0
    assert Person.objects.get().revision == 2
