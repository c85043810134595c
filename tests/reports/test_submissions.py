"""Freezing a report: what is kept, what is refused, who wins."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories import make_class, make_enrolment, make_programme, make_unit, make_user
from tests.reports.builders import FIRST_HALF, approve, held, make_centre, make_tuyen_hoa, period
from vuntrong.classes.models import Enrolment
from vuntrong.kernel.errors import RuleBroken, StaleState
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.reports.actions import submit_report
from vuntrong.reports.models import ReportRow, ReportSubmission
from vuntrong.reports.queries.figures import figures_now
from vuntrong.reports.queries.rows import ROW_FIELDS, RowFilter, frozen_rows, report_rows
from vuntrong.reports.queries.scopes import scope_of
from vuntrong.reports.queries.submissions import (
    changed_since,
    is_in_submitted_period,
    latest_version,
    submissions_touched_by,
)
from vuntrong.reports.rules.frozen import from_plain

pytestmark = pytest.mark.django_db


def codes(refusal) -> list[str]:
    return [violation.code for violation in refusal.value.violations]


def test_the_first_version_keeps_figures_rows_and_a_log_row():
    centre, user = make_tuyen_hoa(), make_user("Nguyễn Thị Thu")

    submission = submit_report(unit=centre.unit, period=FIRST_HALF, number=1, by=user)

    submission.refresh_from_db()
    assert from_plain(submission.figures) == figures_now(centre.unit, FIRST_HALF)
    assert list(frozen_rows(submission)) == list(report_rows(scope_of(centre.unit, FIRST_HALF)).values(*ROW_FIELDS))
    assert (submission.rows.count(), submission.submitted_by_name, submission.reason) == (327, "Nguyễn Thị Thu", "")
    entry = ActionLogEntry.objects.latest("id")
    assert (entry.action, entry.subject_id, entry.after["turns"]) == ("submit_report", submission.pk, 327)
    assert submission.last_log_entry == entry.pk - 1


def test_rows_are_filtered_alike_live_and_frozen():
    centre = make_tuyen_hoa()
    submission = submit_report(unit=centre.unit, period=FIRST_HALF, number=1, by=make_user())
    scope = scope_of(centre.unit, FIRST_HALF)
    [chosen] = [one.facts.id for one in from_plain(submission.figures).classes if one.turns == 45]

    for wanted, count in [
        (RowFilter(class_ids=[chosen]), 45),
        (RowFilter(class_ids=[]), 0),
        (RowFilter(sex="female"), 0),
        (RowFilter(result="passed"), 327),
        (RowFilter(text="NGUYEN van 44"), 6),
    ]:
        assert (len(report_rows(scope, wanted)), len(frozen_rows(submission, wanted))) == (count, count)


def test_a_frozen_report_does_not_move():
    centre = make_tuyen_hoa()
    submission = submit_report(unit=centre.unit, period=FIRST_HALF, number=1, by=make_user())

    Enrolment.objects.filter(class_run__owner=centre.unit).update(state="no_show")

    submission.refresh_from_db()
    assert from_plain(submission.figures).total.turns == submission.rows.count() == 327
    assert figures_now(centre.unit, FIRST_HALF).total.turns == 0


def test_a_supplement_needs_a_change_and_a_reason():
    centre, user = make_tuyen_hoa(), make_user()
    submit_report(unit=centre.unit, period=FIRST_HALF, number=1, by=user)

    with pytest.raises(RuleBroken) as refusal:
        submit_report(unit=centre.unit, period=FIRST_HALF, number=2, reason="  ", by=user)

    assert codes(refusal) == ["supplement-needs-reason", "supplement-without-change"]
    assert (ReportSubmission.objects.count(), ReportRow.objects.count()) == (1, 327)
    assert ActionLogEntry.objects.filter(action="submit_report").count() == 1


def test_a_supplement_stands_beside_the_version_before():
    centre, user = make_tuyen_hoa(), make_user()
    first = submit_report(unit=centre.unit, period=FIRST_HALF, number=1, by=user)
    held(centre.unit, "2022-06-07", people=centre.crowd(3))

    second = submit_report(unit=centre.unit, period=FIRST_HALF, number=2, reason="Bổ sung lớp", by=user)

    assert latest_version(centre.unit, FIRST_HALF) == second
    assert [(one.number, one.rows.count(), one.reason) for one in (first, second)] == [
        (1, 327, ""),
        (2, 330, "Bổ sung lớp"),
    ]


@pytest.mark.parametrize(("days", "is_allowed"), [(0, True), (1, False)])
def test_a_period_that_is_not_over_is_not_frozen(days, is_allowed):
    centre, today = make_centre(), timezone.localdate()
    of = period(f"{today.year}-01-01", (today + dt.timedelta(days=days)).isoformat())

    if is_allowed:
        submit_report(unit=centre.unit, period=of, number=1, by=make_user())
    else:
        with pytest.raises(RuleBroken) as refusal:
            submit_report(unit=centre.unit, period=of, number=1, by=make_user())
        assert codes(refusal) == ["report-period-not-over"]

    assert ReportSubmission.objects.exists() == is_allowed


@pytest.mark.parametrize("number", [0, 2])
def test_a_stale_page_is_refused(number):
    centre = make_centre()

    with pytest.raises(StaleState):
        submit_report(unit=centre.unit, period=FIRST_HALF, number=number, by=make_user())

    assert ReportSubmission.objects.count() == 0


def test_what_changed_since_is_found_in_sets(django_assert_num_queries):
    user, others = make_user(), []
    for _ in range(3):
        centre = make_centre(slug=f"tt-{len(others)}")
        run = held(centre.unit, people=centre.crowd(2))
        others.append((submit_report(unit=centre.unit, period=FIRST_HALF, number=1, by=user), run, centre))
    other_programme = make_programme()
    others[1][1].enrolments.first().delete()
    approve(others[2][2].unit, [(other_programme, 1, 1)])
    stored = list(ReportSubmission.objects.all())

    with django_assert_num_queries(2):
        changed = changed_since(stored)

    assert changed == {others[1][0].pk}


def test_another_person_in_the_same_turn_is_a_change():
    centre = make_centre()
    run = held(centre.unit, people=centre.crowd(1))
    submission = submit_report(unit=centre.unit, period=FIRST_HALF, number=1, by=make_user())
    [other] = centre.crowd(1)

    run.enrolments.update(person=other)

    assert changed_since([ReportSubmission.objects.get()]) == {submission.pk}


@pytest.mark.parametrize(
    ("opened", "touched"), [("2021-12-31", 0), ("2022-01-01", 2), ("2022-06-30", 2), ("2022-07-01", 0)]
)
def test_a_class_inside_a_submitted_period_is_known(opened, touched):
    centre, user = make_centre(), make_user()
    for unit in (centre.unit, centre.unit.parent, make_unit()):
        submit_report(unit=unit, period=FIRST_HALF, number=1, by=user)
    run = held(centre.unit, opened)

    found = submissions_touched_by(run)

    assert {one.unit for one in found} == ({centre.unit, centre.unit.parent} if touched else set())
    assert is_in_submitted_period(run) == bool(touched)
    assert not is_in_submitted_period(make_class(owner=centre.unit, state="draft", opened_on=None))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_submit_at_once_one_wins():
    centre, user = make_centre(), make_user()
    run = held(centre.unit, people=centre.crowd(20))
    make_enrolment(class_run=run)
    outcomes: list[str] = []
    barrier = threading.Barrier(4)

    def act() -> None:
        barrier.wait()
        try:
            submit_report(unit=centre.unit, period=FIRST_HALF, number=1, by=user)
            outcomes.append("won")
        except StaleState:
            outcomes.append("stale")
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["stale"] * 3 + ["won"]
    assert (ReportSubmission.objects.count(), ReportRow.objects.count()) == (1, 21)
    assert ActionLogEntry.objects.filter(action="submit_report").count() == 1
