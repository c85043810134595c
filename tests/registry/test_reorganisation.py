import datetime as dt

import pytest
from django.utils import timezone

from tests.factories import make_person, make_unit
from tests.registry.reorganisation_cases import (
    DAY,
    EVE,
    all_rows,
    change,
    chosen,
    commune,
    confirmed,
    dissolve,
    drafted,
    hold,
    merge,
    province,
    secretary,
    split,
)
from vuntrong.kernel.errors import IllegalTransition, RuleBroken, StaleState
from vuntrong.kernel.log import first_broken
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.registry.actions import refresh_units
from vuntrong.registry.actions.postings import repeat_main_postings
from vuntrong.registry.actions.reorganise import (
    choose,
    confirm_reorganisation,
    edit_reorganisation,
    finish_reorganisations,
    undo_reorganisation,
)
from vuntrong.registry.actions.repeating import postings_of
from vuntrong.registry.enums import EventKind
from vuntrong.registry.models import Person, Posting, Unit, UnitEvent, UnitVersion
from vuntrong.registry.queries import fold, subtree_ids
from vuntrong.registry.queries.resting import preview_of_draft
from vuntrong.registry.rules import main_posting

pytestmark = pytest.mark.django_db


def codes(refusal) -> list[tuple[str, str]]:
    return sorted((one.code, str(one.values.get("row", ""))) for one in refusal.value.violations)


def test_a_merger_ends_two_units_makes_one_and_takes_everybody_along():
    top, (first, second) = province("Xã Tân Lộc", "Xã Phú Mỹ")
    people = [make_person(name, unit=unit, post_text="Chuyên viên") for name, unit in (("An", first), ("Ba", second))]

    done = confirmed(top, merge([first, second], "tan-phu", commune("Xã Tân Phú", parent=top.slug)))

    new = Unit.objects.get(slug="tan-phu")
    assert (new.is_alive, new.parent) == (True, top)
    first.refresh_from_db()
    assert (first.is_alive, first.ended_on) == (False, EVE)
    assert list(Person.objects.values_list("unit", flat=True)) == [new.pk, new.pk]
    rows = people[0].postings.order_by("pk").values_list("unit", "post_text", "valid_from", "valid_to")
    assert list(rows) == [(first.pk, "Chuyên viên", None, EVE), (new.pk, "Chuyên viên", DAY, None)]
    event = done.events.get()
    assert (event.kind, event.happened_on, event.instrument_text) == ("merge", DAY, done.instrument_text)
    assert set(event.links.values_list("from_unit", "to_unit")) == {(first.pk, new.pk), (second.pk, new.pk)}
    assert subtree_ids({top.pk}, EVE) == {top.pk, first.pk, second.pk}
    assert subtree_ids({top.pk}, DAY) == {top.pk, new.pk}
    assert fold([first.pk]).heir(first.pk) == new.pk
    assert first_broken() is None


def test_nothing_shows_before_its_day_and_everything_from_then_on():
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    top, (first, second) = province("Xã A", "Xã B")
    person = make_person(unit=first)

    confirmed(top, merge([first, second], "c", commune("Xã C", parent=top.slug)), on=tomorrow)
    late = make_person("Lê Thị Muộn", unit=second)
    seen = [(one.slug, one.is_alive) for one in Unit.objects.order_by("pk")]
    person.refresh_from_db()

    assert seen == [(top.slug, True), (first.slug, True), (second.slug, True), ("c", False)]
    assert person.unit == first

    new = Unit.objects.get(slug="c")
    refresh_units(tomorrow)
    repeat_main_postings(tomorrow)
    assert [one.is_alive for one in Unit.objects.order_by("pk")] == [True, False, False, True]
    assert Person.objects.get(pk=person.pk).unit == new
    finish_reorganisations(tomorrow)
    repeat_main_postings(tomorrow)
    assert Person.objects.get(pk=late.pk).unit == new
    assert finish_reorganisations(tomorrow) == 0


def test_two_secretaries_for_one_post_are_listed_and_never_guessed():
    top, (first, second) = province("Xã A", "Xã B")
    posts = [hold(first, secretary(), "Một"), hold(second, secretary(), "Hai")]
    hold(second, None, "Ba", post_text="Chuyên viên")
    draft = drafted(top, merge([first, second], "c", commune("Xã C", parent=top.slug)))

    waiting = {group.code: group for group in preview_of_draft(draft).groups}
    with pytest.raises(RuleBroken) as refusal:
        confirm_reorganisation(reorganisation=draft, by=None)

    assert (waiting["posting"].count(), waiting["posting-open"].count()) == (3, 2)
    assert sorted(ref.id for ref in waiting["posting-open"].refs()) == sorted(one.pk for one in posts)
    assert codes(refusal) == [("posting-open", "1"), ("posting-open", "1")]

    said = [chosen(posts[0], "c"), chosen(posts[1], "c", post_text="Phó Bí thư")]
    draft = choose(reorganisation=draft, revision=0, choices=said, by=None)
    confirm_reorganisation(reorganisation=draft, revision=draft.revision, by=None)
    new = Posting.objects.filter(unit__slug="c").order_by("person__full_name")
    assert [(one.person.full_name, one.post_text, one.post) for one in new] == [
        ("Ba", "Chuyên viên", None),
        ("Hai", "Phó Bí thư", None),
        ("Một", "", secretary()),
    ]


