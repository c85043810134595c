"""Run as a process of its own: confirms a re-organisation and, half-way, says so and waits to be killed."""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vuntrong.settings")
django.setup()

from django.conf import settings  # noqa: E402 - after the setup

settings.DATABASES["default"]["NAME"] = sys.argv[1]

from vuntrong.registry.actions.reorganise import confirm_reorganisation  # noqa: E402
from vuntrong.registry.models import Reorganisation  # noqa: E402


def tell(done: int, _total: int) -> None:
    """Stop where the test wants it."""
    if done == int(sys.argv[3]):
        sys.stdout.write(f"step {done}\n")
        sys.stdout.flush()
        time.sleep(60)


draft = Reorganisation.objects.get(pk=int(sys.argv[2]))
confirm_reorganisation(reorganisation=draft, tell=tell, by=None)
