"""Loud readers of the environment: a misspelt value stops the start instead of being guessed."""

import os
import secrets
from pathlib import Path
from urllib.parse import ParseResult, unquote, urlparse

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})


class BadSetting(ValueError):
    """An environment variable holds a value that cannot be meant."""


def text(name: str, default: str) -> str:
    """Return the variable `name`, or `default` where it is unset."""
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    """Return a yes/no variable. Raises BadSetting for anything but 1/0, true/false, yes/no, on/off."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise BadSetting(f"{name}={value!r}: expected one of 1, 0, true, false, yes, no, on, off")


def integer(name: str, default: int) -> int:
    """Return a whole number. Raises BadSetting for anything else."""
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        return int(value)
    except ValueError:
        raise BadSetting(f"{name}={value!r}: expected a whole number") from None


def words(name: str, default: str) -> list[str]:
    """Return a comma-separated list without empty members."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def secret(name: str, file: Path) -> str:
    """Return the variable `name`, else the secret kept in `file`, made on the first start with mode 0600."""
    value = os.environ.get(name)
    if value is not None:
        if len(value) < 32:
            raise BadSetting(f"{name} is shorter than 32 characters")
        return value
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip()
    made = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(made)
    return made


def database(name: str, data: Path) -> dict[str, object]:
    """Return Django's DATABASES entry for a sqlite: or postgres: URL; SQLite in `data` where unset.

    Raises BadSetting for any other scheme or a URL without a database name.
    """
    url = urlparse(os.environ.get(name) or f"sqlite:///{data / 'vuntrong.sqlite3'}")
    if url.scheme == "sqlite":
        return _sqlite(url, data)
    if url.scheme in {"postgres", "postgresql"}:
        return _postgresql(name, url)
    raise BadSetting(f"{name}: unknown scheme {url.scheme!r}, expected sqlite or postgres")


def _sqlite(url: ParseResult, data: Path) -> dict[str, object]:
    """WAL lets readers work beside the writer; IMMEDIATE admits one writer at a time; the timeout makes others wait."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": unquote(url.path[1:]) if url.path[1:] else ":memory:",
        "TEST": {"NAME": str(data / "test.sqlite3")},
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
                "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY"
            ),
        },
    }


def _postgresql(name: str, url: ParseResult) -> dict[str, object]:
    if not url.path[1:]:
        raise BadSetting(f"{name}: the URL names no database")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path[1:]),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
