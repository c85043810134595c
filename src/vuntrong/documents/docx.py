"""Papers as DOCX that a secretary may still edit: Times New Roman, exact measures, the same value as the PDF."""

import datetime as dt
import zipfile
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from vuntrong.documents.docx_tables import element, grid_table, twips
from vuntrong.documents.layouts import (
    MOTTO_EM,
    PARTY_TITLE_EM,
    POINTS_PER_MM,
    Layout,
    check_width,
    issuer_rule_mm,
    issuer_size,
    printed,
    recipient_lines,
    summary_rule_mm,
)
from vuntrong.documents.papers import Annex, Block, Head, Paper, Paragraph, Role, TableBlock, bind

FONT = "Times New Roman"
LEADING = 4.0
"""Points between lines of head, title and signature."""
PLAIN = WD_ALIGN_PARAGRAPH.LEFT
CENTRE = WD_ALIGN_PARAGRAPH.CENTER
UNDATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - core properties carry no zone
ZIP_DAY = (1980, 1, 1, 0, 0, 0)
# Word wants the children of an element in the order of the schema: what may follow each of ours
AFTER_PAGE_COUNT = ("w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:docGrid")
AFTER_BORDER = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr")


def to_docx(paper: Paper, layout: Layout) -> bytes:
    """Return the paper as DOCX; the same value gives the same bytes.

    Raises ValueError when the layout is of the other head or a table is wider than its page.
    """
    if layout.style != paper.head.style:
        raise ValueError(f"layout {layout.name} does not fit a {paper.head.style} head")
    document = docx.Document()
    _prepare(document, paper, layout)
    writer = _Writer(document, layout)
    writer.head(paper.head)
    writer.opening(paper)
    writer.blocks(paper.blocks, landscape=False, closing=True)
    writer.end(paper)
    for annex in paper.annexes:
        writer.annex(annex)
    if not paper.annexes:
        _shape(document.add_paragraph(), PLAIN, 1)  # Word wants a paragraph after the last table
    return _packed(document)


def _prepare(document: Document, paper: Paper, layout: Layout) -> None:
    """Set what holds for the whole file: font, language, Word's present behaviour, properties without a clock."""
    style = document.styles["Normal"]
    style.font.name = FONT
    style.font.size = Pt(layout.body)
    properties = style.element.get_or_add_rPr()
    for script in ("eastAsia", "cs", "hAnsi"):
        properties.rFonts.set(qn(f"w:{script}"), FONT)
    properties.append(element("lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA"))
    _use_present_word(document)
    core = document.core_properties
    day = dt.datetime.combine(paper.head.date, dt.time()) if paper.head.date else UNDATED
    core.created = core.modified = day
    core.title = paper.head.number_line
    core.author = core.last_modified_by = paper.head.issuer
    core.comments, core.language, core.revision = "", "vi-VN", 1
    _set_page(document.sections[0], layout, landscape=False)


def _use_present_word(document: Document) -> None:
    """Ask for the behaviour of Word 2013 and later: older modes hang a table out of the margin by its inner margin."""
    mode = "compatibilityMode"
    settings = document.settings.element.iter(qn("w:compatSetting"))
    next(setting for setting in settings if setting.get(qn("w:name")) == mode).set(qn("w:val"), "15")


def _set_page(section: Section, layout: Layout, *, landscape: bool) -> None:
    """Set paper, margins and a page number that the first page of the section does not show."""
    top, right, bottom, left = layout.landscape_margins_mm if landscape else layout.margins_mm
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    section.header_distance = Mm(top - 10)
    section.footer_distance = Mm(8)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    _shape(paragraph, CENTRE, layout.page_number + LEADING)
    run = paragraph.add_run()
    run.font.size = Pt(layout.page_number)
    run._r.append(element("fldChar", fldCharType="begin"))
    instruction = element("instrText")
    instruction.text = "PAGE"
    run._r.append(instruction)
    run._r.append(element("fldChar", fldCharType="end"))


