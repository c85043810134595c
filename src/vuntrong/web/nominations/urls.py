"""Addresses of this part."""

from django.urls import path

from vuntrong.web.nominations.views import classes, exceptions, nominations, units

app_name = "nominations"
urlpatterns = [
    path("", units.places, name="list"),
    path("exceptions/", exceptions.desk, name="exceptions"),
    path("classes/<int:class_id>/", classes.nominations, name="class"),
    path("classes/<int:class_id>/accept/", classes.accept, name="accept"),
    path("classes/<int:class_id>/judge/", classes.judge, name="judge"),
    path("classes/<int:class_id>/places/", classes.places, name="places"),
    path("classes/<int:class_id>/enrol/", classes.enrol, name="enrol"),
    path("places/<int:quota_id>/", units.unit, name="unit"),
    path("places/<int:quota_id>/nominate/", units.nominate, name="nominate"),
    path("<int:nomination_id>/", nominations.nomination, name="nomination"),
    path("<int:nomination_id>/judge/", nominations.judge, name="judge-one"),
    path("<int:nomination_id>/accept/", nominations.accept, name="accept-one"),
    path("<int:nomination_id>/refuse/", nominations.refuse, name="refuse"),
    path("<int:nomination_id>/withdraw/", nominations.withdraw, name="withdraw"),
    path("<int:nomination_id>/move/", nominations.move, name="move"),
    path("<int:nomination_id>/exception/", exceptions.ask, name="ask"),
    path("<int:nomination_id>/exception/grant/", exceptions.grant, name="grant"),
    path("<int:nomination_id>/exception/refuse/", exceptions.refuse, name="refuse-exception"),
    path("<int:nomination_id>/exception/letter/", exceptions.letter, name="letter"),
]
