"""Addresses. Each part of the product keeps its own under web/<domain>/urls.py."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("vuntrong.web.urls")),
]
handler403 = "vuntrong.web.errors.forbidden"
handler404 = "vuntrong.web.errors.not_found"
handler500 = "vuntrong.web.errors.broken"
