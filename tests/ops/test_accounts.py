import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.factories import make_unit, make_user, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.accounts.models import Grant, User
from vuntrong.kernel.models import ActionLogEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return make_unit(kind="district_centre", slug="tuyen-hoa")


def test_an_account_with_a_role_is_made_and_its_password_shown_once(capsys, centre):
    call_command("create_user", "hoa", "--name", "Nguyễn Thị Hoa", "--role", "centre_staff", "--unit", "tuyen-hoa")

    user = User.objects.get()
    password = capsys.readouterr().out.strip().rsplit(" ", 1)[1]
    assert (user.full_name, user.check_password(password)) == ("Nguyễn Thị Hoa", True)
    assert list(user.grants.values_list("role", "unit", "valid_from")) == [
        (Role.CENTRE_STAFF, centre.pk, timezone.localdate())
    ]


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(capsys, centre):
    call_command("create_user", "hoa", "--name", "Hoa", "--role", "centre_staff", "--unit", "tuyen-hoa", "--dry-run")

    assert (
        capsys.readouterr().out == "Would make the account hoa (Hoa), centre_staff in tuyen-hoa; nothing was written.\n"
    )
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["hoa", "--name", "Hoa", "--role", "centre_staff"], "--role and --unit go together"),
        (
            ["hoa", "--name", "Hoa", "--role", "centre_staff", "--unit", "tuyen"],
            "no unit tuyen; did you mean tuyen-hoa?",
        ),
        (["LAN", "--name", "Lan"], "the account LAN exists already"),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments, sentence, centre):
    make_user(username="lan")

    with pytest.raises(CommandError) as refusal:
        call_command("create_user", *arguments)

    assert str(refusal.value) == sentence
    assert User.objects.count() == 1


def test_a_superuser_is_made(capsys):
    call_command("create_user", "admin", "--name", "Quản trị", "--superuser")

    assert User.objects.get().is_superuser
    assert "admin" in capsys.readouterr().out


def test_a_role_is_granted_only_once(capsys, centre):
    user = make_user(username="hoa")
    arguments = ["grant", "hoa", "--role", "centre_staff", "--unit", "tuyen-hoa"]

    for _ in range(2):
        call_command(*arguments)

    today = timezone.localdate()
    assert capsys.readouterr().out.splitlines() == [
        f"Granted centre_staff of hoa in tuyen-hoa from {today}.",
        f"centre_staff of hoa in tuyen-hoa: held already since {today}; nothing was written.",
    ]
    assert Grant.objects.filter(user=user).count() == 1
    assert ActionLogEntry.objects.filter(action="grant_role").count() == 1


@pytest.mark.parametrize("more", [[], ["--end"]])
def test_a_dry_run_of_grant_writes_nothing(capsys, centre, more):
    if more:
        make_user_with(Role.CENTRE_STAFF, centre, username="hoa")
    else:
        make_user(username="hoa")
    before = list(Grant.objects.values_list("valid_to"))

    call_command("grant", "hoa", "--role", "centre_staff", "--unit", "tuyen-hoa", "--dry-run", *more)

    assert list(Grant.objects.values_list("valid_to")) == before
    assert capsys.readouterr().out.endswith("nothing was written.\n")


def test_a_role_ends_with_yesterday(capsys, centre):
    make_user_with(Role.CENTRE_STAFF, centre, username="hoa")

    for _ in range(2):
        call_command("grant", "hoa", "--role", "centre_staff", "--unit", "tuyen-hoa", "--end")

    yesterday = timezone.localdate() - dt.timedelta(days=1)
    assert Grant.objects.get().valid_to == yesterday
    assert capsys.readouterr().out.splitlines() == [
        f"Ended centre_staff of hoa in tuyen-hoa with {yesterday}.",
        "centre_staff of hoa in tuyen-hoa: not held today; nothing was written.",
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["khong-co", "--role", "centre_staff", "--unit", "tuyen-hoa"], "no account khong-co"),
        (["hoa", "--role", "centre_staff", "--unit", "khong-co"], "no unit khong-co"),
        (
            ["hoa", "--role", "centre_staff", "--unit", "tuyen-hoa", "--from", "2026-02-01", "--to", "2026-01-31"],
            "--to 2026-01-31 lies before the first day 2026-02-01",
        ),
    ],
)
def test_a_grant_that_cannot_be_meant_is_refused(arguments, sentence, centre):
    make_user(username="hoa")

    with pytest.raises(CommandError) as refusal:
        call_command("grant", *arguments)

    assert str(refusal.value) == sentence
    assert not Grant.objects.exists()
