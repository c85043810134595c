import datetime as dt
import threading

import pytest
from django.db import connection

from tests.factories import make_person, make_unit, make_user
from vuntrong.kernel import log
from vuntrong.kernel.dates import PartialDate
from vuntrong.kernel.errors import RuleBroken, StaleState
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.registry.actions import add_record, change_person, change_record, remove_record
from vuntrong.registry.models import Ethnicity, Person, PersonMerge, Post

pytestmark = pytest.mark.django_db


def last():
    return ActionLogEntry.objects.order_by("-id").first()


def test_a_person_is_changed_and_the_log_says_from_what_to_what():
    person, by = make_person(), make_user("Trần Thị Hạnh")
    changes = {
        "full_name": "Y  Ban Niê",
        "family_words": 0,
        "given_words": 2,
        "sex": "male",
        "ethnicity": Ethnicity.objects.get(code=12),
        "born_on": PartialDate.parse("1988"),
    }

    change_person(person=person, changes=changes, revision=0, reason="Theo giấy khai sinh", by=by)

    person = Person.objects.get()
    assert (person.full_name, person.search_key, person.revision) == ("Y Ban Niê", "y ban nie", 1)
    assert (person.name_parts.family, person.name_parts.given) == ("", "Ban Niê")
    assert last().before == {
        "full_name": "Nguyễn Văn An", "family_words": 1, "given_words": 1, "ethnicity": None, "born_on": "1990-05-01",
    }  # fmt: skip
    assert last().after == {
        "full_name": "Y Ban Niê", "family_words": 0, "given_words": 2, "ethnicity": 12, "born_on": "1988",
    }  # fmt: skip
    assert (last().action, last().reason) == ("change_person", "Theo giấy khai sinh")


def test_nothing_new_leaves_nothing_behind():
    person = make_person()
    before = ActionLogEntry.objects.count()

    change_person(person=person, changes={"full_name": " Nguyễn Văn An "}, revision=0, by=None)

    assert (ActionLogEntry.objects.count(), Person.objects.get().revision) == (before, 0)


@pytest.mark.parametrize(
    ("changes", "revision", "refusal"),
    [
        ({"full_name": ""}, 0, RuleBroken),
        ({"phone": "0912345678"}, 1, StaleState),
        ({"degree": "master"}, 0, ValueError),
        ({"unit": None}, 0, ValueError),
    ],
)
def test_a_refused_change_leaves_no_trace(changes, revision, refusal):
    person = make_person()
    before = ActionLogEntry.objects.count()

    with pytest.raises(refusal):
        change_person(person=person, changes=changes, revision=revision, by=None)

    assert ActionLogEntry.objects.count() == before
    assert Person.objects.filter(pk=person.pk, revision=0, full_name="Nguyễn Văn An", phone="").exists()


def test_a_record_that_another_took_over_or_that_is_anonymous_stays_as_it_is():
    person, kept = make_person(), make_person()
    Person.objects.filter(pk=person.pk).update(merged_into=kept, anonymised_on=dt.date(2026, 1, 1))
    PersonMerge.objects.create(kept=kept, gone=person, undo={})

    with pytest.raises(RuleBroken, match="person-merged, person-anonymous"):
        change_person(person=person, changes={"phone": "0912345678"}, revision=0, by=None)
    with pytest.raises(RuleBroken, match="person-merged, person-anonymous"):
        add_record(person=person, table="gradings", values={"year": 2025, "grade": "good"}, revision=0, by=None)


ROWS = {
    "postings": {"post_text": "Bí thư", "valid_from": dt.date(2026, 1, 1), "decision": "12-QĐ/TU"},
    "former_names": {"full_name": "Nguyễn Văn Tý"},
    "planned_posts": {"post_text": "Bí thư", "term": "2025-2030"},
    "party_memberships": {"probationary_on": PartialDate(2010), "full_on": PartialDate(2011, 5)},
    "qualifications": {"kind": "political", "level": "cao-cap", "issued_on": PartialDate(2020, 7)},
    "gradings": {"year": 2025, "grade": "good"},
    "awards": {"kind": "reward", "title": "Bằng khen", "decided_on": PartialDate(2024)},
    "lecturer_profiles": {"kind": "guest", "rank": "Giảng viên chính"},
}
CORRECTIONS = {
    "postings": {"post_text": "Phó Bí thư"},
    "former_names": {"note": "Tên khai sinh"},
    "planned_posts": {"term": "2030-2035"},
    "party_memberships": {"ended_on": PartialDate(2020)},
    "qualifications": {"level": "trung-cap"},
    "gradings": {"grade": "excellent"},
    "awards": {"title": "Giấy khen"},
    "lecturer_profiles": {"kind": "staff"},
}
REPEATED = {
    "postings": ("post_text", "Bí thư", "Phó Bí thư", ""),
    "party_memberships": ("party_status", "full", "none", ""),
    "qualifications": ("political_level", "cao-cap", "trung-cap", ""),
}


