"""Two records of one human being become one, and apart again."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from vuntrong.kernel import log
from vuntrong.kernel.errors import StaleState, refuse_if
from vuntrong.registry.actions.merged_levels import settle_typed, take_back_typed
from vuntrong.registry.actions.merged_rows import Moved, Plan, lost_rows, move_rows, plan_rows, return_rows
from vuntrong.registry.actions.repeating import repeat_records
from vuntrong.registry.models import DistinctPair, FormerName, Person, PersonMerge, Posting
from vuntrong.registry.rules.duplicates import MergeFacts, UnmergeFacts, merge_violations, unmerge_violations

CHOICES: Mapping[str, tuple[str, ...]] = {
    "name": ("full_name", "family_words", "given_words", "search_key", "sort_key"),
    "work": ("unit", "post", "post_text"),
    **{
        name: (name,)
        for name in (
            "sex",
            "born_on",
            "personal_id",
            "old_personal_id",
            "profile_code",
            "ethnicity",
            "religion",
            "birth_place",
            "origin",
            "residence",
            "phone",
            "email",
            "photo",
            "general_education",
            "civil_rank",
            "left_on",
        )
    },
}
"""What is chosen together when two records become one: the name with its keys, the unit with the post."""
NOT_CHOSEN = frozenset({"id", "restricted_on", "anonymised_on", "merged_into", "updated_on", "revision"})
REPEATING = frozenset({"registry.Posting.person", "registry.Qualification.person", "registry.PartyMembership.person"})
REPEATED = frozenset({"degree", "political_level", "party_status"})
"""Follow from the rows of both records, or from what was typed where neither has any."""


@transaction.atomic
def merge_people(
    *, kept: Person, gone: Person, from_gone: Collection[str], revisions: tuple[int, int], by: log.Actor | None
) -> PersonMerge:
    """Let `kept` take over `gone` with all its rows; `from_gone` are the keys of CHOICES whose value is that of `gone`.

    A row that both have word for word stays once; of a row of which a person can have only one, two different ones are
    refused. The name not chosen is kept as a former name; of two main postings the one chosen stays main; levels follow
    from the rows, or from what was typed where there are none. `revisions` are those that the person saw, of kept and
    gone. Raises RuleBroken, StaleState.
    """
    kept, gone = _locked(kept.pk, gone.pk)
    if (kept.revision, gone.revision) != revisions:
        raise StaleState(f"records {kept.pk} and {gone.pk} changed meanwhile")
    plans = plan_rows(kept.pk, gone.pk)
    refuse_if(merge_violations(_merge_facts(kept, gone, plans)))
    before = _texts(kept)
    typed = settle_typed(kept, gone)
    plans = plan_rows(kept.pk, gone.pk) if typed else plans
    mains = _open_mains(kept.pk) + _open_mains(gone.pk)
    moved = move_rows(plans, kept.pk)
    undo: dict[str, Any] = {"moved": moved.moved, "dropped": moved.dropped, "typed": typed}
    undo["pairs"] = _join_pairs(kept.pk, gone.pk)
    undo["name"] = _keep_name(kept, gone, is_chosen="name" in from_gone)
    _take_fields(kept, gone, from_gone)
    undo["demoted"] = _demote(kept, mains)
    if typed or REPEATING & moved.moved.keys():
        repeat_records([kept.pk])
        kept.refresh_from_db()
    undo["fields"] = {name: [before[name], now] for name, now in _texts(kept).items() if before[name] != now}
    _close(gone, kept.pk)
    merge = PersonMerge.objects.create(kept=kept, gone=gone, undo=undo)
    counts = {"rows": sum(map(len, moved.moved.values())), "same": len(moved.dropped)}
    log.record("merge_people", kept, by=by, before={"gone": gone.pk, "name": gone.full_name}, after=counts)
    return merge


def _merge_facts(kept: Person, gone: Person, plans: Sequence[Plan]) -> MergeFacts:
    return MergeFacts(
        is_same=kept.pk == gone.pk,
        kept_is_merged=kept.merged_into_id is not None,
        gone_is_merged=gone.merged_into_id is not None,
        is_sealed=bool(kept.restricted_on or gone.restricted_on),
        clashes=[clash for plan in plans for clash in plan.clashes],
    )


def _locked(*keys: int) -> list[Person]:
    """Hold the rows in the order of their keys, so that two clerks never wait for each other in a ring."""
    rows = {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    if len(rows) != len(set(keys)):
        raise StaleState("a record is gone")
    return [rows[key] for key in keys]


def _take_fields(kept: Person, gone: Person, from_gone: Collection[str]) -> None:
    for name in (name for choice in from_gone for name in CHOICES[choice]):
        column = _field(name).attname
        setattr(kept, column, getattr(gone, column))
    kept.revision += 1
    kept.updated_on = timezone.now()
    kept.save()


def _texts(person: Person) -> dict[str, str]:
    """Return what the record says, as text, by field."""
    return {name: _text(person, name) for name in (*(name for group in CHOICES.values() for name in group), *REPEATED)}


def _field(name: str) -> Any:
    return Person._meta.get_field(name)


def _text(person: Person, name: str) -> str:
    one = _field(name)
    return "" if one.value_from_object(person) is None else str(one.value_to_string(person))


def _put(person: Person, name: str, text: str) -> None:
    one = _field(name)
    target = getattr(one, "target_field", one)
    setattr(person, one.attname, None if text == "" and one.null else target.to_python(text))


def _open_mains(person_id: int) -> list[Posting]:
    return list(Posting.objects.filter(person=person_id, is_main=True, valid_to=None))


def _demote(kept: Person, mains: list[Posting]) -> list[int]:
    """Let only the main posting in the chosen unit stay main; returns the keys of the others."""
    here = [one for one in mains if one.unit_id == kept.unit_id] or mains
    here.sort(key=lambda one: (one.post_text == kept.post_text, one.pk))
    chosen = {one.pk for one in here[-1:]}
    demoted = Posting.objects.filter(pk__in={one.pk for one in mains} - chosen)
    keys = sorted(demoted.values_list("pk", flat=True))
    demoted.update(is_main=False)
    return keys


def _keep_name(kept: Person, gone: Person, *, is_chosen: bool) -> int | None:
    """Keep the name that was not chosen as a former name, so that search finds it; returns the key of the row."""
    lost = kept if is_chosen else gone
    if kept.search_key == gone.search_key:
        return None
    return FormerName.objects.create(person=kept, full_name=lost.full_name, search_key=lost.search_key).pk


def _join_pairs(kept_id: int, gone_id: int) -> list[list[int]]:
    """Let "not the same person" that was said of `gone` hold for `kept`; returns the pairs that this adds."""
    pairs = DistinctPair.objects.filter(first=gone_id).values_list("second", flat=True)
    others = {*pairs, *DistinctPair.objects.filter(second=gone_id).values_list("first", flat=True)} - {kept_id}
    added = []
    for other in sorted(others):
        pair = [min(kept_id, other), max(kept_id, other)]
        if DistinctPair.objects.get_or_create(first_id=pair[0], second_id=pair[1])[1]:
            added.append(pair)
    return added


def _close(gone: Person, kept_id: int | None) -> None:
    gone.merged_into_id = kept_id
    gone.revision += 1
    gone.save(update_fields=["merged_into", "revision"])


@transaction.atomic
def undo_merge(*, merge: PersonMerge, by: log.Actor | None) -> Person:
    """Take a merge back: both records as they were, every row with its own; returns the record that comes back.

    Raises RuleBroken naming all that rests on the merge: a later merge, a field changed since, rows that went away.
    """
    kept, gone = _locked(merge.kept_id, merge.gone_id)
    merge = PersonMerge.objects.select_for_update().get(pk=merge.pk)
    refuse_if(unmerge_violations(_unmerge_facts(merge, kept)))
    undo = merge.undo
    FormerName.objects.filter(pk=undo["name"]).delete()
    return_rows(Moved(undo["moved"], undo["dropped"]), kept.pk, gone.pk)
    take_back_typed(undo.get("typed", {}))
    Posting.objects.filter(pk__in=undo["demoted"]).update(is_main=True)
    for first, second in undo["pairs"]:
        DistinctPair.objects.filter(first=first, second=second).delete()
    for name, (before, _after) in undo["fields"].items():
        _put(kept, name, before)
    kept.revision += 1
    kept.save()
    _close(gone, None)
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    log.record("undo_merge", kept, by=by, after={"gone": gone.pk, "name": gone.full_name})
    return gone


def _unmerge_facts(merge: PersonMerge, kept: Person) -> UnmergeFacts:
    later = PersonMerge.objects.filter(kept=merge.kept_id, pk__gt=merge.pk, undone_at=None).select_related("gone")
    fields = merge.undo["fields"].items()
    return UnmergeFacts(
        is_undone=merge.undone_at is not None,
        is_sealed=kept.restricted_on is not None,
        kept_merged_into=kept.merged_into.full_name if kept.merged_into else "",
        later_merges=[one.gone.full_name for one in later],
        changed_fields=sorted(name for name, (_before, after) in fields if _text(kept, name) != after),
        lost_rows=lost_rows(merge.undo["moved"], merge.kept_id),
    )


@transaction.atomic
def say_distinct(*, one: Person, other: Person, by: log.Actor | None) -> None:
    """Remember that two records that look alike are two people; saying it twice changes nothing."""
    first, second = sorted((one.pk, other.pk))
    if DistinctPair.objects.get_or_create(first_id=first, second_id=second)[1]:
        log.record("say_distinct", one, by=by, after={"other": other.pk, "name": other.full_name})


@transaction.atomic
def take_back_distinct(*, one: Person, other: Person, by: log.Actor | None) -> None:
    """Let the two be candidates again."""
    first, second = sorted((one.pk, other.pk))
    if DistinctPair.objects.filter(first=first, second=second).delete()[0]:
        log.record("take_back_distinct", one, by=by, after={"other": other.pk, "name": other.full_name})
