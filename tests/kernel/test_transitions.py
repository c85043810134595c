import threading

import pytest
from django.db import connection, transaction

from tests.factories import make_survey, make_unit
from vuntrong.kernel.errors import IllegalTransition, StaleState
from vuntrong.kernel.transitions import edit, lock_row, move
from vuntrong.planning.enums import SURVEY_MOVES
from vuntrong.planning.models import NeedsSurvey


@pytest.mark.django_db
def test_move_takes_a_declared_edge_and_writes_the_changes():
    survey = make_survey(owner=make_unit(), state="draft")

    move(survey, "open", table=SURVEY_MOVES, note="mở")

    assert NeedsSurvey.objects.values_list("state", "note").get(pk=survey.pk) == ("open", "mở")
    assert (survey.state, survey.note) == ("open", "mở")


@pytest.mark.django_db
def test_move_refuses_an_undeclared_edge():
    survey = make_survey(owner=make_unit(), state="draft")

    with pytest.raises(IllegalTransition):
        move(survey, "closed", table=SURVEY_MOVES)

    assert NeedsSurvey.objects.get(pk=survey.pk).state == "draft"


@pytest.mark.django_db
def test_edit_refuses_a_stale_revision():
    survey = make_survey(owner=make_unit())
    edit(survey, revision=0, note="người thứ nhất")

    with pytest.raises(StaleState):
        edit(survey, revision=0, note="người thứ hai")

    assert NeedsSurvey.objects.values_list("revision", "note").get(pk=survey.pk) == (1, "người thứ nhất")


@pytest.mark.django_db
def test_lock_row_says_when_the_row_is_gone():
    survey = make_survey(owner=make_unit())
    NeedsSurvey.objects.all().delete()

    with pytest.raises(StaleState), transaction.atomic():
        lock_row(survey)


@pytest.mark.django_db(transaction=True)
def test_of_eight_clerks_who_move_at_once_one_wins():
    survey = make_survey(owner=make_unit(), state="draft")
    copies = [NeedsSurvey.objects.get(pk=survey.pk) for _ in range(8)]
    outcomes: list[str] = []
    barrier = threading.Barrier(8)

    def act(copy: NeedsSurvey) -> None:
        barrier.wait()
        try:
            with transaction.atomic():
                move(copy, "open", table=SURVEY_MOVES)
            outcomes.append("won")
        except StaleState:
            outcomes.append("stale")
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(copy,)) for copy in copies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["stale"] * 7 + ["won"]
