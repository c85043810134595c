"""Make Vietnamese text from before Unicode readable."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from vuntrong.kernel.legacy import Encoding, convert_lines, text_of_bytes

AUTO = "auto"


class Command(BaseCommand):
    help = (
        "Read text in TCVN3 (fonts .Vn…), VNI-Windows or another old code from standard input and print it in Unicode. "
        "Unicode text comes out as it went in."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        choices = [AUTO, *(encoding.value for encoding in Encoding)]
        told = "how the text was written; auto tells tcvn3, vni and mojibake from Unicode"
        parser.add_argument("--from", dest="encoding", choices=choices, default=AUTO, help=told)

    def handle(self, *_args: Any, **options: Any) -> None:
        text = text_of_bytes(sys.stdin.buffer.read())
        encoding = None if options["encoding"] == AUTO else Encoding(options["encoding"])
        sys.stdout.buffer.write(convert_lines(text, encoding).encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
