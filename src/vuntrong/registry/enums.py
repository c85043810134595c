from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UnitKind(models.TextChoices):
    """What a unit is on a day. Names after the glossary, section 1."""

    PROVINCE = "province", _("Province")
    CENTRAL_CITY = "central_city", _("Centrally run city")
    PROVINCIAL_COMMITTEE = "provincial_committee", _("Provincial Party committee")
    ORGANISATION_BOARD = "organisation_board", _("Organisation Board")
    PROPAGANDA_BOARD = "propaganda_board", _("Propaganda Board")
    PEOPLES_COMMITTEE = "peoples_committee", _("People's Committee")
    COMMUNE_PEOPLES_COMMITTEE = "commune_peoples_committee", _("People's Committee of a commune")
    COMMUNE_BOARD = "commune_board", _("Board or office of a commune")
    HOME_AFFAIRS = "home_affairs", _("Department of Home Affairs")
    DEPARTMENT = "department", _("Department or agency")
    PROVINCIAL_SCHOOL = "provincial_school", _("Provincial political school")
    DISTRICT_COMMITTEE = "district_committee", _("District Party committee")
    DISTRICT_CENTRE = "district_centre", _("District political centre")
    COMMUNE_CENTRE = "commune_centre", _("Commune-level political centre")
    COMMUNE_COMMITTEE = "commune_committee", _("Commune Party committee")
    COMMUNE = "commune", _("Commune")
    WARD = "ward", _("Ward")
    SPECIAL_ZONE = "special_zone", _("Special zone")
    DISTRICT = "district", _("District")
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


TERRITORIES = frozenset(
    {
        UnitKind.PROVINCE,
        UnitKind.CENTRAL_CITY,
        UnitKind.DISTRICT,
        UnitKind.COMMUNE,
        UnitKind.WARD,
        UnitKind.SPECIAL_ZONE,
    }
)
"""Places, not bodies: they issue no papers and nobody reports to them."""


class Sex(models.TextChoices):
    """As the person's papers say; empty when not stated."""

    MALE = "male", _("Male")
    FEMALE = "female", _("Female")


class EventKind(models.TextChoices):
    """What happened to units on a day."""

    CREATE = "create", _("Created")
    MERGE = "merge", _("Merged")
    SPLIT = "split", _("Split")
    RENAME = "rename", _("Renamed")
    RETYPE = "retype", _("Changed in kind")
    REPARENT = "reparent", _("Moved")
    DISSOLVE = "dissolve", _("Dissolved")


class ReorganisationState(models.TextChoices):
    """A re-organisation from its draft to its undoing."""

    DRAFT = "draft", _("Draft")
    CONFIRMED = "confirmed", _("Confirmed")
    UNDONE = "undone", _("Undone")


REORGANISATION_MOVES = {
    ReorganisationState.DRAFT: frozenset({ReorganisationState.CONFIRMED}),
    ReorganisationState.CONFIRMED: frozenset({ReorganisationState.UNDONE}),
    ReorganisationState.UNDONE: frozenset[ReorganisationState](),
}


class ManagingLevel(models.TextChoices):
    """Who decides about the holder of a post (diện quản lý)."""

    CENTRAL = "central", _("Managed by the Centre")
    PROVINCIAL = "provincial", _("Managed by the provincial Standing Committee")
    COMMUNE = "commune", _("Managed by the commune or direct committee")
    UNIT = "unit", _("Managed by the unit")


class Degree(models.TextChoices):
    """Highest general or professional degree, lowest first."""

    NONE = "none", _("No degree")
    LOWER_SECONDARY = "lower-secondary", _("Lower secondary school")
    UPPER_SECONDARY = "upper-secondary", _("Upper secondary school")
    VOCATIONAL = "vocational", _("Vocational secondary")
    COLLEGE = "college", _("College")
    UNIVERSITY = "university", _("University")
    MASTER = "master", _("Master")
    DOCTOR = "doctor", _("Doctor")


class PoliticalLevel(models.TextChoices):
    """Level of political theory, lowest first (trình độ lý luận chính trị)."""

    NONE = "none", _("No political-theory level")
    ELEMENTARY = "so-cap", _("Elementary level")
    INTERMEDIATE = "trung-cap", _("Intermediate level")
    ADVANCED = "cao-cap", _("Advanced level")
    BACHELOR = "cu-nhan", _("Bachelor of political theory")


class PartyStatus(models.TextChoices):
    """Standing in the Party."""

    NONE = "none", _("Not a member")
    PROBATIONARY = "probationary", _("Probationary member")
    FULL = "full", _("Full member")


class QualificationKind(models.TextChoices):
    """The groups in which cadre files list training."""

    PROFESSIONAL = "professional", _("Professional education")
    POLITICAL = "political", _("Political theory")
    STATE_MANAGEMENT = "state-management", _("State management")
    LEADERSHIP = "leadership", _("Leadership and management")
    DEFENCE = "defence", _("Defence and security")
    SKILLS = "skills", _("Skills of the trade")
    LANGUAGE = "language", _("Foreign or ethnic language")
    IT = "it", _("Information technology")


class StateManagementLevel(models.TextChoices):
    """Levels of training for civil-service ranks."""

    OFFICER = "can-su", _("Rank of officer")
    SPECIALIST = "chuyen-vien", _("Rank of specialist")
    PRINCIPAL = "chuyen-vien-chinh", _("Rank of principal specialist")
    SENIOR = "chuyen-vien-cao-cap", _("Rank of senior specialist")


