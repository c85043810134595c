import datetime as dt

import pytest
import time_machine

from tests.classes.builders import make_centre
from tests.factories import make_class, make_enrolment, make_person
from vuntrong.classes.actions.results import NewResult, mark_departed, record_results, reinstate
from vuntrong.classes.models import ClassRun
from vuntrong.classes.signals import figures_touched
from vuntrong.kernel.errors import IllegalTransition, RuleBroken, StaleState, Violation
from vuntrong.kernel.models import ActionLogEntry

pytestmark = pytest.mark.django_db
OPENED = dt.date(2026, 6, 2)


@pytest.fixture(autouse=True)
def _june():
    with time_machine.travel(dt.datetime(2026, 6, 18, 9, tzinfo=dt.UTC), tick=False):
        yield


def class_of(*names: str, **extra) -> tuple[ClassRun, list]:
    run = make_class(owner=make_centre(), **{"opened_on": OPENED} | extra)
    return run, [make_enrolment(class_run=run, person=make_person(name)) for name in names]


def codes_of(refusal) -> list[str]:
    return [violation.code for violation in refusal.value.violations]


def test_a_column_of_grades_is_written_at_once():
    run, learners = class_of("Lê An", "Lê Bình", "Lê Cường")
    grades = ["good", "failed", "good"]

    changed = record_results(
        class_run=run,
        results=[NewResult(one.pk, grade, 0) for one, grade in zip(learners, grades, strict=True)],
        by=None,
    )

    assert changed == 3
    assert list(run.enrolments.order_by("pk").values_list("state", "grade", "revision")) == [
        ("completed", "good", 1),
        ("not_completed", "failed", 1),
        ("completed", "good", 1),
    ]
    assert ActionLogEntry.objects.filter(action="record_results").count() == 1


def test_a_grade_can_be_taken_back():
    run, [learner] = class_of("Lê An")
    record_results(class_run=run, results=[NewResult(learner.pk, "failed", 0)], by=None)

    record_results(class_run=run, results=[NewResult(learner.pk, "", 1)], by=None)

    learner.refresh_from_db()
    assert (learner.state, learner.grade) == ("studying", "")


def test_the_same_grade_again_changes_nothing():
    run, [learner] = class_of("Lê An")
    record_results(class_run=run, results=[NewResult(learner.pk, "good", 0)], by=None)

    changed = record_results(class_run=run, results=[NewResult(learner.pk, "good", 1)], by=None)

    assert (changed, ActionLogEntry.objects.filter(action="record_results").count()) == (0, 1)


def test_a_stale_grade_is_refused_and_nothing_of_the_column_is_written():
    run, learners = class_of("Lê An", "Lê Bình")
    record_results(class_run=run, results=[NewResult(learners[0].pk, "good", 0)], by=None)

    with pytest.raises(StaleState):
        record_results(class_run=run, results=[NewResult(one.pk, "fair", 0) for one in learners], by=None)

    assert list(run.enrolments.order_by("pk").values_list("grade", flat=True)) == ["good", ""]


def test_a_learner_of_another_class_cannot_be_graded():
    run, _ = class_of("Lê An")
    _, [stranger] = class_of("Lê Lạ")

    with pytest.raises(StaleState):
        record_results(class_run=run, results=[NewResult(stranger.pk, "good", 0)], by=None)


def test_all_refusals_come_at_once():
    run, learners = class_of("Lê An", "Lê Bình")
    mark_departed(class_run=run, enrolments=learners[:1], to="withdrawn", on=OPENED, reason="Ốm", by=None)

    with pytest.raises(RuleBroken) as refusal:
        record_results(
            class_run=run,
            results=[NewResult(learners[0].pk, "good", 1), NewResult(learners[1].pk, "splendid", 0)],
            by=None,
        )

    assert codes_of(refusal) == ["result-for-absent", "grade-unknown"]


def test_three_who_never_came_are_marked_from_the_first_day():
    run, learners = class_of("Lê An", "Lê Bình", "Lê Cường")

    mark_departed(class_run=run, enrolments=learners, to="no_show", on=OPENED, reason="Không đến nhập học", by=None)

    assert list(run.enrolments.order_by().values_list("state", "state_on", "state_reason").distinct()) == [
        ("no_show", OPENED, "Không đến nhập học")
    ]
    entry = ActionLogEntry.objects.get(action="mark_departed")
    assert (entry.after["on"], len(entry.after["people"]), entry.reason) == ("2026-06-02", 3, "Không đến nhập học")


def test_what_reports_answer_must_be_accepted():
    run, learners = class_of("Lê An")

    def submitted(sender, class_run, on, **_):
        return [Violation("period-submitted", values={"on": on})] if class_run == run else []

    figures_touched.connect(submitted)
    words = {"enrolments": learners, "to": "no_show", "on": OPENED, "reason": "Không đến", "by": None}
    try:
        with pytest.raises(RuleBroken) as refusal:
            mark_departed(class_run=run, **words)
        mark_departed(class_run=run, despite_reports=True, **words)
    finally:
        figures_touched.disconnect(submitted)

    assert codes_of(refusal) == ["period-submitted"]
    learners[0].refresh_from_db()
    assert learners[0].state == "no_show"


def test_a_departure_without_reason_or_in_the_future_is_refused():
    run, learners = class_of("Lê An", "Lê Bình")

    with pytest.raises(RuleBroken) as refusal:
        mark_departed(class_run=run, enrolments=learners, to="withdrawn", on=dt.date(2026, 6, 19), reason="", by=None)

    assert codes_of(refusal) == ["reason-missing", "departure-in-future"]


def test_a_learner_comes_back_when_a_seat_is_free():
    run, [learner] = class_of("Lê An", capacity=1)
    [row] = mark_departed(class_run=run, enrolments=[learner], to="withdrawn", on=OPENED, reason="Ốm", by=None)
    row.refresh_from_db()

    reinstate(enrolment=row, reason="Đã khỏi", by=None)

    learner.refresh_from_db()
    assert (learner.state, learner.revision) == ("studying", 2)
    assert ActionLogEntry.objects.filter(action="reinstate").count() == 1


def test_a_learner_does_not_come_back_to_a_full_class():
    run, [learner] = class_of("Lê An", capacity=1)
    mark_departed(class_run=run, enrolments=[learner], to="withdrawn", on=OPENED, reason="Ốm", by=None)
    make_enrolment(class_run=run, person=make_person("Lê Thay"))
    learner.refresh_from_db()

    with pytest.raises(RuleBroken) as refusal:
        reinstate(enrolment=learner, reason="Đã khỏi", by=None)

    assert codes_of(refusal) == ["class-full"]


def test_who_studies_cannot_come_back():
    _, [learner] = class_of("Lê An")

    with pytest.raises(IllegalTransition):
        reinstate(enrolment=learner, reason="x", by=None)
