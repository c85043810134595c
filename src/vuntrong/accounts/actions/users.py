"""Accounts and grants."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from vuntrong.accounts.models import Grant, SavedFilter, User
from vuntrong.kernel import log
from vuntrong.kernel.errors import Violation, refuse_if
from vuntrong.kernel.text import nfc
from vuntrong.kernel.transitions import lock_row
from vuntrong.registry.models import Person, Unit


@transaction.atomic
def create_user(
    *, username: str, full_name: str, password: str, is_superuser: bool = False, by: log.Actor | None
) -> User:
    """Make an account that may sign in with a password."""
    user = User.objects.create_user(
        username=username, password=password, full_name=full_name, is_superuser=is_superuser, is_staff=is_superuser
    )
    log.record("create_user", user, by=by, after={"username": username, "is_superuser": is_superuser})
    return user


@transaction.atomic
def grant_role(
    *, user: User, role: str, unit: Unit, valid_from: dt.date, valid_to: dt.date | None = None, by: log.Actor | None
) -> Grant:
    """Give a role in the subtree of a unit."""
    grant = Grant.objects.create(user=user, role=role, unit=unit, valid_from=valid_from, valid_to=valid_to)
    log.record("grant_role", user, by=by, after={"role": role, "unit": unit.slug, "valid_from": valid_from})
    return grant


@transaction.atomic
def end_grant(*, grant: Grant, on: dt.date | None, by: log.Actor | None) -> None:
    """Let a grant end with the day `on`; null lets it go on."""
    Grant.objects.filter(pk=grant.pk).update(valid_to=on)
    log.record("end_grant", grant.user, by=by, before={"role": grant.role}, after={"valid_to": on})


@transaction.atomic
def change_user(*, user: User, changes: Mapping[str, Any], by: log.Actor | None) -> User:
    """Change columns of an account (name, is_active, is_superuser); nothing is written when nothing differs."""
    before = {name: getattr(user, name) for name, value in changes.items() if getattr(user, name) != value}
    if not before:
        return user
    for name in before:
        setattr(user, name, changes[name])
    user.save(update_fields=sorted(before))
    log.record("change_user", user, by=by, before=before, after={name: changes[name] for name in before})
    return user


@transaction.atomic
def set_password(*, user: User, password: str, by: log.Actor | None) -> None:
    """Give an account a new password; whoever was signed in with the old one is signed out."""
    user.set_password(password)
    user.save(update_fields=["password"])
    log.record("set_password", user, by=by)


@transaction.atomic
def remove_second_factor(*, user: User, by: log.Actor | None) -> int:
    """Take the second factor off an account whose owner lost the phone; returns how many authenticators went."""
    count: int = Authenticator.objects.filter(user=user).delete()[0]
    if count:
        log.record("remove_second_factor", user, by=by, before={"authenticators": count})
    return count


@transaction.atomic
def end_all_sessions(*, user: User, by: log.Actor | None) -> int:
    """Sign an account out on every device; returns how many sessions ended."""
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    log.record("end_all_sessions", user, by=by, after={"sessions": len(sessions)})
    return len(sessions)


@transaction.atomic
def note_account_event(*, user: User, event: str, by: log.Actor | None, **said: str) -> None:
    """Write into the log what happened to an account inside the sign-in library."""
    log.record(event, user, by=by, after=said)


@transaction.atomic
def link_person(*, user: User, person: Person, by: log.Actor | None) -> User:
    """Say that an account belongs to the person of a record. Raises RuleBroken where another account has it."""
    person = lock_row(person)
    other = User.objects.filter(person=person).exclude(pk=user.pk).first()
    refuse_if([Violation("record-linked", "", {"account": other.username})] if other else [])
    User.objects.filter(pk=user.pk).update(person=person)
    user.person = person
    log.record("link_person", user, by=by, after={"record": person.pk})
    return user


@transaction.atomic
def unlink_person(*, user: User, by: log.Actor | None) -> User:
    """Take the record off an account."""
    before = user.person_id
    User.objects.filter(pk=user.pk).update(person=None)
    user.person = None
    log.record("unlink_person", user, by=by, before={"record": before})
    return user


@transaction.atomic
def save_filter(*, user: User, page: str, name: str, query: str) -> SavedFilter:
    """Keep the filters of a list under a name; the same name on the same list is replaced."""
    name = nfc(name)[:80]
    saved, is_new = SavedFilter.objects.update_or_create(user=user, page=page, name=name, defaults={"query": query})
    log.record("save_filter", saved, by=user, after={"is_new": is_new})
    return saved


@transaction.atomic
def rename_filter(*, saved: SavedFilter, name: str, by: log.Actor) -> None:
    """Give a saved filter another name. Raises RuleBroken where another one of the list has it."""
    name, before = nfc(name)[:80], saved.name
    others = SavedFilter.objects.filter(user=saved.user_id, page=saved.page, name=name).exclude(pk=saved.pk)
    refuse_if([Violation("filter-name-taken", "", {"name": name})] if others.exists() else [])
    saved.name = name
    saved.save(update_fields=["name"])
    log.record("rename_filter", saved, by=by, before={"name": before}, after={"name": name})


@transaction.atomic
def delete_filter(*, saved: SavedFilter, by: log.Actor) -> None:
    """Forget a saved filter."""
    log.record("delete_filter", saved, by=by)
    saved.delete()
