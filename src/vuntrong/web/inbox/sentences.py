"""What actions of messages are called."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "tell": _("Told people"),
    "choose_mails": _("Chose what comes by e-mail"),
    "retry_mails": _("Had e-mails sent again"),
}
