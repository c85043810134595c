"""Addresses of plans and decisions."""

from django.urls import path

from vuntrong.web.plans.views import approval, lines, needs, papers, plans

app_name = "plans"
urlpatterns = [
    path("", plans.plan_list, name="list"),
    path("new/", plans.plan_create, name="create"),
    path("decisions/<int:decision_id>/", approval.decision, name="decision"),
    path("decisions/<int:decision_id>/scan/", approval.scan, name="scan"),
    path("<int:plan_id>/", plans.plan, name="plan"),
    path("<int:plan_id>/submit/", plans.submit, name="submit"),
    path("<int:plan_id>/recall/", plans.recall, name="recall"),
    path("<int:plan_id>/amend/", plans.amend, name="amend"),
    path("<int:plan_id>/give-up/", plans.give_up, name="give-up"),
    path("<int:plan_id>/lines/new/", lines.line_create, name="line-create"),
    path("<int:plan_id>/lines/removed/", lines.removed, name="removed"),
    path("<int:plan_id>/lines/<int:line_id>/", lines.line_edit, name="line"),
    path("<int:plan_id>/lines/<int:line_id>/remove/", lines.line_remove, name="line-remove"),
    path("<int:plan_id>/lines/<int:line_id>/restore/", lines.line_restore, name="line-restore"),
    path("<int:plan_id>/lines/<int:line_id>/up/", lines.line_move, {"step": "up"}, name="line-up"),
    path("<int:plan_id>/lines/<int:line_id>/down/", lines.line_move, {"step": "down"}, name="line-down"),
    path("<int:plan_id>/lines/<int:line_id>/number/", needs.number, name="number"),
    path("<int:plan_id>/needs/", needs.needs, name="needs"),
    path("<int:plan_id>/needs/propose/", needs.propose, name="propose"),
    path("<int:plan_id>/submissions/", approval.submissions, name="submissions"),
    path("<int:plan_id>/decide/", approval.decide, name="decide"),
    path("<int:plan_id>/approve/", approval.approve, name="approve"),
    path("<int:plan_id>/return/", approval.send_back, name="return"),
    path("<int:plan_id>/papers/", papers.papers, name="papers"),
    path("<int:plan_id>/papers/page-<int:page>.png", papers.page_image, name="paper-page"),
    path("<int:plan_id>/papers/paper.docx", papers.paper_file, {"kind": "docx"}, name="paper-docx"),
    path("<int:plan_id>/papers/paper.pdf", papers.paper_file, {"kind": "pdf"}, name="paper-pdf"),
    path("<int:plan_id>/plan.xlsx", papers.workbook, name="workbook"),
]