def placed(table, unit):
    return ROWS[table] | ({"unit": unit} if table in ("postings", "lecturer_profiles") else {})


@pytest.mark.parametrize("table", ROWS)
def test_a_row_is_added_corrected_and_removed_and_the_columns_follow(table):
    person = make_person()
    column, *said = REPEATED.get(table, ("phone", "", "", ""))
    seen = []

    row = add_record(person=person, table=table, values=placed(table, person.unit), revision=0, by=None)
    seen.append(getattr(Person.objects.get(), column))
    change_record(person=person, row=row, values=CORRECTIONS[table], revision=1, by=None, reason="Nhập nhầm")
    seen.append(getattr(Person.objects.get(), column))
    remove_record(person=person, row=row, revision=2, by=None, reason="Nhập nhầm người")
    seen.append(getattr(Person.objects.get(), column))

    removed, corrected, added = log.history(person)[:3]
    assert [one.action for one in (added, corrected, removed)] == ["add_record", "change_record", "remove_record"]
    assert {one["record"] for one in (added.after, corrected.before, corrected.after, removed.before)} == {table}
    assert corrected.before != corrected.after == removed.before
    assert (seen, Person.objects.get().revision) == (said, 3)


def test_a_second_post_does_not_move_the_person_unless_it_is_the_main_one():
    person, other = make_person(), make_unit()
    values = {"unit": other, "post": Post.objects.get(code="bi-thu-chi-bo"), "valid_from": dt.date(2026, 1, 1)}

    add_record(person=person, table="postings", values=values | {"is_main": False}, revision=0, by=None)
    first = Person.objects.get()
    add_record(person=person, table="postings", values=values, revision=1, by=None)

    assert (first.unit, Person.objects.get().unit) == (person.unit, other)
    assert Person.objects.get().post.code == "bi-thu-chi-bo"


def test_refusals_of_rows_leave_no_trace():
    person, stranger = make_person(), make_person()
    posting = person.postings.get()
    before = ActionLogEntry.objects.count()

    with pytest.raises(RuleBroken, match="record-without-post"):
        add_record(person=person, table="planned_posts", values={"term": "2025-2030"}, revision=0, by=None)
    values = {"valid_from": dt.date(2026, 2, 1), "valid_to": dt.date(2026, 1, 1)}
    with pytest.raises(RuleBroken, match="record-reversed, reason-missing"):
        change_record(person=person, row=posting, values=values, revision=0, by=None, reason=" ")
    with pytest.raises(RuleBroken, match="reason-missing, posting-last"):
        remove_record(person=person, row=posting, revision=0, by=None, reason="")
    with pytest.raises(StaleState):
        remove_record(person=stranger, row=posting, revision=0, by=None, reason="Nhầm")
    with pytest.raises(StaleState):
        add_record(person=person, table="former_names", values={"full_name": "Tý"}, revision=1, by=None)

    assert ActionLogEntry.objects.count() == before
    assert set(Person.objects.values_list("revision", flat=True)) == {0}
    assert person.postings.get().valid_to is None


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_at_once_one_wins():
    person = make_person()
    start, answers = threading.Barrier(2), []

    def clerk(phone: str) -> None:
        start.wait()
        try:
            change_person(person=person, changes={"phone": phone}, revision=0, by=None)
            answers.append("saved")
        except StaleState:
            answers.append("stale")
        finally:
            connection.close()

    clerks = [threading.Thread(target=clerk, args=[phone]) for phone in ("0912345678", "0987654321")]
    for one in clerks:
        one.start()
    for one in clerks:
        one.join()

    assert sorted(answers) == ["saved", "stale"]
    assert Person.objects.get().revision == 1


def test_a_typed_level_stays_until_a_row_speaks_and_goes_with_the_last_row():
    person = make_person()
    Person.objects.filter(pk=person.pk).update(degree="master", political_level="so-cap")
    add_record(person=person, table="awards", values={"kind": "reward", "title": "Bằng khen"}, revision=0, by=None)
    person.refresh_from_db()
    assert (person.degree, person.political_level) == ("master", "so-cap")

    values = {"kind": "political", "level": "cao-cap"}
    row = add_record(person=person, table="qualifications", values=values, revision=1, by=None)
    person.refresh_from_db()
    assert (person.degree, person.political_level) == ("master", "cao-cap")

    remove_record(person=person, row=row, revision=2, by=None, reason="nhầm người")
    person.refresh_from_db()
    assert (person.degree, person.political_level) == ("master", "")
