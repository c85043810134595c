"""Filters of the list of people."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vuntrong.accounts.policies import may_read_sensitive, units_visible_to
from vuntrong.registry.enums import Degree, ManagingLevel, PartyStatus, PoliticalLevel, Sex
from vuntrong.registry.models import Ethnicity, Person, Post, Posting, Unit
from vuntrong.web.kit.filters import ListFilter, RecordFilter, choice_chip, choice_menu, numbers_between
from vuntrong.web.units.people import people_of
from vuntrong.web.units.readings import asked_units

MISSING = {
    "birth-date": _("Date of birth"),
    "id": _("Personal ID"),
    "sex": _("Sex"),
    "post": _("Post"),
    "post-in-catalogue": _("Post in the catalogue"),
    "unit": _("Unit (known only as text)"),
    "degree": _("Degree"),
    "political-level": _("Political-theory level"),
}
"""What a record may lack."""
LACKS = {
    "birth-date": Q(born_on=None),
    "id": Q(personal_id="", old_personal_id=""),
    "sex": Q(sex=""),
    "post": Q(post=None, post_text=""),
    "post-in-catalogue": Q(post=None) & ~Q(post_text=""),
    "unit": Q(pk__in=Posting.objects.order_by().exclude(unit_text="").filter(valid_to=None).values("person")),
    "degree": Q(degree=""),
    "political-level": Q(political_level=""),
}
LEFT = "left"
SENSITIVE = {"party_status": "registry.Person.party_status", "ethnicity": "registry.Person.ethnicity"}
"""Filters that tell something sensitive of everybody who is listed, and the field that they read."""


def visible_units(request: HttpRequest) -> QuerySet[Unit]:
    """Return the units that the person may open."""
    return units_visible_to(request.user)


class PersonFilter(ListFilter):
    """Sex as chips; levels and gaps as menus; unit, post, age and ethnicity behind "More filters".

    Those who left show when they are asked for; records that another one took over, or that only the archive may use,
    never do.
    """

    chip = "sex"
    brings_later = True
    chips_count_all = True
    sex = choice_chip(Sex.choices)
    degree = choice_menu(_("Degree"), [one for one in Degree.choices if one[0] != Degree.NONE])
    political_level = choice_menu(_("Political theory"), PoliticalLevel.choices)
    party_status = choice_menu(_("Party membership"), PartyStatus.choices)
    managing_level = choice_menu(_("Managed by"), ManagingLevel.choices, method="filter_managing_level")
    missing = choice_menu(_("Missing"), list(MISSING.items()), method="filter_missing")
    also = choice_menu(_("Also show"), [(LEFT, _("Those who left"))], method="filter_also")
    unit = RecordFilter(label=_("Unit and those below it"), queryset=visible_units, method="filter_unit")
    post = RecordFilter(label=_("Post"), queryset=Post.objects.filter(is_active=True))
    age = numbers_between(_("Age"), method="filter_age")
    ethnicity = RecordFilter(label=_("Ethnic group"), queryset=Ethnicity.objects.all())

    class Meta:
        model = Person
        fields = ("sex", "degree", "political_level", "party_status", "post", "ethnicity")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_read_sensitive(self.request.user):
            for name in SENSITIVE:
                del self.filters[name]

    @property
    def sensitive_fields(self) -> list[str]:
        """The sensitive fields that the chosen filters read."""
        return [field for name, field in SENSITIVE.items() if name in self.filters and self.form.cleaned_data.get(name)]

    def filter_queryset(self, queryset: QuerySet[Person], *, without: str = "") -> QuerySet[Person]:
        """Leave out those who left unless they are asked for. At most 1 query, for the units below a chosen one."""
        also = self.form.cleaned_data.get("also") or []
        queryset = queryset.filter(merged_into=None)
        if LEFT not in also:
            queryset = queryset.filter(left_on=None)
        return super().filter_queryset(queryset, without=without)

    def chip_counts(self, rows: QuerySet[Person]) -> dict[str, int]:
        """Return the number of people of each sex in one pass over the index; "" for those of whom it is not known."""
        known = {value: Count("pk", filter=Q(sex=value)) for value in Sex.values}
        counts = rows.order_by().aggregate(**known, every=Count("pk"))
        every = counts.pop("every")
        return {**counts, "": every - sum(counts.values())}

    def filter_managing_level(self, people: QuerySet[Person], _name: str, levels: Sequence[str]) -> QuerySet[Person]:
        """Keep the holders of posts that these levels decide about."""
        posts = Post.objects.order_by().filter(managing_level__in=levels)
        return people.filter(post__in=posts.values("pk")) if levels else people

    def filter_missing(self, people: QuerySet[Person], _name: str, gaps: Sequence[str]) -> QuerySet[Person]:
        """Keep those who lack at least one of the chosen things."""
        lacks = Q()
        for gap in gaps:
            lacks |= LACKS[gap]
        return people.filter(lacks)

    def filter_also(self, people: QuerySet[Person], _name: str, _values: Sequence[str]) -> QuerySet[Person]:
        """Nothing is left out here: `filter_queryset` does it."""
        return people

    def filter_unit(self, people: QuerySet[Person], _name: str, unit: Unit) -> QuerySet[Person]:
        """Keep the people of a unit and of all below it, in the reading of the list. 1 query, in today's units 3."""
        return people_of(people, unit, asked_units(self.request))

    def filter_age(self, people: QuerySet[Person], _name: str, age: slice) -> QuerySet[Person]:
        """Keep ages in whole years; of somebody whose day or month is not known, the highest age that may be true."""
        today = timezone.localdate()
        if age.start is not None:
            people = people.filter(born_on__lte=years_before(today, int(age.start)).isoformat())
        if age.stop is not None:
            people = people.filter(born_on__gt=years_before(today, int(age.stop) + 1).isoformat())
        return people


def years_before(day: dt.date, years: int) -> dt.date:
    """Return the same day so many years earlier, at most 200; 1 March for a 29 February that is not there."""
    year = day.year - min(max(years, 0), 200)
    try:
        return day.replace(year=year)
    except ValueError:
        return dt.date(year, 3, 1)
