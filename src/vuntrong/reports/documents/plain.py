"""The figures as plain values for other programs. Names and order of the keys are a contract."""

from collections.abc import Sequence
from typing import Any

from vuntrong.reports.documents.wording import MODES
from vuntrong.reports.enums import Reading
from vuntrong.reports.rules.figures import Figure, HostedClass, TrainingReport
from vuntrong.reports.rules.folding import UnitLine

DIGITS = 4
"""Of the share of the plan."""


def report_plain(
    slug: str, report: TrainingReport, *, senders: Sequence[UnitLine] | None = None, reading: str = Reading.THEN
) -> dict[str, Any]:
    """Return the report of the unit with the code `slug`; the share of the plan is null where nothing was planned.

    With `senders` the reading and the sending units follow.
    """
    whole = report.total
    share = whole.share_of_plan
    return {
        "unit": slug,
        "from": report.period.start.isoformat(),
        "to": report.period.end.isoformat(),
        "classes": whole.classes,
        "learners": whole.learners,
        "turns": whole.turns,
        "planned_classes": report.plan.classes,
        "share_of_plan": None if share is None else round(float(share), DIGITS),
        "by_programme": [_line(line) for line in report.by_programme if line.classes],
        "hosted": [_hosted(one) for one in report.hosted],
        **({} if senders is None else {"reading": str(reading), "by_sender": [_sender(one) for one in senders]}),
    }


def _line(line: Figure) -> dict[str, Any]:
    return {"programme": line.label, "classes": line.classes, "learners": line.learners, "turns": line.turns}


def _sender(line: UnitLine) -> dict[str, Any]:
    shares = {"apportioned": line.is_apportioned}
    return {"unit": line.label, "learners": line.learners, "turns": line.turns, **shares}


def _hosted(one: HostedClass) -> dict[str, Any]:
    return {
        "programme": one.programme,
        "cohort": one.cohort,
        "mode": MODES[one.mode],
        "owner": one.owner,
        "modules_finished": one.modules_finished,
    }
