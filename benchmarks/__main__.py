"""Make the data where they are missing, run every benchmark on the engine of DATABASE_URL, print ratios."""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Return 1 when a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a tenth of the data")
    parser.add_argument(
        "--only", default="", help="part of the names to run: report, lists, search, export, enrolling, ..."
    )
    parser.add_argument("--postgres", metavar="URL", default="", help="an empty database to run on as well")
    options = parser.parse_args()
    size_name = "small" if options.small else "large"
    os.environ.setdefault("VUNTRONG_DATA", str(ROOT / "var" / f"benchmarks-{size_name}"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "vuntrong.settings"
    django.setup()
    missed = run_all(size_name, options.only)
    if options.postgres:
        words = [word for word in ("--small" if options.small else "", f"--only={options.only}") if word]
        again = [sys.executable, "-m", "benchmarks", *words]
        missed += subprocess.run(again, env={**os.environ, "DATABASE_URL": options.postgres}, check=False).returncode
    return min(missed, 1)


def run_all(size_name: str, only: str) -> int:
    """Run the benchmarks whose name holds `only`."""
    from django.core.management import call_command  # noqa: PLC0415 - settings first
    from django.db import connection  # noqa: PLC0415

    from benchmarks import data, eligibility, enrolling, export, importing, lists, reorganise, report, search  # noqa: PLC0415
    from vuntrong.classes.models import Enrolment  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    size = {"large": data.LARGE, "small": data.SMALL}[size_name]
    started = time.perf_counter()
    if data.is_missing(size):
        data.make(size)
        print(f"made in {time.perf_counter() - started:.0f} s", flush=True)
    print(f"\n{connection.vendor}, {Enrolment.objects.count()} enrolments of {size.people} people")
    print(f"{'':<58} {'ours':>10} {'floor':>10} {'ratio':>6}    most")
    missed = 0
    for module in (report, lists, search, export, enrolling, importing, eligibility, reorganise):
        if only in module.__name__:
            for one in module.run():
                print(one.line(), flush=True)
                missed += one.is_missed
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
