"""The training table of one person as a file, and what is written down about it."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from vuntrong.accounts.models import User
from vuntrong.accounts.queries import units_of
from vuntrong.documents.docx import to_docx
from vuntrong.documents.pdf import fitted, to_pdf
from vuntrong.exchange.training_rows import EXPORTED_FIELDS
from vuntrong.exchange.training_table import training_table
from vuntrong.kernel import log
from vuntrong.registry.actions.privacy import note_read
from vuntrong.registry.enums import ReadKind
from vuntrong.registry.models import Person

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@dataclass(frozen=True)
class PrintedFile:
    """A file to hand over."""

    content: bytes
    content_type: str
    name: str


@transaction.atomic
def printed(user: User, person: Person, *, shape: str, purpose: str) -> PrintedFile:
    """Return the table with the head of the user's own unit, else of the person's, and write the print down."""
    unit = next(iter(units_of(user)), person.unit)
    made = training_table(person, unit, timezone.localdate())
    layout = fitted(made.paper, made.layout)
    content = to_pdf(made.paper, layout) if shape == "pdf" else to_docx(made.paper, layout)
    note = "Bảng kê quá trình đào tạo, bồi dưỡng"
    note_read(user=user, kind=ReadKind.PAPER, purpose=purpose, fields=EXPORTED_FIELDS, person=person, note=note)
    log.record("print_training_table", person, by=user, after={"purpose": purpose})
    return PrintedFile(content, TYPES[shape], f"bang-ke-dao-tao-{person.pk}.{shape}")
