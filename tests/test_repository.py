"""What the repository may hold: no host in a lock, no binary, nothing minified or vendored."""

import json
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LONGEST_LINE = 2_000
"""A source line above this is minified or generated."""


def tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listing.stdout.splitlines() if (ROOT / name).exists()]


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-node.lock"])
def test_python_locks_name_no_host_and_pin_by_hash(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()

    pinned = [line for line in lines if "==" in line]

    assert [line for line in lines if "://" in line or "index" in line] == []
    assert pinned
    assert [line for line in pinned if not line.endswith("\\")] == []


def test_the_npm_lock_names_no_host():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))

    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text(encoding="utf-8").split()
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert [name for name, package in lock["packages"].items() if name and "integrity" not in package] == []


def test_no_binary_is_kept():
    assert [path.name for path in tracked() if b"\0" in path.read_bytes() and path.suffix != ".png"] == []


def test_nothing_is_minified_or_vendored():
    sources = [path for path in tracked() if path.suffix in {".py", ".js", ".mjs", ".css", ".html", ".svg"}]

    too_long = [
        str(path.relative_to(ROOT))
        for path in sources
        if any(len(line) > LONGEST_LINE for line in path.read_text(encoding="utf-8").splitlines())
    ]

    assert too_long == []
    assert [path for path in tracked() if "vendor" in path.parts or ".min." in path.name] == []


def test_no_machine_path_or_open_end_is_left():
    texts = [path for path in tracked() if path.suffix in {".py", ".md", ".html", ".toml", ".js", ".css"}]
    marks = ("TO" + "DO", "FIX" + "ME", "/work" + "/")

    found = [
        f"{path.relative_to(ROOT)}: {mark}"
        for path in texts
        for mark in marks
        if mark in path.read_text(encoding="utf-8")
    ]

    assert found == []
