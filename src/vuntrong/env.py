"""Loud readers of the environment: a misspelt value stops the start instead of being guessed."""

import os
import secrets
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import ParseResult, unquote, urlparse

TRUE = frozenset({"1", "true", "yes", "on"})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
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


def mail(name: str, default: str) -> dict[str, Any]:
    """Return what the settings of e-mail need from an smtp:, smtps: or console: URL; empty where none is set.

    `smtp` speaks STARTTLS except with this very machine; `?tls=no` says that a relay inside the house cannot.
    Raises BadSetting for any other scheme, for a URL without a host, and for other words behind the question mark.
    """
    value = text(name, default)
    url = urlparse(value)
    if not value:
        return {}
    if url.scheme == "console":
        return {"backend": "django.core.mail.backends.console.EmailBackend"}
    if url.scheme not in {"smtp", "smtps"} or not url.hostname:
        raise BadSetting(f"{name}: expected smtp://user:password@host:port, smtps://… or console:")
    if url.query not in {"", "tls=no"} or (url.query and url.scheme == "smtps"):
        raise BadSetting(f"{name}: ?{url.query} is not known; smtp: takes ?tls=no")
    is_plain = url.query == "tls=no" or url.hostname in LOOPBACK
    return {
        "backend": "django.core.mail.backends.smtp.EmailBackend",
        "host": url.hostname,
        "port": _port(name, url) or (465 if url.scheme == "smtps" else 25 if is_plain else 587),
        "user": unquote(url.username or ""),
        "password": unquote(url.password or ""),
        "starttls": url.scheme == "smtp" and not is_plain,
        "ssl": url.scheme == "smtps",
    }


def _port(name: str, url: ParseResult) -> int | None:
    try:
        return url.port
    except ValueError:
        raise BadSetting(f"{name}: the port is no number up to 65535") from None


def sender(name: str, *, is_needed: bool) -> str:
    """Return the address that e-mails come from, or raise BadSetting where none is given or it is odd."""
    value = text(name, "").strip()
    if not value and not is_needed:
        return "Vun Trồng <vuntrong@localhost>"
    if "@" not in parseaddr(value)[1] or "\n" in value:
        raise BadSetting(f"{name}={value!r}: expected an address, for example Đào tạo <daotao@tinh.vn>")
    return value


def base_url(name: str, *, is_needed: bool) -> str:
    """Return the address of the product as people type it, without a last slash. Raises BadSetting as `sender` does."""
    value = text(name, "").strip().rstrip("/")
    if not value and not is_needed:
        return "http://localhost:8000"
    url = urlparse(value)
    if url.scheme not in {"http", "https"} or not url.hostname or url.path or url.query:
        raise BadSetting(f"{name}={value!r}: expected an address such as https://daotao.tinh.vn")
    return value


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
