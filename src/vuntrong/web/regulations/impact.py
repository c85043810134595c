"""What a proposed row would change, as a list of people."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vuntrong.accounts import policies
from vuntrong.accounts.queries import Somebody
from vuntrong.programmes.queries.gaps import GAINED, LOST, Impact
from vuntrong.registry.actions.privacy import note_read
from vuntrong.registry.enums import Purpose, ReadKind
from vuntrong.registry.models import Person, Post, Unit
from vuntrong.registry.queries import subtree_ids
from vuntrong.regulations.enums import RuleTopic
from vuntrong.regulations.models import RuleRow
from vuntrong.web.kit.columns import DateColumn, KitColumn, NameColumn
from vuntrong.web.kit.filters import ListFilter, RecordFilter, choice_chip
from vuntrong.web.kit.tables import ListTable
from vuntrong.web.kit.values import Figure
from vuntrong.web.registry.people_filters import visible_units

READ = ("registry.Person.ethnicity", "registry.Person.party_status")
"""What conditions look at, of everybody who is counted."""
WORDS = {
    RuleTopic.ELIGIBILITY.value: {
        GAINED: gettext_lazy("Newly eligible"),
        LOST: gettext_lazy("No longer eligible"),
    },
    RuleTopic.POST_STANDARD.value: {
        GAINED: gettext_lazy("Newly below the standard"),
        LOST: gettext_lazy("No longer below the standard"),
    },
}
"""What both sides of a change are called, by topic."""


def people_in_scope(user: Somebody) -> QuerySet[Person]:
    """Return the people whom a rule can touch, in the scope of the user."""
    return policies.people_visible_to(user).filter(merged_into=None, left_on=None)


def figures_of(row: RuleRow, impact: Impact) -> list[Figure]:
    """Return both sides of a change; each opens its people."""
    url = reverse("regulations:impact", args=[row.pk])
    sides = {GAINED: impact.gained, LOST: impact.lost}
    return [
        Figure(str(WORDS[row.topic][side]), len(people), _("people"), url=f"{url}?side={side}")
        for side, people in sides.items()
    ]


class ImpactTable(ListTable):
    """People for whom a row would change something."""

    unit = gettext_lazy("people")
    full_name = NameColumn(
        verbose_name=gettext_lazy("Full name"),
        order_by="sort_key",
        linkify=lambda record: reverse("eligibility:person", args=[record.pk]),
        second=lambda record: record.post_text,
    )
    born_on = DateColumn(verbose_name=gettext_lazy("Date of birth"))
    unit_name = KitColumn(verbose_name=gettext_lazy("Unit"), accessor="unit__name", order_by="unit__sort_key")

    class Meta(ListTable.Meta):
        model = Person
        fields = ("full_name", "born_on", "unit_name")


class ImpactFilter(ListFilter):
    """Which way it changes, as chips; unit and post behind "More filters"."""

    chip = "side"
    chips_count_all = True
    side = choice_chip([(GAINED, ""), (LOST, "")])
    unit = RecordFilter(label=gettext_lazy("Unit and those below it"), queryset=visible_units, method="filter_unit")
    post = RecordFilter(label=gettext_lazy("Post"), queryset=Post.objects.filter(is_active=True))

    class Meta:
        model = Person
        fields = ("post",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["side"].extra["choices"] = list(WORDS[self.request.rule.topic].items())

    def chip_counts(self, rows: QuerySet[Person]) -> dict[str, int]:
        """Return the number of people on each side, and keep the sum. 1 query."""
        found = dict(rows.order_by().values_list("side").annotate(people=Count("pk")))
        self.counted = sum(found.values())
        return found

    def filter_unit(self, people: QuerySet[Person], _name: str, unit: Unit) -> QuerySet[Person]:
        """Keep the people of a unit and of all below it. 1 query."""
        today = timezone.localdate()
        return people.filter(unit_id__in=subtree_ids({unit.pk}, min(today, unit.ended_on or today)))


def note_impact(request: HttpRequest, row: RuleRow, count: int) -> None:
    """Write down the read: conditions look at sensitive data of everybody in scope."""
    kind = ReadKind.EXPORT if request.GET.get("export") else ReadKind.PAGE
    note = f"rule {row.code} {row.valid_from}"
    note_read(user=request.user, kind=kind, purpose=Purpose.ELIGIBILITY, fields=READ, count=count, note=note[:100])
