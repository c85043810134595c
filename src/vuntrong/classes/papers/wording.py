"""How the papers of a class say it, under the head of the State and of the Party. Source: papers.md, P08 to P11."""

import re
from dataclasses import dataclass

from vuntrong.classes.enums import ClassPaper
from vuntrong.classes.papers.annexes import (
    CALL_UP_COLUMNS,
    PUBLIC_COLUMNS,
    RECOGNITION_COLUMNS,
    learner_table,
    recognition_closing,
)
from vuntrong.classes.papers.content import PaperContent
from vuntrong.documents.papers import (
    Address,
    Annex,
    Block,
    Head,
    Paper,
    SignatureBlock,
    Title,
    article,
    body,
    centred,
    ground,
    list_end,
)
from vuntrong.registry.documents import cited

LINE = 62
"""Most letters in a line of a title."""
BORDER = re.compile(r"(?<=,) | (?=(?:tại|năm|khóa|của|và|hệ|lớp) )")
"""Where a title may be cut: after a comma, before these words. Source: papers.md 1.5."""
FEW_LEARNERS = 10
"""So many stand under the letter itself; more stand in an annex. Source: papers.md, P08."""
TYPE_CODES = {ClassPaper.CALL_UP: "CV"}
"""Type code of a paper; QĐ for every other."""


@dataclass(frozen=True)
class Frame:
    """What the registry and the unit give to a paper."""

    head: Head
    signature: SignatureBlock
    keep: str


def type_code(paper: str) -> str:
    """Return the type code of one of our papers."""
    return TYPE_CODES.get(ClassPaper(paper), "QĐ")


def summary_of(paper: str, said: PaperContent) -> str:
    """Return the summary without its first words: triệu tập học viên lớp ..."""
    words = {
        ClassPaper.CALL_UP: f"triệu tập học viên {said.class_name}",
        ClassPaper.OPENING: f"mở {said.class_name}",
        ClassPaper.RECOGNITION: f"công nhận học viên {said.class_name}",
        ClassPaper.DUTIES: f"phân công chủ nhiệm lớp và chỉ định Ban cán sự {said.class_name}",
    }
    return words[ClassPaper(paper)]


def subject_of(said: PaperContent) -> str:
    """Return the subject of the letter as its head writes it."""
    about = "về việc" if said.style == "party" else "V/v"
    return f"{about} {summary_of(ClassPaper.CALL_UP, said)}"


def written(paper: str, said: PaperContent, frame: Frame) -> Paper:
    """Return the whole paper."""
    return _letter(said, frame) if paper == ClassPaper.CALL_UP else _decision(paper, said, frame)


