"""Changes to the catalogues of posts, ethnic groups and religions."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from vuntrong.kernel import log, transitions
from vuntrong.kernel.errors import StaleState, Violation, refuse_if
from vuntrong.kernel.text import nfc
from vuntrong.registry import rules
from vuntrong.registry.models import Ethnicity, Post, Religion

CatalogueRow = Post | Ethnicity | Religion
CATALOGUES: Mapping[str, type[CatalogueRow]] = {"posts": Post, "ethnicities": Ethnicity, "religions": Religion}


@transaction.atomic
def add_catalogue_row(*, catalogue: str, values: Mapping[str, Any], by: log.Actor | None) -> CatalogueRow:
    """Add a row to a catalogue, a name of CATALOGUES. Raises RuleBroken when its code or a word is another row's."""
    model = CATALOGUES[catalogue]
    row = model(**_stored(values))
    taken = [Violation("catalogue-code-taken", "", {"code": row.code})] if _is_taken(row) else []
    refuse_if([*taken, *_words_taken(row)])
    row.save(force_insert=True)
    log.record("add_catalogue_row", row, by=by, after=_said(row))
    return row


@transaction.atomic
def change_catalogue_row(
    *, row: CatalogueRow, values: Mapping[str, Any], seen: str, by: log.Actor | None
) -> CatalogueRow:
    """Change a row, except its code. `seen` is `state_of_row` as it was when the clerk opened the form.

    Raises StaleState when somebody else saved meanwhile, RuleBroken when a word is another row's.
    """
    row = transitions.lock_row(row)
    if state_of_row(row) != seen:
        raise StaleState(f"{type(row).__name__} {row.pk} was changed meanwhile")
    before = _said(row)
    for name, value in _stored(values).items():
        setattr(row, name, value)
    if _said(row) == before:
        return row
    refuse_if(_words_taken(row))
    row.save(force_update=True)
    log.record("change_catalogue_row", row, by=by, before=before, after=_said(row))
    return row


def state_of_row(row: CatalogueRow) -> str:
    """Return a short text that differs when the row says something else."""
    said = json.dumps(_said(row), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _stored(values: Mapping[str, Any]) -> dict[str, Any]:
    def stored(value: Any) -> Any:
        if isinstance(value, list):
            return [text for one in value if (text := nfc(one))]
        return nfc(value) if isinstance(value, str) else value

    return {name: stored(value) for name, value in values.items()}


def _is_taken(row: CatalogueRow) -> bool:
    return type(row)._default_manager.filter(code=row.code).exists()


def _words_taken(row: CatalogueRow) -> list[Violation]:
    """Return a violation for each word that would then mean two rows, so that imports could not tell them apart."""
    key = rules.post_key if isinstance(row, Post) else rules.word_key
    others: Iterable[CatalogueRow] = type(row)._default_manager.exclude(code=row.code)
    if isinstance(row, Post):
        others = [one for one in others if rules.same_level(str(one.code), row.code)]
    owners = {key(word): one.name for one in others for word in (one.name, *one.aliases)}
    return [
        Violation("catalogue-word-taken", "", {"word": word, "name": owners[key(word)]})
        for word in (row.name, *row.aliases)
        if key(word) in owners
    ]


def _said(row: CatalogueRow) -> dict[str, Any]:
    return {
        column.name: getattr(row, column.attname) for column in row._meta.local_concrete_fields if column.name != "id"
    }
