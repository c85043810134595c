"""Classes through a re-organisation: id and code stay, owner and roles go on as dated rows."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from vuntrong.classes.enums import EnrolmentState, UnitRole
from vuntrong.classes.models import ClassOwner, ClassRole, ClassRun, Enrolment, in_force
from vuntrong.kernel.undo import Undo
from vuntrong.registry.actions.following import Way, follow_rows
from vuntrong.registry.following import Change, Group

REPEAT_OWNER = """
    UPDATE classes_classrun
    SET owner_id = dated.unit_id,
        founder_id = CASE WHEN dated.unit_id = dated.first_id THEN NULL ELSE dated.first_id END
    FROM (
        SELECT today.class_run_id, today.unit_id, first.unit_id AS first_id
        FROM classes_classowner AS today
        JOIN classes_classowner AS first ON first.class_run_id = today.class_run_id AND first.valid_from IS NULL
        WHERE (today.valid_from IS NULL OR today.valid_from <= %s) AND (today.valid_to IS NULL OR today.valid_to >= %s)
    ) AS dated
    WHERE dated.class_run_id = classes_classrun.id AND dated.unit_id <> classes_classrun.owner_id
"""
GIVE_BACK = """
    UPDATE classes_classrun SET owner_id = founder_id, founder_id = NULL
    WHERE founder_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM classes_classowner AS dated WHERE dated.class_run_id = classes_classrun.id)
"""
CLASS = ("code", "name", "owner__name")
LEARNER = ("person__full_name", "class_run__code", "unit__name")


def refresh_classes(today: dt.date) -> None:
    """Make the owner of each class that was handed on repeat its dated rows. 2 queries; run after midnight."""
    with connection.cursor() as cursor:
        cursor.execute(REPEAT_OWNER, [today, today])
        cursor.execute(GIVE_BACK)


class ClassFollower:
    """What classes let follow: owners and roles of those that are not finished on the day."""

    repeats: Mapping[str, tuple[str, str]] = {
        "classes.classrun.owner": ("classes.classowner", "class_run_id"),
        "classes.classrun.founder": ("classes.classowner", "class_run_id"),
    }

    def touched(self, change: Change) -> Iterable[Group]:
        """Return the classes, those that wait for an owner, and the learners. No queries."""
        going = ClassRun.objects.unfinished_on(change.on)
        learners = _learners(change)
        concerned = change.ended | change.kept
        roles = ClassRole.objects.filter(in_force(change.on), class_run=OuterRef("pk"), unit__in=concerned)
        here = learners.filter(class_run=OuterRef("pk"))
        rows = going.filter(Q(owner__in=concerned) | Exists(roles) | Exists(here)).order_by("-year", "code", "pk")
        follows = _("Keeps its code and learners; owner, venue and other units go on from the day.")
        yield Group("class", _("Unfinished classes"), rows, CLASS, follows)
        without = change.ended - set(change.heir_names)
        waiting = _owned(change, without).exclude(pk__in=change.has_choice("class"))
        yield Group(
            "class-open", _("Classes without an owner from the day on"), waiting, CLASS, is_open=True, unit="owner"
        )
        stays = _("The sending unit of the day of enrolment stays; the new unit sees these learners.")
        yield Group(
            "learner", _("Learners in unfinished classes"), learners.order_by("class_run", "pk"), LEARNER, stays
        )

    def follow(self, change: Change, undo: Undo) -> None:
        """Let owners and roles follow; a role without a successor ends."""
        fresh = _owned(change, change.ended).exclude(Exists(ClassOwner.objects.filter(class_run=OuterRef("pk"))))
        undo.insert(ClassOwner, ["class_run", "unit"], list(fresh.order_by("pk").values_list("pk", "owner")))
        follow_rows(ClassOwner.objects.all(), change, undo, Way("class", key="class_run_id"))
        going = ClassRole.objects.filter(class_run__in=ClassRun.objects.unfinished_on(change.on))
        follow_rows(
            going, change, undo, Way("role", ("class_run_id", "role"), ends_without_heir=True, taken=_owners(change))
        )

    def take_effect(self, change: Change, undo: Undo) -> None:
        """Nothing: all rows bear dates."""

    def refresh(self, today: dt.date) -> None:
        """Let classes repeat their owner."""
        refresh_classes(today)


def _owned(change: Change, unit_ids: Iterable[int]) -> QuerySet[ClassRun]:
    """Return the unfinished classes that one of the units owns on the day, and those whose owner was chosen."""
    units = frozenset(unit_ids)
    chosen = Q(pk__in=change.has_choice("class") if units >= change.ended else [])
    going = ClassRun.objects.unfinished_on(change.on)
    return going.filter(Q(pk__in=ClassRun.objects.owned_on(units, change.on).values("pk")) | chosen)


def _owners(change: Change) -> frozenset[tuple[int, int, str]]:
    """Return where a unit needs no role as venue because the class is its own from the day on."""
    heirs = set(change.heirs.values())
    owned = ClassOwner.objects.filter(in_force(change.on), unit__in=heirs).values_list("unit_id", "class_run_id")
    return frozenset((unit_id, class_id, str(UnitRole.HOST)) for unit_id, class_id in owned)


def _learners(change: Change) -> QuerySet[Enrolment]:
    """Return the turns of ended units in unfinished classes."""
    gone = [EnrolmentState.WITHDRAWN, EnrolmentState.NO_SHOW]
    rows = Enrolment.objects.filter(unit__in=change.ended, class_run__in=ClassRun.objects.unfinished_on(change.on))
    return rows.exclude(state__in=gone)
