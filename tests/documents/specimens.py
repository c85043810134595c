"""Two whole papers: the half-year report of Tuyên Hóa 2022 (Party) and a recognition decision (State)."""

import datetime as dt
from decimal import Decimal

from vuntrong.documents.papers import (
    Annex,
    Head,
    HeaderCell,
    Paper,
    RowKind,
    SignatureBlock,
    TableBlock,
    TableColumn,
    TableRow,
    Title,
    article,
    body,
    centred,
    ground,
    heading,
    list_end,
)
from vuntrong.kernel.numbers import vn_decimal

PLANNED_CLASSES = 20
DONE = (
    ("Bồi dưỡng lý luận chính trị dành cho đảng viên mới", 2, 94),
    ("Bồi dưỡng lý luận chính trị dành cho đối tượng nhận thức về Đảng", 1, 54),
    ("Bồi dưỡng nghiệp vụ công tác kiểm tra, giám sát và thi hành kỷ luật Đảng", 1, 45),
    ("Bồi dưỡng nghiệp vụ công tác Đảng cho bí thư chi bộ năm 2022", 2, 134),
)
CLASSES = sum(classes for _, classes, _ in DONE)
LEARNERS = sum(learners for _, _, learners in DONE)


def ratio(part: int, whole: int, digits: int, *, times: int = 1) -> str:
    return vn_decimal(Decimal(times * part) / whole, digits)


def results_table() -> TableBlock:
    widths = (11, 51, 16, 16, 17, 16, 18, 20)
    heads = (
        "STT|Chương trình|Kế hoạch (lớp)|Thực hiện (lớp)|Đạt kế hoạch (%)|Số học viên|Tỷ lệ học viên (%)|"
        "Bình quân một lớp"
    )
    rows = [
        TableRow((str(at), name, "-", str(n), "-", str(m), ratio(m, LEARNERS, 2, times=100), ratio(m, n, 1)))
        for at, (name, n, m) in enumerate(DONE, 1)
    ]
    mean = ratio(LEARNERS, CLASSES, 1)
    percent = ratio(CLASSES, PLANNED_CLASSES, 1, times=100)
    total = ("Tổng cộng", str(PLANNED_CLASSES), str(CLASSES), percent, str(LEARNERS), "100,00", mean)
    return TableBlock(
        columns=tuple(TableColumn(width, ("center", "left", "right")[min(at, 2)]) for at, width in enumerate(widths)),
        header=(tuple(HeaderCell(text) for text in heads.split("|")),),
        rows=(*rows, TableRow(total, RowKind.TOTAL, span=2)),
        caption="Biểu số 01. Kết quả mở lớp 6 tháng đầu năm 2022",
        remark="Thời điểm chốt số liệu: 30/6/2022",
        numbers=tuple(f"({number})" for number in range(1, 9)),
        note="Ghi chú: dấu (-) là chưa có số liệu theo từng chương trình. Số học viên tính theo lượt ghi danh. Lớp "
        "trung cấp lý luận chính trị do Trường Chính trị tỉnh mở không tính vào biểu này.",
    )


REPORT = Paper(
    head=Head(
        style="party",
        parent="Huyện ủy Tuyên Hóa",
        issuer="Trung tâm Chính trị",
        code="BC/TTCT",
        place="Tuyên Hóa",
        number=7,
        date=dt.date(2022, 7, 5),
    ),
    title=Title(
        "Báo cáo",
        "kết quả đào tạo, bồi dưỡng lý luận chính trị và chuyên môn, nghiệp vụ\n6 tháng đầu năm 2022",
    ),
    blocks=(
        body(
            "Thực hiện Quyết định số 718-QĐ/HU, ngày 10/01/2022 của Ban Thường vụ Huyện ủy về việc giao chỉ tiêu, kế "
            "hoạch tổ chức các lớp đào tạo, bồi dưỡng năm 2022, Trung tâm Chính trị huyện báo cáo kết quả 6 tháng đầu "
            "năm 2022 như sau:"
        ),
        heading("I- KẾT QUẢ THỰC HIỆN"),
        heading("1. Thực hiện kế hoạch mở lớp"),
        body(
            f"Kế hoạch năm 2022 được giao là {PLANNED_CLASSES} lớp. Đến ngày 30/6/2022, Trung tâm đã mở {CLASSES:02d} "
            f"lớp, đạt {ratio(CLASSES, PLANNED_CLASSES, 1, times=100)}% kế hoạch năm, với {LEARNERS} học viên; bình "
            f"quân {ratio(LEARNERS, CLASSES, 1)} học viên một lớp. Số lớp còn phải thực hiện trong 6 tháng cuối năm là "
            f"{PLANNED_CLASSES - CLASSES} lớp. Kết quả theo từng chương trình như sau:"
        ),
        results_table(),
        heading("2. Lớp phối hợp"),
        body(
            "Trung tâm phối hợp với Trường Chính trị tỉnh tổ chức lớp trung cấp lý luận chính trị khóa XII, hệ không "
            "tập trung tại huyện; đến nay lớp đã hoàn thành 05 học phần."
        ),
        heading("II- PHƯƠNG HƯỚNG 6 THÁNG CUỐI NĂM"),
        body(
            f"Tiếp tục mở {PLANNED_CLASSES - CLASSES} lớp theo Quyết định 718-QĐ/HU; phối hợp quản lý lớp trung cấp lý "
            "luận chính trị khóa XII; tổng hợp nhu cầu đào tạo, bồi dưỡng năm 2023 của các đảng ủy, chi bộ, ban, "
            "ngành, đoàn thể để trình Ban Thường vụ Huyện ủy."
        ),
        body("Trung tâm Chính trị huyện báo cáo Ban Thường vụ Huyện ủy xem xét, chỉ đạo."),
    ),
    signature=SignatureBlock(("K/T Giám đốc",), "Phó Giám đốc", "Nguyễn Văn A"),
    recipients=(
        "Ban Thường vụ Huyện ủy",
        "Ban Tuyên giáo Tỉnh ủy",
        "Ban Tổ chức, Ban Tuyên giáo Huyện ủy",
        "Lãnh đạo Trung tâm",
    ),
    keep="Lưu Trung tâm",
)