def test_a_post_that_ends_by_choice_leaves_its_holder_where_she_was():
    top, (first, second) = province("Xã A", "Xã B")
    posts = [hold(first, secretary(), "Một"), hold(second, secretary(), "Hai")]
    event = merge(
        [first, second], "c", commune("Xã C", parent=top.slug), choices=(chosen(posts[0], "c"), chosen(posts[1], ""))
    )

    confirmed(top, event)

    assert posts[1].person.postings.get().valid_to == EVE
    assert Person.objects.get(full_name="Hai").unit == second


def test_what_stands_below_an_ended_unit_goes_along_unless_the_list_says_otherwise():
    top, (first, second) = province("Xã A", "Xã B")
    centre = make_unit("Trung tâm Chính trị xã A", parent=first, kind="commune_centre")
    office = make_unit("Văn phòng xã B", parent=second, kind="commune_board")

    done = confirmed(
        top,
        merge([first, second], "c", commune("Xã C", parent=top.slug)),
        change(EventKind.RENAME, centre, name="Trung tâm Chính trị xã C", short_name="TTCT xã C"),
    )

    new = Unit.objects.get(slug="c")
    centre.refresh_from_db()
    office.refresh_from_db()
    assert (centre.name, centre.parent, office.parent) == ("Trung tâm Chính trị xã C", new, new)
    assert list(centre.versions.values_list("name", "valid_to")) == [
        ("Trung tâm Chính trị xã A", EVE),
        ("Trung tâm Chính trị xã C", None),
    ]
    assert sorted(done.events.values_list("kind", flat=True)) == ["merge", "rename", "reparent", "reparent"]


def test_a_split_needs_to_know_where_each_person_goes():
    top, (old,) = province("Xã A")
    here, there = make_person("Một", unit=old), make_person("Hai", unit=old)
    said = {"b": commune("Xã B", parent=top.slug), "c": commune("Xã C", parent=top.slug)}
    parts = {"b": "0.6", "c": "0.4"}

    with pytest.raises(RuleBroken) as refusal:
        confirmed(top, split(old, parts, said))
    confirmed(top, split(old, parts, said, rest="b", choices=(chosen(there.postings.get(), "c"),)))

    assert codes(refusal) == [("posting-open", "1")]
    assert [Person.objects.get(pk=one.pk).unit.slug for one in (here, there)] == ["b", "c"]
    assert {part.unit_id: float(part.share) for part in fold([old.pk]).parts(old.pk)} == {
        Unit.objects.get(slug="b").pk: 0.6,
        Unit.objects.get(slug="c").pk: 0.4,
    }


def test_a_unit_may_take_another_in_and_go_on():
    top, (first, second) = province("Xã A", "Xã B")
    boss, person = hold(first, secretary(), "Một"), make_person("Hai", unit=second)

    confirmed(top, merge([first, second], first.slug))

    first.refresh_from_db()
    assert first.is_alive
    assert boss.person.postings.count() == 1
    assert Person.objects.get(pk=person.pk).unit == first
    assert fold([second.pk, first.pk]).heir(second.pk) == first.pk


def test_a_dissolved_unit_has_no_heir_unless_one_is_named():
    top, (first, second) = province("Xã A", "Xã B")
    make_person(unit=first)

    with pytest.raises(RuleBroken) as refusal:
        confirmed(top, dissolve(first))
    confirmed(top, dissolve(first, rest=second.slug))

    assert codes(refusal) == [("posting-open", "1")]
    assert Person.objects.get().unit == second


def everything() -> tuple[Unit, list]:
    """One event of each kind, with people, posts and units below."""
    top, (a, b, c, d, e) = province("Xã A", "Xã B", "Xã C", "Xã D", "Xã E")
    centre = make_unit("Trung tâm xã A", parent=a, kind="commune_centre")
    two = [hold(a, secretary(), "Một"), hold(b, secretary(), "Hai")]
    three = make_person("Ba", unit=c).postings.get()
    for unit in (a, b, c, d, e, centre):
        make_person("Lê Thị Tư", unit=unit)
    events = [
        merge([a, b], "ab", commune("Xã AB", parent=top.slug), choices=(chosen(two[0], "ab"), chosen(two[1], ""))),
        split(
            c, {"c1": "0.5", c.slug: "0.5"}, {"c1": commune("Xã C1", parent=top.slug)}, choices=(chosen(three, "c1"),)
        ),
        change(EventKind.RENAME, d, name="Đảng ủy phường D"),
        change(EventKind.RETYPE, d, kind="direct_committee"),
        change(EventKind.REPARENT, centre, parent=d.slug),
        dissolve(e, rest="ab"),
    ]
    return top, events