class DefenceGroup(models.TextChoices):
    """Audience groups of defence and security training (đối tượng)."""

    GROUP_1 = "doi-tuong-1", _("Group 1")
    GROUP_2 = "doi-tuong-2", _("Group 2")
    GROUP_3 = "doi-tuong-3", _("Group 3")
    GROUP_4 = "doi-tuong-4", _("Group 4")


class StudyMode(models.TextChoices):
    """How a diploma was earned; more than the modes of our own classes, because papers of any school are recorded."""

    FULL_TIME = "full_time", _("Full time")
    PART_TIME = "part_time", _("Part time")
    IN_SERVICE = "in_service", _("In service")
    DISTANCE = "distance", _("Distance learning")
    ONLINE = "online", _("Online")


class YearlyGrade(models.TextChoices):
    """Quality grading of a year, best first."""

    EXCELLENT = "excellent", _("Tasks completed excellently")
    GOOD = "good", _("Tasks completed well")
    COMPLETED = "completed", _("Tasks completed")
    FAILED = "failed", _("Tasks not completed")


class AwardKind(models.TextChoices):
    """Reward or discipline."""

    REWARD = "reward", _("Reward")
    DISCIPLINE = "discipline", _("Discipline")


class LecturerKind(models.TextChoices):
    """How somebody teaches at a school or centre."""

    STAFF = "staff", _("Staff lecturer")
    CONCURRENT = "concurrent", _("Concurrent lecturer")
    GUEST = "guest", _("Guest lecturer")
    SPEAKER = "speaker", _("Speaker")


class ReadKind(models.TextChoices):
    """How sensitive fields left the database."""

    PAGE = "page", _("Shown on a page")
    EXPORT = "export", _("Exported")
    PAPER = "paper", _("Printed in a paper")


class Purpose(models.TextChoices):
    """What sensitive fields are read for; each read and export names one."""

    TRAINING = "training", _("Planning and holding training")
    ELIGIBILITY = "eligibility", _("Checking conditions for a course")
    STATISTICS = "statistics", _("Statistics and reports")
    CORRECTION = "correction", _("Correcting the record")
    NATIONAL_DATABASE = "national-database", _("Transfer to the national database")
    REQUEST = "request", _("Answering the person concerned")
    INSPECTION = "inspection", _("Inspection or audit")
    ARCHIVE = "archive", _("Keeping the archive")


class DuplicateReason(models.TextChoices):
    """Why two records may be one human being, the surest reason first."""

    SAME_ID = "same-id", _("Same personal ID")
    SAME_OLD_ID = "same-old-id", _("Same old ID")
    SAME_NAME_AND_BIRTH = "same-name-and-birth", _("Same name and birth date")
    NEAR_NAME = "near-name", _("Near name in the same unit")


class RequestKind(models.TextChoices):
    """What a person may ask about her own data."""

    SEE = "see", _("See the data")
    CORRECT = "correct", _("Correct the data")
    RESTRICT = "restrict", _("Restrict the use")
    OBJECT = "object", _("Object to the use")
    DELETE = "delete", _("Delete the data")


class RequestState(models.TextChoices):
    """A request from its arrival to its end."""

    RECEIVED = "received", _("Received")
    ANSWERED = "answered", _("Answered")
    DONE = "done", _("Request carried out")
    REFUSED = "refused", _("Refused")


REQUEST_MOVES = {
    RequestState.RECEIVED: frozenset({RequestState.ANSWERED, RequestState.REFUSED}),
    RequestState.ANSWERED: frozenset({RequestState.DONE, RequestState.REFUSED}),
    RequestState.DONE: frozenset(),
    RequestState.REFUSED: frozenset(),
}
OPEN_REQUESTS = frozenset({RequestState.RECEIVED, RequestState.ANSWERED})


class RequestEffect(models.TextChoices):
    """What carrying out a request does to the record itself."""

    NONE = "none", _("Nothing else changes")
    RESTRICT = "restrict", _("Restrict the record: only the archive may open it")
    ANONYMISE = "anonymise", _("Make the record anonymous: nobody can undo it")


class FieldClass(models.TextChoices):
    """How the law on personal data looks at a field."""

    BASIC = "basic", _("Basic personal data")
    SENSITIVE = "sensitive", _("Sensitive personal data")
    TECHNICAL = "technical", _("Technical, says nothing about the person")


class Erasure(models.TextChoices):
    """What becomes of a field when the record is made anonymous."""

    KEEP = "keep", _("Stays, for the figures")
    CLEAR = "clear", _("Is emptied")
    YEAR = "year", _("Only the year stays")
    MASK = "mask", _("Is replaced by a word without a name")


class Numbering(models.TextChoices):
    """How long the numbers of papers run before they begin again at 1."""

    YEAR = "year", _("From 1 January to 31 December")
    TERM = "term", _("Through the term of the committee")


class PaperState(models.TextChoices):
    """A paper with a number is never deleted; its number stays used."""

    ISSUED = "issued", _("Issued")
    CANCELLED = "cancelled", pgettext_lazy("paper", "Cancelled")


PAPER_MOVES = {PaperState.ISSUED: frozenset({PaperState.CANCELLED}), PaperState.CANCELLED: frozenset()}


class AreaKind(models.TextChoices):
    """Why a place counts as hard in standards and conditions that ask for less there."""

    HARD = "hard", pgettext_lazy("area", "Exceptionally hard conditions")
    MOUNTAIN = "mountain", pgettext_lazy("area", "Mountain area")
    BORDER = "border", pgettext_lazy("area", "Border area")
    ISLAND = "island", pgettext_lazy("area", "Island")
    MINORITY = "minority", pgettext_lazy("area", "Area of ethnic minorities")
