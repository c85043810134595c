"""The list of people."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from vuntrong.accounts import policies
from vuntrong.registry.actions.privacy import note_read
from vuntrong.registry.enums import Purpose, ReadKind
from vuntrong.registry.queries import people_found
from vuntrong.web.kit.listing import Listing, answer, build_listing
from vuntrong.web.registry.people_filters import SENSITIVE, PersonFilter
from vuntrong.web.registry.tables import PersonTable

NOTED = "sensitive_filter"
"""The filter last written down in this session: typing on within it is one read, not one for each letter."""


def people(request: HttpRequest) -> HttpResponse:
    """List the people of the units that the person answers for or serves."""
    listing = build_listing(
        request,
        policies.people_visible_to(request.user).select_related("unit"),
        table=PersonTable,
        filters=PersonFilter,
        search=people_found,
        title=_("Officials"),
        empty={
            "title": _("Nobody yet"),
            "text": _("People come in with the answers of units, with workbooks, or one by one."),
        },
    )
    _note_sensitive(request, listing)
    shown = {
        "may_enter": lambda: policies.units_enterable_by(request.user).exists(),  # asked by the page alone
        "may_merge": policies.may_merge_people(request.user),
        "may_plan": policies.may_plan(request.user),
    }
    return answer(request, "registry/people.html", listing, context=shown)


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
