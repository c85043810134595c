"""Papers of a class: what they say under both heads, what keeps them from being issued, who is in charge."""

import dataclasses
import datetime as dt
import io

import docx
import pytest
from django.utils import timezone
from pypdf import PdfReader

from tests.factories import make_class, make_enrolment, make_person, make_programme, make_unit
from vuntrong.classes.actions.papers import draft_of, issue_class_paper, own_template_hash, set_duties, violations_of
from vuntrong.classes.enums import ClassPaper, Duty
from vuntrong.classes.models import ExceptionRequest, Nomination, Quota
from vuntrong.classes.papers.content import PaperWords, class_words, post_and_unit
from vuntrong.classes.papers.wording import phrased
from vuntrong.classes.rules.papers import EndedGround, PaperFacts, paper_violations
from vuntrong.documents.actions import stored_bytes
from vuntrong.kernel.errors import RuleBroken
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.registry.actions import UnitWords, change_unit
from vuntrong.registry.models import Ethnicity, IssuedPaper
from vuntrong.regulations.models import LegalInstrument, SpecialDay

DAY = dt.date(2026, 9, 7)
START = dt.date(2026, 9, 21)
WORDS = PaperWords(
    day=DAY,
    signer_name="Nguyễn Văn A",
    signer_post="Phó Hiệu trưởng",
    grounds=("Công văn số 245-CV/BTCTU của Ban Tổ chức Tỉnh ủy về danh sách cán bộ được cử đi học",),
    office_head="Trưởng phòng Quản lý đào tạo",
    office_name="Phòng Quản lý đào tạo",
    office="QLĐT",
    executors="Trưởng phòng Quản lý đào tạo, chủ nhiệm lớp",
    recipients=("Như Điều 3",),
    study_rule="quy chế của Học viện",
    opening_time="07 giờ 30",
    bring="quyết định cử đi học",
)
FACTS = PaperFacts(
    paper=ClassPaper.CALL_UP,
    day=DAY,
    signer_name="A",
    learners=1,
    starts_on=START,
    ends_on=START,
    has_form_master=True,
    has_monitor=True,
)


def school_class(*, is_party=False, learners=3):
    """A class with learners of two communes; every third is of an ethnic minority, every second a woman."""
    province = make_unit("Tỉnh ủy An Vân", kind="provincial_committee")
    kind = "district_centre" if is_party else "provincial_school"
    name = "Trung tâm Chính trị huyện Sông Hàn" if is_party else "Trường Chính trị tỉnh An Vân"
    owner = make_unit(name, kind=kind, code="TTCT" if is_party else "TCT", parent=province, seat="An Vân")
    name = "Lớp trung cấp lý luận chính trị, khóa 12 (2026 - 2027)"
    days = {"opened_on": START, "planned_end": dt.date(2027, 6, 30)}
    run = make_class(owner=owner, programme=make_programme("Trung cấp LLCT"), name=name, code="K12", **days)
    communes = [make_unit(name, parent=province) for name in ("Đảng ủy xã Bình Lạc", "Đảng ủy xã Nà Lại")]
    groups = [Ethnicity.objects.get(name="Kinh"), Ethnicity.objects.get(name="Tày")]
    for number in range(learners):
        person = make_person(
            f"Lê Văn {chr(65 + number)}",
            unit=communes[number % 2],
            sex="female" if number % 2 else "male",
            ethnicity=groups[number % 3 == 2],
            post_text="Phó Chủ tịch",
        )
        make_enrolment(class_run=run, person=person)
    return run


def put_in_charge(run, **extra):
    learners = [one.person for one in run.enrolments.order_by("pk")]
    master = make_person("Trần Minh Đức", unit=run.owner, post_text="Giảng viên chính")
    holders = {Duty.FORM_MASTER: master, Duty.MONITOR: learners[0], Duty.DEPUTY_STUDY: learners[1]} | extra
    return set_duties(class_run=run, holders=holders, on=dt.date(2026, 9, 1), by=None)


