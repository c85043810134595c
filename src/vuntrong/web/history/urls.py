"""Addresses of this part."""

from django.urls import path

from vuntrong.web.history import views

app_name = "history"
urlpatterns = [
    path("", views.log, name="log"),
    path("<int:entry_id>/", views.entry, name="entry"),
]
