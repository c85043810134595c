"""The list of people."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vuntrong.accounts import policies
from vuntrong.registry.actions.privacy import note_read
from vuntrong.registry.enums import Purpose, ReadKind
from vuntrong.registry.queries import people_found
from vuntrong.web.kit.exports import ListRequest
from vuntrong.web.kit.listing import Listing, answer, build_listing
from vuntrong.web.registry.people_filters import SENSITIVE, PersonFilter
from vuntrong.web.registry.tables import (
    PersonTable,
    PersonThenTable,
    SensitivePersonTable,
    SensitivePersonThenTable,
)
from vuntrong.web.units.people import with_unit_shown
from vuntrong.web.units.readings import asked_units

TABLES = {
    (False, False): PersonTable,
    (False, True): PersonThenTable,
    (True, False): SensitivePersonTable,
    (True, True): SensitivePersonThenTable,
}
"""By whether sensitive columns go out, and whether the units are not simply those of today."""
NOTED = "sensitive_filter"
"""The filter last written down in this session: typing on within it is one read, not one for each letter."""


def people(request: HttpRequest) -> HttpResponse:
    """List the people of the units that the person answers for or serves."""
    purpose = _export_purpose(request)
    asked = asked_units(request)
    listing = build_listing(
        request,
        with_unit_shown(policies.people_visible_to(request.user).select_related("unit"), asked),
        table=TABLES[bool(purpose), asked.is_folded or asked.is_past],
        filters=PersonFilter,
        search=people_found,
        title=_("Officials"),
        empty={
            "title": _("Nobody yet"),
            "text": _("People come in with the answers of units, with workbooks, or one by one."),
        },
    )
    listing.units = asked
    _note_sensitive(request, listing)
    if purpose:
        _note_export(request, listing, purpose)
    shown = {
        "may_enter": lambda: policies.units_enterable_by(request.user).exists(),  # asked by the page alone
        "purposes": Purpose.choices if policies.may_read_sensitive(request.user) else [],
        "may_merge": policies.may_merge_people(request.user),
        "may_plan": policies.may_plan(request.user),
    }
    return answer(request, "registry/people.html", listing, context=shown)


def _export_purpose(request: HttpRequest) -> str:
    """Return for what a worker writes the sensitive columns too; "" where it does not, or may not."""
    purpose = request.GET.get("purpose", "")
    is_wanted = isinstance(request, ListRequest) and purpose in Purpose.values
    return purpose if is_wanted and policies.may_read_sensitive(request.user) else ""


def _note_export(request: HttpRequest, listing: Listing, purpose: str) -> None:
    """Write down that sensitive fields of many people go out in a workbook."""
    note_read(
        user=request.user,
        kind=ReadKind.EXPORT,
        purpose=purpose,
        fields=[f"registry.Person.{name}" for name in ("party_status", "ethnicity", "religion")],
        count=len(listing.table.rows),
        note=request.GET.urlencode(),
    )


def _note_sensitive(request: HttpRequest, listing: Listing) -> None:
    """Write down that somebody listed people by a sensitive field, once for each such list in a session."""
    filters = listing.filters
    fields = filters.sensitive_fields if isinstance(filters, PersonFilter) else []
    query = "&".join(f"{name}={','.join(request.GET.getlist(name))}" for name in SENSITIVE)
    if not filters or not fields or request.session.get(NOTED) == query:
        return
    note_read(
        user=request.user,
        kind=ReadKind.PAGE,
        purpose=Purpose.STATISTICS,
        fields=fields,
        count=filters.qs.count(),
        note=query,
    )
    request.session[NOTED] = query
