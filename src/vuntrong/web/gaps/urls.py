"""Addresses of this part."""

from django.urls import path

from vuntrong.web.gaps import views

app_name = "gaps"
urlpatterns = [
    path("", views.gaps, name="list"),
    path("needs/", views.to_needs, name="needs"),
]
