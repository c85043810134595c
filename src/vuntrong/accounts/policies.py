"""Who may see and change units, people and accounts. Every `may_...` has its `..._visible_to`."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from vuntrong.accounts.enums import (
    EVERYBODY,
    OVERSEERS,
    PLANNERS,
    PRIVACY_OFFICE,
    RULE_DECIDERS,
    SENSITIVE_READERS,
    Role,
)
from vuntrong.accounts.models import InboxEntry, OutgoingMail, User
from vuntrong.accounts.queries import Somebody, roles_of, scope, serves
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.registry.enums import ReorganisationState
from vuntrong.registry.models import (
    DataRequest,
    IssuedPaper,
    NumberRun,
    Person,
    PersonMerge,
    Reorganisation,
    SensitiveRead,
    Unit,
)
from vuntrong.regulations.models import LegalInstrument, RuleRow


def has_role_over(user: Somebody, roles: Collection[str], unit_id: int) -> bool:
    """Say whether one of `roles` reaches the unit today."""
    return unit_id in scope(user, roles)


def units_visible_to(user: Somebody) -> QuerySet[Unit]:
    """Return the units that the user may open: those in scope and those served."""
    return Unit.objects.filter(pk__in=serves(user, EVERYBODY))


def may_see_unit(user: Somebody, unit: Unit) -> bool:
    """Say whether the user may open the unit."""
    return unit.pk in serves(user, EVERYBODY)


def people_visible_to(user: Somebody) -> QuerySet[Person]:
    """Return the people of the units that the user answers for or serves; no restricted and no anonymous record."""
    people = Person.objects.filter(restricted_on=None)
    return people if is_superuser(user) else people.filter(unit_id__in=serves(user, EVERYBODY))


def may_see_person(user: Somebody, person: Person) -> bool:
    """Say whether the user may open the person."""
    return person.restricted_on is None and person.unit_id in serves(user, EVERYBODY)


def may_read_sensitive(user: Somebody) -> bool:
    """Say whether the user may read sensitive fields (Party, ethnicity, religion) of the people whom she sees."""
    return is_superuser(user) or bool(roles_of(user) & SENSITIVE_READERS)


def may_enter_people(user: Somebody, unit_id: int) -> bool:
    """Say whether the user may enter people of the unit: its clerk, or the planner who serves it."""
    return unit_id in serves(user, PLANNERS | {Role.UNIT_CLERK})


def may_merge_people(user: Somebody) -> bool:
    """Say whether the user may merge records of some unit at all: whoever may enter people there."""
    return is_superuser(user) or bool(roles_of(user) & (PLANNERS | {Role.UNIT_CLERK}))


def people_mergeable_by(user: Somebody) -> QuerySet[Person]:
    """Return the records that the user may merge with each other: both must be of units whose people she may enter."""
    people = Person.objects.filter(restricted_on=None)
    return people if is_superuser(user) else people.filter(unit_id__in=serves(user, PLANNERS | {Role.UNIT_CLERK}))


def merges_visible_to(user: Somebody) -> QuerySet[PersonMerge]:
    """Return the merges whose kept record and merged record the user may merge."""
    people = people_mergeable_by(user).values("pk")
    return PersonMerge.objects.filter(kept__in=people, gone__in=people)


def may_plan(user: Somebody) -> bool:
    """Say whether the user plans for some unit at all."""
    return bool(roles_of(user) & PLANNERS) or bool(getattr(user, "is_superuser", False))


def units_enterable_by(user: Somebody) -> QuerySet[Unit]:
    """Return the units whose people the user may enter."""
    return Unit.objects.filter(pk__in=serves(user, PLANNERS | {Role.UNIT_CLERK}))


def units_changeable_by(user: Somebody) -> QuerySet[Unit]:
    """Return the units that the user may rename, move, or put others below."""
    return Unit.objects.filter(pk__in=scope(user, {Role.ORGANISATION_BOARD}))


def may_change_unit(user: Somebody, unit: Unit) -> bool:
    """Say whether the user may rename and move the unit, or enter others below it."""
    return unit.pk in scope(user, {Role.ORGANISATION_BOARD})


def may_change_units(user: Somebody) -> bool:
    """Say whether the user may change some unit at all."""
    return is_superuser(user) or Role.ORGANISATION_BOARD in roles_of(user)


def may_see_rules(user: Somebody) -> bool:
    """Say whether the user may read the rules: whoever has a role anywhere."""
    return is_superuser(user) or bool(roles_of(user))


def rules_visible_to(user: Somebody) -> QuerySet[RuleRow]:
    """Return the rule rows that the user may read: the law is the same in every unit."""
    return RuleRow.objects.all() if may_see_rules(user) else RuleRow.objects.none()


def instruments_visible_to(user: Somebody) -> QuerySet[LegalInstrument]:
    """Return the legal papers that the user may read."""
    return LegalInstrument.objects.all() if may_see_rules(user) else LegalInstrument.objects.none()


def may_propose_rules(user: Somebody) -> bool:
    """Say whether the user may propose rows of rules: whoever plans."""
    return may_plan(user)


def may_decide_rules(user: Somebody) -> bool:
    """Say whether the user may approve or reject rows that others proposed."""
    return is_superuser(user) or bool(roles_of(user) & RULE_DECIDERS)


def may_see_log(user: Somebody) -> bool:
    """Say whether the user may read the action log at all."""
    return may_change_units(user)


def log_visible_to(user: Somebody) -> QuerySet[ActionLogEntry]:
    """Return what the people of the units in scope did; for a superuser the whole log."""
    if is_superuser(user):
        return ActionLogEntry.objects.all()
    people = User.objects.filter(grants__unit_id__in=scope(user, {Role.ORGANISATION_BOARD}))
    return ActionLogEntry.objects.filter(actor_id__in=people.values("pk"))


def is_superuser(user: Somebody) -> bool:
    """Say whether the user administers the whole house."""
    return bool(user.is_active and user.is_superuser)


def is_nobody(user: Somebody) -> bool:
    """Say whether the user holds no role today, so that there is nothing to show."""
    return not is_superuser(user) and not roles_of(user)


def reads_sensitive_daily(user: Somebody, person: Person) -> bool:
    """Say whether sensitive fields of the person belong to the user's daily work, so that they show at once."""
    return person.unit_id in scope(user, {Role.ORGANISATION_BOARD})


