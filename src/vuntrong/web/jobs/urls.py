"""Addresses of this part."""

from django.urls import path

from vuntrong.web.jobs import views

app_name = "jobs"
urlpatterns = [
    path("<int:job_id>/", views.page, name="page"),
    path("<int:job_id>/progress/", views.progress, name="progress"),
    path("<int:job_id>/cancel/", views.cancel, name="cancel"),
    path("<int:job_id>/file/", views.file, name="file"),
]
