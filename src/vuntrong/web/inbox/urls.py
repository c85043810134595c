"""Addresses of this part."""

from django.urls import path

from vuntrong.web.inbox.views import choices, inbox, mails

app_name = "inbox"
urlpatterns = [
    path("", inbox.messages, name="list"),
    path("<int:entry_id>/", inbox.message, name="message"),
    path("<int:entry_id>/read/", inbox.read, name="read"),
    path("mark/", inbox.mark, name="mark"),
    path("bell/", inbox.bell, name="bell"),
    path("choices/", choices.choices, name="choices"),
    path("mails/", mails.mails, name="mails"),
    path("mails/retry/", mails.retry, name="retry"),
    path("mails/<int:mail_id>/", mails.mail, name="mail"),
]
