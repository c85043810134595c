import io
import sys

import pytest
from django.core.management import call_command


def converted(monkeypatch, content: bytes, *arguments: str) -> str:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written))
    call_command("convert_text", *arguments)
    return written.getvalue().decode()


@pytest.mark.parametrize(
    ("content", "arguments", "text"),
    [
        ("bé lao ®éng - th−¬ng binh\n".encode(), ["--from", "auto"], "bộ lao động - thương binh\n"),
        (b"b\xe9 lao \xae\xe9ng - th\xad\xacng binh", [], "bộ lao động - thương binh"),
        (b"b\xe9\r\n", ["--from", "tcvn3"], "bộ\r\n"),
        ("Nguyeãn Vaên An".encode("cp1252"), ["--from=vni"], "Nguyễn Văn An"),
        ("Nguyễn Văn An".encode(), ["--from=tcvn3"], "Nguyễn Văn An"),
        (b"", [], ""),
    ],
)
def test_standard_input_comes_out_in_unicode(monkeypatch, content, arguments, text):
    assert converted(monkeypatch, content, *arguments) == text
