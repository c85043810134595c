"""The draft of an impact assessment of the processing of personal data, made from the register.

Source: Law 91/2025/QH15, art. 21 (unverified: competent State agencies may be exempt). The office completes
and signs it.
"""

from dataclasses import dataclass

from django.utils import timezone, translation

from vuntrong.documents.layouts import Layout
from vuntrong.documents.papers import (
    Annex,
    Block,
    HeaderCell,
    Paper,
    RowKind,
    TableBlock,
    TableColumn,
    TableRow,
    Title,
    body,
    heading,
)
from vuntrong.kernel.numbers import vn_integer
from vuntrong.registry.copies import all_field_classes
from vuntrong.registry.documents import keep_line, paper_head, paper_layout, paper_signature
from vuntrong.registry.enums import FieldClass, Purpose
from vuntrong.registry.field_names import FIELD_NAMES, MODEL_NAMES
from vuntrong.registry.models import Unit
from vuntrong.registry.rules.privacy import PROCESSING, FieldRule

GAP = "……………………"
MEASURES = (
    "Quyền được giao theo vai trò và đơn vị; mọi truy vấn chỉ trả về hồ sơ trong phạm vi được giao.",
    "Trường nhạy cảm chỉ hiện khi người xem nêu mục đích; mỗi lượt xem, xuất, in được ghi lại: ai, khi nào, trường "
    "nào, để làm gì; đương sự xem được danh sách này.",
    "Mọi thay đổi nằm trong nhật ký nối chuỗi bằng mã băm; sửa hoặc xóa nhật ký bị phát hiện.",
    "Đăng nhập bằng mật khẩu và xác thực hai lớp; khóa tạm sau nhiều lần sai; dữ liệu không gửi ra máy chủ khác.",
    "Hồ sơ bị hạn chế được niêm phong; hồ sơ hết thời hạn hoặc có đề nghị xóa được ẩn danh, số liệu thống kê "
    "giữ nguyên.",
    "Tài liệu có độ mật không được nhận vào phần mềm.",
)
RISKS = (
    ("Xem ngoài phạm vi công việc", "Trung bình", "Phân quyền theo đơn vị, nêu mục đích, nhật ký lượt xem"),
    ("Lộ khi xuất tệp, in giấy", "Trung bình", "Hỏi mục đích khi xuất; ghi số người và trường; quy chế quản lý tệp"),
    ("Dữ liệu sai làm mất quyền lợi", "Trung bình", "Trang “Dữ liệu về tôi”, đề nghị sửa, hạn trả lời theo luật"),
    ("Mất dữ liệu", "Thấp", "Sao lưu hằng ngày, thử khôi phục định kỳ"),
    ("Giữ lâu hơn cần thiết", "Thấp", "Hạn chế hoặc ẩn danh theo thời hạn lưu trữ"),
)


@dataclass(frozen=True)
class PrintedAssessment:
    """The paper with the measures of its day."""

    paper: Paper
    layout: Layout


def assessment_paper(unit: Unit, *, people: int) -> PrintedAssessment:
    """Return the draft for a unit that keeps records of so many `people`. At most 3 queries."""
    day = timezone.localdate()
    with translation.override("vi"):
        head = paper_head(unit, kind="BC", day=day, is_dated=False)
        paper = Paper(
            head=head,
            title=Title("Báo cáo", "đánh giá tác động xử lý dữ liệu cá nhân\n(dự thảo)"),
            blocks=_blocks(unit, people),
            signature=paper_signature(unit, name=""),
            recipients=("Như trên",),
            keep=keep_line(unit),
            annexes=(
                Annex(
                    "Danh mục trường dữ liệu cá nhân",
                    f"Kèm theo Báo cáo số {head.reference} của {unit.name}",
                    (_fields_table(),),
                    landscape=True,
                ),
            ),
        )
    return PrintedAssessment(paper, paper_layout(unit, day))


def _blocks(unit: Unit, people: int) -> tuple[Block, ...]:
    classes = [rule.field_class for rules in all_field_classes().values() for rule in rules.values()]
    basic, sensitive = (classes.count(one) for one in (FieldClass.BASIC, FieldClass.SENSITIVE))
    return (
        heading("1. Bên kiểm soát dữ liệu cá nhân"),
        body(f"{unit.name}. Đầu mối bảo vệ dữ liệu cá nhân: {GAP}, điện thoại {GAP}, thư điện tử {GAP}."),
        heading("2. Phạm vi"),
        body(
            f"Phần mềm quản lý đào tạo, bồi dưỡng cán bộ giữ hồ sơ của {vn_integer(people)} người thuộc phạm vi của "
            f"đơn vị, gồm {basic} trường dữ liệu cơ bản và {sensitive} trường dữ liệu nhạy cảm nêu tại Phụ lục."
        ),
        heading("3. Mục đích và căn cứ xử lý"),
        _purposes_table(),
        heading("4. Người được tiếp cận"),
        body(
            "Cán bộ có tài khoản được giao vai trò trong đơn vị; dữ liệu nhạy cảm chỉ mở theo mục đích. Bên xử lý dữ "
            f"liệu thuê ngoài: {GAP}. Chuyển dữ liệu: khối đào tạo, bồi dưỡng cho Cơ sở dữ liệu quốc gia về cán bộ, "
            "công chức, viên chức theo Nghị định 27/2026/NĐ-CP. Không chuyển dữ liệu ra nước ngoài."
        ),
        heading("5. Thời gian lưu giữ"),
        body(f"Theo thời hạn lưu trữ hồ sơ cán bộ: {GAP}. Hết thời hạn, hồ sơ được ẩn danh theo cột cuối của Phụ lục."),
        heading("6. Biện pháp bảo vệ"),
        *[body(f"- {measure}") for measure in MEASURES],
        heading("7. Rủi ro và biện pháp giảm thiểu"),
        _risks_table(),
        heading("8. Kết luận"),
        body(f"{GAP}{GAP}{GAP}"),
    )


def _table(widths: tuple[float, ...], header: tuple[str, ...], rows: list[TableRow]) -> TableBlock:
    columns = tuple(TableColumn(width, "left") for width in widths)
    return TableBlock(columns, (tuple(HeaderCell(text) for text in header),), tuple(rows))


def _purposes_table() -> TableBlock:
    rows = [
        TableRow(
            (
                str(Purpose(purpose).label),
                said.basis,
                "Có" if said.needs_sensitive else "Không",
            )
        )
        for purpose, said in PROCESSING.items()
    ]
    return _table((60, 75, 30), ("Mục đích", "Căn cứ", "Dùng dữ liệu nhạy cảm"), rows)


def _risks_table() -> TableBlock:
    return _table((55, 25, 85), ("Rủi ro", "Mức", "Biện pháp"), [TableRow(risk) for risk in RISKS])


def _fields_table() -> TableBlock:
    rows: list[TableRow] = []
    for label, rules in all_field_classes().items():
        told = {name: rule for name, rule in rules.items() if rule.field_class != FieldClass.TECHNICAL}
        if told:
            rows.append(TableRow((str(MODEL_NAMES[label]),), RowKind.GROUP, span=4))
            rows += [_field_row(name, rule) for name, rule in told.items()]
    return _table((75, 55, 72, 55), ("Trường", "Loại", "Căn cứ phân loại", "Khi ẩn danh"), rows)


def _field_row(name: str, rule: FieldRule) -> TableRow:
    source = rule.source if rule.is_verified else f"{rule.source}; cách hiểu của phần mềm, chưa đối chiếu"
    return TableRow((str(FIELD_NAMES[name]), str(rule.field_class.label), source, str(rule.erasure.label)))
