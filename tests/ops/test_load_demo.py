"""The demonstration says what the articles say, once."""

import hashlib
import json
import zipfile
from collections import Counter
from io import BytesIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Count, F, Sum

from vuntrong.accounts.models import User
from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.kernel.log import first_broken
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.ops.demo import loading
from vuntrong.ops.demo.messy import NAME, messy_workbook
from vuntrong.ops.demo.plans import CONTENT
from vuntrong.planning.models import PlanLine, SubmittedLine, TrainingPlan
from vuntrong.registry.models import Person, Unit
from vuntrong.regulations.models import LegalInstrument
from vuntrong.web.accounts.demo import MESSY_LIST

PASSWORD = "hoc-de-lam-viec"


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demonstration, loaded once for the module and taken back at its end."""
    from django.conf import settings
    from django.db import transaction

    settings.DEMO, settings.DEMO_PASSWORD = True, PASSWORD
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo")
        yield
        transaction.set_rollback(True)
    settings.DEMO = False


@pytest.fixture
def demo(loaded, db):
    """One test on the loaded demonstration; what it writes is taken back."""


def dump() -> dict[str, tuple[int, str]]:
    """Return for each table the number of rows and a hash of all their columns."""
    found = {}
    for model in apps.get_app_config("kernel").get_models():
        found |= {model._meta.label: digest(model)}
    for app in ("regulations", "registry", "accounts", "programmes", "planning", "classes", "reports", "documents"):
        found |= {model._meta.label: digest(model) for model in apps.get_app_config(app).get_models()}
    return found


def digest(model) -> tuple[int, str]:
    rows = list(model.objects.order_by("pk").values_list())
    return len(rows), hashlib.sha256(repr(rows).encode()).hexdigest()


def lines_of(plan: TrainingPlan) -> list[tuple]:
    """Return audience, number of classes, state, lead and co-operating units of the lines of a plan."""
    return [
        (
            line.audience,
            line.class_count,
            line.line_state,
            line.lead.name if line.lead else "",
            sorted(unit.name for unit in line.cooperating.all()),
        )
        for line in plan.lines.select_related("lead").prefetch_related("cooperating")
    ]


def test_tuyen_hoa_plans_20_classes_by_decision_718(demo):
    plan = TrainingPlan.objects.get(owner__slug="tuyen-hoa", year=2022)
    decision = plan.submissions.get(state="approved").decision

    total = plan.lines.filter(line_state="planned").aggregate(total=Sum("class_count"))["total"]

    assert (total, plan.state) == (20, "approved")
    assert (decision.number, decision.issued_on.isoformat()) == ("718-QĐ/HU", "2022-01-10")
    assert (decision.issuer.slug, decision.issuer_text) == ("huyen-uy-tuyen-hoa", "Ban Thường vụ Huyện ủy Tuyên Hóa")


def test_tuyen_hoa_held_6_classes_with_327_people(demo):
    held = Enrolment.objects.counted().filter(
        class_run__owner__slug="tuyen-hoa", class_run__opened_on__range=("2022-01-01", "2022-06-30")
    )
    by_programme = held.values_list("class_run__programme__name").annotate(
        classes=Count("class_run", distinct=True), turns=Count("id")
    )

    assert sorted(by_programme) == [
        ("Bồi dưỡng lý luận chính trị dành cho đảng viên mới", 2, 94),
        ("Bồi dưỡng lý luận chính trị dành cho đối tượng nhận thức về Đảng", 1, 54),
        ("Bồi dưỡng nghiệp vụ công tác kiểm tra, giám sát và thi hành kỷ luật Đảng", 1, 45),
        ("Bồi dưỡng nghiệp vụ công tác Đảng cho bí thư chi bộ năm 2022", 2, 134),
    ]
    assert (held.count(), held.values("person").distinct().count()) == (327, 327)
    assert set(held.values_list("class_run__state", flat=True)) == {"closed"}
    assert held.filter(class_run__closed_on__gt="2022-06-30").count() == 0
    assert held.filter(class_run__plan_line__isnull=True).count() == 0


def test_report_of_tuyen_hoa_prints_what_the_article_says(demo, capsys):
    days = ("--from", "2022-01-01", "--to", "2022-06-30")

    call_command("report", "half-year", "--unit", "tuyen-hoa", *days, "--format", "json")

    figures = [
        ("Bồi dưỡng lý luận chính trị dành cho đảng viên mới", 2, 94),
        ("Bồi dưỡng lý luận chính trị dành cho đối tượng nhận thức về Đảng", 1, 54),
        ("Bồi dưỡng nghiệp vụ công tác kiểm tra, giám sát và thi hành kỷ luật Đảng", 1, 45),
        ("Bồi dưỡng nghiệp vụ công tác Đảng cho bí thư chi bộ năm 2022", 2, 134),
    ]
    assert json.loads(capsys.readouterr().out) == {
        "unit": "tuyen-hoa",
        "from": "2022-01-01",
        "to": "2022-06-30",
        "classes": 6,
        "learners": 327,
        "turns": 327,
        "planned_classes": 20,
        "share_of_plan": 0.3,
        "by_programme": [
            {"programme": name, "classes": classes, "learners": count, "turns": count}
            for name, classes, count in figures
        ],
        "hosted": [
            {
                "programme": "Trung cấp lý luận chính trị",
                "cohort": "XII",
                "mode": "không tập trung",
                "owner": "Trường Chính trị tỉnh Quảng Bình",
                "modules_finished": 5,
            }
        ],
    }


def test_tuyen_hoa_hosts_the_class_of_the_school(demo):
    hosted = ClassRun.objects.get(roles__unit__slug="tuyen-hoa", roles__role="host")

    assert hosted.owner.name == "Trường Chính trị tỉnh Quảng Bình"
    assert (hosted.programme.code, hosted.cohort, hosted.mode) == ("trung-cap-llct", "XII", "part_time")
    assert (hosted.modules_finished, hosted.modules_total) == (5, 13)


def test_tuyen_hoa_was_surveyed_before_it_planned(demo):
    plan = TrainingPlan.objects.get(owner__slug="tuyen-hoa", year=2022)
    snapshot = plan.submissions.get().snapshot

    assert snapshot.survey == plan.survey
    assert (snapshot.asked, snapshot.answered, snapshot.silent_units) == (41, 41, [])
    assert Unit.objects.filter(parent__slug="huyen-uy-tuyen-hoa", kind="commune_committee").count() == 19
    assert snapshot.taken_at < plan.submissions.get().submitted_at


def test_hau_giang_opens_14_coordinates_3_and_links_1(demo):
    plan = TrainingPlan.objects.get(owner__slug="hau-giang", year=2021)

    planned = plan.lines.filter(line_state="planned").values_list("programme__name", "class_count", "owner_role")

    assert list(planned) == [
        ("Trung cấp lý luận chính trị - hành chính", 8, "opens"),
        ("Bồi dưỡng", 6, "opens"),
        ("Cao cấp lý luận chính trị - hành chính", 3, "coordinates"),
        ("Cao học Xây dựng Đảng và chính quyền nhà nước", 1, "linked"),
    ]
    assert plan.state == "approved"


def test_hau_giang_classes_carry_the_role_of_the_school(demo):
    of_plan = ClassRun.objects.filter(plan_line__plan__owner__slug="hau-giang")

    own = of_plan.filter(owner__slug="hau-giang").values_list("plan_line__position").annotate(number=Count("id"))
    roles = of_plan.filter(roles__unit__slug="hau-giang").values_list("owner__name", "roles__role")

    assert dict(own) == {1: 8, 2: 6}
    assert Counter(roles) == {
        ("Học viện Chính trị quốc gia Hồ Chí Minh", "cooperating"): 3,
        ("Học viện Chính trị quốc gia Hồ Chí Minh", "host"): 3,
        ("Cơ sở đào tạo liên kết (nguồn tin không nêu tên)", "linked"): 1,
    }


def test_hau_giang_keeps_its_five_proposals(demo):
    plan = TrainingPlan.objects.get(owner__slug="hau-giang", year=2021)

    notes = list(plan.lines.filter(line_state="under_study").values_list("note", "learner_count"))
    remarks = plan.submissions.get().remarks

    assert [number for number in range(1, 6) if f"({number})" in remarks] == [1, 2, 3, 4, 5]
    assert [count for note, count in notes if "Kiến nghị 3" in note] == [17]
    assert "2025, tầm nhìn đến 2035" in remarks
    assert "Ban Tổ chức Tỉnh ủy, Sở Nội vụ tham mưu Thường trực Tỉnh ủy, Thường trực UBND tỉnh" in remarks


def test_lang_son_works_with_11_centres_under_the_programme_of_2016(demo):
    signed = LegalInstrument.objects.get(kind="Chương trình phối hợp")
    classes = ClassRun.objects.filter(owner__slug="lang-son")

    assert (signed.issued_on.isoformat(), "Trường Chính trị Hoàng Văn Thụ" in signed.issuer) == ("2016-05-31", True)
    assert Unit.objects.filter(kind="district_centre", slug__startswith="lang-son-").count() == 11
    assert sorted(classes.values_list("programme__code", "roles__unit__slug").filter(roles__role="host")) == [
        ("trung-cap-llct", "lang-son-ttct-loc-binh")
    ]
    assert classes.filter(programme__code="cap-nhat-doi-tuong-4").count() == 1


SCHOOL, HOME = "Trường Chính trị tỉnh Bến Tre", "Sở Nội vụ tỉnh Bến Tre"
BOARD, CABINET = "Ban Tổ chức Tỉnh ủy Bến Tre", "Ban Cán sự Đảng UBND tỉnh Bến Tre"


def test_ben_tre_plans_of_the_organisation_board(demo):
    plan = TrainingPlan.objects.get(owner__slug="ben-tre-ban-to-chuc", title__startswith="Kế hoạch")

    assert lines_of(plan) == [
        ("Bí thư đảng ủy xã, phường, thị trấn", 2, "planned", BOARD, []),
        ("Bí thư huyện ủy, thành ủy", 1, "planned", BOARD, []),
        ("Tỉnh ủy viên", None, "under_study", BOARD, []),
        ("Chủ tịch UBND xã, phường, thị trấn", None, "planned", BOARD, [CABINET]),
        ("Chủ tịch UBND huyện", 1, "planned", BOARD, [CABINET]),
        ("Giám đốc sở, ngành không phải Tỉnh ủy viên", 1, "under_study", BOARD, [CABINET]),
    ]
    assert plan.state == "draft"


def test_ben_tre_proposal_awaits_approval_with_its_lines_for_2021(demo):
    plan = TrainingPlan.objects.get(owner__slug="ben-tre-ban-to-chuc", title__startswith="Đề nghị")
    later = plan.lines.filter(line_state="later_year")

    assert lines_of(plan) == [
        ("Bí thư đảng ủy xã, phường, thị trấn", 1, "planned", SCHOOL, [HOME]),
        ("Phó bí thư đảng ủy xã, phường, thị trấn", 1, "planned", SCHOOL, [HOME]),
        ("Chủ tịch UBND xã, phường, thị trấn", 1, "planned", SCHOOL, [HOME]),
        ("Bí thư huyện ủy, thành ủy; Chủ tịch UBND các huyện, thành phố", 1, "planned", SCHOOL, [BOARD, HOME]),
        ("Cán bộ, công chức cấp xã chưa đạt chuẩn đại học", None, "under_study", HOME, []),
        ("Chủ tịch HĐND xã, phường, thị trấn", None, "later_year", SCHOOL, [HOME]),
        ("Phó chủ tịch HĐND xã, phường, thị trấn", None, "later_year", SCHOOL, [HOME]),
        ("Tỉnh ủy viên", None, "later_year", "Ban Tuyên giáo Tỉnh ủy Bến Tre", [SCHOOL]),
    ]
    assert set(later.values_list("for_year", flat=True)) == {2021}
    assert set(plan.lines.filter(line_state="planned").values_list("opener__slug", flat=True)) == {"ben-tre"}
    assert (plan.state, plan.submissions.get().state) == ("submitted", "pending")


def test_ben_tre_directors_stand_in_the_plan_of_home_affairs(demo):
    plan = TrainingPlan.objects.get(owner__slug="ben-tre-so-noi-vu")

    assert lines_of(plan) == [("Giám đốc sở, ngành không phải Tỉnh ủy viên", None, "planned", HOME, [])]
    assert (plan.side, plan.state, plan.approver.slug) == ("government", "approved", "ben-tre-ubnd")
    assert LegalInstrument.objects.get(number="13/2019/TT-BNV").issued_on.isoformat() == "2019-11-06"


def test_hai_phong_has_its_units_without_the_large_option(demo):
    centres = Unit.objects.filter(kind="district_centre", parent__parent__slug="hai-phong")

    assert (centres.count(), Unit.objects.get(slug="hai-phong-truong-to-hieu").name) == (15, "Trường Chính trị Tô Hiệu")
    assert ClassRun.objects.filter(owner__slug__startswith="hai-phong").count() == 0
    assert list(
        PlanLine.objects.filter(plan__owner__slug="hai-phong-truong-to-hieu").values_list("programme__name", flat=True)
    ) == [
        "Cao cấp lý luận chính trị",
        "Cao học chuyên ngành Xây dựng Đảng",
        "Trung cấp lý luận chính trị",
        "Bồi dưỡng, cập nhật kiến thức cho cán bộ các cấp và cấp ủy cơ sở",
    ]


def test_frozen_lines_say_what_their_plan_lines_say(demo):
    pairs = list(SubmittedLine.objects.select_related("line").prefetch_related("cooperating", "line__cooperating"))

    differing = [
        pair.pk
        for pair in pairs
        if [getattr(pair, name) for name in CONTENT] != [getattr(pair.line, name) for name in CONTENT]
        or set(pair.cooperating.all()) != set(pair.line.cooperating.all())
    ]

    assert (differing, len(pairs)) == ([], PlanLine.objects.exclude(plan__state="draft").count())


def test_enrolled_people_belong_to_the_unit_of_their_enrolment(demo):
    assert Enrolment.objects.exclude(unit=F("person__unit")).count() == 0
    assert Person.objects.exclude(postings__unit=F("unit")).count() == 0


def test_second_run_changes_nothing(demo):
    before = dump()

    call_command("load_demo")

    assert dump() == before
    assert first_broken() is None


def test_each_article_is_in_the_log_once(demo):
    keys = list(
        ActionLogEntry.objects.filter(action="load_demo").order_by("id").values_list("subject_label", flat=True)
    )

    assert keys == [*(article.key for article in loading.ARTICLES), "accounts"]


def test_every_account_signs_in_with_the_shown_password(demo):
    users = list(User.objects.all())

    assert [user.username for user in users if not user.check_password(PASSWORD)] == []
    assert [user.username for user in users if user.is_superuser] == ["quan-tri"]
    assert User.objects.filter(is_superuser=False, grants__isnull=True).count() == 0


def test_messy_list_can_be_read_in(demo, tmp_path, capsys):
    content = messy_workbook()
    path = tmp_path / "danh-sach.xlsx"
    path.write_bytes(content)

    call_command("import_people", str(path), "--dry-run", "--unit", "vinh-ha-dang-uy-xa-tan-phong", "--format", "json")

    found = json.loads(capsys.readouterr().out)
    assert (found["rows"], found["created"], found["updated"], found["errors"]) == (30, 24, 6, [])
    assert {one["code"] for one in found["warnings"]} == {"phone-zero-lost", "id-zero-lost"}
    assert "NguyÔn" in content_of(content)
    assert MESSY_LIST == NAME


def content_of(workbook: bytes) -> str:
    """Return the texts of a workbook as its file holds them."""
    with zipfile.ZipFile(BytesIO(workbook)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml"))
