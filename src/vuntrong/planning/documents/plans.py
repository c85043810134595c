"""The three papers of a plan: submission, decision, yearly plan. Every figure comes from one copy of the lines.

Wording and layout: papers.md, P04 to P06.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from vuntrong.documents.layouts import Layout
from vuntrong.documents.papers import (
    NUMBER_GAP,
    Address,
    Block,
    Head,
    Paper,
    Title,
    article,
    body,
    centred,
    ground,
    heading,
)
from vuntrong.kernel.numbers import money_words, vn_integer
from vuntrong.planning.documents.annexes import DECISION_COLUMNS, PLAN_COLUMNS, ROMAN, plan_annexes
from vuntrong.planning.models import Decision, NeedsSnapshot, TrainingPlan
from vuntrong.planning.rules.plans import LineFacts, Totals, totals
from vuntrong.registry.documents import cited, keep_line, paper_head, paper_layout, paper_signature, paper_style
from vuntrong.registry.models import Unit

MANY_PROGRAMMES = 6
"""From this number on the submission names only the groups; the annex has the rest."""


@dataclass(frozen=True)
class PlanCopy:
    """One copy of a plan on paper: the lines, what they were made from, and what they amend."""

    plan: TrainingPlan
    lines: Sequence[LineFacts]
    submission_number: str = ""
    """Number of the tờ trình; empty while it has none."""
    submitted_on: dt.date | None = None
    reason: str = ""
    """Why the plan is amended; empty for the first copy."""
    snapshot: NeedsSnapshot | None = None
    amends: Decision | None = None
    """The decision that an amendment changes."""
    approved_by: Decision | None = None

    @property
    def planned(self) -> list[LineFacts]:
        return [line for line in self.lines if line.is_planned]

    @property
    def totals(self) -> Totals:
        return totals(self.lines)


@dataclass(frozen=True)
class Stamp:
    """What the registry and the signer give to a paper; nothing of it is known while it is a draft."""

    day: dt.date
    """Of signing; for a draft the day whose layout and names it takes."""
    number: int | None = None
    is_dated: bool = True
    signer_name: str = ""
    signer_post: str = ""


@dataclass(frozen=True)
class PrintedPaper:
    """A paper with the measures of its day."""

    paper: Paper
    layout: Layout


def submission_paper(copy: PlanCopy, stamp: Stamp) -> PrintedPaper:
    """Return the tờ trình of the owner to the approver, with the plan as annex. At most 5 queries."""
    owner = copy.plan.owner
    layout = paper_layout(owner, stamp.day)
    head = paper_head(owner, kind="TTr", day=stamp.day, number=stamp.number, is_dated=stamp.is_dated)
    end = _end(head)
    subject = "điều chỉnh, bổ sung" if copy.reason else "phê duyệt"
    title = Title(
        "Tờ trình", f"{_about(head)} {subject} kế hoạch đào tạo, bồi dưỡng\n{_whom(copy)} năm {copy.plan.year}"
    )
    label = "Kính trình" if layout.name == "party05" else "Kính gửi"
    reference = cited("Kèm theo Tờ trình", head.reference, head.date, owner.name, style=head.style)
    closing = f"{owner.name} kính trình {copy.plan.approver_text} xem xét, phê duyệt{end}"
    annexes = plan_annexes(copy.lines, year=copy.plan.year, reference=reference, columns=PLAN_COLUMNS, end=end)
    blocks = (*_grounds(copy, layout), *_sections(_submission_sections(copy), head), body(closing))
    paper = Paper(
        head=head,
        title=title,
        blocks=blocks,
        signature=paper_signature(owner, name=stamp.signer_name, post=stamp.signer_post),
        recipients=("Như trên",),
        keep=keep_line(owner),
        address=Address(label, (copy.plan.approver_text,)),
        annexes=annexes,
    )
    return PrintedPaper(paper, layout)


def decision_paper(copy: PlanCopy, stamp: Stamp) -> PrintedPaper:
    """Return the decision of the approver that gives the owner its classes. At most 5 queries."""
    plan = copy.plan
    layout = paper_layout(plan.approver, stamp.day)
    head = paper_head(plan.approver, kind="QĐ", day=stamp.day, number=stamp.number, is_dated=stamp.is_dated)
    about = "điều chỉnh, bổ sung kế hoạch" if copy.reason else "giao chỉ tiêu, kế hoạch"
    summary = f"{_about(head)} {about} tổ chức các lớp đào tạo, bồi dưỡng\nnăm {plan.year} tại {plan.owner.name}"
    is_state = head.style == "state"
    title = Title("Quyết định", summary, plan.approver_text if is_state else "")
    reference = cited("Kèm theo Quyết định", head.reference, head.date, plan.approver_text, style=head.style)
    deciding = centred("QUYẾT ĐỊNH:" if is_state else f"{plan.approver_text} quyết định".upper())
    end = _end(head)
    paper = Paper(
        head=head,
        title=title,
        blocks=(*_decision_grounds(copy, head), deciding, *_articles(copy, end)),
        signature=paper_signature(plan.approver, name=stamp.signer_name, post=stamp.signer_post),
        recipients=_decision_recipients(copy, head),
        keep=keep_line(plan.approver),
        annexes=plan_annexes(copy.planned, year=plan.year, reference=reference, columns=DECISION_COLUMNS, end=end),
    )
    return PrintedPaper(paper, layout)


def yearly_paper(copy: PlanCopy, stamp: Stamp) -> PrintedPaper:
    """Return the owner's plan that turns the decision into who, when, where and money. At most 5 queries."""
    owner = copy.plan.owner
    layout = paper_layout(owner, stamp.day)
    head = paper_head(owner, kind="KH", day=stamp.day, number=stamp.number, is_dated=stamp.is_dated)
    name = "đào tạo, bồi dưỡng" if head.style == "party" else "Đào tạo, bồi dưỡng"
    reference = cited("Kèm theo Kế hoạch", head.reference, head.date, owner.name, style=head.style)
    end = _end(head)
    blocks = (body(f"{_basis(copy)}, {owner.name} xây dựng Kế hoạch như sau:"), *_sections(_plan_sections(copy), head))
    figures = copy.totals
    total = f"Tổng số {_classes_and_learners(figures)} (Phụ lục kèm theo){end}"
    paper = Paper(
        head=head,
        title=Title("Kế hoạch", f"{name} {_whom(copy)}\nnăm {copy.plan.year}"),
        blocks=(*blocks, body(total)),
        signature=paper_signature(owner, name=stamp.signer_name, post=stamp.signer_post),
        recipients=(copy.plan.approver_text, *_leads(copy)),
        keep=keep_line(owner),
        annexes=plan_annexes(copy.planned, year=copy.plan.year, reference=reference, columns=PLAN_COLUMNS, end=end),
    )
    return PrintedPaper(paper, layout)


