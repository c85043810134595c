import dataclasses
import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import make_plan, make_programme, make_survey, make_unit, make_user_with
from tests.planning.plan_samples import approved, line_of, plan_with, snapshot_of, submitted
from vuntrong.documents.models import StoredFile
from vuntrong.planning.actions.lines import edit_line
from vuntrong.planning.models import Decision, PlanLine, PlanSubmission, TrainingPlan
from vuntrong.planning.queries.lines import line_draft

pytestmark = pytest.mark.django_db
PAPER = {"number": "718-QĐ/HU", "issued_on": "10/01/2026", "signer_name": "Trần Văn Hòa", "signer_post": "Bí thư"}


@pytest.fixture
def plan() -> TrainingPlan:
    return plan_with(1)


@pytest.fixture
def planner(plan, client):
    user = make_user_with("centre_staff", plan.owner, name="Nguyễn Thị Thu")
    client.force_login(user)
    return user


@pytest.fixture
def approver(plan, client):
    user = make_user_with("approver", plan.approver, name="Trần Văn Hòa")
    client.force_login(user)
    return user


def url(name: str, plan: TrainingPlan, *args: int) -> str:
    return reverse(f"plans:{name}", args=[plan.pk, *args])


def shown(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("plans", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(client, plan, planner, plans, django_assert_num_queries):
    for _number in range(plans - 1):
        line_of(make_plan(owner=plan.owner, approver=plan.approver))
    make_plan(owner=make_unit())  # somebody else's, must stay hidden
    make_user_with("centre_staff", plan.owner)

    with django_assert_num_queries(11):
        response = client.get(reverse("plans:list"))

    listing = response.context["listing"]
    assert listing.count == plans
    assert [row.record.class_total for row in listing.table.paginated_rows] == [2] * plans


def test_the_list_is_exported_and_filtered(client, plan, planner):
    other = make_plan(owner=plan.owner, approver=plan.approver, side="government", year=2026)

    narrowed = client.get(reverse("plans:list"), {"side": "government"}).context["listing"]
    book = client.get(reverse("plans:list"), {"export": "xlsx"})

    rows = list(openpyxl.load_workbook(io.BytesIO(book.content)).active.iter_rows(values_only=True))
    assert [row.record for row in narrowed.table.paginated_rows] == [other]
    assert [row[0] for row in rows[-2:]] == [plan.title, other.title]


def test_an_empty_list_says_what_to_do(client):
    client.force_login(make_user_with("centre_staff", make_unit()))

    response = client.get(reverse("plans:list"))

    assert reverse("plans:create") in response.content.decode()


@pytest.mark.parametrize("lines", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("plan", 16), ("needs", 13), ("submissions", 10)])
def test_tabs_cost_the_same_whatever_the_number_of_lines(
    client, plan, planner, lines, name, queries, django_assert_num_queries
):
    survey = make_survey(owner=plan.owner)
    snapshot_of(survey, {(make_unit(), make_programme()): 40})
    TrainingPlan.objects.update(survey=survey)
    for _ in range(lines - 1):
        line_of(plan)

    with django_assert_num_queries(queries):
        response = client.get(url(name, plan))

    assert response.status_code == 200
    assert len(response.context["page"].lines) == lines


def test_a_plan_is_begun(client, plan, planner):
    words = {
        "owner": plan.owner.pk,
        "approver": plan.approver.pk,
        "approver_text": "Ban Thường vụ Huyện ủy",
        "side": "party",
        "year": "2028",
        "title": "Kế hoạch 2028",
    }

    first = client.post(reverse("plans:create"), words)
    again = client.post(reverse("plans:create"), words)

    begun = TrainingPlan.objects.get(title="Kế hoạch 2028")
    assert first.url == reverse("plans:plan", args=[begun.pk])
    assert "Kế hoạch 2028" in again.context["form"].non_field_errors()[0]


def line_words(line: PlanLine, **changes) -> dict[str, str]:
    words = {"programme": line.programme_id, "mode": line.mode, "line_state": line.line_state, "owner_role": "opens"}
    words |= {"class_count": line.class_count, "learner_count": line.learner_count, "period": f"m{line.month}"}
    return {name: str(value) for name, value in (words | {"revision": line.revision} | changes).items()}


def test_a_line_is_added_with_money_in_thousands(client, plan, planner):
    words = line_words(plan.lines.get(), budget_vnd="12.500.000", funding_source="Ngân sách", period="q2", place="TTCT")

    response = client.post(url("line-create", plan), words)

    line = plan.lines.get(budget_vnd=12_500_000)
    assert response.url == url("plan", plan)
    assert (line.quarter, line.month, line.place) == (2, None, "TTCT")


def test_a_line_that_breaks_a_rule_keeps_what_was_typed(client, plan, planner):
    words = line_words(plan.lines.get(), line_state="later_year", note="giữ lại")

    response = client.post(url("line-create", plan), words)

    assert plan.lines.count() == 1
    assert response.context["form"].non_field_errors() == ["Chưa ghi năm đề xuất. Ghi năm, ví dụ năm sau."]
    assert "giữ lại" in response.content.decode()


def test_a_stale_form_keeps_what_was_typed_and_tells_who_was_faster(client, plan, planner):
    line = plan.lines.get()
    words = line_words(line, class_count=9, note="của tôi")
    edit_line(line=line, revision=0, draft=dataclasses.replace(line_draft(line), class_count=3), by=planner)

    refused = client.post(url("line", plan, line.pk), words)
    saved = client.post(url("line", plan, line.pk), words | {"revision": refused.context["form"]["revision"].value()})

    assert "Nguyễn Thị Thu" in refused.context["form"].non_field_errors()[0]
    assert "của tôi" in refused.content.decode()
    assert (saved.status_code, PlanLine.objects.get().class_count) == (302, 9)


def test_a_line_is_removed_and_put_back(client, plan, planner):
    line = plan.lines.get()

    client.post(url("line-remove", plan, line.pk), {"revision": "0"})
    gone = client.get(url("removed", plan)).context["lines"]
    client.post(url("line-restore", plan, line.pk), {"revision": "1"})

    assert list(gone) == [line]
    assert PlanLine.objects.get().is_removed is False


def test_lines_change_places_inside_their_group(client, plan, planner):
    first = plan.lines.get()
    other_group = line_of(plan, make_programme(field="professional"))
    last = line_of(plan)

    client.post(url("line-up", plan, last.pk))

    order = list(plan.lines.order_by("position").values_list("pk", flat=True))
    assert order == [last.pk, other_group.pk, first.pk]


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [
        ("class_count", "3", 3),
        ("learner_count", "1.200", 1200),
        ("budget_vnd", "12.500.000", 12_500_000),
        ("month", "", None),
    ],
)
def test_a_cell_saves_itself(client, plan, planner, field, value, stored):
    line = plan.lines.get()

    response = client.post(url("number", plan, line.pk), {"field": field, "value": value, "revision": "0"})

    page = response.content.decode()
    assert getattr(PlanLine.objects.get(), field) == stored
    assert f'id="revision-{line.pk}" value="1"' in page
    assert "is-saved" in page


