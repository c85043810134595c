"""The unit's workbook: out, in, preview, written as a whole."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vuntrong.documents.actions import stored_bytes
from vuntrong.documents.inspection import WorkbookError
from vuntrong.kernel.errors import RuleBroken, StaleState
from vuntrong.planning.actions import answer_workbooks as actions
from vuntrong.planning.documents.answer_workbooks import answer_workbook
from vuntrong.planning.queries import survey_answers
from vuntrong.planning.queries import surveys as queries
from vuntrong.web.surveys import answer_pages, previews
from vuntrong.web.surveys.downloads import workbook
from vuntrong.web.surveys.pages import signed_in
from vuntrong.web.surveys.reading import may_write, template_for
from vuntrong.web.surveys.sentences import explain_all, explain_file
from vuntrong.web.surveys.upload_forms import UploadForm
from vuntrong.web.workbooks.steps import FILE, steps_of


def download(request: HttpRequest, survey_id: int, unit_id: int) -> HttpResponse:
    """Hand out the unit's own workbook: what it answered so far, else its people of last year."""
    asked = answer_pages.asked(request, survey_id, unit_id)
    needs = survey_answers.needs_of(asked.answer)
    if not asked.is_begun:
        needs = survey_answers.needs_of_last_year(asked.survey, asked.unit)
    content = answer_workbook(asked.survey, asked.unit, needs, queries.offered(asked.survey))
    return workbook(content, "phieu nhu cau", asked.survey.year, asked.unit.short_name)


def original(request: HttpRequest, survey_id: int, unit_id: int) -> HttpResponse:
    """Hand out the workbook that the unit uploaded, as it came."""
    asked = answer_pages.asked(request, survey_id, unit_id)
    if asked.answer is None or asked.answer.workbook is None:
        raise Http404
    return workbook(stored_bytes(asked.answer.workbook), "ban goc", asked.survey.year, asked.unit.short_name)


def upload(request: HttpRequest, survey_id: int, unit_id: int) -> HttpResponse:
    """Take a workbook and show its preview; nothing is written into the answer yet."""
    asked = may_write(request, survey_id, unit_id)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["workbook"]
        said: dict[str, Any] = {"survey": asked.survey, "unit": asked.unit, "content": file.read(), "name": file.name}
        try:
            known = template_for(said["content"], file.name, asked.unit)
            actions.receive_workbook(**said, mapping=known, by=signed_in(request))
        except WorkbookError as error:
            form.add_error("workbook", explain_file(error))
        except RuleBroken as refusal:
            form.add_error(None, explain_all(refusal.violations))
        else:
            return redirect("surveys:preview", survey_id, unit_id)
    return render(request, "surveys/upload.html", {"asked": asked, "form": form, "steps": steps_of(FILE)})


def preview(request: HttpRequest, survey_id: int, unit_id: int) -> HttpResponse:
    """Show what the workbook would write, with every problem at its cell."""
    asked = may_write(request, survey_id, unit_id)
    if asked.answer is None or asked.answer.workbook is None:
        return redirect("surveys:upload", survey_id, unit_id)
    if asked.is_sent or not asked.is_open:
        return redirect("surveys:answer", survey_id, unit_id)
    return previews.show(request, asked)


@require_POST
def write(request: HttpRequest, survey_id: int, unit_id: int) -> HttpResponse:
    """Write the whole workbook into the answer, or nothing of it."""
    asked = may_write(request, survey_id, unit_id)
    if asked.answer is None or asked.answer.workbook is None:
        raise Http404
    is_sending = request.POST.get("act") == "send"
    said: dict[str, Any] = {
        "late_reason": request.POST.get("late_reason", "")[:300],
        "revision": previews.revision(request),
        "seen": previews.seen(request),
    }
    try:
        actions.import_workbook(answer=asked.answer, is_sending=is_sending, by=signed_in(request), **said)
    except RuleBroken as refusal:
        return previews.show(request, asked, explain_all(refusal.violations))
    except StaleState:
        return previews.show(request, asked, [_("Somebody else saved the answer meanwhile. Check the preview again.")])
    done = _("The answer is sent.") if is_sending else _("The workbook is written into the draft. Send it when ready.")
    messages.success(request, done)
    return redirect("surveys:answer", survey_id, unit_id)
