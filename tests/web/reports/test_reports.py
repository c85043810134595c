"""Pages of reports: figures that open their rows, versions, supplements, refusals, files."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import make_class, make_enrolment, make_person, make_unit, make_user_with
from tests.reports.builders import FIRST_HALF, held, make_centre, make_tuyen_hoa
from vuntrong.accounts.enums import Role
from vuntrong.classes.actions.results import mark_departed
from vuntrong.kernel.errors import RuleBroken
from vuntrong.reports.actions import submit_report
from vuntrong.reports.models import ReportSubmission
from vuntrong.web.reports.access import Named, report_url

pytestmark = pytest.mark.django_db


def staff_of(centre):
    return make_user_with(Role.CENTRE_STAFF, centre.unit, name="Lê Thị Thu")


def address(centre, page="report", **extra):
    return report_url(centre.unit, FIRST_HALF, page, **extra)


@pytest.fixture
def tuyen_hoa(client):
    centre = make_tuyen_hoa()
    client.force_login(staff_of(centre))
    return centre


def test_the_page_shows_6_of_20_classes_and_327_learners(client, tuyen_hoa):
    page = client.get(address(tuyen_hoa))

    shown = page.context["report"]
    assert (shown.total.classes, shown.total.planned_classes, shown.total.learners) == (6, 20, 327)
    assert [row.line.turns for row in page.context["rows"]] == [94, 54, 45, 134]
    assert [check.sum for check in page.context["checks"]][:2] == ["94 + 54 + 45 + 134 = 327", "2 + 1 + 1 + 2 = 6"]
    assert all(check.holds for check in page.context["checks"])
    assert page.context["state"].tone == "ok"
    assert sum(page.context["squares"]) == 6


def test_every_number_of_the_page_opens_as_many_rows(client, tuyen_hoa):
    page = client.get(address(tuyen_hoa))
    rows = [*page.context["rows"], *(row for table in page.context["tables"] for row in table.rows)]

    for row in rows:
        assert client.get(row.turns_url).context["listing"].count == row.line.turns
        assert client.get(row.people_url).context["listing"].count == row.line.learners
        assert len(client.get(row.classes_url).context["behind"].chosen) == row.line.classes
    for _label, count, url in page.context["results"]:
        assert client.get(url).context["listing"].count == count
    for _label, count, url in page.context["sexes"]:
        assert client.get(url).context["listing"].count == count


def test_a_class_behind_a_figure_opens_its_own_turns(client, tuyen_hoa):
    behind = client.get(address(tuyen_hoa, "classes")).context["behind"]

    for one, url in behind.lines:
        assert client.get(url).context["listing"].count == one.turns


@pytest.mark.parametrize("classes", [1, 3])
def test_a_report_costs_the_same_whatever_it_counts(client, django_assert_num_queries, classes):
    centre = make_centre()
    for _ in range(classes):
        held(centre.unit, people=centre.crowd(2))
    client.force_login(staff_of(centre))

    with django_assert_num_queries(22):
        client.get(address(centre))


@pytest.mark.parametrize(("page", "queries"), [("rows", 11), ("people", 11), ("classes", 8)])
@pytest.mark.parametrize("classes", [1, 3])
def test_the_lists_behind_cost_the_same(client, django_assert_num_queries, page, queries, classes):
    centre = make_centre()
    for _ in range(classes):
        held(centre.unit, people=centre.crowd(2))
    client.force_login(staff_of(centre))

    with django_assert_num_queries(queries):
        client.get(address(centre, page))


@pytest.mark.parametrize("units", [1, 3])
def test_the_list_of_reports_costs_the_same(client, django_assert_num_queries, units):
    province = make_unit(kind="provincial_committee")
    for number in range(units):
        centre = make_unit(parent=province, kind="district_centre", slug=f"tt-{number}")
        submit_report(unit=centre, period=FIRST_HALF, number=1, by=make_user_with(Role.CENTRE_STAFF, centre))
    client.force_login(make_user_with(Role.ORGANISATION_BOARD, province))
    session = client.session
    session["year"] = 2022
    session.save()

    with django_assert_num_queries(10):
        page = client.get(reverse("reports:list"))

    states = [cells[0].state.tone for _row, cells in page.context["rows"]]
    assert sorted(states) == ["ok"] * units + ["wait"]


def test_search_ignores_accents_and_the_workbook_holds_the_filtered_rows(client):
    centre = make_centre()
    run = held(centre.unit)
    make_enrolment(class_run=run, person=make_person("Trần Thị Hòa"))
    make_enrolment(class_run=run, person=make_person("Lê Văn Bình"))
    client.force_login(staff_of(centre))

    found = client.get(address(centre, "rows"), {"q": "tran hoa"})
    workbook = client.get(address(centre, "rows"), {"q": "tran hoa", "export": "xlsx"})

    assert [row["person_name"] for row in found.context["listing"].table.data.data] == ["Trần Thị Hòa"]
    assert workbook["Content-Type"].endswith("spreadsheetml.sheet")


def test_submitting_freezes_and_a_second_submission_of_the_same_page_is_refused(client, tuyen_hoa):
    first = client.post(address(tuyen_hoa, "submit"), {"number": 1}, follow=True)
    again = client.post(address(tuyen_hoa, "submit"), {"number": 1}, follow=True)

    assert [one.number for one in ReportSubmission.objects.all()] == [1]
    assert [message.level_tag for message in first.context["messages"]] == ["success"]
    assert [message.level_tag for message in again.context["messages"]] == ["error"]
    assert again.context["submit"].why_not


def test_a_supplement_without_reason_says_so(client, tuyen_hoa):
    client.post(address(tuyen_hoa, "submit"), {"number": 1})
    held(tuyen_hoa.unit, people=tuyen_hoa.crowd(1))

    client.get(address(tuyen_hoa))
    refused = client.post(address(tuyen_hoa, "submit"), {"number": 2, "reason": ""}, follow=True)
    client.post(address(tuyen_hoa, "submit"), {"number": 2, "reason": "Bổ sung một lớp"})

    assert [message.level_tag for message in refused.context["messages"]] == ["error"]
    assert list(ReportSubmission.objects.order_by("number").values_list("number", "reason")) == [
        (1, ""),
        (2, "Bổ sung một lớp"),
    ]


def test_a_version_is_read_as_it_was_and_opens_its_own_rows(client, tuyen_hoa):
    client.post(address(tuyen_hoa, "submit"), {"number": 1})
    held(tuyen_hoa.unit, people=tuyen_hoa.crowd(5))
    version = Named(tuyen_hoa.unit, FIRST_HALF, ReportSubmission.objects.get())

    then, now = client.get(version.url()), client.get(address(tuyen_hoa))

    assert (then.context["report"].total.turns, now.context["report"].total.turns) == (327, 332)
    assert client.get(version.url("rows")).context["listing"].count == 327
    assert client.get(version.url("people")).context["listing"].count == 327
    assert now.context["has_changed"]
    assert then.context["submit"] is None


def test_the_page_of_differences_tells_cause_and_reckoning(client, tuyen_hoa):
    client.post(address(tuyen_hoa, "submit"), {"number": 1})
    run = held(tuyen_hoa.unit, people=tuyen_hoa.crowd(5))

    page = client.get(address(tuyen_hoa, "differences"))

    assert (page.context["start"], page.context["end"]) == ((6, 327, 327), (7, 332, 332))
    [cause] = page.context["causes"]
    assert (cause["cause"].class_code, cause["classes"], cause["turns"], len(cause["rows"])) == (
        run.code,
        "+1",
        "+5",
        5,
    )


def test_without_a_submission_there_is_nothing_to_compare(client, tuyen_hoa):
    assert client.get(address(tuyen_hoa, "differences")).status_code == 404


@pytest.mark.parametrize(
    ("form", "kind", "begins"),
    [
        ("pdf", "application/pdf", b"%PDF-"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    ],
)
@pytest.mark.parametrize("version", ["", "?version=1"])
def test_papers_of_today_and_of_a_version(client, tuyen_hoa, form, kind, begins, version):
    client.post(address(tuyen_hoa, "submit"), {"number": 1})

    answer = client.get(address(tuyen_hoa, "download", form=form) + version)

    assert (answer["Content-Type"], answer.content[: len(begins)]) == (kind, begins)


@pytest.mark.parametrize("query", ["?version=9", "?version=x", "?version=1e3"])
def test_an_unknown_version_is_not_found(client, tuyen_hoa, query):
    assert client.get(address(tuyen_hoa) + query).status_code == 404


@pytest.mark.parametrize("query", ["?by=nothing", "?class=0", "?class=x", "?by=programme&key=1&class=99"])
def test_an_unknown_figure_is_not_found(client, tuyen_hoa, query):
    assert client.get(address(tuyen_hoa, "rows") + query).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "half-year/2022-01-02/2022-06-30/",
        "half-year/2022-01-01/2022-07-01/",
        "year/2022-02-01/2022-12-31/",
        "period/2022-06-30/2022-01-01/",
        "period/2022-02-30/2022-03-01/",
        "period/0001-01-01/2022-03-01/",
        "month/2022-01-01/2022-01-31/",
    ],
)
def test_days_that_fit_no_report_are_not_found(client, tuyen_hoa, path):
    assert client.get(f"/reports/{tuyen_hoa.unit.slug}/{path}").status_code == 404


@pytest.mark.parametrize("form", ["csv", "json"])
def test_another_file_is_not_found(client, tuyen_hoa, form):
    assert client.get(address(tuyen_hoa, "download", form=form)).status_code == 404


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({"what": "first", "year": "2022"}, "half-year/2022-01-01/2022-06-30/"),
        ({"what": "second", "year": "2022"}, "half-year/2022-07-01/2022-12-31/"),
        ({"what": "year", "year": "2022"}, "year/2022-01-01/2022-12-31/"),
        ({"what": "first", "year": "2022", "end": "15/06/2022"}, "half-year/2022-01-01/2022-06-15/"),
        ({"what": "other", "start": "01/03/2022", "end": "15/04/2022"}, "period/2022-03-01/2022-04-15/"),
    ],
)
def test_the_form_leads_to_the_report(client, tuyen_hoa, asked, path):
    answer = client.get(reverse("reports:open"), {"unit": tuyen_hoa.unit.pk, **asked})

    assert (answer.status_code, answer.get("Location")) == (302, f"/reports/{tuyen_hoa.unit.slug}/{path}")


@pytest.mark.parametrize(
    "asked",
    [
        {"what": "first", "year": ""},
        {"what": "other", "start": "01/03/2022"},
        {"what": "other", "start": "15/04/2022", "end": "01/03/2022"},
        {"what": "first", "year": "2022", "end": "01/07/2022"},
        {"what": "nothing", "year": "2022"},
        {"what": "year", "year": "99999"},
    ],
)
def test_a_bad_choice_is_named(client, tuyen_hoa, asked):
    answer = client.get(reverse("reports:open"), {"unit": tuyen_hoa.unit.pk, **asked})

    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_a_unit_out_of_sight_is_no_choice(client, tuyen_hoa):
    other = make_unit(kind="district_centre")

    answer = client.get(reverse("reports:open"), {"unit": other.pk, "what": "year", "year": "2022"})

    assert "unit" in answer.context["form"].errors
    assert client.get(report_url(other, FIRST_HALF)).status_code == 404


def test_an_approver_reads_but_does_not_submit(client):
    centre = make_tuyen_hoa()
    client.force_login(make_user_with(Role.APPROVER, centre.unit.parent))

    page = client.get(address(centre))

    assert page.context["submit"] is None
    assert client.post(address(centre, "submit"), {"number": 1}).status_code == 403
    assert ReportSubmission.objects.count() == 0


def test_a_period_that_runs_says_why_it_cannot_be_submitted(client):
    centre, year = make_centre(), dt.date.today().year + 1  # noqa: DTZ011
    client.force_login(staff_of(centre))

    page = client.get(f"/reports/{centre.unit.slug}/year/{year}-01-01/{year}-12-31/")

    assert page.context["submit"].why_not


def test_a_learner_who_never_came_warns_of_the_submitted_report():
    centre = make_centre()
    run = make_class(owner=centre.unit, opened_on=dt.date(2022, 3, 1), state="running")
    learner = make_enrolment(class_run=run)
    words = {"class_run": run, "enrolments": [learner], "to": "no_show", "on": run.opened_on, "reason": "Không đến"}
    submit_report(unit=centre.unit, period=FIRST_HALF, number=1, by=staff_of(centre))

    with pytest.raises(RuleBroken) as refusal:
        mark_departed(**words, by=None)
    mark_departed(**words, despite_reports=True, by=None)

    [warning] = refusal.value.violations
    assert warning.code == "report-submitted"
    assert centre.unit.short_name in warning.values["sentence"]
