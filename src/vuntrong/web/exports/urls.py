"""Addresses of this part."""

from django.urls import path

from vuntrong.web.exports import views

app_name = "exports"
urlpatterns = [
    path("training-block/", views.training_block, name="training-block"),
    path("training-block/<int:job_id>/", views.training_block_file, name="training-block-file"),
    path("people/<int:person_id>/training-table/", views.training_table, name="training-table"),
]
