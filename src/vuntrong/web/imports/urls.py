"""Addresses of this part."""

from django.urls import path

from vuntrong.web.imports.views import lists, preview, reading

app_name = "imports"
urlpatterns = [
    path("", lists.imports, name="list"),
    path("new/", reading.upload, name="upload"),
    path("units/", lists.unit_texts, name="units"),
    path("units/match/", lists.match, name="match"),
    path("templates/", lists.templates, name="templates"),
    path("templates/<int:template_id>/", lists.template, name="template"),
    path("<int:import_id>/", preview.show, name="import"),
    path("<int:import_id>/reading/", reading.settle, name="reading"),
    path("<int:import_id>/choices/", preview.choose, name="choices"),
    path("<int:import_id>/write/", preview.write, name="write"),
    path("<int:import_id>/discard/", preview.discard, name="discard"),
    path("<int:import_id>/workbook/", preview.annotated, name="workbook"),
    path("<int:import_id>/template/", preview.keep_template, name="keep-template"),
    path("<int:import_id>/people/", lists.people, name="people"),
]