Section = tuple[str, list[str]]


def _submission_sections(copy: PlanCopy) -> list[Section]:
    plan = copy.plan
    need = (
        f"Việc điều chỉnh, bổ sung kế hoạch là cần thiết. Lý do: {_sentence(copy.reason)}"
        if copy.reason
        else f"Để chủ động tổ chức các lớp trong năm {plan.year} theo nhu cầu của các cơ quan, đơn vị và tiêu chuẩn "
        f"của cán bộ, {plan.owner.name} đã tổng hợp nhu cầu và xây dựng kế hoạch đào tạo, bồi dưỡng năm {plan.year}."
    )
    sections = [("Sự cần thiết", [need])]
    if copy.snapshot:
        sections.append(("Kết quả tổng hợp nhu cầu", _needs_words(copy.snapshot)))
    sections.append(("Nội dung đề nghị phê duyệt", _content_words(copy)))
    sections.append(("Kinh phí", _money_words(copy)))
    return sections


def _needs_words(snapshot: NeedsSnapshot) -> list[str]:
    """Say what the consolidation of that moment says; its total is the sum of its rows."""
    people = sum(snapshot.lines.values_list("total", flat=True))
    at = timezone.localtime(snapshot.taken_at)
    said = [
        f"Tính đến {at:%H} giờ {at:%M} ngày {at:%d/%m/%Y}, có {snapshot.answered}/{snapshot.asked} cơ quan, đơn vị trả "
        f"lời khảo sát, đăng ký {vn_integer(people)} lượt người; {_padded(snapshot.nil_answers)} cơ quan, đơn vị không "
        f"có nhu cầu."
    ]
    if snapshot.silent_units:
        names = "; ".join(str(name) for name in snapshot.silent_units)
        said.append(f"{_padded(len(snapshot.silent_units))} cơ quan, đơn vị chưa trả lời: {names}.")
    return said


