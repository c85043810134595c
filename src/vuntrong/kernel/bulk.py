"""Many rows at once, without a model object for each: many times as quick as bulk_create, for plain values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models

Plain = str | int | None
"""What a row may hold; dates are ISO texts."""


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Return keys that nobody else will get. 1 query; on SQLite true inside a transaction, which admits one writer."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(sequence, [table, count])
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
    return list(range(last + 1, last + 1 + count))


def insert_rows(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Plain]],
    *,
    same: Mapping[str, Any] | None = None,
) -> None:
    """Insert rows of plain values; `same` holds the fields that are equal in every row, of any type.

    `columns` and `same` name every column without a default in the database. Constraints hold as always.
    """
    equal = {name: _field(model, name).get_db_prep_save(value, connection) for name, value in (same or {}).items()}
    names = [str(_field(model, name).column) for name in [*columns, *equal]]
    constants = tuple(equal.values())
    quote = connection.ops.quote_name
    target = f"{quote(model._meta.db_table)} ({', '.join(quote(name) for name in names)})"
    with connection.wrap_database_errors, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {target} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row((*row, *constants))
        else:
            marks = ", ".join(["%s"] * len(names))
            insert = f"INSERT INTO {target} VALUES ({marks})"  # noqa: S608 - names of our own tables, values as marks
            cursor.executemany(insert, [(*row, *constants) for row in rows])


def _field(model: type[models.Model], name: str) -> Any:
    return model._meta.get_field(name)
