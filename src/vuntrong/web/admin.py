"""Records without a page of their own, for superusers. Every change goes through an action or is written to the log."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db import models
from django.forms import BaseModelForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vuntrong.accounts import actions as accounts
from vuntrong.accounts.models import Grant, User
from vuntrong.kernel import log
from vuntrong.kernel.models import ActionLogEntry, Job
from vuntrong.kernel.text import search_key
from vuntrong.programmes.models import Programme, TargetGroup
from vuntrong.registry.actions import refresh_units
from vuntrong.registry.models import DocumentProfile, EndedBody, Unit, UnitVersion
from vuntrong.regulations.models import LayoutProfile, LegalInstrument, SpecialDay, StatutoryTerm


class LoggedAdmin(admin.ModelAdmin):
    """Saves and deletes as usual, and writes a row of the action log in the same transaction."""

    def save_model(self, request: HttpRequest, obj: models.Model, form: BaseModelForm, change: bool) -> None:  # noqa: FBT001 - Django's interface
        before = {name: str(form.initial.get(name, "")) for name in form.changed_data} if change else {}
        super().save_model(request, obj, form, change)
        after = {name: str(form.cleaned_data.get(name, "")) for name in form.changed_data}
        log.record("save_record", obj, by=request.user, before=before, after=after)

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        log.record("delete_record", obj, by=request.user)
        super().delete_model(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer no bulk deletion: it would pass by the log."""
        offered = super().get_actions(request)
        offered.pop("delete_selected", None)
        return offered


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows records that only actions write."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's interface
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:  # noqa: ARG002
        return False


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    """Accounts; never deleted, for the log and papers name them."""

    fieldsets = (
        (None, {"fields": ("username", "password", "full_name")}),
        (_("Permissions"), {"fields": ("is_active", "is_superuser")}),
        (None, {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "full_name", "password1", "password2")}),)
    list_display = ("username", "full_name", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("username", "full_name")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    actions = ("remove_second_factor", "end_all_sessions")

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:  # noqa: ARG002
        return False

    def save_model(self, request: HttpRequest, obj: User, form: BaseModelForm, change: bool) -> None:  # noqa: FBT001
        typed = form.cleaned_data
        if change:
            changes = {name: typed[name] for name in form.changed_data if name != "password"}
            accounts.change_user(user=User.objects.get(pk=obj.pk), changes=changes, by=request.user)
            return
        made = accounts.create_user(
            username=typed["username"], full_name=typed["full_name"], password=typed["password1"], by=request.user
        )
        obj.pk, obj._state.adding = made.pk, False  # noqa: SLF001 - the form goes on with the record that the action made

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002
        """Note a new password in the log, which Django's form cannot do."""
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            accounts.note_account_event(user=User.objects.get(pk=id), event="set_password", by=request.user)
        return response

    @admin.action(description=_("Take the second factor off (lost phone)"))
    def remove_second_factor(self, request: HttpRequest, queryset: models.QuerySet[User]) -> None:
        for user in queryset:
            accounts.remove_second_factor(user=user, by=request.user)
        messages.success(request, gettext("The second factor was taken off."))

    @admin.action(description=_("Sign out everywhere"))
    def end_all_sessions(self, request: HttpRequest, queryset: models.QuerySet[User]) -> None:
        for user in queryset:
            accounts.end_all_sessions(user=user, by=request.user)
        messages.success(request, gettext("The accounts were signed out everywhere."))


@admin.register(Grant)
class GrantAdmin(admin.ModelAdmin):
    """Roles. A grant is never changed: it ends, and another begins."""

    list_display = ("user", "role", "unit", "valid_from", "valid_to")
    list_filter = ("role",)
    search_fields = ("user__username", "user__full_name", "unit__name", "unit__search_key")
    list_select_related = ("user", "unit")

    def has_delete_permission(self, request: HttpRequest, obj: Grant | None = None) -> bool:  # noqa: ARG002
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Grant | None = None) -> tuple[str, ...]:  # noqa: ARG002
        return ("user", "role", "unit", "valid_from") if obj else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:  # noqa: ARG002
        return {"valid_from": timezone.localdate()}

    def save_model(self, request: HttpRequest, obj: Grant, form: BaseModelForm, change: bool) -> None:  # noqa: FBT001
        typed = form.cleaned_data
        if not change:
            made = accounts.grant_role(**typed, by=request.user)
            obj.pk, obj._state.adding = made.pk, False  # noqa: SLF001 - as for accounts
        elif "valid_to" in form.changed_data:
            accounts.end_grant(grant=obj, on=typed["valid_to"], by=request.user)