def _content_words(copy: PlanCopy) -> list[str]:
    figures = copy.totals
    programmes: dict[str, list[LineFacts]] = {}
    for line in copy.planned:
        programmes.setdefault(line.programme, []).append(line)
    listed = [
        f"- {_classes(part.classes)} {name[0].lower()}{name[1:]}{_in_brackets(part)}"
        for name, part in ((name, totals(members)) for name, members in programmes.items())
    ]
    opening = f"Tổng số {_classes_and_learners(figures)}"
    said = [f"{opening} (chi tiết tại Phụ lục)."]
    if len(listed) <= MANY_PROGRAMMES:
        marks = [";"] * (len(listed) - 1) + ["."]
        said = [
            f"{opening} (chi tiết tại Phụ lục), trong đó:",
            *(f"{line}{mark}" for line, mark in zip(listed, marks, strict=True)),
        ]
    if others := len(copy.lines) - len(copy.planned):
        said.append(
            f"Ngoài ra có {_padded(others)} nội dung đang nghiên cứu hoặc đề xuất cho năm sau, không tính vào tổng số."
        )
    return said


def _money_words(copy: PlanCopy) -> list[str]:
    budget = copy.totals.budget_vnd
    if not budget:
        return ["Kế hoạch này chưa kèm dự toán kinh phí."]
    sources = "; ".join(dict.fromkeys(line.draft.funding_source for line in copy.planned if line.draft.funding_source))
    return [f"Dự kiến {vn_integer(budget)} đồng (bằng chữ: {money_words(budget)}); nguồn: {sources}."]


def _plan_sections(copy: PlanCopy) -> list[Section]:
    plan, figures = copy.plan, copy.totals
    places = ", ".join(dict.fromkeys(line.draft.place for line in copy.planned if line.draft.place))
    return [
        (
            "Mục đích, yêu cầu",
            [
                f"Tổ chức đủ các lớp được giao trong năm {plan.year}, đúng đối tượng, đúng chương trình, gắn với nhu "
                "cầu của cơ quan, đơn vị cử học viên."
            ],
        ),
        (
            "Đối tượng, nội dung, chỉ tiêu",
            [f"{_classes_and_learners(figures)}; đối tượng, nội dung từng lớp tại Phụ lục."],
        ),
        (
            "Thời gian, địa điểm, hình thức",
            [f"Thời điểm và hình thức từng lớp tại Phụ lục. Địa điểm: {places or f'tại {plan.owner.name}'}."],
        ),
        ("Kinh phí", _money_words(copy)),
        ("Tổ chức thực hiện", _tasks(copy)),
    ]


def _tasks(copy: PlanCopy) -> list[str]:
    year, owner = copy.plan.year, copy.plan.owner
    leads = [
        f"{number}. {name}: chủ trì các lớp ghi tại Phụ lục, đúng thời điểm đã nêu."
        for number, name in enumerate(_leads(copy), 2)
    ]
    return [
        f"1. {owner.name}: xây dựng chương trình, lịch học, quản lý lớp; báo cáo kết quả 6 tháng trước ngày "
        f"15/6/{year}, cả năm trước ngày 15/12/{year}.",
        *leads,
        f"{len(leads) + 2}. Các cơ quan, đơn vị cử học viên: gửi danh sách trước ngày khai giảng 15 ngày.",
    ]


def _articles(copy: PlanCopy, end: str) -> list[Block]:
    plan, figures = copy.plan, copy.totals
    owner = plan.owner.name
    learners = f" với {_learners(figures.learners)}" if figures.learners else ""
    figure_words = f"{_classes(figures.classes)} đào tạo, bồi dưỡng năm {plan.year}{learners}"
    amended = f" tại Quyết định số {copy.amends.number}, ngày {copy.amends.issued_on:%d/%m/%Y}" if copy.amends else ""
    deed = f"Điều chỉnh, bổ sung kế hoạch đã giao{amended}; sau điều chỉnh," if copy.reason else "Giao"
    partners = ", ".join(dict.fromkeys(name for line in copy.planned for name in line.cooperating))
    return [
        article(1, f"{deed} {owner} tổ chức {figure_words} (Phụ lục kèm theo)."),
        article(
            2,
            f"{owner} chủ trì xây dựng chương trình, lịch học, quản lý lớp và báo cáo kết quả 6 tháng, năm; "
            f"{partners or 'các cơ quan, đơn vị, địa phương'} phối hợp chọn cử học viên.",
        ),
        article(
            3,
            f"{owner} và các tổ chức, cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này. Quyết định có "
            f"hiệu lực từ ngày ký{end}",
        ),
    ]


