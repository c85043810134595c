"""What somebody may do with a nomination as it stands."""

from typing import Any

from vuntrong.accounts.queries import Somebody
from vuntrong.classes import policies
from vuntrong.classes.enums import OPEN_NOMINATIONS, NominationState
from vuntrong.classes.models import Nomination
from vuntrong.programmes.rules.verdicts import Answer
from vuntrong.web.nominations.showing import exception_of, why_not_accept

WAIVABLE = (Answer.NOT_ELIGIBLE, Answer.NEEDS_EXCEPTION)


def rights_of(user: Somebody, row: Nomination) -> dict[str, Any]:
    """Return which steps are open to the person. No queries besides her scope."""
    sends, answers = policies.may_send(user, row), policies.may_answer(user, row)
    request, is_new = exception_of(row), row.state == NominationState.NOMINATED
    is_open = row.state in OPEN_NOMINATIONS
    waits = request is not None and row.state == NominationState.EXCEPTION
    is_own = request is not None and request.asked_by_id is not None and request.asked_by_id == user.pk
    return {
        "may_judge": is_new and request is None and (sends or answers),
        "may_withdraw": is_open and sends,
        "may_move": is_open and sends,
        "may_ask": is_new and sends and request is None and row.answer in WAIVABLE and bool(row.exception_by),
        "answers": answers and is_new | waits,
        "may_refuse": is_open and answers,
        "why_not": why_not_accept(row),
        "may_decide": waits and request is not None and policies.may_decide_exception(user, request) and not is_own,
    }
