"""Tables of a paper in WordprocessingML, written as elements: python-docx walks the whole table for each cell."""

from collections.abc import Iterable, Sequence

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from vuntrong.documents.layouts import Layout, table_size
from vuntrong.documents.papers import Align, HeaderCell, RowKind, TableBlock, TableRow, header_places

LEADING = 2.4
NUMBERS_SIZE = 10.0


def twips(millimetres: float) -> int:
    """Return Word's unit of length, a twentieth of a point."""
    return round(millimetres * 1440 / 25.4)


def element(tag: str, *children: BaseOxmlElement, **attributes: str | int | float) -> BaseOxmlElement:
    """Return <w:tag w:name="value">children</w:tag>."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def grid_table(table: TableBlock, layout: Layout) -> BaseOxmlElement:
    """Return a bordered table: header rows repeat, no row is split, a group row stays with the row below it."""
    size = table_size(table, layout)
    made = element("tbl", _properties(table), element("tblGrid", *(_grid_column(c.width_mm) for c in table.columns)))
    made.extend(_header_rows(table, size))
    if table.numbers:
        cells = [
            _cell(text, table.columns[at].width_mm, "center", NUMBERS_SIZE, italic=True)
            for at, text in enumerate(table.numbers)
        ]
        made.append(_row(cells, header=True))
    last = len(table.rows) - 1
    for at, row in enumerate(table.rows):
        # at least two rows on the last page: the one before the last holds on to it
        made.append(_item_row(table, row, size, keep=row.kind is RowKind.GROUP or at == last - 1))
    return made


def _grid_column(width_mm: float) -> BaseOxmlElement:
    return element("gridCol", w=twips(width_mm))


def _properties(table: TableBlock) -> BaseOxmlElement:
    edges = (element(edge, val="single", sz=4, space=0, color="000000") for edge in _EDGES)
    sides = (("top", 1.2), ("left", 1.4), ("bottom", 1.2), ("right", 1.4))
    insets = (element(side, w=twips(inset), type="dxa") for side, inset in sides)
    return element(
        "tblPr",
        element("tblW", w=twips(table.width_mm), type="dxa"),
        element("tblInd", w=0, type="dxa"),
        element("tblBorders", *edges),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *insets),
    )


_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _header_rows(table: TableBlock, size: float) -> Iterable[BaseOxmlElement]:
    """Yield the header rows; below a cell that reaches down, Word wants an empty cell that continues it."""
    cells: dict[tuple[int, int], BaseOxmlElement] = {}
    for row, column, cell in header_places(table):
        width = sum(c.width_mm for c in table.columns[column : column + cell.columns])
        for down in range(cell.rows):
            text = cell.text if down == 0 else ""
            cells[row + down, column] = _cell(
                text, width, "center", size, bold=True, span=cell.columns, merge=_merge(cell, down)
            )
    for row in range(len(table.header)):
        yield _row([cells[place] for place in sorted(cells) if place[0] == row], header=True)


def _merge(cell: HeaderCell, down: int) -> str:
    if cell.rows == 1:
        return ""
    return "restart" if down == 0 else "continue"


def _item_row(table: TableBlock, row: TableRow, size: float, *, keep: bool) -> BaseOxmlElement:
    bold = row.kind is not RowKind.ITEM
    cells: list[BaseOxmlElement] = []
    column = 0
    for at, text in enumerate(row.cells):
        span = row.span if at == 0 else 1
        width = sum(c.width_mm for c in table.columns[column : column + span])
        align: Align = table.columns[column].align
        if span > 1:
            align = "center" if row.kind is RowKind.TOTAL else "left"
        cells.append(_cell(text, width, align, size, bold=bold, span=span, keep=keep))
        column += span
    return _row(cells, header=False)


def _row(cells: Sequence[BaseOxmlElement], *, header: bool) -> BaseOxmlElement:
    properties = element("trPr", element("cantSplit"))
    if header:
        properties.append(element("tblHeader"))
    return element("tr", properties, *cells)


def _cell(
    text: str,
    width_mm: float,
    align: Align,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    span: int = 1,
    merge: str = "",
    keep: bool = False,
) -> BaseOxmlElement:
    properties = element("tcPr", element("tcW", w=twips(width_mm), type="dxa"))
    if span > 1:
        properties.append(element("gridSpan", val=span))
    if merge:
        properties.append(element("vMerge", val=merge))
    properties.append(element("vAlign", val="center"))
    paragraph = element("p", _paragraph_properties(align, size, keep=keep))
    if text:
        paragraph.append(_run(text, size, bold=bold, italic=italic))
    return element("tc", properties, paragraph)


def _paragraph_properties(align: Align, size: float, *, keep: bool) -> BaseOxmlElement:
    properties = element("pPr")
    if keep:
        properties.append(element("keepNext"))
    line = round((size + LEADING) * 20)
    properties.append(element("spacing", before=0, after=0, line=line, lineRule="exact"))
    properties.append(element("ind", firstLine=0))
    properties.append(element("jc", val=align))
    return properties


def _run(text: str, size: float, *, bold: bool, italic: bool) -> BaseOxmlElement:
    properties = element("rPr")
    if bold:
        properties.append(element("b"))
    if italic:
        properties.append(element("i"))
    properties.extend([element("sz", val=round(size * 2)), element("szCs", val=round(size * 2))])
    made = element("r", properties)
    for at, line in enumerate(text.split("\n")):
        if at:
            made.append(element("br"))
        words = element("t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(words)
    return made
