"""The user guide shows pictures that exist, all of them, and stays light enough to be cloned."""

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"
GUIDE = DOCS / "user-guide.vi.md"
LARGEST, ALL_TOGETHER = 120_000, 1_500_000
"""Bytes."""


def test_every_picture_is_shown_and_every_shown_picture_exists():
    shown = re.findall(r"!\[[^\]]+\]\(images/([\w-]+\.png)\)", GUIDE.read_text(encoding="utf-8"))

    assert sorted(shown) == sorted(path.name for path in (DOCS / "images").glob("*.png"))


def test_pictures_are_light():
    sizes = {path.name: path.stat().st_size for path in (DOCS / "images").iterdir()}

    assert [name for name, size in sizes.items() if size > LARGEST] == []
    assert sum(sizes.values()) <= ALL_TOGETHER


def test_the_table_of_contents_leads_to_every_chapter():
    text = GUIDE.read_text(encoding="utf-8")
    chapters = re.findall(r"^## (\d+)\. (.+)$", text, re.MULTILINE)
    links = re.findall(r"\[(\d+)\]\(#([^)]+)\)", text)

    expected = [
        (number, f"{number}-" + re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")) for number, title in chapters
    ]

    assert links == expected
