"""The plain administration: for superusers, behind the sign-in of everybody."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.db.models.base import ModelBase
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from vuntrong.accounts.policies import is_superuser


class SuperuserSite(AdminSite):
    """Does not exist for anybody but superusers."""

    site_header = site_title = _("Administration")
    index_title = _("Records that have no page of their own")
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take our own records only: those of libraries hold secrets, or would change without a trace in the log."""
        offered = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else model_or_iterable
        ours = [model for model in offered if model.__module__.startswith("vuntrong.")]
        super().register(ours, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Admit superusers; anybody else who is signed in is told that there is nothing here. Raises Http404."""
        if request.user.is_authenticated and not is_superuser(request.user):
            raise Http404
        return request.user.is_authenticated

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002
        """Send everybody to the one sign-in page."""
        if self.has_permission(request):
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next") or request.get_full_path())

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002
        """Send everybody to the one page for passwords, which signs other sessions out and writes the log."""
        return redirect("account_change_password")
