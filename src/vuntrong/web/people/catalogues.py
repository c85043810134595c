"""Lists, filters and forms of the catalogues: posts, ethnic groups, religions."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuntrong.kernel.text import search_key
from vuntrong.registry.actions import state_of_row
from vuntrong.registry.enums import ManagingLevel
from vuntrong.registry.models import Ethnicity, Post, Religion
from vuntrong.regulations.enums import Confidence
from vuntrong.web.kit.columns import KitColumn, NameColumn, NumberColumn
from vuntrong.web.kit.filters import ListFilter, choice_chip
from vuntrong.web.kit.forms import KitForm, WholeNumberField
from vuntrong.web.kit.tables import ListTable

TITLES = {"posts": _("Posts"), "ethnicities": _("Ethnic groups"), "religions": _("Religions")}


def _row_url(catalogue: str) -> Any:
    """Return the way to the form of a row, for lists of those who may change it; others get plain names."""
    return lambda record: reverse("people:catalogue-change", args=[catalogue, record.code]) if record.opens else None


def _aliases(record: Any) -> str:
    return ", ".join(record.aliases)


def search_rows(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Return the rows with all the words in their name or other writings, accents aside. 1 query."""
    keys = search_key(words).split()
    texts = {row.pk: search_key(" ".join((row.name, *row.aliases))) for row in rows} if keys else {}
    return rows.filter(pk__in=[pk for pk, text in texts.items() if all(key in text for key in keys)]) if keys else rows


class PostTable(ListTable):
    """Posts, the highest first."""

    unit = _("posts")
    name = NameColumn(verbose_name=_("Post"), linkify=_row_url("posts"), second=_aliases, orderable=False)
    managing_level = KitColumn(
        verbose_name=_("Decided by"), accessor="get_managing_level_display", order_by="managing_level"
    )
    rank = NumberColumn(verbose_name=_("Order"))
    is_active = KitColumn(verbose_name=_("In use"), accessor="is_active", order_by="-is_active")

    def render_is_active(self, record: Post) -> Any:
        """Return whether somebody may hold the post today."""
        return _("Yes") if record.is_active else _("Former times")

    class Meta(ListTable.Meta):
        model = Post
        fields = ("name", "managing_level", "rank", "is_active")
        order_by = ("rank",)


class WordTable(ListTable):
    """Ethnic groups or religions by their numbers."""

    unit = _("rows")
    code = NumberColumn(verbose_name=_("Number"), phone="line")
    confidence = KitColumn(verbose_name=_("Checked"), accessor="get_confidence_display", order_by="confidence")

    class Meta(ListTable.Meta):
        order_by = ("code",)


class EthnicityTable(WordTable):
    """The ethnic groups."""

    name = NameColumn(verbose_name=_("Ethnic group"), linkify=_row_url("ethnicities"), second=_aliases, orderable=False)

    class Meta(WordTable.Meta):
        model = Ethnicity
        fields = ("name", "code", "confidence")
        sequence = ("name", "code", "confidence")


class ReligionTable(WordTable):
    """The religions."""

    name = NameColumn(verbose_name=_("Religion"), linkify=_row_url("religions"), second=_aliases, orderable=False)

    class Meta(WordTable.Meta):
        model = Religion
        fields = ("name", "code", "confidence")
        sequence = ("name", "code", "confidence")


class PostFilter(ListFilter):
    """Who decides about the holder, as chips."""

    chip = "managing_level"
    managing_level = choice_chip(ManagingLevel.choices)

    class Meta:
        model = Post
        fields = ("managing_level",)


class AliasesField(forms.CharField):
    """Other writings, one on a line; a list of texts."""

    def __init__(self, **extra: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 6, "class": "form-control"}), required=False, **extra)

    def clean(self, value: Any) -> Any:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


class RowForm(KitForm):
    """A row of a catalogue; its code is given once."""

    name = forms.CharField(label=_("Name"), max_length=60)
    aliases = AliasesField(label=_("Other writings"), help_text=_("one on a line; lists are read by them"))
    seen = forms.CharField(widget=forms.HiddenInput(), required=False)
    wide = ("aliases",)

    def __init__(self, *args: Any, row: Any = None, **extra: Any) -> None:
        names = [name for name in self.base_fields if name != "seen"]
        started = {name: getattr(row, name) for name in names} | {"seen": state_of_row(row)} if row else {}
        super().__init__(*args, initial=started, **extra)
        if row and "code" in self.fields:
            del self.fields["code"]

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, by column."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class PostForm(RowForm):
    """A post."""

    code = forms.SlugField(label=_("Code"), max_length=60, help_text=_("small letters without accents, hyphens"))
    name = forms.CharField(label=_("Name"), max_length=120)
    managing_level = forms.ChoiceField(
        label=_("Decided by"), choices=[("", _("Not stated")), *ManagingLevel.choices], required=False
    )
    rank = WholeNumberField(
        label=_("Order"), min_value=0, max_value=32000, initial=1000, help_text=_("highest post first")
    )
    is_active = forms.BooleanField(label=_("In use today"), required=False, initial=True)


class WordForm(RowForm):
    """An ethnic group or a religion."""

    code = WholeNumberField(label=_("Number"), min_value=0, max_value=999)
    confidence = forms.ChoiceField(label=_("Checked"), choices=Confidence.choices)


TABLES = {"posts": PostTable, "ethnicities": EthnicityTable, "religions": ReligionTable}
FORMS = {"posts": PostForm, "ethnicities": WordForm, "religions": WordForm}
FILTERS = {"posts": PostFilter}