class _Writer:
    """Adds the parts of a paper to a document, one after the other."""

    def __init__(self, document: Document, layout: Layout) -> None:
        self.document = document
        self.layout = layout

    # ---- head and title ----
    def head(self, head: Head) -> None:
        layout = self.layout
        left, right = self._pair(layout.head_share)
        size = issuer_size(head, layout)
        if head.parent:
            _line(left, head.parent.upper(), size)
        _line(left, head.issuer.upper(), size, bold=True)
        if layout.style == "state":
            _rule(left, issuer_rule_mm(head, layout), self._share_mm(0))
            _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", layout.nation, bold=True)
            _line(right, "Độc lập - Tự do - Hạnh phúc", layout.motto, bold=True)
            _rule(right, MOTTO_EM * layout.motto / POINTS_PER_MM, self._share_mm(1))
        else:
            _line(left, "*", layout.issuer, bold=True)
            _line(right, "ĐẢNG CỘNG SẢN VIỆT NAM", layout.nation, bold=True)
            _rule(right, PARTY_TITLE_EM * layout.nation / POINTS_PER_MM, self._share_mm(1))
        _line(left, head.number_line, layout.number, before=6 if layout.style == "state" else 0)
        if head.subject:
            _line(left, head.subject, 12, italic=layout.subject_italic, before=3)
        _line(right, head.place_line, layout.place, italic=True, before=6)

    def opening(self, paper: Paper) -> None:
        """Write title, authority and address."""
        layout = self.layout
        body = self.document
        if paper.title is not None:
            _line(body, paper.title.type.upper(), layout.type, bold=True, before=layout.pitch)
            _line(body, bind(paper.title.summary), layout.summary, bold=True, before=3)
            if layout.style == "state":
                width = layout.text_width_mm(landscape=False)
                _rule(body, summary_rule_mm(paper.title.summary, layout), width)
            else:
                _line(body, "-----", layout.summary)
            if paper.title.authority:
                _line(body, paper.title.authority.upper(), layout.body, bold=True, before=10)
        self._address(paper)

    def _address(self, paper: Paper) -> None:
        if paper.address is None:
            return
        several = len(paper.address.names) > 1
        paragraph = self.document.add_paragraph()
        _shape(paragraph, PLAIN if several else CENTRE, self.layout.body + LEADING, before=self.layout.pitch)
        run = paragraph.add_run(f"{paper.address.label}:")
        run.italic = self.layout.style == "party"
        if not several:
            paragraph.add_run(f" {paper.address.names[0]}")
            return
        paragraph.paragraph_format.left_indent = Mm(30)
        for name in paper.address.names:
            line = _line(self.document, name, self.layout.body, align=PLAIN)
            line.paragraph_format.left_indent = Mm(30)

    # ---- blocks ----
    def blocks(self, blocks: tuple[Block, ...], *, landscape: bool, closing: bool) -> None:
        """Write the blocks; with `closing`, the last paragraph stays with the signature after it."""
        for at, block in enumerate(blocks):
            if isinstance(block, TableBlock):
                check_width(block, self.layout, landscape=landscape)
                self._table(block)
            else:
                self._paragraph(printed(block, self.layout), keep=closing and at == len(blocks) - 1)

    def _paragraph(self, block: Paragraph, *, keep: bool) -> None:
        layout = self.layout
        paragraph = self.document.add_paragraph()
        for run in block.runs:
            made = paragraph.add_run(bind(run.text))
            made.bold, made.italic = run.bold or None, run.italic or None
            if block.role is Role.LIST_END:
                made.font.size = Pt(13)
        shape = paragraph.paragraph_format
        shape.widow_control = True
        shape.keep_with_next = keep or block.role in {Role.HEADING, Role.CENTRED}
        if block.role in {Role.CENTRED, Role.LIST_END}:
            centred = block.role is Role.CENTRED
            _shape(paragraph, CENTRE if centred else PLAIN, layout.pitch, before=layout.gap)
            return
        _shape(paragraph, WD_ALIGN_PARAGRAPH.JUSTIFY, layout.pitch, before=layout.gap)
        shape.first_line_indent = Mm(layout.indent_mm)

    def _table(self, table: TableBlock) -> None:
        layout = self.layout
        if table.caption:
            _line(self.document, table.caption, layout.body, bold=True, before=8).paragraph_format.keep_with_next = True
        if table.remark:
            remark = _line(self.document, table.remark, 12, italic=True, align=WD_ALIGN_PARAGRAPH.RIGHT, before=3)
            remark.paragraph_format.keep_with_next = True
        anchor = _line(self.document, table.note, 12, italic=True, align=WD_ALIGN_PARAGRAPH.JUSTIFY, before=3)
        anchor._p.addprevious(
            grid_table(table, layout)
        )  # Word wants a paragraph after a table: the note, or an empty one
        if not table.note:
            _shape(anchor, PLAIN, 2)

    # ---- end and annexes ----
    def end(self, paper: Paper) -> None:
        """Write recipients and signature as one row that no page break parts."""
        layout = self.layout
        signature = paper.signature
        _shape(self.document.add_paragraph(), PLAIN, layout.pitch - LEADING)
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        left, right = self._pair((45, 55))
        state = layout.style == "state"
        label = _line(left, "Nơi nhận:", layout.recipients_label, bold=state, italic=state, align=PLAIN)
        label.runs[0].underline = not state
        for name in recipient_lines(paper, layout):
            _line(left, name, layout.recipients, align=PLAIN)
        for prefix in signature.prefixes:
            _line(right, prefix.upper(), layout.sign, bold=True)
        _line(right, signature.post.upper(), layout.sign, bold=state or not signature.prefixes)
        _line(right, signature.name, layout.sign, bold=True, before=4 * layout.pitch)

    def annex(self, annex: Annex) -> None:
        """Write an annex as a section of its own, whose pages count from 1."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        _set_page(section, self.layout, landscape=annex.landscape)
        _shape(self.document.paragraphs[-1], PLAIN, 1)  # it only carries the end of the section before
        if section._sectPr.find(qn("w:pgNumType")) is None:  # a section begins as a copy of the one before
            section._sectPr.insert_element_before(element("pgNumType", start=1), *AFTER_PAGE_COUNT)
        _line(self.document, annex.label, 14, bold=True)
        _line(self.document, annex.title.upper(), 14, bold=True, before=3)
        _line(self.document, f"({bind(annex.reference)})", 13, italic=True, before=4)
        _rule(self.document, 45, self.layout.text_width_mm(landscape=annex.landscape))
        self.blocks(annex.blocks, landscape=annex.landscape, closing=False)

    # ---- pairs of columns ----
    def _share_mm(self, column: int) -> float:
        return self.layout.text_width_mm(landscape=False) * self.layout.head_share[column] / 100

    def _pair(self, shares: tuple[int, int]) -> tuple[_Cell, _Cell]:
        """Return the two cells of a borderless row as wide as the text."""
        table = self.document.add_table(rows=1, cols=2)
        table.autofit = False
        width = self.layout.text_width_mm(landscape=False)
        _strip(table, width)
        for column, share in enumerate(shares):
            table.columns[column].width = Mm(width * share / 100)
            table.cell(0, column).width = Mm(width * share / 100)
        table.rows[0]._tr.get_or_add_trPr().append(element("cantSplit"))
        return table.cell(0, 0), table.cell(0, 1)


def _strip(table: Table, width_mm: float) -> None:
    """Give a layout table exact width and no inner margins."""
    properties = table._tbl.tblPr
    margins = element("tblCellMar", *(element(side, w=0, type="dxa") for side in ("left", "right")))
    properties.insert_element_before(margins, "w:tblLook")
    for old in properties.findall(qn("w:tblW")):
        old.set(qn("w:w"), str(twips(width_mm)))
        old.set(qn("w:type"), "dxa")


def _line(
    parent: Document | _Cell,
    text: str,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = CENTRE,
    before: float = 0,
) -> WordParagraph:
    """Add a paragraph of one run; the empty paragraph that a new cell brings is used first."""
    paragraph = _next(parent)
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.bold, run.italic = bold or None, italic or None
    _shape(paragraph, align, size + LEADING, before=before)
    return paragraph


def _rule(parent: Document | _Cell, length_mm: float, width_mm: float) -> None:
    """Draw a rule as the bottom border of an empty paragraph that is narrowed from both sides."""
    paragraph = _next(parent)
    _shape(paragraph, CENTRE, 4)
    side = max(0.0, (width_mm - length_mm) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(side)
    border = element("pBdr", element("bottom", val="single", sz=5, space=1, color="000000"))
    paragraph._p.get_or_add_pPr().insert_element_before(border, *AFTER_BORDER)


def _next(parent: Document | _Cell) -> WordParagraph:
    """Return a new paragraph, or the untouched one that a new cell begins with."""
    if isinstance(parent, _Cell) and len(parent.paragraphs) == 1 and not len(parent.paragraphs[0]._p):
        untouched: WordParagraph = parent.paragraphs[0]
        return untouched
    added: WordParagraph = parent.add_paragraph()
    return added


def _shape(paragraph: WordParagraph, align: WD_ALIGN_PARAGRAPH, pitch: float, *, before: float = 0) -> None:
    shape = paragraph.paragraph_format
    shape.alignment = align
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = Pt(pitch)
    shape.space_before, shape.space_after = Pt(before), Pt(0)


def _packed(document: Document) -> bytes:
    """Return the file with one fixed time for every member: python-docx would write the clock into it."""
    raw, packed = BytesIO(), BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            target.writestr(zipfile.ZipInfo(member.filename, ZIP_DAY), source.read(member), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