LEARNER_LIST = (
    ("Lê Văn An", "12/03/1985", "", "Kinh", "Phó Chủ tịch UBND xã Bình Lạc", "06/01/2012", "Đại học, Luật"),
    ("Nguyễn Thanh Bình", "05/09/1983", "", "Kinh", "Phó Trưởng phòng Nội vụ huyện", "19/05/2009", "Thạc sĩ"),
    ("Vi Văn Cường", "21/10/1986", "", "Tày", "Chủ tịch Ủy ban MTTQ Việt Nam xã Nà Lại", "03/02/2014", "Đại học"),
    ("Hoàng Thị Dung", "", "08/03/1988", "Nùng", "Chủ tịch Hội Phụ nữ xã Nà Lại", "26/03/2013", "Đại học"),
)


def learners_table(copies: int) -> TableBlock:
    """Return the list of learners, groups above each copy of the four of them."""
    rows: list[TableRow] = []
    for copy in range(copies):
        rows.append(TableRow((f"{'I' * (copy + 1)}. Khối {copy + 1}",), RowKind.GROUP, span=9))
        for learner in LEARNER_LIST:
            number = len([row for row in rows if row.kind is RowKind.ITEM]) + 1
            rows.append(TableRow((str(number), *learner, "")))
    header = (
        (
            HeaderCell("STT", rows=2),
            HeaderCell("Họ và tên", rows=2),
            HeaderCell("Ngày, tháng, năm sinh", columns=2),
            HeaderCell("Dân\ntộc", rows=2),
            HeaderCell("Chức vụ,\nđơn vị công tác", rows=2),
            HeaderCell("Ngày vào Đảng", rows=2),
            HeaderCell("Trình độ", rows=2),
            HeaderCell("Ghi chú", rows=2),
        ),
        (HeaderCell("Nam"), HeaderCell("Nữ")),
    )
    aligns = ("center", "left", "center", "center", "center", "left", "center", "left", "left")
    widths = (11, 44, 24, 24, 17, 62, 25, 30, 20)
    columns = tuple(TableColumn(width, align) for width, align in zip(widths, aligns, strict=True))
    return TableBlock(columns, header, tuple(rows))


def decision(*, number: int | None = 18, date: dt.date | None = dt.date(2023, 2, 6), copies: int = 3) -> Paper:
    head = Head(
        style="state",
        parent="Tỉnh ủy An Vân",
        issuer="Trường Chính trị tỉnh",
        code="QĐ-TCT",
        place="An Vân",
        number=number,
        date=date,
        year=2023,
    )
    course = "lớp trung cấp lý luận chính trị, hệ không tập trung, khóa 12 (2023 - 2024) tại huyện Sông Hàn"
    return Paper(
        head=head,
        title=Title(
            "Quyết định",
            "Về việc công nhận học viên lớp trung cấp lý luận chính trị,\n"
            "hệ không tập trung, khóa 12 (2023 - 2024) tại huyện Sông Hàn",
            authority="Hiệu trưởng Trường Chính trị tỉnh An Vân",
        ),
        blocks=(
            ground(
                "Căn cứ Quy định số 09-QĐi/TW ngày 13 tháng 11 năm 2018 của Ban Bí thư về chức năng, nhiệm vụ, tổ chức "
                "bộ máy của trường chính trị tỉnh, thành phố trực thuộc Trung ương;"
            ),
            ground(
                "Căn cứ Quyết định số 6468-QĐ/HVCTQG ngày 21 tháng 12 năm 2021 của Giám đốc Học viện Chính trị quốc "
                "gia Hồ Chí Minh ban hành bộ quy chế quản lý đào tạo của trường chính trị;"
            ),
            ground("Theo đề nghị của Trưởng phòng Quản lý đào tạo và nghiên cứu khoa học."),
            centred("QUYẾT ĐỊNH:"),
            article(
                1,
                f"Công nhận {4 * copies} đồng chí có tên trong danh sách tại Phụ lục kèm theo Quyết định này là học "
                f"viên {course}.",
            ),
            article(2, "Thời gian học từ ngày 20 tháng 02 năm 2023; địa điểm: Trung tâm Chính trị huyện Sông Hàn."),
            article(
                3,
                "Quyết định này có hiệu lực kể từ ngày ký. Trưởng phòng Quản lý đào tạo và nghiên cứu khoa học, chủ "
                "nhiệm lớp và các học viên có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
            ),
        ),
        signature=SignatureBlock(("KT. Hiệu trưởng",), "Phó Hiệu trưởng", "Nguyễn Văn A"),
        recipients=("Như Điều 3", "Ban Tổ chức Tỉnh ủy (để báo cáo)", "Ban Giám hiệu"),
        keep="Lưu: VT, QLĐT (03b)",
        annexes=(
            Annex(
                title="Danh sách học viên lớp trung cấp lý luận chính trị\nhệ không tập trung, khóa 12 (2023 - 2024)",
                reference=f"Kèm theo Quyết định số {head.reference} ngày 06 tháng 02 năm 2023 của Hiệu trưởng Trường "
                "Chính trị tỉnh An Vân",
                blocks=(learners_table(copies), list_end(f"Danh sách gồm {4 * copies} học viên./.")),
                landscape=True,
            ),
        ),
    )
