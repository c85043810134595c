"""What all templates must keep: strict CSP, icons that exist, parts that are named right."""

import re
from pathlib import Path

import pytest

import vuntrong.web

WEB = Path(vuntrong.web.__file__).parent
TEMPLATES = sorted(WEB.rglob("templates/**/*.html"))
ICONS = set(re.findall(r'"([a-z0-9-]+)"', (WEB / "assets" / "icons.mjs").read_text(encoding="utf-8")))
INLINE = re.compile(
    r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<script(?![^>]*\ssrc=)|javascript:|<style|\shx-on""", re.IGNORECASE
)
HOST = re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""")
NAMED = re.compile(r"""\{%\s*icon\s+["']([^"']+)["']|\b(?:glyph|icon)=["']([^"']+)["']""")
PARTS = re.compile(r"""\{%\s*part\s+["']([^"']+)["']""")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(WEB).as_posix())
def test_template_has_nothing_inline_no_foreign_host_and_only_known_icons_and_parts(path):
    source = path.read_text(encoding="utf-8")
    icons = {first or second for first, second in NAMED.findall(source)}
    parts = {name for name in PARTS.findall(source) if not (WEB / "templates" / "parts" / f"{name}.html").exists()}

    assert INLINE.findall(source) == []
    assert HOST.findall(source) == []
    assert icons - ICONS == set()
    assert parts == set()


def test_icons_named_in_python_exist():
    named = re.compile(r"""\b(?:icon|glyph)=["']([a-z0-9-]+)["']""")
    found = {name for path in WEB.rglob("*.py") for name in named.findall(path.read_text(encoding="utf-8"))}

    assert found - ICONS == set()
