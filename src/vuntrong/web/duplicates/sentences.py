"""What a refusal to merge says, and what merging is called in the history of a record."""

from django.utils.translation import gettext_lazy as _

from vuntrong.kernel.errors import RuleBroken
from vuntrong.web.kit.numbers import number

KINDS = {
    "accounts.User": _("Accounts"),
    "classes.Enrolment": _("Enrolments"),
    "classes.Nomination": _("Nominations"),
    "classes.ClassDuty": _("Duties in classes"),
    "planning.TrainingNeed": _("Named needs"),
    "registry.Award": _("Rewards and discipline"),
    "registry.DataRequest": _("Requests about personal data"),
    "registry.FormerName": _("Former names"),
    "registry.LecturerProfile": _("Lecturing"),
    "registry.PartyMembership": _("Party dates"),
    "registry.Person": _("Records merged earlier"),
    "registry.PlannedPost": _("Planned posts"),
    "registry.Posting": _("Postings"),
    "registry.Qualification": _("Qualifications"),
    "registry.SealedIdentity": _("Sealed records"),
    "registry.SensitiveRead": _("Reads of sensitive data"),
    "registry.YearlyGrading": _("Yearly gradings"),
}
"""What rows about a person are called; a table without a name is told by its code."""
CHOICES_SAID = {
    "name": _("Full name"),
    "work": _("Unit and post"),
    "sex": _("Sex"),
    "born_on": _("Date of birth"),
    "personal_id": _("Personal ID"),
    "old_personal_id": _("Old identity card"),
    "profile_code": _("Code of the cadre file"),
    "ethnicity": _("Ethnic group"),
    "religion": _("Religion"),
    "birth_place": _("Place of birth"),
    "origin": _("Place of origin"),
    "residence": _("Residence"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "photo": _("Photo"),
    "general_education": _("General education"),
    "civil_rank": _("Civil-service rank"),
    "left_on": _("Left on"),
}
VIOLATIONS = {
    "merge-with-itself": _("Both are the same record. Choose two records."),
    "merge-of-merged": _("One of the records has been merged already. Open the record that took it over."),
    "merge-of-sealed": _("One of the records is restricted or anonymous. Such a record cannot be merged or parted."),
    "merge-clash": _(
        "%(model)s: both records have a row for “%(about)s”, and the rows differ. Correct or remove one of them first."
    ),
    "merge-already-undone": _("The merge has been undone already."),
    "merge-rests-below": _("The record itself was merged into the record of %(name)s later. Undo that merge first."),
    "merge-rests-above": _("The record of %(name)s was merged into this one later. Undo that merge first."),
    "merge-field-changed": _(
        "“%(field)s” was changed after the merge. Put back what the merge had written there, then undo."
    ),
    "merge-rows-lost": _(
        "%(model)s: %(count)s rows that the merge moved were removed or moved elsewhere, so it can no longer be undone."
    ),
}
ACTIONS = {
    "merge_people": _("Merged another record into this one"),
    "undo_merge": _("Undid a merge"),
    "say_distinct": _("Said that another record is a different person"),
    "take_back_distinct": _("Took back that another record is a different person"),
}
FIELDS = {
    "gone": _("Number of the merged record"),
    "rows": _("Rows moved"),
    "same": _("Rows that both had"),
    "other": _("Number of the other record"),
}


def explain(refusal: RuleBroken) -> list[str]:
    """Return a sentence for each reason against a merge or its undoing."""
    return [
        str(VIOLATIONS[one.code]) % {name: _said(name, value) for name, value in one.values.items()}
        for one in refusal.violations
    ]


def _said(name: str, value: object) -> str:
    if name == "model":
        return str(KINDS.get(str(value), value))
    if name == "field":
        return str(CHOICES_SAID.get(FIELD_OF.get(str(value), str(value)), value))
    return number(value) if isinstance(value, int) else str(value)


FIELD_OF = {
    **dict.fromkeys(("full_name", "family_words", "given_words", "search_key", "sort_key"), "name"),
    **dict.fromkeys(("unit", "post", "post_text"), "work"),
}
"""The choice that a field belongs to, where it is not its own."""
