"""The lists behind the figures: turns, people."""

from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from vuntrong.reports.enums import Result
from vuntrong.web.kit import columns
from vuntrong.web.kit.tables import ListTable
from vuntrong.web.reports.sentences import sex_label


class SexColumn(columns.KitColumn):
    """Male, Female or Not stated."""

    def __init__(self, **extra: Any) -> None:
        super().__init__(empty_values=(None,), verbose_name=_("Sex"), **extra)

    def render(self, value: str) -> str:
        return sex_label(value)

    def value(self, value: str) -> str:
        return sex_label(value)


class ResultColumn(columns.KitColumn):
    """What became of the turn."""

    def render(self, value: str) -> str:
        return str(Result(value).label)

    def value(self, value: str) -> str:
        return str(Result(value).label)


class ClassColumn(columns.KitColumn):
    """Code of the class, its name below."""

    def render(self, value: str, record: dict[str, Any]) -> str:
        return format_html("{}<small>{}</small>", value, record["class_name"])


class TurnTable(ListTable):
    """One row for each turn."""

    unit = _("turns")
    opens_rows = False

    person_name = columns.NameColumn(verbose_name=_("Full name"), order_by="search_key")
    sex = SexColumn(phone="side")
    unit_name = columns.KitColumn(verbose_name=_("Sending unit"))
    class_code = ClassColumn(verbose_name=_("Class"))
    result = ResultColumn(verbose_name=_("Result"))


class PersonTable(ListTable):
    """One row for each person, with the number of turns."""

    unit = _("people")
    opens_rows = False

    person_name = columns.NameColumn(verbose_name=_("Full name"))
    sex = SexColumn(phone="side")
    turns = columns.NumberColumn(verbose_name=_("Turns"))

    def settle_order(self) -> None:
        """Let the person decide between equal rows: the key of a turn would part the turns of one person."""
        rows = self.data.data
        if isinstance(rows, QuerySet):
            self.data.data = rows.order_by(*rows.query.order_by, "person_id")
