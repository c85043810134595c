"""The list of candidates for a programme: who may attend, who first, and why not."""

from collections.abc import Callable, Mapping

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from vuntrong.classes.models import ClassRun
from vuntrong.programmes.queries.filters import by_answer
from vuntrong.programmes.queries.sweep import Sweep, sweep
from vuntrong.programmes.rules.verdicts import Answer, Verdict
from vuntrong.programmes.sentences import ANSWERS, sentences
from vuntrong.registry.models import Person, Post, Unit
from vuntrong.registry.queries import subtree_ids
from vuntrong.web.eligibility.asked import TONES, Asked
from vuntrong.web.kit.columns import DateColumn, KitColumn, NameColumn, StateColumn
from vuntrong.web.kit.filters import ListFilter, RecordFilter, choice_chip
from vuntrong.web.kit.tables import ListTable
from vuntrong.web.kit.values import State
from vuntrong.web.registry.people_filters import visible_units

FIRST = {
    "lacks_standard": _("lacks a standard of the post"),
    "is_planned": _("planned for a post"),
}


class VerdictColumn(StateColumn):
    """The answer as a badge; asks the judge of the table once for each person that is shown."""

    def render(self, record: Person, table: "CandidateTable") -> SafeString:
        record.verdict = table.judge(record.pk)
        return super().render(record)

    def value(self, record: Person, table: "CandidateTable") -> str:
        record.verdict = table.judge(record.pk)
        return super().value(record)


class ReasonsColumn(KitColumn):
    """Every reason of a verdict, one under the other."""

    def render(self, record: Person) -> SafeString | str:
        said = sentences(record.verdict)
        return format_html_join("", "<p>{}</p>", ([one] for one in said)) if said else "–"

    def value(self, record: Person) -> str:
        return "\n".join(sentences(record.verdict))


class PriorityColumn(KitColumn):
    """What lets somebody go first."""

    def render(self, record: Person) -> str:
        words = [str(word) for name, word in FIRST.items() if getattr(record, name)]
        if record.waits_since:
            words.append(str(_("named since %(year)s") % {"year": record.waits_since}))
        return ", ".join(words) or "–"

    def value(self, record: Person) -> str:
        return self.render(record)


def _state(record: Person) -> State:
    answer = record.verdict.answer
    return State(TONES[answer], str(ANSWERS[answer]))


class CandidateTable(ListTable):
    """People in the order in which they should go."""

    unit = _("people")
    full_name = NameColumn(
        verbose_name=_("Full name"),
        order_by="sort_key",
        linkify=lambda record: reverse("eligibility:person", args=[record.pk]),
        second=lambda record: record.post_text,
    )
    born_on = DateColumn(verbose_name=_("Date of birth"))
    unit_name = KitColumn(verbose_name=_("Unit"), accessor="unit__name", order_by="unit__sort_key")
    answer = VerdictColumn(verbose_name=_("Verdict"), orderable=False, state=_state)
    reasons = ReasonsColumn(verbose_name=_("Reasons"), empty_values=(), orderable=False)
    priority = PriorityColumn(verbose_name=_("Priority"), empty_values=(), orderable=False)

    judge: Callable[[int], Verdict]
    """Returns the verdict on a person of the list."""

    class Meta(ListTable.Meta):
        model = Person
        fields = ("full_name", "born_on", "unit_name")


class PlaceColumn(KitColumn):
    """Whether somebody is nominated for the class, or sits in it."""

    def render(self, record: Person, table: "ClassCandidateTable") -> str:
        return table.places.get(record.pk, "–")

    def value(self, record: Person, table: "ClassCandidateTable") -> str:
        return self.render(record, table)


class ClassCandidateTable(CandidateTable):
    """People in the order in which they should go, with what the class knows of them already."""

    place = PlaceColumn(verbose_name=_("In this class"), empty_values=(), orderable=False)
    places: Mapping[int, str]

    class Meta(CandidateTable.Meta):
        pass


def places_in(run: ClassRun) -> dict[int, str]:
    """Return what the class knows of people by key: the state of the nomination, over it that of the turn. 2 queries.

    Withdrawn and refused ones are told too, so that nobody asks for them twice.
    """
    nominated = {one.person_id: one.get_state_display() for one in run.nominations.in_order()}
    turns = {one.person_id: one.get_state_display() for one in run.enrolments.all()}
    return {key: str(word) for key, word in (nominated | turns).items()}


class CandidateFilter(ListFilter):
    """The answer as chips; unit and post behind "More filters". Judges everybody once, for chips and reasons."""

    chip = "answer"
    tones = {answer.value: tone for answer, tone in TONES.items()}
    chips_count_all = True
    answer = choice_chip([(answer.value, label) for answer, label in ANSWERS.items()], method="filter_answer")
    unit = RecordFilter(label=_("Unit and those below it"), queryset=visible_units, method="filter_unit")
    post = RecordFilter(label=_("Post"), queryset=Post.objects.filter(is_active=True))

    class Meta:
        model = Person
        fields = ("post",)

    def chip_counts(self, rows: QuerySet[Person]) -> dict[str, int]:
        """Return the number of people for each answer."""
        return {answer.value: count for answer, count in self.judged(rows).counts(self.asked.course).items()}

    def judged(self, rows: QuerySet[Person]) -> Sweep:
        """Judge the people of the list; the answer is kept for the reasons."""
        everybody = Person.objects.filter(pk__in=rows.order_by().values("pk"))
        self.swept = sweep(everybody, self.asked.sets, [self.asked.course], self.asked.day)
        return self.swept

    @property
    def asked(self) -> Asked:
        """What the page is asked; the view has put it there."""
        found: Asked = self.request.eligibility
        return found

    def filter_answer(self, people: QuerySet[Person], _name: str, value: str) -> QuerySet[Person]:
        """Keep those who get the answer."""
        return by_answer(people, self.asked.rules, self.asked.day, Answer(value))

    def filter_unit(self, people: QuerySet[Person], _name: str, unit: Unit) -> QuerySet[Person]:
        """Keep the people of a unit and of all below it. 1 query."""
        today = timezone.localdate()
        return people.filter(unit_id__in=subtree_ids({unit.pk}, min(today, unit.ended_on or today)))
