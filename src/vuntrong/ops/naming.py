"""What a command line names: units by their slug."""

from django.core.management.base import CommandError

from vuntrong.registry.models import Unit


def unit_named(slug: str) -> Unit:
    """Return the unit with the slug. Raises CommandError with the nearest slugs."""
    unit = Unit.objects.filter(slug=slug).first()
    if unit is None:
        near = list(Unit.objects.filter(slug__icontains=slug[:6]).values_list("slug", flat=True)[:5])
        raise CommandError(f"no unit {slug}" + (f"; did you mean {', '.join(near)}?" if near else ""))
    return unit
