"""State moves: a declared table of edges and a guarded UPDATE that lets one of several clerks win."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import connection, models

from vuntrong.kernel.errors import IllegalTransition, StaleState

Moves = Mapping[Any, frozenset[Any]]
"""Which states each state may move to."""
Record = TypeVar("Record", bound=models.Model)


def move(instance: Record, to: str, *, table: Moves, **changes: Any) -> Record:
    """Move `instance.state` along an edge of `table` and write `changes` in the same UPDATE.

    One query. Raises IllegalTransition when the edge is not declared, StaleState when the row has left its state.
    """
    origin: str = instance.state  # type: ignore[attr-defined]
    if to not in table[origin]:
        raise IllegalTransition(f"{type(instance).__name__}: {origin} -> {to}")
    rows = type(instance)._default_manager.filter(pk=instance.pk, state=origin)
    if rows.update(state=to, **changes) != 1:
        raise StaleState(f"{type(instance).__name__} {instance.pk} left {origin} meanwhile")
    for name, value in {"state": to, **changes}.items():
        setattr(instance, name, value)
    return instance


def lock_row(instance: Record) -> Record:
    """Hold the row until the transaction ends, so that a counted limit stays true; returns it fresh.

    A row lock on PostgreSQL; on SQLite IMMEDIATE transactions already admit one writer at a time.
    Raises StaleState when the row is gone.
    """
    row = type(instance)._default_manager.select_for_update().filter(pk=instance.pk).first()
    if row is None:
        raise StaleState(f"{type(instance).__name__} {instance.pk} is gone")
    return row


def stand_in_line(name: str) -> None:
    """Wait until nobody else holds the name, and hold it until the transaction ends; for work that counts on a whole
    table. On SQLite IMMEDIATE transactions already stand in line. 1 query on PostgreSQL.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def edit(instance: Record, *, revision: int, **changes: Any) -> Record:
    """Write `changes` if the row still has the `revision` that the person saw, and count the revision up.

    One query. Raises StaleState when somebody else saved meanwhile.
    """
    rows = type(instance)._default_manager.filter(pk=instance.pk, revision=revision)
    if rows.update(revision=revision + 1, **changes) != 1:
        raise StaleState(f"{type(instance).__name__} {instance.pk} is no longer at revision {revision}")
    for name, value in {"revision": revision + 1, **changes}.items():
        setattr(instance, name, value)
    return instance
