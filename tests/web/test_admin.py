import datetime as dt

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.factories import make_programme, make_unit, make_user
from vuntrong.accounts.enums import Role
from vuntrong.accounts.models import Grant, User
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.programmes.models import Programme
from vuntrong.registry.models import Unit

pytestmark = pytest.mark.django_db
OURS = {
    "DocumentProfile",
    "EndedBody",
    "ActionLogEntry",
    "Grant",
    "Job",
    "LayoutProfile",
    "LegalInstrument",
    "Programme",
    "SpecialDay",
    "StatutoryTerm",
    "TargetGroup",
    "Unit",
    "UnitVersion",
    "User",
}


@pytest.fixture
def administrator(client):
    user = make_user("Quản trị", is_superuser=True, is_staff=True)
    client.force_login(user)
    return user


def test_the_administration_holds_our_records_and_none_of_a_library():
    assert {model.__name__ for model in admin.site._registry} == OURS


@pytest.mark.parametrize("model", sorted(OURS))
def test_every_list_of_the_administration_opens(client, administrator, model):
    [kind] = [one for one in admin.site._registry if one.__name__ == model]

    response = client.get(reverse(f"admin:{kind._meta.app_label}_{kind._meta.model_name}_changelist"))

    assert response.status_code == 200


def test_an_account_made_in_the_administration_is_logged(client, administrator):
    typed = {
        "username": "hoa",
        "full_name": "Nguyễn Thị Hoa",
        "password1": "mua-xuan-den-roi",
        "password2": "mua-xuan-den-roi",
        "usable_password": "true",
    }

    response = client.post("/admin/accounts/user/add/", typed)

    user = User.objects.get(username="hoa")
    assert response.status_code == 302
    assert user.check_password("mua-xuan-den-roi")
    assert ActionLogEntry.objects.get(action="create_user").actor_id == administrator.pk


def test_closing_an_account_in_the_administration_is_logged(client, administrator):
    user = make_user("Hoa")

    client.post(f"/admin/accounts/user/{user.pk}/change/", {"username": user.username, "full_name": "Hoa"})

    user.refresh_from_db()
    assert not user.is_active
    assert ActionLogEntry.objects.get(action="change_user").after == {"is_active": False}


def test_a_password_set_in_the_administration_is_logged(client, administrator):
    user = make_user()
    typed = {
        "password1": "mua-xuan-den-roi",
        "password2": "mua-xuan-den-roi",
        "usable_password": "true",
        "set-password": "1",
    }

    client.post(f"/admin/accounts/user/{user.pk}/password/", typed)

    user.refresh_from_db()
    assert user.check_password("mua-xuan-den-roi")
    assert ActionLogEntry.objects.get(action="set_password").actor_id == administrator.pk


def test_a_role_granted_and_ended_in_the_administration_is_logged(client, administrator):
    user, unit = make_user(), make_unit()
    typed = {"user": user.pk, "role": Role.UNIT_CLERK, "unit": unit.pk, "valid_from": "01/07/2025", "valid_to": ""}

    client.post("/admin/accounts/grant/add/", typed)
    grant = Grant.objects.get()
    client.post(f"/admin/accounts/grant/{grant.pk}/change/", {"valid_to": "31/12/2025"})

    grant.refresh_from_db()
    assert (grant.valid_from, grant.valid_to) == (dt.date(2025, 7, 1), dt.date(2025, 12, 31))
    rows = ActionLogEntry.objects.filter(subject_id=user.pk, subject_type="accounts.user").order_by("id")
    assert [(row.action, row.actor_id) for row in rows] == [
        ("grant_role", administrator.pk),
        ("end_grant", administrator.pk),
    ]


@pytest.mark.parametrize("action", ["remove_second_factor", "end_all_sessions"])
def test_the_bulk_actions_on_accounts_run(client, administrator, action):
    user = make_user()

    response = client.post("/admin/accounts/user/", {"action": action, "_selected_action": [user.pk]})

    assert response.status_code == 302


def test_a_programme_keeps_its_search_key_and_its_history(client, administrator):
    programme = make_programme("Cũ")
    typed = {
        "code": programme.code,
        "name": "Bồi dưỡng bí thư",
        "short_name": "Bí thư",
        "kind": "retraining",
        "field": "political_theory",
        "level": "",
        "mode": "full_time",
        "module_count": "0",
        "days": "",
        "is_offered": "on",
    }

    response = client.post(f"/admin/programmes/programme/{programme.pk}/change/", typed)

    assert response.status_code == 302
    assert Programme.objects.get().search_key == "boi duong bi thu bi thu"
    assert ActionLogEntry.objects.get(action="save_record").before["name"] == "Cũ"


def test_nothing_is_deleted_past_the_log(client, administrator):
    programme = make_programme()

    listed = client.get("/admin/programmes/programme/")
    client.post(f"/admin/programmes/programme/{programme.pk}/delete/", {"post": "yes"})

    assert "delete_selected" not in listed.content.decode()
    assert not Programme.objects.exists()
    assert ActionLogEntry.objects.get(action="delete_record").subject_id == programme.pk


@pytest.mark.parametrize(("model", "make"), [("accounts/user", make_user), ("registry/unit", make_unit)])
def test_accounts_and_units_are_never_deleted(client, administrator, model, make):
    record = make()

    response = client.post(f"/admin/{model}/{record.pk}/delete/", {"post": "yes"})

    assert response.status_code == 403
    assert type(record).objects.filter(pk=record.pk).exists()


def test_correcting_a_dated_row_shows_in_the_unit(client, administrator):
    unit = make_unit("Viết sai")
    [version] = unit.versions.all()
    typed = {
        "unit": unit.pk,
        "valid_from": "01/01/2000",
        "valid_to": "",
        "name": "Viết đúng",
        "short_name": "Đúng",
        "kind": unit.kind,
        "parent": "",
        "code": "",
        "seat": "",
    }

    client.post(f"/admin/registry/unitversion/{version.pk}/change/", typed)

    assert Unit.objects.get(pk=unit.pk).name == "Viết đúng"
