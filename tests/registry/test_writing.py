import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_person, make_unit, make_user
from vuntrong.kernel import log
from vuntrong.kernel.errors import StaleState
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.registry.actions import PersonWrite, refresh_people, repeat_records, write_people
from vuntrong.registry.models import Person, Post, Qualification
from vuntrong.registry.rules import HeldPosting, PartyDates, main_posting, party_status

DAY = "2026-11-22"


def write(*people: PersonWrite, **extra: Any) -> list[int]:
    return write_people(people=people, by=None, reason="Danh sách cán bộ.xlsx", **extra)


def new(unit, name="Nguyễn Thị Bình", **fields: Any) -> dict[str, Any]:
    return {"full_name": name, "unit": unit.pk} | fields


@pytest.mark.django_db
def test_somebody_new_comes_with_her_records_and_the_columns_that_repeat_them():
    unit, post = make_unit(), Post.objects.get(code="chuyen-vien")
    records = {
        "qualifications": [
            {"kind": "professional", "level": "university", "field": "Luật", "issued_on": "2012"},
            {"kind": "professional", "level": "master"},
            {"kind": "political", "level": "trung-cap", "verified_by": "Hạnh"},
        ],
        "party_memberships": [{"probationary_on": "2015-05-19", "full_on": "2016-05-19"}],
        "former_names": [{"full_name": "Nguyễn Thị Tý"}],
        "gradings": [{"year": 2025, "grade": "good"}],
    }

    [key] = write(PersonWrite(fields=new(unit, post=post.pk, post_text="CV", ethnicity=2), records=records))

    person = Person.objects.get(pk=key)
    assert (person.degree, person.political_level, person.party_status) == ("master", "trung-cap", "full")
    assert (person.post, person.ethnicity_id, person.religion_id, person.residence) == (post, 2, None, "")
    assert person.search_key == "nguyen thi binh"
    assert [(one.unit, one.post, one.post_text, one.is_main) for one in person.postings.all()] == [
        (unit, post, "CV", True)
    ]
    assert str(person.qualifications.get(field="Luật").issued_on) == "2012"
    assert person.former_names.get().search_key == "nguyen thi ti"


@pytest.mark.django_db
def test_the_order_given_is_the_order_answered():
    unit, known = make_unit(), make_person()

    ids = write(
        PersonWrite(fields=new(unit, "Lê Một")),
        PersonWrite(fields={"phone": "0912345678"}, person_id=known.pk),
        PersonWrite(fields=new(unit, "Lê Hai")),
    )

    names = dict(Person.objects.values_list("pk", "full_name"))
    assert [names[key] for key in ids] == ["Lê Một", "Nguyễn Văn An", "Lê Hai"]


@pytest.mark.django_db
def test_somebody_known_is_changed_and_the_history_tells_it():
    person, by = make_person(), make_user("Trần Thị Hạnh")
    change = PersonWrite(
        fields={"full_name": "Nguyễn Văn Ân", "phone": "0912345678"},
        records={"qualifications": [{"kind": "political", "level": "cao-cap"}]},
        person_id=person.pk,
        revision=0,
    )

    write_people(people=[change], by=by, reason="Danh sách")

    person.refresh_from_db()
    assert (person.full_name, person.search_key, person.revision) == ("Nguyễn Văn Ân", "nguyen van an", 1)
    assert (person.political_level, person.updated_on is not None) == ("cao-cap", True)
    [entry] = log.history(person)
    assert (entry.action, entry.actor_name, entry.after["updated"]) == ("write_people", "Trần Thị Hạnh", 1)
    assert entry.subjects.get().changes == {
        "full_name": ["Nguyễn Văn An", "Nguyễn Văn Ân"],
        "phone": ["", "0912345678"],
        "qualifications": [[], [{"kind": "political", "level": "cao-cap"}]],
    }
    assert log.first_broken() is None


@pytest.mark.django_db
def test_a_forged_row_of_a_run_breaks_the_chain():
    person = make_person()
    write(PersonWrite(fields={"phone": "0912345678"}, person_id=person.pk))
    entry = ActionLogEntry.objects.get(action="write_people")

    entry.subjects.update(changes={"phone": ["", "0900000000"]})

    assert log.first_broken() == log.Broken(entry.pk, "was changed after it was written")


@pytest.mark.django_db
@pytest.mark.parametrize("start", [None, "2026-03-01"])
def test_a_place_corrects_the_main_posting_or_begins_a_new_one(start):
    old, unit = make_unit(), make_unit()
    person = make_person(unit=old)
    place = {"unit": unit.pk, "post_text": "Bí thư"} | ({"valid_from": start} if start else {})

    write(PersonWrite(place=place, person_id=person.pk))

    person.refresh_from_db()
    rows = [(one.unit, one.valid_to) for one in person.postings.order_by("pk")]
    assert (person.unit, person.post_text) == (unit, "Bí thư")
    assert rows == ([(old, dt.date(2026, 2, 28)), (unit, None)] if start else [(unit, None)])


@pytest.mark.django_db
def test_a_record_is_corrected_only_where_it_is_the_persons():
    person, other = make_person(), make_person()
    row = Qualification.objects.create(person=person, kind="political", level="so-cap")
    correction = {"qualifications": [{"id": row.pk, "level": "trung-cap"}]}

    write(PersonWrite(records=correction, person_id=person.pk))
    with pytest.raises(StaleState):
        write(PersonWrite(records=correction, person_id=other.pk))

    person.refresh_from_db()
    assert person.political_level == "trung-cap"
    told = log.history(person)[0].subjects.get().changes["qualifications"]
    assert told == [[{"level": "so-cap"}], [{"id": row.pk, "level": "trung-cap"}]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"fields": {"phone": "1"}, "revision": 5}, StaleState),
        ({"fields": {"degree": "master"}}, ValueError),
        ({"fields": {"phone": "0" * 21}}, ValueError),
        ({"fields": {"unit": 1}}, ValueError),
    ],
)
def test_a_refusal_leaves_no_trace(change, refusal):
    person = make_person()

    with pytest.raises(refusal):
        write(PersonWrite(fields=new(person.unit)), PersonWrite(person_id=person.pk, **change))

    assert Person.objects.count() == 1
    assert not ActionLogEntry.objects.filter(action="write_people").exists()