def pdf_text(paper: IssuedPaper) -> str:
    """Return the text of the pages with single spaces."""
    pages = PdfReader(io.BytesIO(stored_bytes(paper.pdf))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def docx_text(paper: IssuedPaper) -> str:
    document = docx.Document(io.BytesIO(stored_bytes(paper.docx)))
    texts = [one.text for one in document.element.body.iter() if one.tag.endswith("}t")]
    return " ".join("".join(text or "" for text in texts).split())


# ---- decisions ----
@pytest.mark.parametrize(
    ("extra", "codes"),
    [
        ({}, []),
        ({"signer_name": " "}, ["paper-signer-missing"]),
        ({"learners": 0}, ["paper-learners-missing"]),
        ({"starts_on": None, "ends_on": None}, ["paper-start-missing", "paper-end-missing"]),
        ({"is_start_off": True}, ["start-on-day-off"]),
        ({"excuse_on": START}, []),
        ({"excuse_on": START + dt.timedelta(days=1)}, ["excuse-after-start"]),
        ({"paper": ClassPaper.OPENING, "day": START, "learners": 0}, []),
        ({"paper": ClassPaper.OPENING, "day": START + dt.timedelta(days=1)}, ["opening-after-start"]),
        ({"paper": ClassPaper.RECOGNITION, "ends_on": None}, []),
        ({"paper": ClassPaper.DUTIES, "starts_on": None, "learners": 0}, []),
        (
            {"paper": ClassPaper.DUTIES, "has_form_master": False, "has_monitor": False},
            ["form-master-missing", "monitor-missing"],
        ),
        ({"paper": ClassPaper.DUTIES, "strangers": ["An", "Ba"]}, ["committee-not-learner"] * 2),
        ({"ended_grounds": [EndedGround("57-QĐ/TW", "350-QĐ/TW")]}, ["ground-replaced"]),
        ({"ended_grounds": [EndedGround("57-QĐ/TW")]}, ["ground-not-in-force"]),
    ],
)
def test_a_paper_names_everything_that_is_missing(extra, codes):
    assert [one.code for one in paper_violations(dataclasses.replace(FACTS, **extra))] == codes


@pytest.mark.parametrize(
    ("name", "said"),
    [("Lớp bồi dưỡng", "lớp bồi dưỡng"), ("Bồi dưỡng đảng viên mới", "lớp bồi dưỡng đảng viên mới")],
)
def test_a_class_is_named_inside_a_sentence(name, said):
    assert class_words(name) == said


@pytest.mark.parametrize(
    ("post", "said"),
    [("", "UBND xã A"), ("Chủ tịch", "Chủ tịch, UBND xã A"), ("Chủ tịch UBND xã A", "Chủ tịch UBND xã A")],
)
def test_a_post_names_its_unit_once(post, said):
    assert post_and_unit(post, "UBND xã A") == said


def test_titles_are_cut_at_phrases():
    assert phrased("Về việc mở lớp ngắn") == "Về việc mở lớp ngắn"
    title = "Về việc công nhận học viên lớp trung cấp lý luận chính trị, hệ không tập trung, khóa 12 tại huyện Sông Hàn"
    assert phrased(title).split("\n") == [
        "Về việc công nhận học viên lớp trung cấp lý luận chính trị,",
        "hệ không tập trung, khóa 12 tại huyện Sông Hàn",
    ]


# ---- papers ----
@pytest.mark.django_db
def test_the_recognition_says_the_same_number_four_times():
    run = school_class()

    paper = issue_class_paper(draft=draft_of(run, ClassPaper.RECOGNITION, WORDS), by=None)

    for said in (pdf_text(paper), docx_text(paper)):
        assert "Số: 01/QĐ-TCT" in said
        assert "Công nhận 03 (ba) đồng chí có tên trong danh sách" in said
        assert "Danh sách gồm 03 học viên (nữ: 01; dân tộc thiểu số: 01)./." in said
        assert "KT. HIỆU TRƯỞNG" in said
        assert "Theo đề nghị của Trưởng phòng Quản lý đào tạo." in said
        assert "Kèm theo Quyết định số 01/QĐ-TCT ngày 07 tháng 9 năm 2026 của Hiệu trưởng Trường Chính trị tỉnh" in said
    assert paper.signer_form == "KT. Hiệu trưởng / Phó Hiệu trưởng"
    assert (paper.content["learner_count"], paper.content["reference"]) == (3, "01/QĐ-TCT")
    assert (paper.template, paper.template_sha256) == ("vuntrong/recognition", own_template_hash())


@pytest.mark.django_db
def test_a_centre_writes_with_the_head_of_the_party():
    run = school_class(is_party=True)
    words = dataclasses.replace(WORDS, signer_post="Phó Giám đốc")

    paper = issue_class_paper(draft=draft_of(run, ClassPaper.RECOGNITION, words), by=None)
    said = pdf_text(paper)

    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in said
    assert "CỘNG HÒA XÃ HỘI" not in said
    assert "Số 01-QĐ/TTCT" in said
    assert "- Xét đề nghị của Trưởng phòng Quản lý đào tạo," in said
    assert "K/T GIÁM ĐỐC" in said
    assert "./." not in said


@pytest.mark.django_db
def test_a_letter_to_a_unit_names_its_learners_only():
    run = school_class()
    first = run.enrolments.order_by("pk").first()

    paper = issue_class_paper(draft=draft_of(run, ClassPaper.CALL_UP, WORDS, sender=first.unit), by=None)
    said = pdf_text(paper)

    assert "Số: 01/TCT-QLĐT" in said
    assert "Kính gửi: Đảng ủy xã Bình Lạc" in said
    assert "triệu tập 02 học viên có tên sau tham gia lớp trung cấp" in said
    assert "Lê Văn A" in said
    assert "Lê Văn B" not in said
    assert "khai giảng lúc 07 giờ 30, ngày 21 tháng 9 năm 2026; học đến ngày 30 tháng 6 năm 2027." in said


@pytest.mark.django_db
def test_a_letter_to_a_person_calls_her_alone():
    run = school_class()
    person = run.enrolments.order_by("pk").first().person

    said = pdf_text(issue_class_paper(draft=draft_of(run, ClassPaper.CALL_UP, WORDS, person=person), by=None))

    assert "Kính gửi: Đồng chí Lê Văn A, Phó Chủ tịch, Đảng ủy xã Bình Lạc" in said
    assert "triệu tập đồng chí tham gia" in said


@pytest.mark.django_db
def test_eleven_learners_stand_in_an_annex_of_the_letter():
    run = school_class(learners=22)
    sender = run.enrolments.order_by("pk").first().unit

    draft = draft_of(run, ClassPaper.CALL_UP, WORDS, sender=sender)

    assert draft.said.learner_count == 11
    assert [len(annex.blocks) for annex in draft.printed().annexes] == [2]


@pytest.mark.django_db
def test_the_decision_on_duties_names_them_in_order():
    run = school_class()
    put_in_charge(run)

    said = pdf_text(issue_class_paper(draft=draft_of(run, ClassPaper.DUTIES, WORDS), by=None))

    assert "Phân công đồng chí Trần Minh Đức, Giảng viên chính, Trường Chính trị tỉnh An Vân, làm chủ nhiệm" in said
    assert "gồm 02 đồng chí:" in said
    assert "1. Đồng chí Lê Văn A, Phó Chủ tịch, Đảng ủy xã Bình Lạc: Lớp trưởng;" in said
    assert "2. Đồng chí Lê Văn B, Phó Chủ tịch, Đảng ủy xã Nà Lại: Lớp phó học tập." in said


@pytest.mark.django_db
def test_an_opening_decision_names_class_and_money():
    run = school_class()
    words = dataclasses.replace(WORDS, funding="ngân sách tỉnh")

    said = pdf_text(issue_class_paper(draft=draft_of(run, ClassPaper.OPENING, words), by=None))

    assert "mã lớp: K12; số lượng: 03 học viên" in said
    assert "Kinh phí: ngân sách tỉnh." in said


@pytest.mark.django_db
def test_a_public_list_tells_nothing_sensitive():
    run = school_class()
    words = dataclasses.replace(WORDS, is_public=True)

    said = pdf_text(issue_class_paper(draft=draft_of(run, ClassPaper.RECOGNITION, words), by=None))

    assert "Tày" not in said
    assert "dân tộc" not in said.lower()
    assert "Danh sách gồm 03 học viên (nữ: 01)./." in said


@pytest.mark.django_db
def test_units_are_named_as_on_the_day_of_the_paper():
    run = school_class()
    commune = run.enrolments.order_by("pk").first().unit
    name = "Đảng ủy phường Bình Lạc"
    words = UnitWords(name=name, short_name=name, kind=commune.kind, parent=commune.parent)
    change_unit(unit=commune, words=words, valid_from=dt.date(2026, 10, 1), by=None)

    before = draft_of(run, ClassPaper.RECOGNITION, WORDS).said
    after = draft_of(run, ClassPaper.RECOGNITION, dataclasses.replace(WORDS, day=dt.date(2026, 10, 2))).said

    assert [before.learners[0].unit, after.learners[0].unit] == ["Đảng ủy xã Bình Lạc", "Đảng ủy phường Bình Lạc"]


@pytest.mark.django_db
def test_a_refused_paper_leaves_no_trace():
    run = school_class(learners=0)
    words = dataclasses.replace(WORDS, signer_name="")

    with pytest.raises(RuleBroken) as refusal:
        issue_class_paper(draft=draft_of(run, ClassPaper.RECOGNITION, words), by=None)

    assert [one.code for one in refusal.value.violations] == ["paper-signer-missing", "paper-learners-missing"]
    assert not IssuedPaper.objects.exists()


@pytest.mark.django_db
def test_a_ground_that_has_ended_is_refused_with_its_successor():
    run = school_class()
    said = {"kind": "Quy định", "issuer": "Ban Bí thư", "subject": "về đào tạo", "issued_on": dt.date(2020, 1, 1)}
    old = LegalInstrument.objects.create(number="901-QĐ/TW", valid_to=dt.date(2026, 9, 6), **said)
    LegalInstrument.objects.create(number="902-QĐ/TW", replaces=old, **said)
    words = dataclasses.replace(WORDS, grounds=("Quy định số 901-QĐ/TW của Ban Bí thư",))

    (found,) = violations_of(draft_of(run, ClassPaper.RECOGNITION, words))

    assert (found.code, found.values) == ("ground-replaced", {"number": "901-QĐ/TW", "successor": "902-QĐ/TW"})
    LegalInstrument.objects.filter(pk=old.pk).update(valid_to=DAY)
    assert violations_of(draft_of(run, ClassPaper.RECOGNITION, words)) == []


@pytest.mark.django_db
def test_nobody_is_called_up_for_a_holiday():
    run = school_class()
    SpecialDay.objects.create(day=START, kind="off", name="Nghỉ lễ")

    assert [one.code for one in violations_of(draft_of(run, ClassPaper.CALL_UP, WORDS))] == ["start-on-day-off"]


@pytest.mark.django_db
@pytest.mark.parametrize("learners", [1, 9])
def test_a_draft_costs_the_same_for_few_and_many(learners, django_assert_num_queries):
    run = type(school_class(learners=learners)).objects.select_related("owner", "programme", "plan_line").get()

    with django_assert_num_queries(10):
        draft_of(run, ClassPaper.RECOGNITION, WORDS)


# ---- duties ----
@pytest.mark.django_db
def test_a_new_monitor_ends_the_one_before():
    run = school_class()
    put_in_charge(run)
    other = run.enrolments.order_by("pk").last().person

    (new,) = set_duties(class_run=run, holders={Duty.MONITOR: other}, on=dt.date(2026, 9, 20), by=None)

    held = list(run.duties.filter(duty=Duty.MONITOR).values_list("person_id", "valid_to"))
    assert held == [(run.enrolments.order_by("pk").first().person_id, dt.date(2026, 9, 19)), (other.pk, None)]
    assert new.person == other
    assert ActionLogEntry.objects.filter(action="set_class_duties").count() == 2


@pytest.mark.django_db
def test_the_committee_is_made_of_learners():
    run = school_class()
    put_in_charge(run, **{Duty.DEPUTY_LIFE: make_person("Người Ngoài")})

    (found,) = violations_of(draft_of(run, ClassPaper.DUTIES, WORDS))

    assert (found.code, found.values) == ("committee-not-learner", {"name": "Người Ngoài"})


@pytest.mark.django_db
def test_the_annex_names_who_sent_a_learner_and_by_what_exception_she_came():
    run = school_class()
    learner = run.enrolments.order_by("pk").first()
    Quota.objects.create(class_run=run, unit=learner.unit, places=2, source="112-QĐ/HU, 16/8/2026")
    nomination = Nomination.objects.create(
        class_run=run,
        unit=learner.unit,
        person=learner.person,
        nominated_on=DAY,
        nominated_at=timezone.now(),
        state="enrolled",
        state_at=timezone.now(),
        answer="needs-exception",
        judged_for=START,
        judged_at=timezone.now(),
    )
    granted = {"decision_number": "9-QĐ/TU", "decided_on": DAY, "signer": "Trần B", "state": "granted"}
    ExceptionRequest.objects.create(nomination=nomination, reason="Thiếu tuổi", asked_at=timezone.now(), **granted)

    line, other = draft_of(run, ClassPaper.RECOGNITION, WORDS).said.learners[:2]

    assert (line.sending_decision, line.note) == ("112-QĐ/HU, 16/8/2026", "9-QĐ/TU")
    assert (other.sending_decision, other.note) == ("", "")
