"""Form of the details of a person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuntrong.registry.enums import PartyStatus, Sex
from vuntrong.registry.models import Ethnicity, Person, Religion
from vuntrong.web.kit.forms import KitForm, PartialDateField, RecordField, UploadField, WholeNumberField

SENSITIVE = ("ethnicity", "religion", "party_status")
COLUMNS = (
    "full_name", "family_words", "given_words", "sex", "born_on", "birth_place", "origin", "personal_id",
    "old_personal_id", "profile_code", "phone", "email", "residence", "ethnicity", "religion", "general_education",
    "civil_rank", "left_on", "party_status",
)  # fmt: skip
PHOTO_LIMIT = 4 * 2**20


class PersonDetailsForm(KitForm):
    """The columns of a person; fields that the reader may not see are left out and stay as they are."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    family_words = WholeNumberField(
        label=_("Words of the family name"), min_value=0, max_value=4, help_text=_("0 where there is none: Y Ban")
    )
    given_words = WholeNumberField(
        label=_("Words of the given name"), min_value=1, max_value=4, help_text=_("the last words; lists sort by them")
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", _("Not stated")), *Sex.choices], required=False)
    born_on = PartialDateField(label=_("Date of birth"), required=False)
    birth_place = forms.CharField(label=_("Place of birth"), max_length=200, required=False)
    origin = forms.CharField(label=_("Place of origin"), max_length=200, required=False)
    personal_id = forms.CharField(
        label=_("Personal ID number"), max_length=12, required=False, help_text=_("12 digits; a doubt is only shown")
    )
    old_personal_id = forms.CharField(
        label=_("Number of the old identity card"), max_length=9, required=False, help_text=_("9 digits")
    )
    profile_code = forms.CharField(label=_("Code of the cadre file"), max_length=30, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=20, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=120, required=False)
    residence = forms.CharField(label=_("Residence"), max_length=300, required=False)
    ethnicity = RecordField(Ethnicity.objects.all(), label=_("Ethnic group"), required=False)
    religion = RecordField(
        Religion.objects.all(),
        label=_("Religion"),
        required=False,
        help_text=_("“Không” says that the person has none; empty says that nothing is stated"),
    )
    party_status = forms.ChoiceField(
        label=_("Party"),
        choices=[("", _("Not stated")), (PartyStatus.NONE.value, PartyStatus.NONE.label)],
        required=False,
        help_text=_("a member has dates: enter them in the cadre record"),
    )
    general_education = forms.CharField(label=_("General education"), max_length=20, required=False, help_text="12/12")
    civil_rank = forms.CharField(label=_("Rank of the service"), max_length=80, required=False)
    left_on = PartialDateField(label=_("Left the service on"), required=False)
    reason = forms.CharField(
        label=_("Why it is changed"), max_length=300, required=False, help_text=_("for the history: from which paper")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput())
    wide = ("full_name", "residence", "reason")
    groups = (
        (_("Name"), ["full_name", "family_words", "given_words"]),
        (_("Birth and origin"), ["sex", "born_on", "birth_place", "origin", "ethnicity", "religion", "party_status"]),
        (_("Numbers"), ["personal_id", "old_personal_id", "profile_code"]),
        (_("How to reach the person"), ["phone", "email", "residence"]),
        (_("Education and service"), ["general_education", "civil_rank", "left_on"]),
        (_("For the history"), ["reason"]),
    )

    def __init__(self, *args: Any, person: Person, is_open: bool, **extra: Any) -> None:
        initial = {name: getattr(person, name) for name in (*COLUMNS, "revision")}
        super().__init__(*args, initial=initial, **extra)
        for name in () if is_open else SENSITIVE:
            del self.fields[name]
        if is_open and person.party_memberships.exists():
            del self.fields["party_status"]  # the dates say it

    @property
    def changes(self) -> dict[str, Any]:
        """What was typed, by column."""
        return {name: self.cleaned_data[name] for name in COLUMNS if name in self.fields}


class PhotoForm(KitForm):
    """A new photo."""

    photo = UploadField(label=_("Photo"), kinds=[".jpg", ".jpeg", ".png"], limit=PHOTO_LIMIT)
    revision = forms.IntegerField(widget=forms.HiddenInput())
