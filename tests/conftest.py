"""Fixtures of the whole suite. Factories are plain functions in tests/factories.py."""

import os
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db.models.signals import post_migrate
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

PATIENT = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
"""How slow the machine is proves nothing about an example."""
hypothesis_settings.register_profile("suite", derandomize=True, **PATIENT)
hypothesis_settings.register_profile("explore", max_examples=1000, print_blob=True, **PATIENT)
hypothesis_settings.load_profile("suite")  # the same examples each time; new ones by --hypothesis-profile=explore
USES_DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_configure() -> None:
    """Tests hash passwords cheaply, keep static files unhashed and run tasks at once."""
    if on_postgresql():  # a test's rows need not survive a power cut
        django_settings.DATABASES["default"]["OPTIONS"] = {"options": "-c synchronous_commit=off"}
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django_settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    django_settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    django_settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    django_settings.AXES_ENABLED = False
    post_migrate.connect(restore_reference_rows, dispatch_uid="reference rows")


def restore_reference_rows(sender, **_kwargs) -> None:
    """Bring back what migrations insert: a test that commits empties all tables behind it, which sends this signal."""
    from django.apps import apps

    from vuntrong.registry import reference
    from vuntrong.regulations import reference as law

    if sender.name == "vuntrong.registry":
        reference.load(apps)
        reference.load_profiles(apps)
        law.load(apps)
        law.fill_search_keys(apps)
        import_module("vuntrong.regulations.migrations.0004_privacy_terms_and_holidays").add(apps, None)
        profiles = import_module("vuntrong.regulations.migrations.0002_layout_profiles").PROFILES
        layouts = apps.get_model("regulations", "LayoutProfile").objects
        layouts.bulk_create([layouts.model(**row) for row in profiles], ignore_conflicts=True)


def on_postgresql() -> bool:
    """Say whether this run is the one on PostgreSQL."""
    return "postgresql" in django_settings.DATABASES["default"]["ENGINE"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The run on PostgreSQL repeats what uses the database; pure rules, documents and browser flows ran on SQLite."""
    if not on_postgresql():
        return
    repeated = [item for item in items if _uses_database(item) and not item.get_closest_marker("browser")]
    kept = set(repeated)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = repeated


def _uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & USES_DATABASE)


@pytest.fixture(autouse=True)
def _files_apart(tmp_path, settings) -> Iterator[None]:
    """Uploaded files of one test are not seen by another."""
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = storages
    yield
    cache.clear()


def required(service: str) -> None:
    """Skip where a service is missing; in CI that is a failure."""
    message = f"{service} is not there"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
