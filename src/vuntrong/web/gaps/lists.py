"""The gap list as a list page."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from vuntrong.programmes.queries.gaps import Gaps, gaps_on, lacking
from vuntrong.programmes.queries.rules import RuleSets
from vuntrong.programmes.rules.verdicts import Answer
from vuntrong.registry.models import Person, Post, Unit
from vuntrong.registry.queries import subtree_ids
from vuntrong.web.kit.columns import DateColumn, KitColumn, NameColumn
from vuntrong.web.kit.filters import ListFilter, RecordFilter, choice_chip
from vuntrong.web.kit.tables import ListTable
from vuntrong.web.registry.people_filters import visible_units

ANSWERS = {
    Answer.NOT_ELIGIBLE: _("Standard not met"),
    Answer.MISSING_DATA: _("Data missing"),
}


class GapsColumn(KitColumn):
    """What is missing, one line for each standard."""

    def render(self, record: Person, table: "GapTable") -> SafeString:
        return format_html_join("", "<p>{}</p>", ([one] for one in table.said(record.pk)))

    def value(self, record: Person, table: "GapTable") -> str:
        return "\n".join(table.said(record.pk))


class GapTable(ListTable):
    """Holders of posts who do not meet a standard."""

    unit = _("people")
    full_name = NameColumn(
        verbose_name=_("Full name"),
        order_by="sort_key",
        linkify=lambda record: reverse("registry:person", args=[record.pk]),
        second=lambda record: record.post_text,
    )
    born_on = DateColumn(verbose_name=_("Date of birth"))
    unit_name = KitColumn(verbose_name=_("Unit"), accessor="unit__name", order_by="unit__sort_key")
    gaps = GapsColumn(verbose_name=_("What is missing"), empty_values=(), orderable=False)

    said: Callable[[int], list[str]]
    """Returns what one person lacks, as sentences."""

    class Meta(ListTable.Meta):
        model = Person
        fields = ("full_name", "born_on", "unit_name")


class GapFilter(ListFilter):
    """Whether the standard is surely not met, as chips; unit and post behind "More filters"."""

    chip = "answer"
    tones = {Answer.NOT_ELIGIBLE.value: "bad", Answer.MISSING_DATA.value: "wait"}
    answer = choice_chip([(answer.value, label) for answer, label in ANSWERS.items()], method="filter_answer")
    unit = RecordFilter(label=_("Unit and those below it"), queryset=visible_units, method="filter_unit")
    post = RecordFilter(label=_("Post"), queryset=Post.objects.filter(is_active=True))

    class Meta:
        model = Person
        fields = ("post",)

    @property
    def standards(self) -> RuleSets:
        """The standards of the day; the view has put them there."""
        found: RuleSets = self.request.standards
        return found

    def chip_counts(self, rows: QuerySet[Person]) -> dict[str, int]:
        """Return the number of people for each kind of gap, and keep the gap list for the reasons."""
        people = Person.objects.filter(pk__in=rows.order_by().values("pk"))
        self.found: Gaps = gaps_on(people, self.standards, self.request.day)
        return {answer.value: len(self.found.ids(answer)) for answer in ANSWERS}

    def filter_answer(self, people: QuerySet[Person], _name: str, value: str) -> QuerySet[Person]:
        """Keep those with that kind of gap."""
        return people.filter(pk__in=lacking(people, self.standards, self.request.day, Answer(value)).values("pk"))

    def filter_unit(self, people: QuerySet[Person], _name: str, unit: Unit) -> QuerySet[Person]:
        """Keep the people of a unit and of all below it. 1 query."""
        today = timezone.localdate()
        return people.filter(unit_id__in=subtree_ids({unit.pk}, min(today, unit.ended_on or today)))
