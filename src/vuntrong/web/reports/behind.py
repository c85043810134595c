"""What stands behind one figure: classes, turns, people. Reads only what it needs, for lists stay quick."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from vuntrong.reports.enums import Dimension, Reading
from vuntrong.reports.queries.figures import counted_now
from vuntrong.reports.queries.folding import names_until
from vuntrong.reports.queries.rows import RowFilter, frozen_rows, people_of, report_rows
from vuntrong.reports.rules import figures
from vuntrong.reports.rules.folding import BESIDE as COMMA
from vuntrong.reports.rules.frozen import CountedClass, counted, from_plain, select
from vuntrong.web.kit.values import Tab
from vuntrong.web.reports.access import Named
from vuntrong.web.reports.sentences import line_label, period_words, report_title

SHOWN_BESIDE = 30
"""So many classes stand beside a list of turns."""


@dataclass(frozen=True)
class Behind:
    """Some of the classes of a report, and their rows."""

    named: Named
    by: str
    key: str
    class_id: int | None
    chosen: tuple[CountedClass, ...]
    people_count: int
    """People of the classes, each once."""
    rows: Callable[[], QuerySet[Any]]
    """The turns, live or frozen."""
    sender: str = ""
    """Keys of the sending units asked for, or the name of one in a version; empty for all."""
    sender_name: str = ""
    sent: int | None = None
    """Turns that they sent; null where all units are meant."""

    @property
    def title(self) -> str:
        """What is counted: the programme, the kind, the class, or everything."""
        if self.sender:
            return _("Sent by %(unit)s") % {"unit": self.sender_name}
        if self.class_id is not None:
            return f"{self.chosen[0].facts.code} · {self.chosen[0].facts.name}"
        if not self.by or not self.chosen:
            return report_title(self.named.period)
        return line_label(self.by, figures.KEYS[self.by](self.chosen[0].facts)[1])

    @property
    def facts(self) -> str:
        """Unit, period and version under the title."""
        version = self.named.version
        what = _("version %(number)s") % {"number": version.number} if version else _("as of now")
        read = [] if version else [str(Reading(self.named.reading).label).lower()]
        return " · ".join([self.named.unit.name, period_words(self.named.period), what, *read])

    @property
    def turns(self) -> int:
        """All turns of the classes, before any filter of the list."""
        return sum(one.turns for one in self.chosen) if self.sent is None else self.sent

    @property
    def tabs(self) -> list[Tab]:
        """The three lists behind the figure."""
        return [
            Tab(_("Turns"), self.url("rows"), self.turns),
            Tab(_("People"), self.url("people"), self.people_count),
            Tab(_("Classes"), self.url("classes"), len(self.chosen)),
        ]

    @property
    def back_url(self) -> str:
        """The report."""
        return self.named.url()

    @property
    def back_label(self) -> str:
        """The unit and the period, for the way back."""
        return f"{self.named.unit.short_name}, {period_words(self.named.period)}"

    def url(self, page: str, class_id: int | None = None) -> str:
        """Return the address of one of the lists, of one class where it is given."""
        asked = {
            "by": self.by or None,
            "key": self.key if self.by else None,
            "class": class_id or self.class_id,
            "sender": self.sender or None,
        }
        return self.named.url(page, **asked)

    @property
    def lines(self) -> list[tuple[CountedClass, str]]:
        """The classes with the address of their turns."""
        return [(one, self.url("rows", one.facts.id)) for one in self.chosen]

    @property
    def first_lines(self) -> list[tuple[CountedClass, str]]:
        """The classes that fit beside a list."""
        return self.lines[:SHOWN_BESIDE]

    @property
    def more_lines(self) -> int:
        """How many do not."""
        return max(0, len(self.chosen) - SHOWN_BESIDE)

    def people(self) -> QuerySet[Any]:
        """Return the people, each once with the number of turns."""
        return people_of(self.rows())


def behind(request: HttpRequest, named: Named) -> Behind:
    """Return what an address asks for. 3 queries, 4 by audience, for a version 1.

    Raises Http404 for a dimension or a class that there is not.
    """
    by, key, class_id = (request.GET.get(name, "") for name in ("by", "key", "class"))
    if by and by not in Dimension.values:
        raise Http404
    if class_id and not (class_id.isascii() and class_id.isdecimal() and len(class_id) < 19):
        raise Http404
    asked = (by, key, int(class_id) if class_id else None)
    found = _frozen(named, *asked) if named.version else _live(named, *asked)
    if class_id and not found.chosen:
        raise Http404
    sender = request.GET.get("sender", "")
    return _sent_by(found, sender) if sender else found


def _sent_by(found: Behind, sender: str) -> Behind:
    """Return only what some units sent. 3 queries. Raises Http404 for what names no unit."""
    if found.named.version:
        wanted, name = RowFilter(sender=sender), sender
    else:
        keys = sender.split(COMMA)
        if not all(key.isascii() and key.isdecimal() and len(key) < 19 for key in keys):
            raise Http404
        wanted = RowFilter(unit_ids=[int(key) for key in keys])
        name = ", ".join(names_until(wanted.unit_ids or (), found.named.period.end).values())
    everything = found.rows

    def rows() -> QuerySet[Any]:
        return everything().filter(wanted.condition())

    counted = dict(rows().order_by().values_list("class_id").annotate(turns=Count("enrolment_id")))
    people = rows().order_by().values("person_id").distinct().count()
    chosen = tuple(replace(one, turns=counted[one.facts.id]) for one in found.chosen if one.facts.id in counted)
    words = {"sender": sender, "sender_name": name, "sent": sum(counted.values())}
    return replace(found, chosen=chosen, people_count=people, rows=rows, **words)


def _live(named: Named, by: str, key: str, class_id: int | None) -> Behind:
    now = counted_now(named.scope(), audiences=by == Dimension.AUDIENCE)
    chosen = _chosen(counted(now.classes, now.turns), by, key, class_id)
    people = figures.total([one.facts for one in chosen], now.turns).learners
    wanted = RowFilter(class_ids=[one.facts.id for one in chosen])
    return Behind(named, by, key, class_id, chosen, people, lambda: report_rows(now.scope, wanted))


def _frozen(named: Named, by: str, key: str, class_id: int | None) -> Behind:
    assert named.version  # noqa: S101 - asked by the caller
    version = named.version
    chosen = _chosen(from_plain(version.figures).classes, by, key, class_id)
    wanted = RowFilter(class_ids=[one.facts.id for one in chosen])
    people = frozen_rows(version, wanted).order_by().values("person_id").distinct().count()
    return Behind(named, by, key, class_id, chosen, people, lambda: frozen_rows(version, wanted))


def _chosen(classes: tuple[CountedClass, ...], by: str, key: str, class_id: int | None) -> tuple[CountedClass, ...]:
    return tuple(one for one in select(classes, by, key) if class_id in (None, one.facts.id))