@pytest.mark.parametrize(
    ("words", "count"),
    [({"value": "ba"}, 2), ({"value": "99.999"}, 2), ({"value": "5", "revision": "7"}, 2), ({"value": "-1"}, 2)],
)
def test_a_cell_that_is_refused_keeps_what_was_typed(client, plan, planner, words, count):
    line = plan.lines.get()

    response = client.post(url("number", plan, line.pk), {"field": "class_count", "revision": "0"} | words)

    page = response.content.decode()
    assert PlanLine.objects.get().class_count == count
    assert ('aria-invalid="true"' in page, f'value="{words["value"]}"' in page) == (True, True)


def test_an_unknown_cell_is_refused(client, plan, planner):
    response = client.post(
        url("number", plan, plan.lines.get().pk), {"field": "plan_id", "value": "1", "revision": "0"}
    )

    assert response.status_code == 403


def surveyed(plan: TrainingPlan):
    programme = make_programme(short_name="Đảng viên mới")
    survey = make_survey(owner=plan.owner, programmes=[programme])
    TrainingPlan.objects.update(survey=survey)
    return programme, snapshot_of(survey, {(make_unit(), programme): 431})


def test_classes_are_proposed_from_ticked_rows(client, plan, planner):
    programme, snapshot = surveyed(plan)
    words = {"snapshot": snapshot.pk, "rows": [programme.pk], "smallest": "30", "largest": "60"}

    response = client.post(url("propose", plan), words, follow=True)

    line = plan.lines.get(programme=programme)
    assert (line.class_count, line.learner_count) == (8, 431)
    row = response.context["view"].row_of(line.pk)
    assert (row[1].sizes, row[0].state.tone) == ("7 × 54 + 1 × 53", "ok")


