"""The three processes start together, answer, and stop together."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest


@pytest.fixture
def product(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
    environment |= {"VUNTRONG_DATA": str(tmp_path), "PYTHONPATH": str(Path("src").resolve())}
    command = [sys.executable, "-m", "vuntrong", "serve", "--port", str(port), "--web-workers", "1"]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    yield process, port
    if process.poll() is None:
        process.terminate()
        process.wait(timeout=60)
    process.stdout.close()


def status_of(port: int) -> int:
    for _ in range(900):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/static/gone.css", timeout=5) as answer:
                return answer.status
        except urllib.error.HTTPError as answer:
            answer.close()
            return answer.code
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the web process did not answer within 90 seconds")


def processes() -> list[tuple[int, int, int, str]]:
    """Return (key, parent, group, command) of what lives."""
    listing = subprocess.run(
        ["ps", "-ww", "-eo", "pid=,ppid=,pgid=,stat=,args="], capture_output=True, text=True, check=True
    )
    rows = [line.split(None, 4) for line in listing.stdout.splitlines()]
    return [(int(pid), int(ppid), int(pgid), args) for pid, ppid, pgid, stat, args in rows if not stat.startswith("Z")]


def groups_below(parent: int) -> set[int]:
    return {pgid for _pid, ppid, pgid, _args in processes() if ppid == parent}


def members(groups: set[int]) -> list[int]:
    return [pid for pid, _ppid, pgid, _args in processes() if pgid in groups]


def test_serve_starts_and_stops_web_worker_and_scheduler_together(product):
    process, port = product

    status = status_of(port)
    groups = groups_below(process.pid)
    running = members(groups)
    process.send_signal(signal.SIGTERM)
    code = process.wait(timeout=90)

    assert status == 404
    assert len(groups) == 3
    assert len(running) >= 4  # web, worker, scheduler; granian forks a web worker besides
    assert code == 0
    assert members(groups) == []


def test_serve_ends_when_one_of_the_three_dies(product):
    process, port = product
    status_of(port)
    groups = groups_below(process.pid)
    [scheduler] = [pid for pid, ppid, _pgid, args in processes() if ppid == process.pid and "run_scheduler" in args]

    os.kill(scheduler, signal.SIGKILL)
    code = process.wait(timeout=90)

    assert code != 0
    assert members(groups) == []
