"""What an action did to rows, kept as plain data to be taken back whole: rows made, changed and removed."""

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models.expressions import RawSQL

from vuntrong.kernel.bulk import Plain, insert_rows, reserve_ids

CHUNK = 5_000
"""Keys in one statement."""
Entry = dict[str, Any]
PLAIN = DjangoJSONEncoder()


class Resting(NamedTuple):
    """A row that was changed by somebody else since, or that refers to a row which the action made."""

    model: str
    id: int


class Undo:
    """A ledger: it carries the writes out and remembers them. Write with it inside the action's transaction."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries: list[Entry] = list(entries)

    def create(self, rows: Sequence[models.Model]) -> None:
        """Insert rows of one model and remember them."""
        if rows:
            type(rows[0])._default_manager.bulk_create(rows, batch_size=500)
            self.made(type(rows[0]), [row.pk for row in rows])

    def insert(self, model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Plain]]) -> None:
        """Insert plain rows, as `bulk.insert_rows`, under keys of our own, and remember them."""
        ids = reserve_ids(model, len(rows))
        insert_rows(model, ("id", *columns), [(key, *row) for key, row in zip(ids, rows, strict=True)])
        self.made(model, ids)

    def update(self, rows: models.QuerySet[Any], **values: Any) -> list[int]:
        """Write the same values into all `rows`, remember what stood there, and return the keys.

        1 query and 1 for each CHUNK rows; the caller holds what keeps others from writing meanwhile.
        """
        model, names = rows.model, [_attname(rows.model, name) for name in values]
        before: dict[tuple[Any, ...], list[int]] = {}
        for key, *stood in rows.order_by().values_list("pk", *names):
            before.setdefault(tuple(stood), []).append(key)
        after = [_plain(getattr(value, "pk", value)) for value in values.values()]
        for stood, ids in before.items():
            for chunk in _chunks(ids):
                model._default_manager.filter(pk__in=_among(chunk)).update(**values)
            columns = {name: [_plain(old), new] for name, old, new in zip(names, stood, after, strict=True)}
            self.entries.append({"model": model._meta.label_lower, "ids": ids, "changed": columns})
        changed = [key for ids in before.values() for key in ids]
        self._look_again(model, set(changed))
        return changed

    def _look_again(self, model: type[models.Model], changed: set[int]) -> None:
        """Let rows that the ledger made and has now changed itself not count as changed by others."""
        for entry in self.entries:
            if "sums" in entry and entry["model"] == model._meta.label_lower and not changed.isdisjoint(entry["ids"]):
                entry["sums"] = list(_sums(model, entry["ids"], entry["watched"]))

    def update_ids(self, model: type[models.Model], ids: Collection[int], **values: Any) -> None:
        """Write the same values into the rows with these keys. 2 queries for each CHUNK rows."""
        for chunk in _chunks(ids):
            self.update(model._default_manager.filter(pk__in=_among(chunk)), **values)

    def remove(self, rows: models.QuerySet[Any]) -> None:
        """Delete rows that nothing refers to, and remember them whole. 2 queries."""
        names = [one.attname for one in rows.model._meta.concrete_fields]
        found = [[_plain(value) for value in row] for row in rows.order_by("pk").values_list(*names)]
        ids = [row[names.index(rows.model._meta.pk.attname)] for row in found]
        rows.delete()
        if found:
            entry = {"model": rows.model._meta.label_lower, "ids": ids}
            self.entries.append({**entry, "columns": names, "removed": found})

    def made(self, model: type[models.Model], ids: Sequence[int], *, watched: Sequence[str] | None = None) -> None:
        """Remember rows that are in the database now; only `watched` columns count as changed later, by default all."""
        if not ids:
            return
        names = [one.attname for one in model._meta.concrete_fields] if watched is None else list(watched)
        entry = {"model": model._meta.label_lower, "ids": list(ids), "watched": names}
        self.entries.append({**entry, "sums": list(_sums(model, ids, names))})

    def ids_made(self, model: str) -> set[int]:
        """Return the keys of the rows made of a model."""
        return {key for entry in self.entries if "sums" in entry and entry["model"] == model for key in entry["ids"]}


def take_back(entries: Sequence[Entry]) -> None:
    """Delete what was made and put back what stood there, the last first. Raises ProtectedError for a row in use."""
    for entry in reversed(entries):
        model = apps.get_model(entry["model"])
        rows = model._default_manager
        if "removed" in entry:
            rows.bulk_create([_row_of(model, entry["columns"], values) for values in entry["removed"]])
            continue
        before = {name: old for name, (old, _new) in entry.get("changed", {}).items()}
        for chunk in _chunks(entry["ids"]):
            if before:
                rows.filter(pk__in=_among(chunk)).update(**before)
            else:
                rows.filter(pk__in=_among(chunk)).delete()


def _row_of(model: type[models.Model], names: Sequence[str], values: Sequence[Any]) -> models.Model:
    fields = {one.attname: one for one in model._meta.concrete_fields}
    return model(**{name: fields[name].to_python(value) for name, value in zip(names, values, strict=True)})


def changed_since(entries: Sequence[Entry]) -> list[Resting]:
    """Return the rows that are no longer as the action left them. 1 query for each CHUNK rows."""
    left: dict[tuple[str, int], dict[str, Any]] = {}
    found: list[Resting] = []
    for entry in entries:
        if "sums" in entry:
            found += _differing(entry)
        for key in entry["ids"] if "changed" in entry else ():
            told = left.setdefault((entry["model"], key), {})
            told.update({name: new for name, (_old, new) in entry["changed"].items()})
    return [*found, *_not_left_so(left)]


def referring(entries: Sequence[Entry], repeats: Mapping[str, tuple[str, str]]) -> list[Resting]:
    """Return the rows that refer to a row which the action made, except those that it made or changed itself.

    `repeats` says of a column that only repeats dated rows which rows: {"registry.person.unit": ("registry.posting",
    "person")}; such a column refers through the dated rows. 1 query for each relation.
    """
    known: dict[str, set[int]] = {}
    for entry in entries:
        known.setdefault(entry["model"], set()).update(entry["ids"])
    undo = Undo(entries)
    found: list[Resting] = []
    for label in dict.fromkeys(entry["model"] for entry in entries if "sums" in entry):
        made = undo.ids_made(label)
        for relation in apps.get_model(label)._meta.related_objects:
            found += _referring_by(relation, made, known, repeats)
    return found


def _referring_by(
    relation: Any, made: set[int], known: Mapping[str, set[int]], repeats: Mapping[str, tuple[str, str]]
) -> Iterator[Resting]:
    model, name = relation.related_model, relation.field.name
    label = model._meta.label_lower
    if relation.field.many_to_many:
        model, name = relation.through, relation.field.m2m_reverse_field_name()
    own = known.get(label, set())
    if dated := repeats.get(f"{label}.{name}"):
        rows = apps.get_model(dated[0])._default_manager.filter(pk__in=known.get(dated[0], ()))
        own = own | set(rows.values_list(dated[1], flat=True))
    for chunk in _chunks(sorted(made)):
        for key in model._default_manager.filter(**{f"{name}__in": chunk}).values_list("pk", flat=True):
            if key not in own:
                yield Resting(model._meta.label_lower, key)


def _differing(entry: Entry) -> Iterator[Resting]:
    model = apps.get_model(entry["model"])
    now = dict(_sums_by_id(model, entry["ids"], entry["watched"]))
    for key, told in zip(entry["ids"], entry["sums"], strict=True):
        if now.get(key) != told:
            yield Resting(entry["model"], key)


def _not_left_so(left: Mapping[tuple[str, int], dict[str, Any]]) -> Iterator[Resting]:
    groups: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for (label, key), told in left.items():
        groups.setdefault((label, tuple(told)), []).append(key)
    for (label, names), ids in groups.items():
        rows = apps.get_model(label)._default_manager
        for chunk in _chunks(ids):
            now = {
                row[0]: [_plain(one) for one in row[1:]]
                for row in rows.filter(pk__in=_among(chunk)).values_list("pk", *names)
            }
            for key in chunk:
                if now.get(key) != [left[label, key][name] for name in names]:
                    yield Resting(label, key)


def _sums(model: type[models.Model], ids: Sequence[int], names: Sequence[str]) -> Iterator[int]:
    found = dict(_sums_by_id(model, ids, names))
    return (found[key] for key in ids)


def _sums_by_id(model: type[models.Model], ids: Sequence[int], names: Sequence[str]) -> Iterator[tuple[int, int]]:
    for chunk in _chunks(ids):
        for key, *row in model._default_manager.filter(pk__in=_among(chunk)).order_by().values_list("pk", *names):
            yield key, zlib.crc32("\x1f".join(map(str, row)).encode())


def _attname(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).attname)  # type: ignore[union-attr]


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | str) else PLAIN.default(value)


def _among(ids: list[int]) -> Any:
    """Return keys as a condition takes them: one array on PostgreSQL, where thousands of marks are slow to parse."""
    return RawSQL("SELECT unnest(%s::bigint[])", [ids]) if connection.vendor == "postgresql" else ids


def _chunks(ids: Collection[int]) -> Iterator[list[int]]:
    keys = list(ids)
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))
