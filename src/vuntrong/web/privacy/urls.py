"""Addresses of this part."""

from django.urls import path

from vuntrong.web.privacy.views import desk, links, own, reads, records

app_name = "privacy"
urlpatterns = [
    path("me/", own.me, name="me"),
    path("me/reads/", own.own_reads, name="own-reads"),
    path("me/ask/", own.ask, name="ask"),
    path("requests/", desk.requests, name="requests"),
    path("requests/enter/", desk.find, name="find"),
    path("requests/enter/<int:person_id>/", desk.enter, name="enter"),
    path("requests/<int:request_id>/", desk.one, name="request"),
    path("requests/<int:request_id>/answer/", desk.answer, name="answer"),
    path("requests/<int:request_id>/extend/", desk.extend, name="extend"),
    path("requests/<int:request_id>/carry-out/", desk.carry_out, name="carry-out"),
    path("requests/<int:request_id>/refuse/", desk.refuse, name="refuse"),
    path("records/", records.restricted, name="restricted"),
    path("records/<int:person_id>/", records.record, name="record"),
    path("records/<int:person_id>/lift/", records.lift, name="lift"),
    path("records/<int:person_id>/show/", records.show_sensitive, name="show-sensitive"),
    path("reads/", reads.reads, name="reads"),
    path("register/", reads.register, name="register"),
    path("register/assessment/", reads.assessment, name="assessment"),
    path("accounts/", links.accounts, name="accounts"),
    path("accounts/<int:user_id>/", links.link, name="link"),
    path("accounts/<int:user_id>/unlink/", links.unlink, name="unlink"),
]
