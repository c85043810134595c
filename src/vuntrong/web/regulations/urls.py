"""Addresses of this part."""

from django.urls import path

from vuntrong.web.regulations import views

app_name = "regulations"
urlpatterns = [
    path("", views.rules, name="rules"),
    path("instruments/", views.instruments, name="instruments"),
    path("<int:rule_id>/", views.rule, name="rule"),
    path("<int:rule_id>/impact/", views.impact, name="impact"),
    path("<int:rule_id>/impact/figures/", views.impact_figures, name="impact_figures"),
    path("<int:rule_id>/follow/", views.follow, name="follow"),
    path("<int:rule_id>/decide/", views.decide, name="decide"),
]