@pytest.mark.parametrize("changes", [{"rows": []}, {"smallest": "x"}, {"largest": "10"}, {"snapshot": "999"}])
def test_a_proposal_that_makes_no_sense_is_told_and_changes_nothing(client, plan, planner, changes):
    programme, snapshot = surveyed(plan)
    words = {"snapshot": snapshot.pk, "rows": [programme.pk], "smallest": "30", "largest": "60"}

    response = client.post(url("propose", plan), words | changes, follow=True)

    assert plan.lines.count() == 1
    assert len(shown(response)) == 1


def test_a_plan_is_submitted_and_recalled(client, plan, planner):
    sent = client.post(url("submit", plan), {"paper_number": "12-TTr/TTCT"}, follow=True)
    waiting = PlanSubmission.objects.get()
    recalled = client.post(url("recall", plan), {"submission": "1"}, follow=True)

    plan.refresh_from_db()
    assert (waiting.paper_number, waiting.state, plan.state) == ("12-TTr/TTCT", "pending", "draft")
    assert (len(shown(sent)), len(shown(recalled))) == (1, 1)


def test_an_incomplete_plan_says_everything_that_is_missing(client, plan, planner):
    line_of(plan, class_count=None, budget_vnd=5)

    page = client.get(url("plan", plan))
    refused = client.post(url("submit", plan), follow=True)

    assert (len(page.context["page"].violations), page.context["page"].blocked != "") == (2, True)
    assert (len(shown(refused)), PlanSubmission.objects.count()) == (2, 0)


def test_the_approver_sees_everything_on_one_page(client, plan, approver, django_assert_max_num_queries):
    before = make_plan(owner=plan.owner, approver=plan.approver, year=2026)
    line_of(before, plan.lines.get().programme, class_count=1, learner_count=40)
    approved(before, issued_on=dt.date(2026, 1, 5), number="5-QĐ/HU")
    submitted(plan)

    with django_assert_max_num_queries(20):
        response = client.get(url("decide", plan))

    view = response.context["view"]
    assert [(row.classes, row.classes_before, row.learners_before) for row in view.programmes] == [(2, 1, 40)]
    assert view.before == before


def test_a_plan_is_approved_with_its_scan(client, plan, approver):
    submitted(plan)
    scan = SimpleUploadedFile("718.pdf", b"%PDF-1.4 scan", "application/pdf")

    response = client.post(url("approve", plan), PAPER | {"submission": "1", "scan": scan})

    decision = Decision.objects.get()
    plan.refresh_from_db()
    assert response.url == reverse("plans:decision", args=[decision.pk])
    assert (plan.state, decision.number, decision.issued_on) == ("approved", "718-QĐ/HU", dt.date(2026, 1, 10))
    assert client.get(reverse("plans:scan", args=[decision.pk])).content == b"%PDF-1.4 scan"


def test_a_used_number_is_refused_with_its_day_and_the_scan_is_not_kept(client, plan, approver):
    other = make_plan(owner=plan.owner, approver=plan.approver)
    line_of(other)
    approved(other, number="718-QĐ/HU", issued_on=dt.date(2026, 1, 5))
    submitted(plan)
    scan = SimpleUploadedFile("718.pdf", b"%PDF-1.4", "application/pdf")

    response = client.post(url("approve", plan), PAPER | {"submission": "1", "scan": scan})

    assert response.context["form"].non_field_errors() == [
        "Số quyết định 718-QĐ/HU đã được dùng cho văn bản ngày 05/01/2026."
    ]
    assert (Decision.objects.count(), StoredFile.objects.count()) == (1, 0)


