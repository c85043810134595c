"""Start web, worker and scheduler together and stop them together."""

import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from contextlib import suppress
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

GRACE = 15
"""Seconds that the processes have to stop."""


class Command(BaseCommand):
    help = "Serve the product: web (granian), worker and scheduler. Ctrl-C stops all three."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--web-workers", type=int, default=2)
        parser.add_argument("--no-migrate", action="store_true", help="do not bring the database up to date first")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["no_migrate"]:
            call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        processes = {name: _started(command) for name, command in _commands(options).items()}
        print(f"Vun Trồng: http://{options['host']}:{options['port']}/", flush=True)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _stop)
        code = 0
        try:
            code = _wait_for_one(processes)
        except KeyboardInterrupt:
            print("Stopping …", flush=True)
        finally:
            _stop_all(processes)
        sys.exit(code)


def _commands(options: dict[str, Any]) -> dict[str, list[str]]:
    manage = [sys.executable, "-m", "vuntrong"]
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", options["host"]]
    web += ["--port", str(options["port"]), "--workers", str(options["web_workers"]), "--blocking-threads", "4"]
    by_redis = ["rqworker", "--job-class", "django_tasks_rq.Job", "default"]
    worker = by_redis if settings.REDIS_URL else ["db_worker", "--queue-name", "*"]
    return {
        "web": [*web, "--no-ws", "vuntrong.wsgi:application"],
        "worker": [*manage, *worker],
        "scheduler": [*manage, "run_scheduler"],
    }


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a process as the head of a group, so that it can be stopped with the processes that it starts itself."""
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _wait_for_one(processes: dict[str, subprocess.Popen[bytes]]) -> int:
    """Return the exit code of the first process that ends: the others cannot do without it."""
    while True:
        for name, process in processes.items():
            if (code := process.poll()) is not None:
                print(f"{name} ended with code {code}", file=sys.stderr, flush=True)
                return code or 1
        time.sleep(0.2)


def _stop_all(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    for process in processes.values():
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + GRACE
    for process in processes.values():
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
        with suppress(ProcessLookupError, AttributeError):  # nobody left; no groups on Windows
            os.killpg(process.pid, signal.SIGKILL)
