"""Programmes and the groups they are for; changed in the administration."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from vuntrong.programmes.models import Programme
from vuntrong.programmes.policies import programmes_visible_to, target_groups_visible_to
from vuntrong.web.history.entries import entries_of
from vuntrong.web.kit.listing import answer_list
from vuntrong.web.kit.values import Fact
from vuntrong.web.registry.filters import ProgrammeFilter
from vuntrong.web.registry.tables import ProgrammeTable, TargetGroupTable


def programmes(request: HttpRequest) -> HttpResponse:
    """List what may be run."""
    return answer_list(
        request,
        "registry/programmes.html",
        programmes_visible_to(request.user),
        table=ProgrammeTable,
        filters=ProgrammeFilter,
        title=_("Programmes"),
        empty={"title": _("No programme yet"), "text": _("The administrator enters programmes in the administration.")},
    )


def programme(request: HttpRequest, code: str) -> HttpResponse:
    """Show a programme and whom it is for."""
    found = get_object_or_404(programmes_visible_to(request.user), code=code)
    shown = {
        "programme": found,
        "facts": _facts(found),
        "target_groups": found.target_groups.all(),
        "entries": entries_of(found),
    }
    return render(request, "registry/programme.html", shown)


def target_groups(request: HttpRequest) -> HttpResponse:
    """List the groups of posts that programmes are for."""
    return answer_list(
        request,
        "registry/target_groups.html",
        target_groups_visible_to(request.user).annotate(programme_count=Count("programmes")),
        table=TargetGroupTable,
        title=_("Target groups"),
        search="",
        empty={
            "title": _("No target group yet"),
            "text": _("The administrator enters target groups in the administration."),
        },
    )


def _facts(programme: Programme) -> list[Fact]:
    return [
        Fact(_("Short name"), programme.short_name),
        Fact(_("Kind"), programme.get_kind_display()),
        Fact(_("Field"), programme.get_field_display()),
        Fact(_("Level"), programme.get_level_display()),
        Fact(_("Mode"), programme.get_mode_display()),
        Fact(_("Modules"), programme.module_count or ""),
        Fact(_("Days"), programme.days or ""),
        Fact(_("Offered"), _("Yes") if programme.is_offered else _("No longer offered")),
    ]
