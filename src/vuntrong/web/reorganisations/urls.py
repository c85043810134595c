"""Addresses of re-organisations."""

from django.urls import path

from vuntrong.web.reorganisations.views import making, seeing

app_name = "reorganisations"
urlpatterns = [
    path("", making.reorganisation_list, name="list"),
    path("new/", making.create, name="create"),
    path("<int:key>/", seeing.page, name="page"),
    path("<int:key>/basis/", making.basis, name="basis"),
    path("<int:key>/events/", making.events, name="events"),
    path("<int:key>/upload/", making.upload, name="upload"),
    path("<int:key>/template.xlsx", making.template, name="template"),
    path("<int:key>/choices/", seeing.choices, name="choices"),
    path("<int:key>/preview/", seeing.preview, name="preview"),
    path("<int:key>/lists/<slug:code>/", seeing.group, name="group"),
    path("<int:key>/confirm/", seeing.confirm, name="confirm"),
    path("<int:key>/undo/", seeing.undo, name="undo"),
    path("<int:key>/discard/", making.discard, name="discard"),
]
