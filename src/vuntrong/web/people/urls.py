"""Addresses of this part; the page of a person itself is registry:person."""

from django.urls import path

from vuntrong.web.people.views import catalogues, person, records

app_name = "people"
urlpatterns = [
    path("people/<int:person_id>/change/", person.change, name="change"),
    path("people/<int:person_id>/photo/", person.photo, name="photo"),
    path("people/<int:person_id>/photo/change/", person.change_photo, name="photo-change"),
    path("people/<int:person_id>/scans/<int:row_id>/", person.scan, name="scan"),
    path("people/<int:person_id>/record/<slug:table>/add/", records.add, name="record-add"),
    path("people/<int:person_id>/record/<slug:table>/<int:row_id>/", records.change, name="record-change"),
    path("people/<int:person_id>/record/<slug:table>/<int:row_id>/remove/", records.remove, name="record-remove"),
    path("catalogues/<slug:catalogue>/", catalogues.rows, name="catalogue"),
    path("catalogues/<slug:catalogue>/add/", catalogues.add, name="catalogue-add"),
    path("catalogues/<slug:catalogue>/<slug:code>/", catalogues.change, name="catalogue-change"),
]
