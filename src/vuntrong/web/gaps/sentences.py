"""What a refusal about gaps says to a person, and what its actions are called in the history of a record."""

from django.utils.translation import gettext_lazy as _

VIOLATIONS = {
    "gap-survey-not-open": _("The survey is not open. Open it, or choose another one."),
    "gap-programme-not-offered": _("The survey does not offer this programme. Add it to the survey first."),
}
ACTIONS = {"add_gap_needs": _("Named people of the gap list")}


def explain(codes: list[str]) -> list[str]:
    """Return a sentence for each broken rule."""
    return [str(VIOLATIONS[code]) for code in codes]
