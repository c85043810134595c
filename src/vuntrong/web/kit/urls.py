"""Switches of the frame and the sheet of parts."""

from django.urls import path

from vuntrong.web.kit import views

urlpatterns = [
    path("switch/unit/", views.switch_unit, name="switch-unit"),
    path("switch/year/", views.switch_year, name="switch-year"),
    path("parts/", views.parts, name="parts"),
    path("parts/job/", views.part_job, name="part-job"),
]
