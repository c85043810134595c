"""Run as a process of its own: imports a list of people, saying how far it is, until it is killed."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vuntrong.settings")
django.setup()

from django.conf import settings  # noqa: E402 - after the setup

settings.DATABASES["default"]["NAME"] = sys.argv[1]

from pathlib import Path  # noqa: E402

from vuntrong.documents.columns import SheetMapping  # noqa: E402
from vuntrong.documents.workbooks import open_workbook  # noqa: E402
from vuntrong.exchange.actions.people import Wish, import_people, read_people  # noqa: E402
from vuntrong.registry.models import Unit  # noqa: E402


def tell(what: str, done: int, _total: int) -> None:
    """Say how far it is."""
    sys.stdout.write(f"{what} {done}\n")
    sys.stdout.flush()


wish = Wish(Unit.objects.get(pk=int(sys.argv[2])))
reading = read_people(open_workbook(Path(sys.argv[3]).read_bytes(), "a.xlsx"), SheetMapping(), wish)
tell("read", 0, 0)
import_people(reading=reading, wish=wish, run=None, source="a.xlsx", by=None, tell=tell)
tell("done", 0, 0)
