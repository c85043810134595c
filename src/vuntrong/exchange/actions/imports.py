"""An import from the uploaded file to what it wrote: prepared, checked, written or discarded."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from vuntrong.documents.models import StoredFile
from vuntrong.exchange.actions.people import Check, Reading, Wish, import_people
from vuntrong.exchange.actions.writing import Tell
from vuntrong.exchange.enums import IMPORT_MOVES, ImportKind, ImportState
from vuntrong.exchange.models import Import, ImportTemplate
from vuntrong.exchange.rules.reporting import report_of
from vuntrong.kernel import log
from vuntrong.kernel.errors import StaleState
from vuntrong.kernel.transitions import lock_row, move
from vuntrong.registry.models import Unit

Plain = Mapping[str, Any]


@transaction.atomic
def start_import(*, file: StoredFile, unit: Unit, mapping: Plain, by: log.Actor | None) -> Import:
    """Begin an import of people into `unit` and below from a kept workbook."""
    made = Import.objects.create(file=file, unit=unit, mapping=dict(mapping), made_by_id=by.pk if by else None)
    log.record("start_import", made, by=by, after={"file": file.name, "unit": unit.name})
    return made


@transaction.atomic
def settle_import(*, run: Import, revision: int, mapping: Plain, options: Plain, by: log.Actor | None) -> Import:
    """Say how the sheet is read and what it may change; what a check found before is forgotten.

    Raises StaleState when somebody else said something meanwhile, IllegalTransition for one that is written.
    """
    run = lock_row(run)
    if run.revision != revision:
        raise StaleState(f"Import {run.pk} is no longer at revision {revision}")
    said = {"mapping": dict(mapping), "options": dict(options), "report": {}, "counts": {}, "revision": revision + 1}
    move(run, ImportState.DRAFT, table=IMPORT_MOVES, **said)
    log.record("settle_import", run, by=by, after={"file": run.file.name, "sheet": mapping.get("sheet", "")})
    return run


@transaction.atomic
def keep_check(*, run: Import, check: Check) -> Import:
    """Keep what a check found, for the preview. Raises IllegalTransition for an import that is over."""
    run = lock_row(run)
    return move(run, ImportState.CHECKED, table=IMPORT_MOVES, counts=check.counts(), report=report_of(check))


@transaction.atomic
def write_import(*, run: Import, reading: Reading, wish: Wish, by: log.Actor | None, tell: Tell) -> Check:
    """Write the list of a checked import, all rows or none.

    Raises RuleBroken rows-with-errors, IllegalTransition for one that is written or was not checked as it is.
    """
    run = lock_row(run)
    move(run, ImportState.WRITTEN, table=IMPORT_MOVES, written_at=timezone.now())
    check = import_people(reading=reading, wish=wish, run=run, source=run.file.name, by=by, tell=tell)
    run.counts, run.report = check.counts(), {}
    run.save(update_fields=["counts", "report", "entry"])
    return check


@transaction.atomic
def discard_import(*, run: Import, by: log.Actor | None) -> None:
    """Give an import up; the file is kept, what was read of it is not."""
    run = lock_row(run)
    move(run, ImportState.DISCARDED, table=IMPORT_MOVES, report={}, counts={})
    log.record("discard_import", run, by=by, after={"file": run.file.name})


@transaction.atomic
def save_template(*, unit: Unit, kind: ImportKind, name: str, mapping: Plain, by: log.Actor | None) -> ImportTemplate:
    """Keep how workbooks of a unit are read under a name; one of that kind and name is replaced."""
    said = {"mapping": dict(mapping)}
    saved, _made = ImportTemplate.objects.update_or_create(unit=unit, kind=kind, name=name, defaults=said)
    log.record("save_import_template", saved, by=by, after={"name": name, "unit": unit.name})
    return saved


@transaction.atomic
def delete_template(*, template: ImportTemplate, by: log.Actor | None) -> None:
    """Forget how workbooks of a unit were read."""
    log.record("delete_import_template", template, by=by, before={"name": template.name})
    template.delete()
