"""What the reader of values does not tell of an .xlsx: old fonts cell by cell, hidden rows and columns."""

import re
import zipfile
from collections.abc import Mapping

from vuntrong.documents.grids import Fonts, Look, Run
from vuntrong.documents.inspection import column_number, feed_xml, parts_of_sheets, read_xml
from vuntrong.kernel.legacy import encoding_of_font

STYLES, STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"
CHUNK = 2**18
CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)>(?:<(?:\w+:)?v>\s*(\d+)\s*</)?")
INLINE = re.compile(rb'<c\s([^>]*\bt="inlineStr"[^>]*)><is>(.*?)</is>', re.DOTALL)
PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
STYLE = re.compile(rb'\bs="(\d+)"')
TEXT_TYPES = (b't="s"', b't="str"', b't="inlineStr"')
HIDDEN = re.compile(rb'<(?:\w+:)?(row|col)\s([^>]*\bhidden="(?:1|true)"[^>]*)>')
NUMBER = re.compile(rb'\b(r|min|max)="(\d{1,7})"')
LAST_COLUMN = 16_384


def excel_look(archive: zipfile.ZipFile, sheet: str) -> Look:
    """Return fonts and hidden parts of a sheet; nearly free where no style names an old font and nothing is hidden."""
    names = {name.casefold(): name for name in archive.namelist()}
    part = next((part for part, title in parts_of_sheets(archive).items() if title == sheet), "")
    if part not in names:
        return Look()
    styles = _legacy_styles(archive, names.get(STYLES.casefold(), ""))
    strings = _rich_strings(archive, names.get(STRINGS.casefold(), ""))
    if not (styles or strings or _holds(archive, names[part], (b"hidden=", b"rFont"))):
        return Look()
    xml = archive.read(names[part])
    columns, rows = _hidden(xml)
    fonts = _fonts(xml, styles, strings) if styles or strings else {}
    if b"rFont" in xml:
        fonts = {**fonts, **_inline_fonts(xml)}
    return Look(fonts, columns, rows)


def _holds(archive: zipfile.ZipFile, part: str, words: tuple[bytes, ...]) -> bool:
    """Say whether a part holds one of the words, without ever holding the whole part."""
    before = b""
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            piece = before + chunk
            if any(word in piece for word in words):
                return True
            before = piece[-16:]
    return False


def _hidden(xml: bytes) -> tuple[frozenset[int], frozenset[int]]:
    columns: set[int] = set()
    rows: set[int] = set()
    for kind, attributes in HIDDEN.findall(xml):
        numbers = {name: int(digits) for name, digits in NUMBER.findall(attributes)}
        if kind == b"row" and b"r" in numbers:
            rows.add(numbers[b"r"] - 1)
        elif kind == b"col" and b"min" in numbers:
            columns.update(range(numbers[b"min"] - 1, min(numbers.get(b"max", numbers[b"min"]), LAST_COLUMN)))
    return frozenset(columns), frozenset(rows)


def _legacy_styles(archive: zipfile.ZipFile, part: str) -> dict[bytes, str]:
    """Return the fonts of before Unicode by style number, as the digits stand in a cell."""
    if not part:
        return {}
    reader = _StyleReader()
    read_xml(archive, part, reader.start, reader.end)
    named = {at: name for at, name in enumerate(reader.fonts) if encoding_of_font(name)}
    return {b"%d" % style: named[font] for style, font in enumerate(reader.styles) if font in named}


class _StyleReader:
    """Collects font names and, of the styles of cells, which font they use."""

    def __init__(self) -> None:
        self.fonts: list[str] = []
        self.styles: list[int] = []
        self.inside = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in {"fonts", "cellXfs"}:
            self.inside = tag
        elif tag == "font" and self.inside == "fonts":
            self.fonts.append("")
        elif tag == "name" and self.inside == "fonts" and self.fonts:
            self.fonts[-1] = attributes.get("val", "")
        elif tag == "xf" and self.inside == "cellXfs":
            digits = attributes.get("fontId", "0")
            self.styles.append(int(digits) if digits.isdigit() else 0)

    def end(self, tag: str) -> None:
        if tag == self.inside:
            self.inside = ""


def _rich_strings(archive: zipfile.ZipFile, part: str) -> dict[bytes, tuple[Run, ...]]:
    """Return the texts with a stretch in a font of before Unicode, by number; read only where runs have fonts."""
    if not part or not _holds(archive, part, (b"rFont",)):
        return {}
    reader = _StringReader()
    read_xml(archive, part, reader.start, reader.end, reader.text)
    return reader.found


class _StringReader:
    def __init__(self) -> None:
        self.found: dict[bytes, tuple[Run, ...]] = {}
        self.number = -1
        self.runs: list[Run] = []
        self.font = ""
        self.letters: list[str] = []
        self.is_text = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "si":
            self.number += 1
            self.runs = []
        elif tag == "r":
            self.font = ""
        elif tag == "rFont":
            self.font = attributes.get("val", "")
        elif tag == "t":
            self.letters, self.is_text = [], True

    def text(self, letters: str) -> None:
        if self.is_text:
            self.letters.append(letters)

    def end(self, tag: str) -> None:
        if tag == "t" and self.is_text:
            self.runs.append(Run("".join(self.letters), self.font))
            self.is_text = False
        elif tag == "si" and any(encoding_of_font(run.font) for run in self.runs):
            self.found[b"%d" % self.number] = tuple(self.runs)


def _inline_fonts(xml: bytes) -> Fonts:
    """Return the runs of texts that stand in the sheet itself."""
    fonts: dict[tuple[int, int], tuple[Run, ...]] = {}
    for attributes, inside in INLINE.findall(xml):
        place = PLACE.search(attributes)
        if place and b"rFont" in inside:
            reader = _StringReader()
            feed_xml(b"<si>" + inside + b"</si>", reader.start, reader.end, reader.text)
            fonts |= {_place(place): runs for runs in reader.found.values()}
    return fonts


def _place(found: re.Match[bytes]) -> tuple[int, int]:
    return int(found[2]) - 1, column_number(found[1].decode()) - 1


def _fonts(xml: bytes, styles: Mapping[bytes, str], strings: Mapping[bytes, tuple[Run, ...]]) -> Fonts:
    """Return the font of each text cell that needs one; the first run of a rich text has the font of the cell."""
    fonts: dict[tuple[int, int], str | tuple[Run, ...]] = {}
    for attributes, value in CELL.findall(xml):
        style = STYLE.search(attributes)
        font = styles.get(style[1], "") if style else ""
        runs = strings.get(value) if b't="s"' in attributes else None
        if not (font or runs) or not any(kind in attributes for kind in TEXT_TYPES):
            continue
        place = PLACE.search(attributes)
        if place:
            fonts[_place(place)] = tuple(Run(run.text, run.font or font) for run in runs) if runs else font
    return fonts
