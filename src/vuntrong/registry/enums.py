from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """What a unit is on a day. Names after the glossary, section 1."""

    PROVINCE = "province", _("Province or city")
    PROVINCIAL_COMMITTEE = "provincial_committee", _("Provincial Party committee")
    ORGANISATION_BOARD = "organisation_board", _("Organisation Board")
    PROPAGANDA_BOARD = "propaganda_board", _("Propaganda Board")
    PEOPLES_COMMITTEE = "peoples_committee", _("People's Committee")
    HOME_AFFAIRS = "home_affairs", _("Department of Home Affairs")
    DEPARTMENT = "department", _("Department or agency")
    PROVINCIAL_SCHOOL = "provincial_school", _("Provincial political school")
    DISTRICT_COMMITTEE = "district_committee", _("District Party committee")
    DISTRICT_CENTRE = "district_centre", _("District political centre")
    COMMUNE_CENTRE = "commune_centre", _("Commune-level political centre")
    COMMUNE_COMMITTEE = "commune_committee", _("Commune Party committee")
    DIRECT_COMMITTEE = "direct_committee", _("Party committee directly under the province")
    PARTY_CELL = "party_cell", _("Party cell")
    MASS_ORGANISATION = "mass_organisation", _("Mass organisation")
    ACADEMY = "academy", _("Academy")
    UNIVERSITY = "university", _("University or institute")
    OTHER = "other", _("Other unit")


TRAINING_INSTITUTIONS = frozenset(
    {
        UnitKind.PROVINCIAL_SCHOOL,
        UnitKind.DISTRICT_CENTRE,
        UnitKind.COMMUNE_CENTRE,
        UnitKind.ACADEMY,
        UnitKind.UNIVERSITY,
    }
)


class Sex(models.TextChoices):
    """As the person's papers say; empty when not stated."""

    MALE = "male", _("Male")
    FEMALE = "female", _("Female")
