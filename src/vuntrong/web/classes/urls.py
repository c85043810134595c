"""Addresses of this part."""

from django.urls import path

from vuntrong.web.classes.views import detail, imports, learners, life, making, results, year

app_name = "classes"
urlpatterns = [
    path("", year.year_list, name="list"),
    path("new/", making.choose_line, name="choose-line"),
    path("new/<int:line_id>/", making.make, name="make"),
    path("outside-plan/", making.create_unplanned, name="create-unplanned"),
    path("<int:class_id>/", detail.detail, name="class"),
    path("<int:class_id>/history/", detail.history, name="history"),
    path("<int:class_id>/edit/", making.edit, name="edit"),
    path("<int:class_id>/units/", making.roles, name="roles"),
    path("<int:class_id>/open/", life.open_class, name="open"),
    path("<int:class_id>/start/", life.start, name="start"),
    path("<int:class_id>/modules/", life.modules, name="modules"),
    path("<int:class_id>/close/", life.close, name="close"),
    path("<int:class_id>/cancel/", life.cancel, name="cancel"),
    path("<int:class_id>/learners/", learners.learners, name="learners"),
    path("<int:class_id>/learners/enrol/", learners.enrol, name="enrol"),
    path("<int:class_id>/learners/enrol/person/", learners.enrol_person, name="enrol-person"),
    path("<int:class_id>/learners/enrol/new/", learners.enrol_new, name="enrol-new"),
    path("<int:class_id>/learners/from-needs/", learners.from_needs, name="from-needs"),
    path("<int:class_id>/learners/depart/", learners.depart, name="depart"),
    path("<int:class_id>/learners/<int:enrolment_id>/reinstate/", learners.reinstate, name="reinstate"),
    path("<int:class_id>/results/", results.results, name="results"),
    path("<int:class_id>/results/<int:enrolment_id>/", results.result, name="result"),
    path("<int:class_id>/import/", imports.upload, name="import"),
    path("<int:class_id>/import/template.xlsx", imports.template, name="template"),
    path("<int:class_id>/import/<int:file_id>/", imports.preview, name="preview"),
    path("<int:class_id>/import/<int:file_id>/reading/", imports.reading, name="reading"),
    path("<int:class_id>/import/<int:file_id>/template/", imports.keep_template, name="keep-template"),
    path("<int:class_id>/import/<int:file_id>/remarks.xlsx", imports.remarks, name="remarks"),
]