def phrased(text: str, longest: int = LINE) -> str:
    """Return a title cut at phrase borders into lines of about the same length; uncut where one line holds it."""
    if len(text) <= longest:
        return text
    lines = -(-len(text) // longest)
    ideal = len(text) / lines
    cuts = [found.start() for found in BORDER.finditer(text) if found.start() > len(text) // 5]
    if not cuts:
        return text
    at = min((cut for cut in cuts if cut <= longest), default=cuts[0], key=lambda cut: abs(cut - ideal))
    return f"{text[:at]}\n{phrased(text[at + 1 :], longest)}"


def _end(said: PaperContent) -> str:
    return "." if said.style == "party" else "./."


def _padded(number: int) -> str:
    return f"{number:02d}"


def _sentence(text: str) -> str:
    return text.rstrip(" .;") + "."


# ---- P08 ----
def _letter(said: PaperContent, frame: Frame) -> Paper:
    is_list_short = len(said.learners) <= FEW_LEARNERS
    table = learner_table(said.learners, CALL_UP_COLUMNS)
    listed: tuple[Block, ...] = () if said.person else (table,)
    reference = cited("Kèm theo Công văn", frame.head.reference, frame.head.date, said.issuer_full, style=said.style)
    closing = list_end(f"Danh sách gồm {_padded(said.learner_count)} học viên{_end(said)}")
    annex = Annex(f"Danh sách học viên\n{phrased(said.class_name, 45)}", reference, (table, closing))
    where = "có tên sau" if is_list_short else "có tên trong danh sách tại Phụ lục kèm theo"
    return Paper(
        head=frame.head,
        title=None,
        blocks=(
            body(_call(said, where)),
            *(listed if is_list_short else ()),
            *(body(text) for text in _arrangements(said)),
            body(_request(said)),
        ),
        signature=frame.signature,
        recipients=tuple(said.recipients),
        keep=frame.keep,
        address=Address("Kính gửi", tuple(said.addressees)),
        annexes=() if is_list_short else (annex,),
    )


def _call(said: PaperContent, where: str) -> str:
    reason = f"Căn cứ {said.plan_ref} và danh sách cử học viên" if said.plan_ref else "Căn cứ danh sách cử học viên"
    if said.person:
        return f"{reason}, {said.issuer_full} triệu tập đồng chí tham gia {said.class_name}."
    count = f"{_padded(said.learner_count)} học viên"
    return f"{reason} của cơ quan, đơn vị, {said.issuer_full} triệu tập {count} {where} tham gia {said.class_name}."


def _arrangements(said: PaperContent) -> list[str]:
    at = f"lúc {said.opening_time}, " if said.opening_time else ""
    told = [
        f"Thời gian: khai giảng {at}{said.start_date}; học đến {said.end_date}.",
        f"Địa điểm: {_sentence(said.venue)}",
        f"Học viên mang theo: {_sentence(said.bring)}" if said.bring else "",
        f"Chỗ ở, chế độ: {_sentence(said.boarding)}" if said.boarding else "",
    ]
    return [f"{number}. {text}" for number, text in enumerate(filter(None, told), 1)]


def _request(said: PaperContent) -> str:
    office = said.office_name or said.issuer_full
    by = f" trước {said.excuse_deadline}" if said.excuse_deadline else ""
    excuse = f"Học viên không tham gia được phải có văn bản của cơ quan cử gửi về {office}{by}."
    if said.person:
        return f"{excuse} Đề nghị đồng chí có mặt đúng thời gian, địa điểm nêu trên{_end(said)}"
    asked = "Đề nghị cơ quan, đơn vị thông báo và tạo điều kiện để học viên tham gia đầy đủ"
    return f"{excuse} {asked}{_end(said)}"


# ---- P09 to P11 ----
def _decision(paper: str, said: PaperContent, frame: Frame) -> Paper:
    is_state = said.style == "state"
    authority = f"{said.head_post} {said.issuer_full}"
    deciding = ("QUYẾT ĐỊNH:",) if is_state else (authority.upper(), "QUYẾT ĐỊNH")
    summary = phrased(f"{'Về' if is_state else 'về'} việc {summary_of(paper, said)}")
    articles = {
        ClassPaper.OPENING: _opening_articles,
        ClassPaper.RECOGNITION: _recognition_articles,
        ClassPaper.DUTIES: _duty_articles,
    }[ClassPaper(paper)](said)
    return Paper(
        head=frame.head,
        title=Title("Quyết định", summary, authority if is_state else ""),
        blocks=(*_grounds(said), *map(centred, deciding), *articles),
        signature=frame.signature,
        recipients=tuple(said.recipients),
        keep=frame.keep,
        annexes=(_recognised(said, frame.head),) if paper == ClassPaper.RECOGNITION else (),
    )


def _grounds(said: PaperContent) -> list[Block]:
    asks = "Theo đề nghị của" if said.style == "state" else "Xét đề nghị của"
    last = f"{asks} {said.office_head or said.office_name}" if said.office_head or said.office_name else ""
    named = [f"Căn cứ {text}" for text in said.grounds] + ([last] if last else [])
    end = "." if said.style == "state" else ","
    marks = [";"] * (len(named) - 1) + [end]
    return [ground(f"{text}{mark}") for text, mark in zip(named, marks, strict=False)]


def _force(said: PaperContent, also: str = "") -> str:
    executors = said.executors or f"Các đơn vị trực thuộc {said.issuer_full}"
    return (
        f"Quyết định này có hiệu lực kể từ ngày ký. {executors}{also} chịu trách nhiệm thi hành Quyết định này"
        f"{_end(said)}"
    )


def _opening_articles(said: PaperContent) -> list[Block]:
    count = f"; số lượng: {_padded(said.learner_count)} học viên" if said.learner_count else ""
    first = (
        f"Mở {said.class_name}; mã lớp: {said.class_code}{count}; thời gian: từ {said.start_date} đến "
        f"{said.end_date}; địa điểm: {said.venue}."
    )
    office = said.office_name or said.issuer_full
    partners = f", phối hợp với {said.co_units}" if said.co_units else ""
    money = f" Kinh phí: {_sentence(said.funding)}" if said.funding else ""
    second = (
        f"Chương trình: {said.programme_name}. {office} chủ trì{partners} xây dựng lịch học, quản lý lớp, thanh toán "
        f"và báo cáo kết quả.{money}"
    )
    return [article(1, first), article(2, second), article(3, _force(said))]


def _recognition_articles(said: PaperContent) -> list[Block]:
    first = (
        f"Công nhận {_padded(said.learner_count)} ({said.learner_words}) đồng chí có tên trong danh sách tại Phụ lục "
        f"kèm theo Quyết định này là học viên {said.class_name}."
    )
    rule = f"{said.study_rule} và " if said.study_rule else ""
    second = (
        f"Thời gian học từ {said.start_date}; địa điểm: {said.venue}. Học viên thực hiện nhiệm vụ, quyền và chấp hành "
        f"kỷ luật học tập theo {rule}nội quy của {said.issuer_full}."
    )
    also = " và các học viên có tên tại Điều 1"
    return [article(1, first), article(2, second), article(3, _force(said, also))]


def _duty_articles(said: PaperContent) -> list[Block]:
    post = f", {said.form_master_post}," if said.form_master_post else ""
    count = f"{_padded(said.committee_count)} đồng chí"
    lines = said.committee_lines
    marks = [";"] * (len(lines) - 1) + ["."]
    rule = f" theo {said.study_rule}" if said.study_rule else " theo nội quy, quy chế hiện hành"
    force = _force(said, " và các đồng chí có tên tại Điều 1, Điều 2")
    third = f"Chủ nhiệm lớp, Ban cán sự lớp thực hiện nhiệm vụ{rule}. {force}"
    return [
        article(1, f"Phân công {said.form_master}{post} làm chủ nhiệm {said.class_name}."),
        article(2, f"Chỉ định Ban cán sự lớp gồm {count}:"),
        *(body(f"{line}{mark}") for line, mark in zip(lines, marks, strict=True)),
        article(3, third),
    ]


def _recognised(said: PaperContent, head: Head) -> Annex:
    issuer = f"{said.head_post} {said.issuer_full}"
    reference = cited("Kèm theo Quyết định", head.reference, head.date, issuer, style=said.style)
    columns = PUBLIC_COLUMNS if said.is_public else RECOGNITION_COLUMNS
    table = learner_table(said.learners, columns, width_mm=257)
    closing = list_end(recognition_closing(said, _end(said)))
    return Annex(f"Danh sách học viên\n{phrased(said.class_name)}", reference, (table, closing), landscape=True)
