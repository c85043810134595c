"""Switches of the frame and the sheet of parts."""

from django.urls import path

from vuntrong.web.kit import saved, views

urlpatterns = [
    path("switch/unit/", views.switch_unit, name="switch-unit"),
    path("switch/year/", views.switch_year, name="switch-year"),
    path("lists/filters/", saved.saved_filters, name="saved-filters"),
    path("lists/filters/menu/", saved.menu, name="filter-menu"),
    path("lists/filters/save/", saved.save, name="save-filter"),
    path("lists/filters/<int:filter_id>/rename/", saved.rename, name="rename-filter"),
    path("lists/filters/<int:filter_id>/delete/", saved.delete, name="delete-filter"),
    path("parts/", views.parts, name="parts"),
    path("parts/job/", views.part_job, name="part-job"),
]
