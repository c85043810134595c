"""Addresses of this part."""

from django.urls import path

from vuntrong.web.eligibility import views

app_name = "eligibility"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("people/<int:person_id>/", views.person, name="person"),
    path("classes/<int:class_id>/", views.class_candidates, name="class"),
    path("<slug:code>/", views.programme, name="programme"),
]
