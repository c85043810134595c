"""Papers of a plan: preview, DOCX, PDF, and the plan as a workbook."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from vuntrong.documents.docx import to_docx
from vuntrong.documents.pdf import to_pdf
from vuntrong.documents.sheets import to_xlsx
from vuntrong.kernel.text import search_key
from vuntrong.planning.documents.annexes import plan_sheet
from vuntrong.planning.documents.plans import PAPERS, PlanCopy, PrintedPaper, Stamp
from vuntrong.planning.models import TrainingPlan
from vuntrong.planning.queries.lines import working_lines
from vuntrong.web.kit.listing import XLSX
from vuntrong.web.plans import printing, screens
from vuntrong.web.plans.forms import StampForm

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def papers(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show the papers of a plan: preview of the very pages, number, day and signer to be filled in."""
    plan = screens.plan_or_404(request, plan_id)
    name, stamp_form, copy = _chosen(request, plan)
    context = screens.frame(request, plan, "papers", form=stamp_form, paper=name, copy=copy)
    context |= {"choices": printing.choices(request, plan, name), "query": request.GET.urlencode()}
    if copy.lines and stamp_form.is_valid():
        context["pages"] = printing.pages(_printed(name, copy, stamp_form))
    return render(request, "plans/papers.html", context)


def page_image(request: HttpRequest, plan_id: int, page: int) -> HttpResponse:
    """Send one page of a paper as a picture."""
    plan = screens.plan_or_404(request, plan_id)
    name, form, copy = _chosen(request, plan)
    if not copy.lines or not form.is_valid():
        raise Http404
    shown = printing.pages(_printed(name, copy, form))
    if not 1 <= page <= len(shown):
        raise Http404
    return HttpResponse(shown[page - 1].image, content_type="image/png")


def paper_file(request: HttpRequest, plan_id: int, kind: str) -> HttpResponse:
    """Send a paper as DOCX or PDF."""
    plan = screens.plan_or_404(request, plan_id)
    name, form, copy = _chosen(request, plan)
    if not copy.lines or not form.is_valid():
        raise Http404
    printed = _printed(name, copy, form)
    if kind == "pdf":
        content, content_type = to_pdf(printed.paper, printed.layout), "application/pdf"
    else:
        content, content_type = to_docx(printed.paper, printed.layout), DOCX
    return _file(content, content_type, f"{printing.file_name(name, plan)}.{kind}")


def workbook(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Send the working copy as XLSX."""
    plan = screens.plan_or_404(request, plan_id)
    title = (plan.title, plan.owner.name, f"{_('State')}: {plan.get_state_display()}")
    content = to_xlsx([plan_sheet(working_lines(plan), title_lines=title)])
    day = timezone.localdate()
    return _file(content, XLSX, f"{slugify(search_key(plan.title))}-{day:%Y-%m-%d}.xlsx")


def _chosen(request: HttpRequest, plan: TrainingPlan) -> tuple[str, StampForm, PlanCopy]:
    name = request.GET.get("paper", "submission")
    if name not in PAPERS:
        raise Http404
    copy = printing.copy_of(plan, request.GET.get("copy", ""))
    filled = any(request.GET.get(field) is not None for field in StampForm.base_fields)
    form = StampForm(request.GET if filled else printing.known(name, copy))
    return name, form, copy


def _printed(name: str, copy: PlanCopy, form: StampForm) -> PrintedPaper:
    typed = form.cleaned_data
    stamp = Stamp(
        day=typed["day"] or printing.draft_day(copy.plan),
        number=typed["number"],
        is_dated=typed["day"] is not None,
        signer_name=typed["signer_name"],
        signer_post=typed["signer_post"],
    )
    return PAPERS[name](copy, stamp)


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
