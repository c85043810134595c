"""Make an account from the command line, with a role if one is named."""

import getpass
import secrets
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from vuntrong.accounts.actions import create_user, grant_role
from vuntrong.accounts.enums import Role
from vuntrong.accounts.models import User
from vuntrong.ops.naming import unit_named


class Command(BaseCommand):
    help = "Make an account. Without --ask a password is made and printed once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="full name")
        parser.add_argument("--role", choices=Role.values, help="role to grant from today on")
        parser.add_argument("--unit", help="slug of the unit that the role is for")
        parser.add_argument("--superuser", action="store_true", help="may do everything and open the administration")
        parser.add_argument("--ask", action="store_true", help="ask for the password")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done and write nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        if bool(options["role"]) != bool(options["unit"]):
            raise CommandError("--role and --unit go together")
        unit = unit_named(options["unit"]) if options["unit"] else None
        username = options["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise CommandError(f"the account {username} exists already")
        password = _asked(User(username=username)) if options["ask"] else secrets.token_urlsafe(12)
        said = f"{username} ({options['name']})" + (f", {options['role']} in {unit.slug}" if unit else "")
        if options["dry_run"]:
            print(f"Would make the account {said}; nothing was written.")
            return
        with transaction.atomic():
            user = create_user(
                username=username,
                full_name=options["name"],
                password=password,
                is_superuser=options["superuser"],
                by=None,
            )
            if unit:
                grant_role(user=user, role=options["role"], unit=unit, valid_from=timezone.localdate(), by=None)
        print(f"Made the account {said}.")
        if not options["ask"]:
            print(f"Password (shown only now): {password}")


def _asked(user: User) -> str:
    """Ask twice and refuse what the rules for passwords refuse. Raises CommandError."""
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Password again: "):
        raise CommandError("the two passwords differ")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from None
    return password
