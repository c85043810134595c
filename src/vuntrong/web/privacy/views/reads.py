"""Who read sensitive data; the register of processing; the draft of an impact assessment."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from vuntrong.accounts.policies import may_keep_privacy, may_see_reads, reads_visible_to, records_kept_by
from vuntrong.documents.docx import to_docx
from vuntrong.registry.impact_assessment import assessment_paper
from vuntrong.web.context import current_unit
from vuntrong.web.kit.listing import answer_list
from vuntrong.web.privacy.filters import ReadFilter
from vuntrong.web.privacy.register import field_groups, purposes
from vuntrong.web.privacy.tables import ReadTable

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def reads(request: HttpRequest) -> HttpResponse:
    """List who read whose sensitive data, when and for what."""
    if not may_see_reads(request.user):
        raise PermissionDenied
    return answer_list(
        request,
        "privacy/reads.html",
        reads_visible_to(request.user).select_related("user", "person"),
        table=ReadTable,
        filters=ReadFilter,
        title=_("Reads of sensitive data"),
        search="person__search_key",
        empty={"title": _("Nobody yet"), "text": _("Every read of a sensitive field is written down here.")},
    )


def register(request: HttpRequest) -> HttpResponse:
    """Show which fields are kept, of which class, for what, on what ground, and who may read them."""
    shown = {
        "groups": field_groups(),
        "purposes": purposes(),
        "may_keep": may_keep_privacy(request.user),
        "may_see_reads": may_see_reads(request.user),
    }
    return render(request, "privacy/register.html", shown)


def assessment(request: HttpRequest) -> HttpResponse:
    """Answer with the draft of an impact assessment, made from the register."""
    if not may_keep_privacy(request.user):
        raise PermissionDenied
    unit = current_unit(request)
    if unit is None:
        raise Http404
    printed = assessment_paper(unit, people=records_kept_by(request.user).count())
    response = HttpResponse(to_docx(printed.paper, printed.layout), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="danh-gia-tac-dong-{unit.slug}.docx"'
    return response
