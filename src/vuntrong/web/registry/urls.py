"""Addresses of this part."""

from django.urls import path

from vuntrong.web.duplicates import views as duplicates
from vuntrong.web.people.views.person import person
from vuntrong.web.registry import people, programmes, views
from vuntrong.web.units.views import areas, changing, pages, wording

app_name = "registry"
urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("people/", people.people, name="people"),
    path("people/new/", views.person_create, name="person-create"),
    path("people/duplicates/", duplicates.duplicates, name="duplicates"),
    path("people/merges/", duplicates.merges, name="merges"),
    path("people/merges/<int:merge_id>/undo/", duplicates.unmerge, name="unmerge"),
    path("people/<int:kept_id>/merge/<int:gone_id>/", duplicates.merge, name="merge"),
    path("people/<int:kept_id>/distinct/<int:gone_id>/", duplicates.distinct, name="distinct"),
    path("people/<int:person_id>/", person, name="person"),
    path("units/", pages.unit_list, name="units"),
    path("units/tree/", pages.unit_tree, name="unit-tree"),
    path("units/new/", changing.unit_create, name="unit-create"),
    path("units/wording/", wording.wording, name="wording"),
    path("units/<slug:slug>/", pages.unit, name="unit"),
    path("units/<slug:slug>/event/", changing.unit_event, name="unit-event"),
    path("units/<slug:slug>/areas/new/", areas.area_add, name="unit-area-add"),
    path("units/<slug:slug>/areas/<int:area_id>/", areas.area_change, name="unit-area"),
    path("units/<slug:slug>/areas/<int:area_id>/remove/", areas.area_remove, name="unit-area-remove"),
    path("units/<slug:slug>/change/", changing.unit_change, name="unit-change"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/<slug:code>/", programmes.programme, name="programme"),
    path("target-groups/", programmes.target_groups, name="target-groups"),
]
