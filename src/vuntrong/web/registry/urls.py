"""Addresses of this part."""

from django.urls import path

from vuntrong.web.registry import programmes, views

app_name = "registry"
urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("people/", views.people, name="people"),
    path("people/new/", views.person_create, name="person-create"),
    path("people/<int:person_id>/", views.person, name="person"),
    path("units/", views.units, name="units"),
    path("units/tree/", views.unit_tree, name="unit-tree"),
    path("units/new/", views.unit_create, name="unit-create"),
    path("units/<slug:slug>/", views.unit, name="unit"),
    path("units/<slug:slug>/change/", views.unit_change, name="unit-change"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/<slug:code>/", programmes.programme, name="programme"),
    path("target-groups/", programmes.target_groups, name="target-groups"),
]
