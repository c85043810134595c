"""Addresses of surveys."""

from django.urls import path

from vuntrong.web.surveys.views import answers, editing, lists, progress, reading, snapshots, workbooks

app_name = "surveys"
ANSWER = "<int:survey_id>/units/<int:unit_id>"
urlpatterns = [
    path("", lists.survey_list, name="list"),
    path("to-answer/", lists.requests, name="requests"),
    path("new/", editing.create, name="create"),
    path("<int:survey_id>/", progress.survey, name="survey"),
    path("<int:survey_id>/edit/", editing.edit, name="edit"),
    path("<int:survey_id>/open/", editing.open_survey, name="open"),
    path("<int:survey_id>/close/", editing.close_survey, name="close"),
    path("<int:survey_id>/reopen/", editing.reopen_survey, name="reopen"),
    path("<int:survey_id>/needs/", progress.needs, name="needs"),
    path("<int:survey_id>/answers/", progress.answers, name="answers"),
    path("<int:survey_id>/remind/", progress.remind_units, name="remind"),
    path("<int:survey_id>/consolidated.xlsx", progress.consolidated, name="consolidated"),
    path("<int:survey_id>/silent.xlsx", progress.silent, name="silent"),
    path("<int:survey_id>/snapshots/", snapshots.snapshots, name="snapshots"),
    path("<int:survey_id>/snapshots/take/", snapshots.take, name="take-snapshot"),
    path("<int:survey_id>/snapshots/compare/", snapshots.compare, name="compare"),
    path("<int:survey_id>/snapshots/<int:snapshot_id>/", snapshots.snapshot, name="snapshot"),
    path(
        "<int:survey_id>/snapshots/<int:snapshot_id>/needs.xlsx", snapshots.snapshot_workbook, name="snapshot-workbook"
    ),
    path(f"{ANSWER}/", answers.answer, name="answer"),
    path(f"{ANSWER}/people/", answers.people, name="people"),
    path(f"{ANSWER}/recall/", answers.recall, name="recall"),
    path(f"{ANSWER}/send-back/", progress.send_back, name="send-back"),
    path(f"{ANSWER}/workbook.xlsx", workbooks.download, name="workbook"),
    path(f"{ANSWER}/original.xlsx", workbooks.original, name="original"),
    path(f"{ANSWER}/upload/", workbooks.upload, name="upload"),
    path(f"{ANSWER}/preview/", workbooks.preview, name="preview"),
    path(f"{ANSWER}/reading/", reading.reading, name="reading"),
    path(f"{ANSWER}/remarks.xlsx", reading.remarks, name="remarks"),
    path(f"{ANSWER}/template/", reading.keep_template, name="keep-template"),
    path(f"{ANSWER}/write/", workbooks.write, name="write"),
]
