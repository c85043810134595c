"""Differences at their edges: classes that go, causes that nobody logged, results."""

import pytest
from django.db import transaction

from tests.factories import make_enrolment, make_user
from tests.reports.builders import FIRST_HALF, held, make_centre
from vuntrong.kernel import log
from vuntrong.reports.actions import submit_report
from vuntrong.reports.queries.differences import difference

pytestmark = pytest.mark.django_db


def note(action: str, subject, **extra) -> None:
    with transaction.atomic():
        log.record(action, subject, by=make_user("Phạm Văn Tám"), **extra)


def submitted(people: int = 3):
    centre = make_centre()
    run = held(centre.unit, people=centre.crowd(people))
    return centre, run, submit_report(unit=centre.unit, period=FIRST_HALF, number=1, by=make_user())


def test_nothing_changed_is_no_cause(django_assert_max_num_queries):
    _centre, _run, submission = submitted()

    with django_assert_max_num_queries(6):
        found = difference(submission)

    assert (found.causes, found.rows, found.reckoning.end) == ((), 0, (1, 3, 3))


def test_a_cancelled_class_takes_its_rows_along():
    _centre, run, submission = submitted()
    run.state = "cancelled"
    run.save()
    note("cancel_class", run, reason="thiếu học viên")

    [cause] = difference(submission).causes

    assert (cause.kind, len(cause.rows), cause.entry.action, cause.entry.reason) == (
        "class_removed",
        3,
        "cancel_class",
        "thiếu học viên",
    )


def test_an_empty_class_that_is_added_is_a_cause_without_rows():
    centre, _run, submission = submitted()
    note("start_class", held(centre.unit))

    found = difference(submission)

    assert [(one.kind, len(one.rows)) for one in found.causes] == [("class_added", 0)]
    assert found.reckoning.end == (2, 3, 3)


def test_a_change_that_nobody_logged_has_no_entry():
    _centre, run, submission = submitted()
    run.enrolments.first().delete()

    [cause] = difference(submission).causes

    assert (cause.kind, cause.entry, len(cause.rows)) == ("removed", None, 1)


def test_an_entry_from_before_the_submission_explains_nothing():
    centre = make_centre()
    run = held(centre.unit, people=centre.crowd(1))
    note("mark_departed", run)
    submission = submit_report(unit=centre.unit, period=FIRST_HALF, number=1, by=make_user())
    run.enrolments.update(state="no_show")

    [cause] = difference(submission).causes

    assert cause.entry is None


def test_each_row_finds_the_entry_that_names_its_person():
    _centre, run, submission = submitted()
    for person in run.enrolments.order_by("person__sort_key"):
        type(person).objects.filter(pk=person.pk).update(state="no_show")
        note("mark_departed", run, after={"people": [person.person.full_name]}, reason=person.person.full_name)
    note("edit_class", run)

    found = difference(submission).causes

    assert [one.entry.reason for one in found] == ["Nguyễn Văn 0"]
    assert len(found[0].rows) == 3


def test_a_new_result_is_a_changed_row_and_moves_no_total():
    _centre, run, submission = submitted()
    run.enrolments.filter(person__full_name="Nguyễn Văn 1").update(grade="good")
    note("record_results", run)

    found = difference(submission)

    [cause] = found.causes
    assert (cause.kind, cause.rows[0].before.result, cause.rows[0].after.result) == ("changed", "passed", "good")
    assert found.reckoning.end == found.reckoning.start


def test_a_late_enrolment_is_an_added_row():
    _centre, run, submission = submitted()
    make_enrolment(class_run=run)
    note("enrol", run, after={"person": "Nguyễn Văn An"})

    [cause] = difference(submission).causes

    assert (cause.kind, cause.entry.action, cause.rows[0].before) == ("added", "enrol", None)
