"""The main job in a real browser, from the needs survey to the half-year report, page after page."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from django.utils import timezone

from tests.browser.desk import Desk
from tests.browser.thread_world import District, filled, learners_book, make_district, xlsx
from vuntrong.classes.actions.life import NewDecision, open_class, start_class
from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.planning.models import NeedsSurvey, PlanLine, SurveyAnswer, TrainingPlan

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ONCE = {"open_survey", "approve_plan", "create_classes", "enrol_from_needs", "enrol_from_workbook", "submit_report"}
"""What the log must hold once; the approval and the enrolment are pressed by a double click."""


def ask_for_needs(centre: Desk, district: District) -> NeedsSurvey:
    centre.go("surveys:list")
    centre.follow("Lập đợt khảo sát", r"/surveys/new/$")
    deadline = timezone.localdate() + dt.timedelta(days=10)
    centre.fill(title="Khảo sát nhu cầu của huyện", closes_on=deadline.strftime("%d/%m/%Y"))
    for name in (district.awareness.name, district.skills.name, district.nearby.name, district.remote.name):
        centre.page.locator("label.form-check", has_text=name).locator("input").check()
    centre.press("Lưu đợt khảo sát", arrive=r"/surveys/\d+/$")
    centre.press("Mở khảo sát")
    centre.page.wait_for_selector(".sv-matrix, .vt-empty")
    survey = NeedsSurvey.objects.get()
    assert (survey.state, survey.year, survey.recipients.count()) == ("open", district.year, 2)
    centre.watched.check_page()
    return survey


def answer_on_the_phone(clerk: Desk, district: District, survey: NeedsSurvey) -> None:
    clerk.go("surveys:list")
    clerk.page.get_by_role("link", name=survey.title).first.click()
    clerk.arrive(r"/units/\d+/$")
    entry = clerk.page.locator(f"[data-entry='{district.awareness.pk}']")
    entry.get_by_role("button", name="Thêm người").click()
    field = entry.locator("[data-search]")
    for typed in ("le van an", "binh"):
        field.fill(typed)
        entry.locator("[role=option][data-person]:not([data-person=''])").first.wait_for()
        field.press("Enter")
    field.fill("Phạm Thị Mới")
    entry.locator("[role=option][data-new]").wait_for()
    field.press("Enter")
    entry.locator("[name=row_born]").last.fill("1995")
    entry.locator(".sv-newcomer select").select_option("female")
    entry.locator("[name^=number-]").fill("40")
    clerk.watched.check_page()
    clerk.page.get_by_role("button", name="Gửi phiếu").dblclick()
    clerk.page.wait_for_selector("text=Đã gửi phiếu.")
    clerk.watched.check_page()
    answer = SurveyAnswer.objects.get()
    assert (answer.unit, answer.state, answer.needs.count()) == (district.nearby, "sent", 4)


def answer_by_workbook(clerk: Desk, district: District, survey: NeedsSurvey) -> None:
    clerk.go("surveys:answer", survey.pk, district.remote.pk)
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("link", name="Tải phiếu về").first.click()
    people = [
        ("Đỗ Văn Sơn", "01/05/1990", "Nam", "Công chức", district.awareness.name),
        ("Vũ Thị Hạnh", "1992", "Nữ", "Phó bí thư", district.awareness.name),
    ]
    numbers = {district.awareness.name: 25, district.skills.name: 31}
    content = filled(Path(download.value.path()).read_bytes(), people, numbers)
    clerk.follow("Tải phiếu lên", r"/upload/$")
    clerk.page.set_input_files("input[type=file]", xlsx("phieu.xlsx", content))
    clerk.press("Tải lên và xem trước", arrive=r"/preview/$")
    clerk.press("Ghi và gửi", arrive=r"/units/\d+/$")
    answer = SurveyAnswer.objects.get(unit=district.remote)
    assert (answer.state, answer.needs.count()) == ("sent", 4)


def freeze_the_needs(centre: Desk, survey: NeedsSurvey) -> None:
    centre.go("surveys:survey", survey.pk)
    rows = centre.page.locator(".sv-matrix tbody tr:not(.group)")
    assert sorted(text.split("\t")[-1] for text in rows.all_inner_texts()) == ["31", "65"]
    centre.page.locator(".sv-matrix tfoot a").last.click()
    centre.arrive(r"/needs/")
    centre.go("surveys:survey", survey.pk)
    centre.confirm("Chốt số liệu", r"/snapshots/")


def plan_the_classes(centre: Desk, district: District, survey: NeedsSurvey) -> TrainingPlan:
    centre.go("plans:list")
    centre.follow("Lập kế hoạch", r"/plans/new/$")
    for name, words in (("owner", "song lam"), ("survey", "khao sat"), ("approver", "huyen uy")):
        centre.choose(name, words)
    centre.fill(year=str(district.year), title="Kế hoạch mở lớp", approver_text="Ban Thường vụ Huyện ủy")
    centre.press("Lập kế hoạch", arrive=r"/plans/\d+/needs/$")
    plan = TrainingPlan.objects.get()
    centre.page.focus("[data-all]")
    centre.page.keyboard.press("Space")
    centre.page.fill("[name=largest]", "40")
    centre.press("Đề xuất lớp")
    centre.page.wait_for_selector(".pl-grid tbody tr input.gt-in")
    centre.watched.check_page()
    sizes = plan.lines.order_by("learner_count").values_list("class_count", "learner_count")
    assert list(sizes) == [(1, 31), (2, 65)]
    return plan


def correct_by_keyboard_and_submit(centre: Desk, district: District, plan: TrainingPlan) -> None:
    line = PlanLine.objects.get(programme=district.skills)
    cell = f"#cell-{line.pk}-learner_count"
    centre.page.focus(f"#cell-{line.pk}-class_count")
    centre.page.keyboard.press("ArrowRight")
    centre.page.keyboard.type("35")
    centre.page.keyboard.press("ArrowRight")
    centre.page.wait_for_selector(f"{cell}.is-saved")
    assert "100" in centre.page.inner_text("#dock")
    centre.confirm("Trình duyệt", r"/submissions/$", paper_number="12-TTr/TTCT")
    line.refresh_from_db()
    plan.refresh_from_db()
    assert (line.learner_count, plan.state) == (35, "submitted")


def approve_on_the_tablet(approver: Desk, district: District, plan: TrainingPlan) -> None:
    approver.go("plans:plan", plan.pk)
    approver.follow("Xem xét, phê duyệt", r"/decide/$")
    approver.fill(number="718-QĐ/HU", issued_on=district.today, signer_name="Trần Văn Hòa")
    approver.page.get_by_role("button", name="Phê duyệt kế hoạch").dblclick()
    approver.arrive(r"/decisions/\d+/$")
    plan.refresh_from_db()
    assert (plan.state, approver.says("718-QĐ/HU")) == ("approved", True)


def make_the_classes(centre: Desk, district: District) -> tuple[ClassRun, ClassRun]:
    centre.go("classes:list")
    centre.follow("Lập lớp từ kế hoạch", r"/classes/new/$")
    row = centre.page.get_by_role("row", name=district.awareness.name)
    row.get_by_role("link", name="Lập lớp").click()
    centre.arrive(r"/classes/new/\d+/$")
    centre.press("Lập lớp", arrive=r"/classes/$")
    first, second = ClassRun.objects.order_by("code")
    assert (first.planned_learners, second.planned_learners) == (33, 32)
    centre.go("classes:class", first.pk)
    assert centre.says("718-QĐ/HU")
    return first, second


def open_and_start(centre: Desk, district: District, run: ClassRun) -> None:
    centre.go("classes:class", run.pk)
    centre.follow("Mở lớp", r"/open/$")
    centre.fill(number="70-QĐ/TTCT", issued_on=district.today, opens_on=district.today, ends_on=district.today)
    centre.press("Mở lớp", arrive=r"/classes/\d+/$")
    centre.follow("Ghi nhận khai giảng", r"/start/$")
    centre.press("Ghi nhận khai giảng", arrive=r"/classes/\d+/$")
    run.refresh_from_db()
    assert run.state == "running"


def enrol_from_the_survey(centre: Desk, run: ClassRun) -> None:
    centre.go("classes:learners", run.pk)
    centre.follow("Thêm từ khảo sát nhu cầu", r"/from-needs/$")
    centre.page.check("[data-all]")
    centre.page.get_by_role("button", name="Đưa vào lớp", exact=True).dblclick()
    centre.arrive(r"/learners/$")
    assert (run.enrolments.count(), centre.page.locator("#results tbody tr").count()) == (5, 5)


def enrol_from_a_workbook(centre: Desk, district: District, run: ClassRun) -> None:
    good = [
        ("Hoàng Văn Tài", "12/03/1988", "Nam", district.nearby.name, "Bí thư chi bộ", ""),
        ("Ngô Thị Lan", "1991", "Nữ", district.remote.name, "Công chức", ""),
    ]
    faulty = ("Bùi Văn Đức", "31/02/1990", "Nam", district.remote.name, "", "")
    centre.go("classes:import", run.pk)
    centre.page.set_input_files("input[type=file]", xlsx("lop.xlsx", learners_book([*good, faulty])))
    centre.press("Đọc tệp", arrive=r"/import/\d+/$")
    wrong = centre.page.locator("td.wz-cell-error")
    assert centre.says("trang tính “Học viên”")
    assert centre.page.locator("tr", has=wrong).locator("td").first.inner_text() == "5"
    assert (wrong.count(), wrong.get_attribute("data-label")) == (1, "Ngày sinh")
    assert run.enrolments.count() == 5
    centre.follow("Chọn tệp khác", r"/import/$")
    corrected = ("Bùi Văn Đức", "28/02/1990", *faulty[2:])
    centre.page.set_input_files("input[type=file]", xlsx("lop.xlsx", learners_book([*good, corrected])))
    centre.press("Đọc tệp", arrive=r"/import/\d+/$")
    centre.press("Đưa 3 người vào lớp", arrive=r"/jobs/\d+/$")
    centre.page.locator("section[id^=job-] a.btn-primary").click()
    centre.arrive(r"/learners/$")
    assert run.enrolments.count() == 8


def enrol_by_name(centre: Desk, district: District, run: ClassRun) -> None:
    """The second class is opened behind the scenes; two people whom the first one has come by their names."""
    day = timezone.localdate()
    paper = NewDecision(number="71-QĐ/TTCT", issued_on=day, issuer=district.centre, issuer_text=district.centre.name)
    open_class(class_run=run, decision=paper, opens_on=day, ends_on=day, by=None)
    run.refresh_from_db()
    start_class(class_run=run, on=day, by=None)
    for typed, name in (("tran thi binh", "Trần Thị Bình"), ("son", "Đỗ Văn Sơn")):
        centre.go("classes:enrol", run.pk)
        centre.page.fill("#words", typed)
        centre.page.get_by_role("button", name=f"Đưa {name} vào lớp").click()
        centre.arrive(r"/enrol/$")
    assert run.enrolments.count() == 2


def enter_results_and_close(centre: Desk, run: ClassRun) -> None:
    centre.go("classes:results", run.pk)
    keys = [str(key) for key in run.enrolments.order_by("person__sort_key", "pk").values_list("pk", flat=True)]
    grades = centre.page.locator("table[data-grid] tbody select")
    grades.first.focus()
    for at in range(len(keys)):
        centre.page.keyboard.type("K" if at else "G")
        grades.nth(at).and_(centre.page.locator(".is-saved")).wait_for()
        centre.page.keyboard.press("Enter")
    centre.watched.check_page()
    assert sorted(run.enrolments.values_list("grade", flat=True)) == ["fair"] * 7 + ["good"]
    centre.go("classes:class", run.pk)
    centre.follow("Kết thúc lớp", r"/close/$")
    centre.press("Kết thúc lớp", arrive=r"/classes/\d+/$")
    run.refresh_from_db()
    assert run.state == "closed"


def figures(centre: Desk) -> list[str]:
    return [text.split()[0] for text in centre.page.locator(".vt-figs .vt-fig").all_inner_texts()]


def report_the_half_year(centre: Desk, district: District) -> None:
    centre.go("reports:list")
    centre.choose("unit", "song lam")
    centre.page.select_option("#id_what", "first" if timezone.localdate().month < 7 else "second")
    centre.fill(end=district.today)
    centre.press("Mở báo cáo", arrive=r"/song-lam/half-year/[0-9-]+/[0-9-]+/$")
    assert figures(centre) == ["2", "66,7", "8", "10", "0"]
    address = centre.page.url
    centre.page.locator(".vt-figs a", has_text="Lượt").first.click()
    centre.arrive(r"/rows/")
    assert centre.page.locator("#results tbody tr").count() == 10
    centre.page.goto(address)
    centre.confirm("Chốt và nộp", r"/song-lam/half-year/")


def explain_what_changed(centre: Desk, run: ClassRun) -> None:
    address = centre.page.url
    centre.go("classes:learners", run.pk)
    centre.page.get_by_role("row", name="Đỗ Văn Sơn").locator("[data-row]").check()
    centre.press("Ghi nhận thôi học, không đến", arrive=r"/depart/$")
    centre.fill(reason="Không đến nhập học")
    centre.press("Ghi nhận", arrive=r"/depart/$")
    centre.page.check("#id_despite_reports")
    centre.press("Ghi nhận", arrive=r"/learners/$")
    centre.page.goto(address)
    assert figures(centre) == ["2", "66,7", "8", "9", "0"]
    centre.follow("Xem thay đổi và nguyên nhân", r"/differences/")
    assert centre.says("Không đến nhập học")
    assert centre.says("Đỗ Văn Sơn")
    assert Enrolment.objects.get(class_run=run, person__full_name="Đỗ Văn Sơn").state == "no_show"


def test_from_the_survey_to_the_report(open_browser):
    district = make_district()
    centre = Desk(open_browser("wide"), "trung-tam")

    survey = ask_for_needs(centre, district)
    answer_on_the_phone(Desk(open_browser("phone"), "xa-gan"), district, survey)
    answer_by_workbook(Desk(open_browser("wide"), "xa-xa"), district, survey)
    freeze_the_needs(centre, survey)
    plan = plan_the_classes(centre, district, survey)
    correct_by_keyboard_and_submit(centre, district, plan)
    approve_on_the_tablet(Desk(open_browser("tablet"), "huyen-uy"), district, plan)
    first, second = make_the_classes(centre, district)
    open_and_start(centre, district, first)
    enrol_from_the_survey(centre, first)
    enrol_from_a_workbook(centre, district, first)
    enrol_by_name(centre, district, second)
    enter_results_and_close(centre, first)
    report_the_half_year(centre, district)
    explain_what_changed(centre, second)
    done = Counter(ActionLogEntry.objects.filter(action__in=ONCE).values_list("action", flat=True))
    assert done == dict.fromkeys(ONCE, 1)
