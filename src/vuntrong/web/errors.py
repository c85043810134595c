"""Pages for what must not be seen, what is gone, what broke, and a form that came too late."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's interface
    """Answer 403: who the account is, that it has no right here, and whom to ask."""
    return render(request, "errors/403.html", status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's interface
    """Answer 404, which is also what a stranger to a record sees."""
    return render(request, "errors/404.html", status=404)


def broken(_request: HttpRequest) -> HttpResponse:
    """Answer 500 without the database, which may be what broke."""
    return render(None, "errors/500.html", status=500)


@requires_csrf_token
def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's interface
    """Answer a form whose session ended: nothing was written, and how to send it again."""
    return render(request, "errors/expired.html", status=403)