def may_keep_privacy(user: Somebody) -> bool:
    """Say whether the user works at the desk of requests about personal data of some unit."""
    return is_superuser(user) or bool(roles_of(user) & PRIVACY_OFFICE)


def records_kept_by(user: Somebody) -> QuerySet[Person]:
    """Return the people for whose data the user's office answers, restricted and anonymous records included."""
    return Person.objects.filter(unit_id__in=scope(user, PRIVACY_OFFICE))


def requests_visible_to(user: Somebody) -> QuerySet[DataRequest]:
    """Return the requests that the user's office answers, and those about the user's own record."""
    own = Q(person_id=_own_record(user)) if _own_record(user) else Q(pk__in=[])
    return DataRequest.objects.filter(own | Q(person__unit_id__in=scope(user, PRIVACY_OFFICE)))


def may_answer_request(user: Somebody, request: DataRequest) -> bool:
    """Say whether the user's office answers the request; nobody answers her own."""
    return request.person_id != _own_record(user) and request.person.unit_id in scope(user, PRIVACY_OFFICE)


def reads_visible_to(user: Somebody) -> QuerySet[SensitiveRead]:
    """Return who read sensitive data: of the people in scope, by the accounts in scope; for a superuser all."""
    if is_superuser(user):
        return SensitiveRead.objects.all()
    units = scope(user, {Role.ORGANISATION_BOARD})
    readers = User.objects.filter(grants__unit_id__in=units).values("pk")
    return SensitiveRead.objects.filter(Q(person__unit_id__in=units) | Q(person=None, user_id__in=readers))


def may_see_reads(user: Somebody) -> bool:
    """Say whether the user may read who read sensitive data."""
    return may_change_units(user)


def accounts_linkable_by(user: Somebody) -> QuerySet[User]:
    """Return the accounts that the user may link with a record: those with a role in scope; for a superuser all."""
    if is_superuser(user):
        return User.objects.filter(is_active=True)
    units = scope(user, {Role.ORGANISATION_BOARD})
    theirs = Q(grants__unit_id__in=units) | Q(person__unit_id__in=units)
    return User.objects.filter(theirs, is_active=True).distinct()


def may_link_account(user: Somebody, account: User) -> bool:
    """Say whether the user may link the account with a record."""
    return accounts_linkable_by(user).filter(pk=account.pk).exists()


def mails_visible_to(user: Somebody) -> QuerySet[OutgoingMail]:
    """Return the e-mails that the user caused or that went to whom she plans for; none to sealed records."""
    mails = OutgoingMail.objects.filter(Q(person=None) | Q(person__restricted_on=None))
    if is_superuser(user):
        return mails
    return mails.filter(Q(message__made_by=user.pk) | Q(unit_id__in=serves(user, PLANNERS)))


def may_see_mails(user: Somebody) -> bool:
    """Say whether the user may read what left the house by e-mail, and have it tried again: whoever plans."""
    return may_plan(user)


def inbox_of(user: Somebody) -> QuerySet[InboxEntry]:
    """Return the messages that the user was told; nobody else reads them."""
    return InboxEntry.objects.filter(user=user.pk)


def _own_record(user: Somebody) -> int | None:
    return user.person_id if isinstance(user, User) else None


def reorganisations_visible_to(user: Somebody) -> QuerySet[Reorganisation]:
    """Return the re-organisations of the units that the user oversees; drafts only those that she may prepare."""
    prepared = Q(unit__in=scope(user, {Role.ORGANISATION_BOARD}))
    told = Q(unit__in=scope(user, OVERSEERS)) & ~Q(state=ReorganisationState.DRAFT)
    return Reorganisation.objects.filter(prepared | told)


def may_reorganise(user: Somebody, unit: Unit) -> bool:
    """Say whether the user may prepare, confirm and undo re-organisations below the unit."""
    return unit.pk in scope(user, {Role.ORGANISATION_BOARD})


def papers_visible_to(user: Somebody) -> QuerySet[IssuedPaper]:
    """Return the issued papers of the units that the user oversees."""
    return IssuedPaper.objects.filter(unit__in=scope(user, OVERSEERS))


def may_issue_papers(user: Somebody, unit_id: int) -> bool:
    """Say whether the user may issue, enter and cancel papers of the unit: she plans for it."""
    return unit_id in scope(user, PLANNERS)


def units_issuing_for(user: Somebody) -> QuerySet[Unit]:
    """Return the units in whose name the user may issue papers."""
    return Unit.objects.filter(pk__in=scope(user, PLANNERS))


def runs_visible_to(user: Somebody) -> QuerySet[NumberRun]:
    """Return the number runs of the units that the user oversees."""
    return NumberRun.objects.filter(unit__in=scope(user, OVERSEERS))
