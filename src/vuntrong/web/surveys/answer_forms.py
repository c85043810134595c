"""The answer of a unit as it is typed: numbers and people by programme. What was typed survives every refusal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from vuntrong.kernel.dates import PartialDate
from vuntrong.kernel.errors import Violation
from vuntrong.kernel.text import nfc
from vuntrong.planning.models import SurveyAnswer, TrainingNeed
from vuntrong.planning.queries.answer_contents import AnswerContent, NamedNeed
from vuntrong.planning.rules.surveys import unit_total
from vuntrong.programmes.models import Programme
from vuntrong.registry.actions import NewPerson
from vuntrong.registry.enums import Sex
from vuntrong.registry.models import Person, Unit
from vuntrong.web.kit.forms import PartialDateField
from vuntrong.web.surveys.sentences import explain

ROW_FIELDS = ("programme", "person", "name", "born", "sex", "post", "note")
LONGEST = {"name": 120, "post": 200, "note": 300}
_DATES = PartialDateField(required=False)


@dataclass
class TypedRow:
    """One person as typed; `person` is a key or empty for somebody new."""

    programme: str
    person: str = ""
    name: str = ""
    born: str = ""
    sex: str = ""
    post: str = ""
    note: str = ""
    errors: list[str] = field(default_factory=list)
    born_on: PartialDate | None = None

    @property
    def is_new(self) -> bool:
        return not self.person

    @property
    def about(self) -> str:
        """The second line of a known person."""
        return " · ".join(part for part in (self.born, self.post) if part)

    def check(self) -> None:
        """Collect what is wrong with the row itself."""
        try:
            self.born_on = _DATES.clean(self.born)
        except ValidationError as error:
            self.errors.extend(error.messages)
        if self.is_new and not self.name:
            self.errors.append(_("The name is missing. Write the full name."))
        if self.sex and self.sex not in Sex.values:
            self.errors.append(_("Choose the sex."))
        for name, limit in LONGEST.items():
            if len(getattr(self, name)) > limit:
                self.errors.append(_("At most %(limit)s characters are taken. Shorten the text.") % {"limit": limit})

    def need(self, unit: Unit) -> NamedNeed:
        """Return the need of a row without errors."""
        programme_id = int(self.programme)
        if not self.is_new:
            return NamedNeed(programme_id, int(self.person), note=self.note)
        new = NewPerson(self.name, self.sex, self.born_on, unit.pk, self.post)
        return NamedNeed(programme_id, new=new, note=self.note)


@dataclass
class Entry:
    """One programme of the answer."""

    programme: Programme
    number: str = ""
    rows: list[TypedRow] = field(default_factory=list)
    error: str = ""

    @property
    def total(self) -> int:
        """People of the programme; a number that cannot be read counts as none."""
        return unit_total(len(self.rows), int(self.number) if self.number.isdecimal() else 0)


@dataclass
class AnswerForm:
    """All that the answer page sends."""

    unit: Unit
    entries: list[Entry]
    is_nil: bool = False
    nil_reason: str = ""
    late_reason: str = ""
    revision: int = 0
    errors: list[str] = field(default_factory=list)
    """Refusals that belong to no single row."""

    @property
    def is_valid(self) -> bool:
        """Whether everything could be read; marks what could not."""
        for row in self.rows:
            row.check()
        for entry in self.entries:
            if entry.number and not (entry.number.isascii() and entry.number.isdecimal() and len(entry.number) < 6):
                entry.error = _("“%(text)s” is not a number of people. Write digits only.") % {"text": entry.number}
        faulty = sum(bool(row.errors) for row in self.rows) + sum(bool(entry.error) for entry in self.entries)
        if faulty:
            self.errors.append(_("%(count)s rows need correcting. They are marked below.") % {"count": faulty})
        return not faulty

    @property
    def rows(self) -> list[TypedRow]:
        return [row for entry in self.entries for row in entry.rows]

    @property
    def total(self) -> int:
        """People of the answer, as far as the numbers can be read."""
        return sum(entry.total for entry in self.entries)

    def mark(self, violations: Iterable[Violation]) -> None:
        """Put refusals at the rows of the people they name, the others on top."""
        by_person = {row.person: row for row in self.rows if row.person}
        for violation in violations:
            row = by_person.get(str(violation.values.get("person_id")))
            place = row.errors if row else self.errors
            if (said := explain(violation)) not in place:
                place.append(said)

    def content(self) -> AnswerContent:
        """Return what the action needs; only after `is_valid`."""
        return AnswerContent(
            numbers={entry.programme.pk: int(entry.number) for entry in self.entries if entry.number},
            named=[row.need(self.unit) for row in self.rows],
            is_nil=self.is_nil,
            nil_reason=self.nil_reason,
        )


def from_post(unit: Unit, programmes: Sequence[Programme], typed: QueryDict) -> AnswerForm:
    """Return the form as it was sent. Rows of programmes that are not offered are left out."""
    entries = {str(one.pk): Entry(one, nfc(typed.get(f"number-{one.pk}", "")).replace(".", "")) for one in programmes}
    columns = [typed.getlist(f"row_{name}") for name in ROW_FIELDS]
    for values in zip(*columns, strict=False):
        row = TypedRow(*(nfc(value) for value in values))
        if row.programme in entries and (row.person.isdecimal() or not row.person):
            entries[row.programme].rows.append(row)
    revision = typed.get("revision", "")
    return AnswerForm(
        unit,
        list(entries.values()),
        is_nil=bool(typed.get("is_nil")),
        nil_reason=nfc(typed.get("nil_reason", ""))[:300],
        late_reason=nfc(typed.get("late_reason", ""))[:300],
        revision=int(revision) if revision.isdecimal() else 0,
    )


def from_needs(
    unit: Unit, programmes: Sequence[Programme], needs: Sequence[TrainingNeed], answer: SurveyAnswer | None
) -> AnswerForm:
    """Return the form as it was saved, or as last year's people fill it."""
    entries = {one.pk: Entry(one) for one in programmes}
    for need in needs:
        entry = entries.get(need.programme_id)
        if entry and need.person:
            entry.rows.append(row_of(need.person, need.programme_id, need.note))
        elif entry:
            entry.number = str(need.headcount)
    saved = answer or SurveyAnswer()
    return AnswerForm(
        unit,
        list(entries.values()),
        saved.is_nil,
        saved.nil_reason,
        saved.late_reason,
        saved.revision,
    )


def row_of(person: Person, programme_id: int, note: str = "") -> TypedRow:
    """Return the row of a known person."""
    born = person.born_on.display() if person.born_on else ""
    return TypedRow(str(programme_id), str(person.pk), person.full_name, born, person.sex, person.post_text, note)