def _grounds(copy: PlanCopy, layout: Layout) -> list[Block]:
    survey = copy.snapshot.survey if copy.snapshot else None
    named = list(dict.fromkeys(line.draft.legal_basis for line in copy.planned if line.draft.legal_basis))
    if survey and survey.letter_number and survey.letter_on:
        style = layout.style
        named.append(cited("Công văn", survey.letter_number, survey.letter_on, survey.owner.name, style=style))
    if copy.amends:
        decision = copy.amends
        named.append(cited("Quyết định", decision.number, decision.issued_on, decision.issuer_text, style=layout.style))
    marks = [";"] * (len(named) - 1) + ["."] if named else []
    return [ground(f"Căn cứ {text}{mark}") for text, mark in zip(named, marks, strict=True)]


def _decision_grounds(copy: PlanCopy, head: Head) -> list[Block]:
    plan = copy.plan
    number = copy.submission_number or NUMBER_GAP
    proposal = cited("Tờ trình", number, copy.submitted_on, plan.owner.name, style=head.style)
    proposal = proposal.removesuffix(f" của {plan.owner.name}")
    last = f"Xét đề nghị của {plan.owner.name} tại {proposal}{'.' if head.style == 'state' else ','}"
    grounds: list[Block] = [ground(f"Căn cứ chức năng, nhiệm vụ, quyền hạn của {plan.approver_text};")]
    if copy.amends:
        decision = copy.amends
        named = cited("Quyết định", decision.number, decision.issued_on, decision.issuer_text, style=head.style)
        grounds.append(ground(f"Căn cứ {named};"))
    return [*grounds, ground(last)]


def _decision_recipients(copy: PlanCopy, head: Head) -> tuple[str, ...]:
    partners = tuple(dict.fromkeys(name for line in copy.planned for name in line.cooperating))
    first = ("Như Điều 3",) if head.style == "state" else (copy.plan.owner.name,)
    return (*first, *partners)


def _sections(sections: list[Section], head: Head) -> list[Block]:
    """Number the parts as the style asks: I- in Party papers, I. in papers of the State."""
    mark = "-" if head.style == "party" else "."
    blocks: list[Block] = []
    for roman, (name, paragraphs) in zip(ROMAN, sections, strict=False):
        blocks.append(heading(f"{roman}{mark} {name.upper()}"))
        blocks += [body(text) for text in paragraphs]
    return blocks


def _basis(copy: PlanCopy) -> str:
    decision = copy.approved_by
    style = paper_style(copy.plan.owner)
    if decision is None:
        return f"Thực hiện nhiệm vụ đào tạo, bồi dưỡng năm {copy.plan.year}"
    return f"Thực hiện {cited('Quyết định', decision.number, decision.issued_on, decision.issuer_text, style=style)}"


def _leads(copy: PlanCopy) -> list[str]:
    own = {copy.plan.owner.name, copy.plan.owner.short_name}
    return [name for name in dict.fromkeys(line.lead for line in copy.planned) if name and name not in own]


def _whom(copy: PlanCopy) -> str:
    return "cán bộ, đảng viên" if copy.plan.side == "party" else "cán bộ, công chức, viên chức"


def _about(head: Head) -> str:
    return "về việc" if head.style == "party" else "Về việc"


def _end(head: Head) -> str:
    return "." if head.style == "party" else "./."


def _padded(number: int) -> str:
    """Return a count in running text: under 10 with a leading 0. Source: papers.md 3.1."""
    return f"{number:02d}" if number < 10 else vn_integer(number)


def _classes(number: int) -> str:
    return f"{_padded(number)} lớp"


def _classes_and_learners(figures: Totals) -> str:
    """Leave the learners out where nobody has said how many."""
    learners = f" với {_learners(figures.learners)}" if figures.learners else ""
    return f"{_classes(figures.classes)}{learners}"


def _in_brackets(figures: Totals) -> str:
    return f" ({_learners(figures.learners)})" if figures.learners else ""


def _learners(number: int) -> str:
    return f"{_padded(number)} học viên"


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def leading_number(text: str) -> int | None:
    """Return the number in front of a code: 718 of 718-QĐ/HU; null where there is none."""
    found = re.match(r"\d+", text)
    return int(found[0]) if found else None


PAPERS = {"submission": submission_paper, "decision": decision_paper, "yearly": yearly_paper}
"""The papers by the name that addresses use."""


def issuer_of(paper: str, plan: TrainingPlan) -> Unit:
    """Return the unit that signs a paper."""
    return plan.approver if paper == "decision" else plan.owner
