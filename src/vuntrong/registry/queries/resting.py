"""A re-organisation as it was shown, and what rests on it."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from vuntrong.kernel.undo import Resting, changed_since, referring
from vuntrong.registry.following import FOLLOWERS, Ref
from vuntrong.registry.models import Reorganisation
from vuntrong.registry.queries.reorganisation import Preview, preview_of
from vuntrong.registry.rules.events import from_plain

SUBJECTS = ("person", "class_run", "user", "unit")
KINDS = {
    "registry.person": _("person"),
    "registry.posting": _("post held"),
    "registry.unit": _("unit"),
    "registry.unitversion": _("change of a unit"),
    "registry.uniteventlink": _("change of a unit"),
    "accounts.grant": _("grant"),
    "classes.classrun": _("class"),
    "classes.classowner": _("owner of a class"),
    "classes.classrole": _("unit of a class"),
    "classes.enrolment": _("learner"),
    "planning.trainingplan": _("plan"),
    "planning.surveyanswer": _("survey answer"),
}


def preview_of_draft(reorganisation: Reorganisation) -> Preview:
    """Return what a draft would do. Queries as `preview_of`."""
    events = from_plain(reorganisation.rows)
    return preview_of(events, reorganisation.takes_effect_on, reorganisation.unit)


def frozen_preview(seen: Preview) -> dict[str, Any]:
    """Return the preview as plain data with every row, as it is kept. 1 query for each group."""
    return {
        "units": [dataclasses.asdict(one) for one in seen.units],
        "groups": [
            _frozen_group(group.code, str(group.label), str(group.follows), group.refs()) for group in seen.groups
        ],
    }


def _frozen_group(code: str, label: str, follows: str, refs: Sequence[Ref]) -> dict[str, Any]:
    model = refs[0].model if refs else ""
    rows = [[one.id, one.label, one.detail] for one in refs]
    return {"code": code, "label": label, "follows": follows, "count": len(rows), "model": model, "rows": rows}


def rests_on(reorganisation: Reorganisation) -> list[Resting]:
    """Return what was changed or entered since and rests on a confirmed re-organisation; empty: it can be undone.

    1 query for each relation to a unit, and 1 for each 5,000 rows that it wrote.
    """
    entries = reorganisation.undo.get("entries", [])
    repeats = {name: dated for follower in FOLLOWERS for name, dated in follower.repeats.items()}
    return list(dict.fromkeys([*changed_since(entries), *referring(entries, repeats)]))


def named_rows(resting: Sequence[Resting]) -> list[Ref]:
    """Return the rows with what they are about and their kind. A few queries for each row: ask for a page of them."""
    found: dict[tuple[str, int], str] = {}
    for label in dict.fromkeys(one.model for one in resting):
        rows = apps.get_model(label)._default_manager.filter(pk__in=[one.id for one in resting if one.model == label])
        found |= {(label, row.pk): _about(row) for row in rows}
    return [Ref(one.model, one.id, found.get((one.model, one.id), ""), _kind_of(one.model)) for one in resting]


def _about(row: Model) -> str:
    """Return the person, class, account or unit that a dated row is about; any other row speaks for itself."""
    subject = next((one for name in SUBJECTS if (one := getattr(row, name, None)) is not None), row)
    return str(subject)


def _kind_of(label: str) -> str:
    return str(KINDS.get(label, apps.get_model(label)._meta.verbose_name))
