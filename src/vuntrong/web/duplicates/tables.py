"""Lists of candidates and of merges."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from vuntrong.registry.models import Person, PersonMerge
from vuntrong.web.kit.columns import ActionColumn, DateColumn, KitColumn, NameColumn
from vuntrong.web.kit.filters import ListFilter, RecordFilter
from vuntrong.web.kit.tables import ListTable
from vuntrong.web.registry.people_filters import PersonFilter, visible_units


def _facts(person: Person) -> str:
    facts = (person.born_on, person.post_text, person.unit.name)
    return " · ".join(str(one) for one in facts if one)


class PairTable(ListTable):
    """Two records a row, the surest pair first."""

    unit = _("pairs")
    search_hint = _("Name, ID, birth date or unit")
    first = NameColumn(
        verbose_name=_("First record"),
        order_by="first__sort_key",
        linkify=lambda record: record.url,
        second=lambda pair: _facts(pair.first),
    )
    other = KitColumn(verbose_name=_("Like this one"), accessor="second", order_by="second__sort_key")
    why = KitColumn(verbose_name=_("Why"), order_by="rank")

    class Meta(ListTable.Meta):
        fields = ("first", "other", "why")

    def render_other(self, value: Person) -> str:
        """Say who the other one is, as the first column does."""
        return format_html("{}<small>{}</small>", value.full_name, _facts(value))

    def value_first(self, value: Person) -> str:
        """Say in a workbook all that the cell shows."""
        return f"{value.full_name} · {_facts(value)}"

    value_other = value_first


class DuplicateFilter(ListFilter):
    """Inside which unit both records stand."""

    brings_later = True
    unit = RecordFilter(label=_("Unit and those below it"), queryset=visible_units, method="filter_unit")
    filter_unit = PersonFilter.filter_unit


class MergeTable(ListTable):
    """Merges, the newest first."""

    unit = _("merges")
    opens_rows = False
    kept = NameColumn(
        verbose_name=_("Kept record"),
        accessor="kept__full_name",
        order_by="kept__sort_key",
        linkify=lambda record: reverse("registry:person", args=[record.kept_id]),
        second=lambda merge: merge.kept.unit.name,
    )
    gone = KitColumn(verbose_name=_("Merged record"), accessor="gone__full_name", order_by="gone__sort_key")
    merged_at = DateColumn(verbose_name=_("Merged on"))
    undone_at = DateColumn(verbose_name=_("Undone on"))
    undo = ActionColumn("duplicates/_undo.html", empty_values=())

    class Meta(ListTable.Meta):
        model = PersonMerge
        fields = ("kept", "gone", "merged_at", "undone_at", "undo")
        order_by = ("-merged_at",)
