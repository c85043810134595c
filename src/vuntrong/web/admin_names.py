"""What records and their columns are called in the administration.

Set on the models when the product starts, not written in them: no other page shows these names, and a changed word
there would be a migration.
"""

from collections.abc import Mapping

from django.apps import apps
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RECORDS = {
    "accounts.User": (_("account"), _("accounts")),
    "accounts.Grant": (_("role of an account"), _("roles of accounts")),
    "kernel.ActionLogEntry": (_("row of the action log"), _("action log")),
    "kernel.Job": (_("long job"), _("long jobs")),
    "programmes.Programme": (_("programme"), _("programmes")),
    "programmes.TargetGroup": (_("target group"), _("target groups")),
    "registry.Unit": (_("unit"), _("units")),
    "registry.UnitVersion": (_("dated row of a unit"), _("dated rows of units")),
    "registry.DocumentProfile": (_("document profile of a unit"), _("document profiles of units")),
    "registry.EndedBody": (_("kind of body that ended"), _("kinds of bodies that ended")),
    "regulations.LegalInstrument": (_("legal instrument"), _("legal instruments")),
    "regulations.LayoutProfile": (_("layout of papers"), _("layouts of papers")),
    "regulations.SpecialDay": (_("holiday or worked day"), _("holidays and worked days")),
    "regulations.StatutoryTerm": (_("statutory term"), _("statutory terms")),
}
APPS = {
    "accounts": _("Accounts"),
    "kernel": _("Action log and long jobs"),
    "programmes": _("Programmes"),
    "registry": _("Units"),
    "regulations": _("Regulations"),
}
COLUMNS: Mapping[str, str | Promise] = {
    "action": _("Action"),
    "actor_id": _("Key of the account"),
    "actor_name": _("Who"),
    "after": _("After"),
    "at": _("When"),
    "before": _("Before"),
    "code": _("Code"),
    "confidence": _("Checked"),
    "created_at": _("Made at"),
    "date_joined": _("Made at"),
    "day": _("Day"),
    "days": _("Days"),
    "email": _("E-mail"),
    "field": _("Field"),
    "finished_at": _("Finished at"),
    "full_name": _("Full name"),
    "hash": _("Hash"),
    "instrument": _("Legal instrument"),
    "is_active": _("May sign in"),
    "is_alive": _("Exists today"),
    "ended_on": _("Last day"),
    "is_offered": _("Offered"),
    "is_redacted": _("Personal data taken out"),
    "is_superuser": _("Administrator"),
    "issued_on": _("Issued on"),
    "issuer": _("Issuer"),
    "key": _("Key"),
    "kind": _("Kind"),
    "last_login": _("Last sign-in"),
    "level": _("Level"),
    "mode": _("Mode"),
    "module_count": _("Modules"),
    "name": _("Name"),
    "number": _("Number"),
    "owner_id": _("Key of the account"),
    "parameters": _("Parameters"),
    "parent": _("Above it"),
    "password": _("Password"),
    "previous_hash": _("Hash of the row before"),
    "reason": _("Reason"),
    "replaces": _("Replaces"),
    "result": _("Result"),
    "person": _("Own record"),
    "role": _("Role"),
    "salt": _("Random part of the hash"),
    "search_key": _("Search key"),
    "seat": _("Place before the date of its papers"),
    "short_name": _("Short name"),
    "slug": _("Code in addresses"),
    "sort_key": _("Sort key"),
    "source": _("Source"),
    "started_at": _("Started at"),
    "state": _("State"),
    "style": _("Style"),
    "subject": _("Subject"),
    "subject_id": _("Key of the record"),
    "subject_label": _("Record"),
    "successor_text": _("What took over its work"),
    "subject_type": _("Type of the record"),
    "target_groups": _("Target groups"),
    "title": _("Title"),
    "unit": _("Unit"),
    "user": _("Account"),
    "username": _("User name"),
    "valid_from": _("From the day"),
    "valid_to": _("To the day"),
    "pattern": _("Pattern of numbers"),
    "letter_pattern": _("Pattern of numbers of letters"),
    "office": _("Code of the drafting office"),
    "digits": _("Least number of digits"),
    "numbering": _("How long numbers run"),
    "term": _("Term of the committee"),
    "is_by_kind": _("A run for every type"),
    "words": _("Words"),
}


def name_everything() -> None:
    """Give the records of the administration and their columns the names above."""
    for label, names in RECORDS.items():
        model = apps.get_model(label)
        model._meta.verbose_name, model._meta.verbose_name_plural = names
        _name_columns(model)
    for label, name in APPS.items():
        apps.get_app_config(label).verbose_name = name


def _name_columns(model: type[Model]) -> None:
    for column in [*model._meta.fields, *model._meta.many_to_many]:
        column.verbose_name = COLUMNS.get(column.name, column.verbose_name)