@pytest.mark.parametrize("days", [-30, 0, 30])
def test_undone_it_is_as_if_it_had_never_been(days):
    top, events = everything()
    before = all_rows()
    draft = drafted(top, *events, on=timezone.localdate() + dt.timedelta(days=days))

    done = confirm_reorganisation(reorganisation=draft, by=None)
    between = all_rows()
    undo_reorganisation(reorganisation=done, by=None)

    assert between != before
    assert all_rows() == before
    assert ActionLogEntry.objects.filter(action="undo_reorganisation").count() == 1
    assert first_broken() is None


def test_undone_after_its_day_has_come_it_leaves_nothing_either():
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    top, events = everything()
    before = all_rows()
    done = confirmed(top, *events, on=tomorrow)

    finish_reorganisations(tomorrow)
    done.refresh_from_db()
    undo_reorganisation(reorganisation=done, by=None)

    assert all_rows() == before


def test_it_is_not_undone_while_something_newer_rests_on_it():
    top, events = everything()
    done = confirmed(top, *events)
    person = make_person("Người mới", unit=Unit.objects.get(slug="ab"))

    with pytest.raises(RuleBroken) as refusal:
        undo_reorganisation(reorganisation=done, by=None)

    assert codes(refusal) == [("reorganisation-rests", "")]
    assert "Người mới" in refusal.value.violations[0].values["names"]
    assert UnitEvent.objects.exists()
    person.postings.all().delete()
    person.delete()
    undo_reorganisation(reorganisation=done, by=None)
    assert not UnitEvent.objects.exists()


def test_a_corrected_row_rests_on_it_too():
    top, events = everything()
    done = confirmed(top, *events)
    posting = Posting.objects.filter(unit__slug="ab", person__full_name="Lê Thị Tư").first()
    Posting.objects.filter(pk=posting.pk).update(post_text="Trưởng ban")

    with pytest.raises(RuleBroken) as refusal:
        undo_reorganisation(reorganisation=done, by=None)

    assert refusal.value.violations[0].values["count"] == 1


def test_the_preview_as_confirmed_is_kept():
    top, (first, second) = province("Xã A", "Xã B")
    make_person("Lê Văn An", unit=first, post_text="Chuyên viên")

    done = confirmed(top, merge([first, second], "c", commune("Xã C", parent=top.slug)))
    make_person("Người mới", unit=Unit.objects.get(slug="c"))
    done.refresh_from_db()

    groups = {group["code"]: group for group in done.preview["groups"]}
    assert (groups["posting"]["count"], groups["posting"]["rows"][0][1]) == (1, "Lê Văn An")
    assert [(one["kind"], one["before"], one["after"]) for one in done.preview["units"]] == [
        ("ended", "Đảng ủy Xã A", "Đảng ủy Xã C"),
        ("ended", "Đảng ủy Xã B", "Đảng ủy Xã C"),
        ("created", "", "Đảng ủy Xã C"),
    ]


def test_a_draft_is_confirmed_once_and_by_whoever_saw_its_newest_state():
    top, (first, second) = province("Xã A", "Xã B")
    draft = drafted(top, merge([first, second], "c", commune("Xã C", parent=top.slug)))
    edit_reorganisation(reorganisation=draft, revision=0, changes={"title": "Tên khác"}, by=None)

    with pytest.raises(StaleState):
        confirm_reorganisation(reorganisation=draft, revision=0, by=None)
    confirm_reorganisation(reorganisation=draft, revision=1, by=None)
    with pytest.raises(IllegalTransition):
        confirm_reorganisation(reorganisation=draft, by=None)
    assert UnitVersion.objects.filter(unit__slug="c").count() == 1


def test_the_main_posting_in_sets_is_that_of_the_rule():
    unit, other, third = make_unit(), make_unit(), make_unit()
    person = make_person(unit=unit)
    person.postings.all().delete()
    day = dt.date(2026, 5, 1)
    rows = [
        (unit, True, None, EVE, "đã thôi"),
        (other, False, dt.date(2026, 4, 1), None, "kiêm nhiệm"),
        (third, True, None, None, "chính"),
        (unit, True, dt.date(2026, 3, 1), None, "chính mới"),
        (other, True, dt.date(2026, 6, 1), None, "sắp tới"),
    ]
    for where, is_main, first, last, text in rows:
        Posting.objects.create(
            person=person, unit=where, is_main=is_main, valid_from=first, valid_to=last, post_text=text
        )

    for held in range(5, 0, -1):
        Posting.objects.filter(pk__in=list(Posting.objects.order_by("pk").values_list("pk", flat=True)[held:])).delete()
        repeat_main_postings(day)
        person.refresh_from_db()
        main = main_posting(postings_of([person.pk])[person.pk], day.isoformat())
        if main.valid_to == "":
            assert (person.unit_id, person.post_text) == (main.unit_id, main.post_text)
