"""Twenty people who search the list at once against a real server on the loopback: how long 95 of 100 answers take.

    .venv/bin/python -m benchmarks.readers    the data of VUNTRONG_DATA and DATABASE_URL, made by `-m benchmarks`

Each types a search, reads for PAUSE seconds, types the next; a page is what htmx asks for while somebody types.
"""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from contextlib import closing

import django

READERS, ROUNDS, PAUSE = 20, 15, 1.0
LIMIT = 0.100
"""Seconds."""
WORDS = ("nguyen", "nguyen+thi", "lan", "tran+van", "le+h", "an", "pham+thi+h", "hoa", "vu+d", "0360")


def free_port() -> int:
    """Return a port that nobody uses."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def session_key() -> str:
    """Return the key of a session of somebody who sees the whole province."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    from vuntrong.accounts.models import User  # noqa: PLC0415

    reader, _made = User.objects.get_or_create(username="do-toc-do", defaults={"is_superuser": True})
    session = SessionStore()
    session[SESSION_KEY] = str(reader.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = reader.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def read(port: int, cookie: str, number: int, times: list[float], rounds: int) -> None:
    """Search again and again as one person does."""
    headers = {"Cookie": cookie, "HX-Request": "true", "HX-Target": "results", "Host": "localhost"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    time.sleep(PAUSE * number / READERS)
    for turn in range(rounds):
        started = time.perf_counter()
        connection.request("GET", f"/registry/people/?q={WORDS[(number + turn) % len(WORDS)]}", headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise AssertionError(f"answered {answer.status}")
        times.append(time.perf_counter() - started)
        time.sleep(PAUSE)


def wait_for(port: int) -> None:
    """Wait until the server answers."""
    for _ in range(200):
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server did not start")


def measured(port: int, cookie: str) -> list[float]:
    """Return the seconds of every answer, after a round that only warms up."""
    for rounds in (2, ROUNDS):
        times: list[float] = []
        readers = [
            threading.Thread(target=read, args=(port, cookie, number, times, rounds)) for number in range(READERS)
        ]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
    return times


def main() -> int:
    """Return 1 when the limit is missed."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "vuntrong.settings"
    django.setup()
    from django.conf import settings  # noqa: PLC0415

    cookie, port = f"{settings.SESSION_COOKIE_NAME}={session_key()}", free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "2", "--blocking-threads", "4", "--no-ws", "vuntrong.wsgi:application"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        times = measured(port, cookie)
    finally:
        server.terminate()
        server.wait(20)
    middle, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"{READERS} readers, {len(times)} answers: median {middle * 1000:.0f} ms, p95 {slow * 1000:.0f} ms")
    return int(slow > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