def test_a_file_that_is_no_scan_is_refused(client, plan, approver):
    submitted(plan)
    scan = SimpleUploadedFile("718.exe", b"MZ", "application/pdf")

    response = client.post(url("approve", plan), PAPER | {"submission": "1", "scan": scan})

    assert list(response.context["form"].errors) == ["scan"]
    assert Decision.objects.count() == 0


def test_an_approval_that_comes_too_late_tells_so(client, plan, approver):
    submission = submitted(plan)
    client.get(url("decide", plan))
    PlanSubmission.objects.filter(pk=submission.pk).update(state="recalled")

    response = client.post(url("approve", plan), PAPER | {"submission": "1"})

    assert len(response.context["form"].non_field_errors()) == 1
    assert client.get(url("decide", plan)).url == url("submissions", plan)


def test_a_plan_is_returned_with_one_sentence(client, plan, approver):
    submitted(plan)

    silent = client.post(url("return", plan), {"submission": "1", "remarks": ""})
    said = client.post(url("return", plan), {"submission": "1", "remarks": "Bổ sung nguồn kinh phí."})

    plan.refresh_from_db()
    assert (silent.status_code, list(silent.context["return_form"].errors)) == (200, ["remarks"])
    assert (said.url, plan.state) == (url("submissions", plan), "returned")


def test_the_planner_records_a_decision_while_nobody_approves_in_here(client, plan, planner):
    submitted(plan)

    alone = client.get(url("decide", plan))
    make_user_with("approver", plan.approver)
    with_approver = client.get(url("decide", plan))

    assert (alone.status_code, alone.context["is_planner"], with_approver.status_code) == (200, True, 403)


def test_an_approved_plan_is_amended_and_the_amendment_given_up(client, plan, planner):
    approved(plan)

    mute = client.post(url("amend", plan), {"reason": ""}, follow=True)
    client.post(url("amend", plan), {"reason": "Thêm lớp"})
    line_of(plan)
    compared = client.get(url("submissions", plan)).context["found"]
    client.post(url("give-up", plan))

    plan.refresh_from_db()
    assert len(shown(mute)) == 1
    assert (len(compared.added), compared.before.classes, compared.after.classes) == (1, 2, 4)
    assert (plan.state, plan.lines.filter(is_removed=False).count()) == ("approved", 1)


@pytest.mark.parametrize("paper", ["submission", "decision", "yearly"])
def test_papers_are_shown_and_downloaded(client, plan, planner, paper):
    submitted(plan)
    query = {"paper": paper, "number": "18", "day": "10/01/2026", "signer_name": "Nguyễn Văn An"}

    page = client.get(url("papers", plan), query)
    image = client.get(url("paper-page", plan, 1), query)
    pdf, docx = (client.get(url(f"paper-{kind}", plan), query) for kind in ("pdf", "docx"))

    assert (page.status_code, len(page.context["pages"])) == (
        200,
        2 if paper == "decision" else len(page.context["pages"]),
    )
    assert (image["Content-Type"], pdf.content[:4], docx.content[:2]) == ("image/png", b"%PDF", b"PK")


@pytest.mark.parametrize("query", [{"paper": "other"}, {"copy": "9"}, {"copy": "x"}])
def test_a_paper_that_does_not_exist_is_not_found(client, plan, planner, query):
    assert client.get(url("papers", plan), query).status_code == 404


def test_a_wrong_day_on_a_paper_is_told_at_the_field(client, plan, planner):
    response = client.get(url("papers", plan), {"day": "31/02/2026"})

    assert list(response.context["form"].errors) == ["day"]
    assert client.get(url("paper-pdf", plan), {"day": "31/02/2026"}).status_code == 404


def test_the_plan_is_a_workbook(client, plan, planner):
    response = client.get(url("workbook", plan))

    rows = list(openpyxl.load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    assert rows[0][0] == plan.title
    assert response["Content-Disposition"].startswith('attachment; filename="ke-hoach-dao-tao')