@admin.register(Unit)
class UnitAdmin(ReadOnlyAdmin):
    """Units as they are today; their dated rows are below, their pages in the catalogue."""

    list_display = ("name", "slug", "kind", "parent", "is_alive")
    list_filter = ("kind", "is_alive")
    search_fields = ("name", "search_key", "slug")
    list_select_related = ("parent",)


@admin.register(UnitVersion)
class UnitVersionAdmin(LoggedAdmin):
    """Dated rows of units, for corrections; the unit's page is the usual way."""

    list_display = ("name", "unit", "kind", "valid_from", "valid_to")
    list_filter = ("kind",)
    search_fields = ("name", "unit__search_key")
    list_select_related = ("unit",)

    def save_model(self, request: HttpRequest, obj: models.Model, form: BaseModelForm, change: bool) -> None:  # noqa: FBT001
        super().save_model(request, obj, form, change)
        refresh_units(timezone.localdate())

    def has_delete_permission(self, request: HttpRequest, obj: UnitVersion | None = None) -> bool:  # noqa: ARG002
        return False


@admin.register(Programme)
class ProgrammeAdmin(LoggedAdmin):
    """What may be run."""

    list_display = ("name", "code", "kind", "level", "mode", "is_offered")
    list_filter = ("kind", "field", "level", "is_offered")
    search_fields = ("name", "search_key", "code")
    exclude = ("search_key",)

    def save_model(self, request: HttpRequest, obj: models.Model, form: BaseModelForm, change: bool) -> None:  # noqa: FBT001
        typed = form.cleaned_data
        form.instance.search_key = search_key(f"{typed['name']} {typed['short_name']}")
        super().save_model(request, obj, form, change)


@admin.register(TargetGroup)
class TargetGroupAdmin(LoggedAdmin):
    """Groups of posts that programmes are for."""

    list_display = ("name", "code")
    search_fields = ("name", "code")


@admin.register(LegalInstrument)
class LegalInstrumentAdmin(LoggedAdmin):
    """What papers and rules cite."""

    list_display = ("number", "kind", "issuer", "issued_on", "confidence")
    list_filter = ("confidence", "kind")
    search_fields = ("number", "subject")


@admin.register(LayoutProfile)
class LayoutProfileAdmin(LoggedAdmin):
    """Which layout of papers holds on which day."""

    list_display = ("key", "style", "valid_from", "valid_to", "confidence")


@admin.register(DocumentProfile)
class DocumentProfileAdmin(LoggedAdmin):
    """With which head a unit writes and how it numbers; a row without a unit holds for all that have none."""

    list_display = ("unit", "style", "pattern", "numbering", "term", "valid_from", "valid_to", "confidence")
    list_filter = ("style", "numbering", "confidence")
    autocomplete_fields = ("unit",)


@admin.register(EndedBody)
class EndedBodyAdmin(LoggedAdmin):
    """Words of kinds of bodies that ended; a new paper that uses them is warned."""

    list_display = ("words", "ended_on", "successor_text", "confidence")
    list_filter = ("confidence",)
    search_fields = ("words",)


@admin.register(StatutoryTerm)
class StatutoryTermAdmin(LoggedAdmin):
    """Within how many days something must be done; a changed term is a new row, the old one ends."""

    list_display = ("code", "days", "unit", "valid_from", "valid_to", "confidence")
    list_filter = ("confidence",)
    search_fields = ("code", "instrument")


@admin.register(SpecialDay)
class SpecialDayAdmin(LoggedAdmin):
    """Public holidays and weekend days that are worked, by which working days are counted."""

    list_display = ("day", "name", "kind", "confidence")
    list_filter = ("kind", "confidence")
    search_fields = ("name",)
    date_hierarchy = "day"


@admin.register(ActionLogEntry)
class ActionLogAdmin(ReadOnlyAdmin):
    """The log as it is stored, hashes included."""

    list_display = ("at", "actor_name", "action", "subject_label")
    list_filter = ("action",)
    search_fields = ("actor_name", "subject_label")
    ordering = ("-id",)


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    """Long jobs and how they ended."""

    list_display = ("title", "kind", "state", "created_at", "finished_at")
    list_filter = ("state", "kind")