@pytest.mark.django_db
def test_a_run_can_be_stopped_while_it_writes():
    person = make_person()

    def stop(done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        write(PersonWrite(fields=new(person.unit)), tick=stop)

    assert Person.objects.count() == 1


@pytest.mark.django_db
def test_queries_do_not_grow_with_the_rows():
    counts = []
    for number in (1, 3):
        unit, known = make_unit(), [make_person() for _ in range(number)]
        changes = [
            PersonWrite(
                fields={"phone": "1"}, records={"qualifications": [{"kind": "it", "level": "B"}]}, person_id=one.pk
            )
            for one in known
        ]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            write(*[PersonWrite(fields=new(unit)) for _ in range(number)], *changes)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def held(unit, *, is_main=True, start="", end=""):
    return HeldPosting(unit, None, "", is_main, start, end)


@pytest.mark.parametrize(
    ("postings", "unit"),
    [
        ([], None),
        ([held(1)], 1),
        ([held(1, start="2020-01-01"), held(2, start="2024-01-01")], 2),
        ([held(1, start="2020-01-01"), held(2, is_main=False, start="2024-01-01")], 1),
        ([held(1, start="2020-01-01"), held(2, start=DAY)], 2),
        ([held(1, start="2020-01-01"), held(2, start="2026-11-23")], 1),
        ([held(1, start="2020-01-01", end="2026-11-21"), held(2, start="2026-11-23")], 1),
        ([held(1, start="2020-01-01", end=DAY), held(2, is_main=False)], 1),
        ([held(1, start="2020-01-01", end="2026-11-21"), held(2, is_main=False)], 2),
        ([held(1, end="2019-01-01"), held(2, end="2021-01-01")], 2),
        ([held(1, start="2027-01-01"), held(2, start="2026-12-01")], 2),
        ([held(1), held(2)], 2),
    ],
)
def test_which_posting_is_the_main_one(postings, unit):
    main = main_posting(postings, DAY)

    assert (main and main.unit_id) == unit


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([], ""),
        ([("2025-11-22", "", "")], "probationary"),
        ([("2026-11-23", "", "")], ""),
        ([("2026-11", "", "")], "probationary"),
        ([("2025-11-22", DAY, "")], "full"),
        ([("2025-11-22", "2026-11-23", "")], "probationary"),
        ([("", "2010", "")], "full"),
        ([("", "", "")], "full"),
        ([("2000", "2001", DAY)], "none"),
        ([("2000", "2001", "2026-11-23")], "full"),
        ([("2000", "2001", "2010"), ("2026-01-01", "", "")], "probationary"),
    ],
)
def test_standing_in_the_party(rows, status):
    assert party_status([PartyDates(*row) for row in rows], DAY) == status


@pytest.mark.django_db
def test_columns_follow_postings_and_memberships_that_begin_later():
    old, unit = make_unit(), make_unit()
    person, unmoved = make_person(unit=old), make_person()
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    records = {"party_memberships": [{"probationary_on": "2020", "full_on": tomorrow.isoformat()}]}
    place = {"unit": unit.pk, "valid_from": tomorrow.isoformat()}
    write(PersonWrite(place=place, records=records, person_id=person.pk))

    before = Person.objects.get(pk=person.pk)
    changed = [refresh_people(timezone.localdate()), refresh_people(tomorrow), refresh_people(tomorrow)]

    after = Person.objects.get(pk=person.pk)
    assert changed == [0, 1, 0]
    assert (before.unit, before.party_status) == (old, "probationary")
    assert (after.unit, after.party_status) == (unit, "full")
    assert Person.objects.get(pk=unmoved.pk).unit == unmoved.unit


LEVELS = st.sampled_from(["", "none", "so-cap", "trung-cap", "cao-cap", "cu-nhan"])
DATES = st.sampled_from([None, "2019", "2021-03", "2026-11-22", "2099-01-01"])
RECORDS = st.fixed_dictionaries(
    {},
    optional={
        "qualifications": st.lists(st.fixed_dictionaries({"kind": st.just("political"), "level": LEVELS}), max_size=3),
        "party_memberships": st.lists(
            st.fixed_dictionaries({"probationary_on": DATES, "full_on": DATES, "ended_on": DATES}), max_size=2
        ),
        "postings": st.lists(
            st.fixed_dictionaries(
                {"post_text": st.sampled_from(["", "A", "B"]), "is_main": st.booleans()},
                optional={"valid_from": st.sampled_from(["2020-01-01", "2098-01-01"])},
            ),
            max_size=3,
        ),
    },
)


@pytest.mark.django_db
@given(first=RECORDS, later=RECORDS)
def test_columns_say_what_the_rows_say(first, later):
    unit = make_unit()

    def placed(records):
        return {
            name: [row | ({"unit": unit.pk} if name == "postings" else {}) for row in rows]
            for name, rows in records.items()
        }

    [key] = write(PersonWrite(fields=new(unit), records=placed(first)))
    assert repeat_records([key]) == 0

    write(PersonWrite(records=placed(later), person_id=key))
    assert repeat_records([key]) == 0
