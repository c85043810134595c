from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from vuntrong.documents.models import StoredFile
from vuntrong.kernel.fields import PartialDateField
from vuntrong.kernel.text import NameParts, split_name
from vuntrong.registry.enums import Degree, PartyStatus, PoliticalLevel, Sex
from vuntrong.registry.models.catalogues import Ethnicity, Post, Religion
from vuntrong.registry.models.units import Unit


class Person(models.Model):
    """A human being, once. Where she works is in `postings`; the columns here repeat the posting of today."""

    full_name = models.CharField(max_length=120)
    family_words = models.PositiveSmallIntegerField(default=1, db_default=1)
    """How many words of the name are the family name; 0 where there is none (Y Ban)."""
    given_words = models.PositiveSmallIntegerField(default=1, db_default=1)
    """How many words at the end are the given name; what is between is the middle name."""
    sex = models.CharField(max_length=10, choices=Sex.choices, blank=True)
    born_on = PartialDateField(null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="people")
    post_text = models.CharField(max_length=200, blank=True)
    """Post as the unit writes it."""
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="holders")
    """Main post of today in the catalogue; repeats the main posting."""
    personal_id = models.CharField(max_length=12, blank=True, db_default="")
    """Twelve digits (số định danh cá nhân). Checks warn only, so a wrong one may stand here until it is corrected."""
    old_personal_id = models.CharField(max_length=9, blank=True, db_default="")
    """Nine digits of the old identity card (CMND)."""
    profile_code = models.CharField(max_length=30, blank=True, db_default="")
    """Code of the person's cadre file (số hiệu)."""
    ethnicity = models.ForeignKey(Ethnicity, models.PROTECT, null=True, blank=True, related_name="+")
    religion = models.ForeignKey(Religion, models.PROTECT, null=True, blank=True, related_name="+")
    """Null is "not stated"; that somebody has none is a row of its own."""
    birth_place = models.CharField(max_length=200, blank=True, db_default="")
    origin = models.CharField(max_length=200, blank=True, db_default="")
    """Quê quán."""
    residence = models.CharField(max_length=300, blank=True, db_default="")
    phone = models.CharField(max_length=20, blank=True, db_default="")
    email = models.CharField(max_length=120, blank=True, db_default="")
    photo = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    general_education = models.CharField(max_length=20, blank=True, db_default="")
    """Trình độ văn hóa as written: 12/12."""
    civil_rank = models.CharField(max_length=80, blank=True, db_default="")
    """Ngạch or hạng as written."""
    degree = models.CharField(max_length=20, choices=Degree.choices, blank=True, db_default="")
    """Highest degree; repeats the qualifications. Empty when nothing is known."""
    political_level = models.CharField(max_length=20, choices=PoliticalLevel.choices, blank=True, db_default="")
    """Highest political-theory level; repeats the qualifications. Empty when nothing is known, `none` when known so."""
    party_status = models.CharField(max_length=20, choices=PartyStatus.choices, blank=True, db_default="")
    """Repeats the Party dates. Empty when nothing is known."""
    left_on = PartialDateField(null=True, blank=True)
    """Retired, moved out of the province or died; kept for the history."""
    restricted_on = models.DateField(null=True, blank=True)
    """From this day only the archive may use the record (hạn chế xử lý)."""
    anonymised_on = models.DateField(null=True, blank=True)
    """From this day it names nobody; such a record is restricted too."""
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    """The record that took over this one, found to be the same human being; lists leave it out."""
    updated_on = models.DateTimeField(null=True, blank=True)
    search_key = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=360)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["sort_key", "id"]
        indexes: ClassVar = [
            # All that the list of people asks of 100,000 rows stands in one index, so that no row is read in vain.
            models.Index(
                fields=[
                    "sort_key",
                    "id",
                    "search_key",
                    "unit",
                    "sex",
                    "merged_into",
                    "left_on",
                    "restricted_on",
                ],
                name="person_list",
            ),
            models.Index(fields=["search_key"]),
            models.Index(fields=["unit", "sort_key"]),
            models.Index(fields=["personal_id"], condition=~Q(personal_id=""), name="person_by_id"),
            models.Index(fields=["old_personal_id"], condition=~Q(old_personal_id=""), name="person_by_old_id"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def name_parts(self) -> NameParts:
        """The name cut into family, middle and given name."""
        return split_name(self.full_name, self.family_words, self.given_words)


class Posting(models.Model):
    """Where a person works or worked, and as what; an unknown beginning is null."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="postings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="postings")
    unit_text = models.CharField(max_length=200, blank=True, db_default="")
    """The unit as the paper named it, where the registry does not know it yet; it can be matched later."""
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="postings")
    post_text = models.CharField(max_length=200, blank=True)
    is_main = models.BooleanField(default=True, db_default=True)
    """Several posts may be held at once; `Person` repeats the main one."""
    decision = models.CharField(max_length=200, blank=True, db_default="")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["person_id", "valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="posting_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.post_text}"


class FormerName(models.Model):
    """A name that the person bore or bears besides: search finds it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="former_names")
    full_name = models.CharField(max_length=120)
    search_key = models.CharField(max_length=120)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["person_id", "id"]
        indexes: ClassVar = [models.Index(fields=["search_key"])]

    def __str__(self) -> str:
        return self.full_name
