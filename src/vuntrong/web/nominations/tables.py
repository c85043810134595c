"""Lists: places of units, nominations of a class, requests for exceptions."""

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from vuntrong.classes.enums import QUOTA_STATES, ExceptionState, NominationState
from vuntrong.classes.models import ExceptionRequest, Nomination, Quota
from vuntrong.registry.models import Unit
from vuntrong.web.kit import filters, tables
from vuntrong.web.kit.columns import DateColumn, KitColumn, NameColumn, NumberColumn, StateColumn, TickColumn
from vuntrong.web.kit.states import state_of
from vuntrong.web.nominations.showing import verdict_state


def with_use(quotas: QuerySet[Quota]) -> QuerySet[Quota]:
    """Add how many places are used and how many people wait for an exception."""
    same = Q(class_run__nominations__unit=F("unit"))
    used = Q(class_run__nominations__state__in=sorted(QUOTA_STATES))
    waits = Q(class_run__nominations__state=NominationState.EXCEPTION)
    return quotas.select_related("class_run__programme", "unit").annotate(
        used=Count("class_run__nominations", filter=same & used),
        exceptions=Count("class_run__nominations", filter=same & waits),
    )


class PlacesTable(tables.ListTable):
    """Which unit has places in which class."""

    unit = _("rows")
    code = NameColumn(
        accessor="class_run__code",
        order_by=("class_run__code", "pk"),
        linkify=lambda record: reverse("nominations:unit", args=[record.pk]),
        second=lambda record: record.class_run.programme.short_name,
        verbose_name=_("Class"),
    )
    unit_name = KitColumn(accessor="unit__name", order_by=("unit__sort_key",), verbose_name=_("Sending unit"))
    begins = DateColumn(accessor="class_run__planned_start", verbose_name=_("Planned start"))
    used = NumberColumn(verbose_name=_("Places used"), phone="side")
    places = NumberColumn(verbose_name=_("Places"))
    exceptions = NumberColumn(verbose_name=_("Wait for an exception"))
    state = StateColumn(
        accessor="class_run",
        order_by="class_run__state",
        verbose_name=_("State of the class"),
        state=lambda quota: state_of(quota.class_run),
    )


class ReasonsColumn(KitColumn):
    """Every reason of the kept verdict, one under the other."""

    def render(self, record: Nomination) -> SafeString | str:
        said = [one["sentence"] for one in record.reasons]
        return format_html_join("", "<p>{}</p>", ([one] for one in said)) if said else "–"

    def value(self, record: Nomination) -> str:
        return "\n".join(one["sentence"] for one in record.reasons)


class PersonTick(TickColumn):
    """A box that is read out with the name."""

    def render(self, value: object, record: Nomination) -> SafeString:
        return super().render(value, record.person)


class NominationTable(tables.ListTable):
    """Nominations of a class, who was nominated first stands first."""

    unit = _("nominations")
    bulk_template = "nominations/_bulk.html"
    tick = PersonTick()
    person = NameColumn(
        accessor="person__full_name",
        order_by=("person__sort_key", "pk"),
        linkify=lambda record: reverse("nominations:nomination", args=[record.pk]),
        second=lambda record: record.post_text,
        verbose_name=_("Full name"),
    )
    unit_name = KitColumn(accessor="unit__name", order_by=("unit__sort_key",), verbose_name=_("Sending unit"))
    nominated_on = DateColumn(order_by=("nominated_at", "pk"), verbose_name=_("Nominated on"), phone="hide")
    answer = StateColumn(order_by="answer", verbose_name=_("Verdict"), state=verdict_state)
    reasons = ReasonsColumn(empty_values=(), orderable=False, verbose_name=_("Reasons"))
    state = StateColumn(order_by="state", verbose_name=_("State"))


class SeenNominationTable(NominationTable):
    """The same for somebody who may not answer."""

    bulk_template = ""
    tick = None


class NominationFilter(filters.ListFilter):
    """Nominations by state, verdict and unit."""

    chip = "state"
    tones = {"nominated": "wait", "exception": "wait", "accepted": "ok", "waiting": "run", "refused": "bad"}
    state = filters.choice_chip(NominationState.choices)
    answer = filters.choice_menu(_("Verdict"), Nomination._meta.get_field("answer").choices)
    unit = filters.record_menu(_("Sending unit"), Unit.objects.none())

    class Meta:
        model = Nomination
        fields = ()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.filters["unit"].queryset = Unit.objects.filter(pk__in=self.queryset.order_by().values("unit"))


class ExceptionTable(tables.ListTable):
    """Requests for exceptions, the newest first."""

    unit = _("requests")
    person = NameColumn(
        accessor="nomination__person__full_name",
        order_by=("nomination__person__sort_key", "pk"),
        linkify=lambda record: reverse("nominations:nomination", args=[record.nomination_id]),
        second=lambda record: record.nomination.post_text,
        verbose_name=_("Full name"),
    )
    unit_name = KitColumn(
        accessor="nomination__unit__name", order_by=("nomination__unit__sort_key",), verbose_name=_("Sending unit")
    )
    code = KitColumn(accessor="nomination__class_run__code", verbose_name=_("Class"))
    reason = KitColumn(verbose_name=_("Reason"), orderable=False)
    asked_at = DateColumn(verbose_name=_("Asked at"))
    state = StateColumn(order_by="state", verbose_name=_("State"))
    decision_number = KitColumn(verbose_name=_("Number of the decision"), phone="hide")


class ExceptionFilter(filters.ListFilter):
    """Requests by state."""

    chip = "state"
    tones = {"asked": "wait", "granted": "ok", "refused": "bad"}
    state = filters.choice_chip(ExceptionState.choices)

    class Meta:
        model = ExceptionRequest
        fields = ()
