"""The console entry point `vuntrong`: every Django command plus the project's own."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the management command named on the command line; `load-demo` and `load_demo` are the same command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vuntrong.settings")
    words = sys.argv[1:]
    if words and not words[0].startswith("-"):
        words[0] = words[0].replace("-", "_")
    execute_from_command_line(["vuntrong", *words])


if __name__ == "__main__":
    main()
