"""Papers as PDF, set by typst with the four faces of Tinos (the widths of Times New Roman)."""

import datetime as dt
import functools
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from vuntrong.documents.layouts import POINTS_PER_MM, Layout, check_width, printed, recipient_lines, table_size
from vuntrong.documents.papers import Annex, Block, Paper, Paragraph, bind

HERE = Path(__file__).resolve().parent
TEMPLATE = HERE / "templates" / "paper.typ"
FONTS = HERE / "fonts"
FACES = tuple(f"Tinos_{face}.ttf" for face in ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"))
FEW_LINES = 6
"""A last page with fewer lines is worth a smaller type: a paragraph that had to go along with the signature. Our own
choice."""
UNDATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


class FontsMissing(RuntimeError):
    """The faces of Tinos are not where the front-end build puts them."""


def to_pdf(paper: Paper, layout: Layout) -> bytes:
    """Return the paper as PDF; the same value gives the same bytes.

    Raises FontsMissing, and ValueError when the layout is of the other head or a table is wider than its page.
    """
    pages = _compile(paper, layout, "pdf")
    assert isinstance(pages, bytes)  # noqa: S101 - typst gives a list for pictures only
    return pages


def to_png(paper: Paper, layout: Layout, *, dots_per_inch: int) -> list[bytes]:
    """Return one picture per page, for a preview. Raises as to_pdf."""
    pages = _compile(paper, layout, "png", dots_per_inch)
    return [pages] if isinstance(pages, bytes) else pages


def fitted(paper: Paper, layout: Layout) -> Layout:
    """Return the layout, or a smaller step of it where that saves a last page of few lines.

    Party papers stay as they are. Sets the paper once for each step; both engines print the answer. Raises as to_pdf.
    """
    page, lines = _last_page(paper, layout)
    step: Layout | None = layout
    while page > 1 and lines < FEW_LINES and (step := step.smaller() if step else None):
        if _last_page(paper, step)[0] < page:
            return step
    return layout


def _last_page(paper: Paper, layout: Layout) -> tuple[int, float]:
    """Return the page of the signature and how many lines of text stand above it there."""
    found = typst.query(TEMPLATE, "<end-block>", field="value", one=True, **_arguments(paper, layout))
    place = json.loads(found)
    return place["page"], (place["top"] - layout.margins_mm[0] * POINTS_PER_MM - layout.pitch) / layout.pitch


def _compile(paper: Paper, layout: Layout, form: Any, dots_per_inch: int | None = None) -> bytes | list[bytes]:
    day = paper.head.date
    made: bytes | list[bytes] = typst.compile(
        TEMPLATE,
        format=form,
        ppi=dots_per_inch,
        timestamp=dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC) if day else UNDATED,
        **_arguments(paper, layout),
    )
    return made


def _arguments(paper: Paper, layout: Layout) -> dict[str, Any]:
    return {
        "root": TEMPLATE.parent,
        "font_paths": _fonts(),
        "ignore_system_fonts": True,
        "sys_inputs": {"paper": json.dumps(content(paper, layout), ensure_ascii=False)},
    }


@functools.cache
def _fonts() -> typst.Fonts:
    missing = [face for face in FACES if not (FONTS / face).is_file()]
    if missing:
        raise FontsMissing(f"{', '.join(missing)} not in {FONTS}: run `python3 dev.py setup`")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def content(paper: Paper, layout: Layout) -> dict[str, Any]:
    """Return what the template reads: plain strings, numbers, lists. Raises ValueError as to_pdf."""
    if layout.style != paper.head.style:
        raise ValueError(f"layout {layout.name} does not fit a {paper.head.style} head")
    head = paper.head
    return {
        "layout": asdict(layout),
        "name": f"{head.number_line}",
        "head": {
            "parent": head.parent.upper(),
            "issuer": head.issuer.upper(),
            "number_line": head.number_line,
            "place_line": head.place_line,
            "subject": head.subject,
        },
        "title": None if paper.title is None else _title(paper),
        "address": None if paper.address is None else asdict(paper.address),
        "blocks": [_block(block, layout, landscape=False) for block in paper.blocks],
        "signature": {
            "prefixes": [prefix.upper() for prefix in paper.signature.prefixes],
            "post": paper.signature.post.upper(),
            "name": paper.signature.name,
        },
        "recipients": recipient_lines(paper, layout),
        "annexes": [_annex(annex, layout) for annex in paper.annexes],
    }


def _title(paper: Paper) -> dict[str, str]:
    title = paper.title
    assert title is not None  # noqa: S101 - asked by the caller
    return {"type": title.type.upper(), "summary": bind(title.summary), "authority": title.authority.upper()}


def _block(block: Block, layout: Layout, *, landscape: bool) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        shown = printed(block, layout)
        return {"role": shown.role.value, "runs": [{**asdict(run), "text": bind(run.text)} for run in shown.runs]}
    check_width(block, layout, landscape=landscape)
    return {**asdict(block), "size": table_size(block, layout)}


def _annex(annex: Annex, layout: Layout) -> dict[str, Any]:
    return {
        "label": annex.label,
        "title": annex.title.upper(),
        "reference": bind(annex.reference),
        "landscape": annex.landscape,
        "blocks": [_block(block, layout, landscape=annex.landscape) for block in annex.blocks],
    }
