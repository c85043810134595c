"""Restricted and anonymous records: what is hidden, what comes back, what never does, and figures that stay."""

import json

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from tests.exchange.builders import HEADER, check, home_unit, keep_workbook, reading_of
from tests.factories import make_class, make_enrolment, make_person, make_unit, make_user, make_user_with
from tests.reports.builders import FIRST_HALF, held, make_centre
from vuntrong.accounts.enums import Role
from vuntrong.accounts.policies import may_see_person, people_visible_to
from vuntrong.classes.actions.enrolment import enrol
from vuntrong.documents.actions import store_file
from vuntrong.documents.models import StoredFile
from vuntrong.exchange.actions.imports import keep_check, start_import, write_import
from vuntrong.exchange.actions.people import Wish
from vuntrong.kernel import log
from vuntrong.kernel.dates import PartialDate
from vuntrong.kernel.errors import RuleBroken
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.registry.actions import PersonWrite, write_people
from vuntrong.registry.actions.merging import say_distinct, take_back_distinct
from vuntrong.registry.actions.requests import answer_request, carry_out_request, enter_request
from vuntrong.registry.actions.sealing import anonymise_person, lift_restriction, restrict_person
from vuntrong.registry.models import (
    FormerName,
    PartyMembership,
    Person,
    PersonMerge,
    Qualification,
    Religion,
    SealedIdentity,
    SensitiveRead,
)
from vuntrong.registry.queries.privacy import unsealed
from vuntrong.reports.actions import submit_report
from vuntrong.reports.queries.figures import figures_now

pytestmark = pytest.mark.django_db

SECRETS = ("Hoàng Thị Ngọc Trâm", "Hoàng Ngọc Trâm", "012185009999", "0912345678", "tram@example.vn", "Thẻ-778899")
KEYS = ("hoang thi ngoc tram", "hoang ngoc tram")


def make_known(unit=None, **extra) -> Person:
    """Return somebody of whom everything is known."""
    person = make_person(
        SECRETS[0],
        unit=unit,
        born_on="1985-03-08",
        sex="female",
        personal_id=SECRETS[2],
        phone=SECRETS[3],
        email=SECRETS[4],
        post_text="Bí thư chi bộ Trâm",
        religion=Religion.objects.first(),
        photo=store_file(content=b"anh", name="tram.jpg", content_type="image/jpeg", by=None),
        **extra,
    )
    FormerName.objects.create(person=person, full_name=SECRETS[1], search_key=KEYS[1])
    PartyMembership.objects.create(
        person=person, probationary_on=PartialDate.parse("2010-05-19"), card_number=SECRETS[5]
    )
    Qualification.objects.create(
        person=person, kind="political", level="trung-cap", number="TC-0042", issued_on=PartialDate.parse("2015-06-01")
    )
    SensitiveRead.objects.create(user=None, kind="page", person=person, fields=[], purpose="training", note=SECRETS[0])
    return person


def everything_stored() -> str:
    """Return every value of every table as one text."""
    rows = [
        json.dumps(list(model._default_manager.values()), cls=DjangoJSONEncoder, default=str, ensure_ascii=False)
        for model in apps.get_models()
    ]
    return "\n".join(rows)


def codes(refusal) -> list[str]:
    return [one.code for one in refusal.value.violations]


# ---- restricting ----


def test_a_restricted_record_is_hidden_from_lists_and_shows_no_name():
    person = make_known()
    board = make_user_with(Role.ORGANISATION_BOARD, person.unit)

    restrict_person(person=person, reason="Đề nghị của đương sự", by=board)

    stored = Person.objects.get(pk=person.pk)
    assert stored.full_name == f"Hồ sơ hạn chế số {person.pk}"
    assert (stored.personal_id, stored.phone, stored.religion, stored.photo) == ("", "", None, None)
    assert not FormerName.objects.exists()
    assert not people_visible_to(board).exists()
    assert not may_see_person(board, stored)


def test_the_archive_still_reads_a_restricted_record():
    person = make_known()
    restrict_person(person=person, reason="Đề nghị", by=None)

    known = unsealed(Person.objects.get(pk=person.pk))

    assert (known.full_name, known.personal_id, known.religion) == (SECRETS[0], SECRETS[2], person.religion)
    assert known.born_on == PartialDate.parse("1985-03-08")


def test_lifting_a_restriction_is_its_undoing():
    person = make_known()
    ignored = {"revision", "updated_on"}
    before = Person.objects.filter(pk=person.pk).values().get()
    restrict_person(person=person, reason="Đề nghị", by=None)

    lift_restriction(person=person, reason="Đương sự rút đề nghị", by=None)

    after = Person.objects.filter(pk=person.pk).values().get()
    assert {k: v for k, v in after.items() if k not in ignored} == {k: v for k, v in before.items() if k not in ignored}
    assert list(FormerName.objects.values_list("full_name", "search_key")) == [(SECRETS[1], KEYS[1])]
    assert not SealedIdentity.objects.exists()


def test_restricting_needs_a_reason_and_happens_once():
    person = make_person()

    with pytest.raises(RuleBroken) as refusal:
        restrict_person(person=person, reason=" ", by=None)
    assert codes(refusal) == ["reason-missing"]
    restrict_person(person=person, reason="Đề nghị", by=None)
    with pytest.raises(RuleBroken) as refusal:
        restrict_person(person=person, reason="Đề nghị", by=None)
    assert codes(refusal) == ["record-restricted"]


def test_only_a_restricted_record_can_be_opened_again():
    with pytest.raises(RuleBroken) as refusal:
        lift_restriction(person=make_person(), reason="Nhầm", by=None)
    assert codes(refusal) == ["record-not-restricted"]


# ---- making anonymous ----


@pytest.mark.parametrize("is_restricted_first", [False, True])
def test_no_table_names_an_anonymous_person(is_restricted_first, django_capture_on_commit_callbacks):
    person = make_known()
    photo = person.photo.file.name
    run = make_class(owner=person.unit, state="open")
    enrol(class_run=run, person=person, by=make_user())
    run.enrolments.update(state="withdrawn", state_reason=f"{SECRETS[0]} chuyển công tác")
    with transaction.atomic():
        log.record("create_person", person, by=None, after={"name": SECRETS[0], "unit": 3}, reason=SECRETS[3])
    if is_restricted_first:
        restrict_person(person=person, reason=f"Theo đề nghị của {SECRETS[0]}", by=None)
    with django_capture_on_commit_callbacks(execute=True):
        anonymise_person(person=person, reason=f"Theo đề nghị của {SECRETS[0]}", by=None)

    stored = everything_stored()
    assert [word for word in (*SECRETS, *KEYS, "TC-0042", "Bí thư chi bộ Trâm", "tram.jpg") if word in stored] == []
    assert not default_storage.exists(photo)
    assert not StoredFile.objects.exists()
    assert log.first_broken() is None


def test_what_figures_count_stays_in_an_anonymous_record():
    person = make_known()

    anonymise_person(person=person, reason="Hết thời hạn", by=None)

    stored = Person.objects.get(pk=person.pk)
    assert (stored.sex, stored.unit, stored.born_on) == ("female", person.unit, PartialDate(1985))
    assert stored.full_name == f"Hồ sơ ẩn danh số {person.pk}"
    assert Qualification.objects.values_list("level", "number", "issued_on").get() == (
        "trung-cap",
        "",
        PartialDate(2015),
    )
    assert PartyMembership.objects.get().probationary_on == PartialDate(2010)


@pytest.mark.parametrize("change", [restrict_person, anonymise_person])
def test_the_half_year_report_does_not_change(change):
    centre = make_centre()
    person = make_known(unit=centre.unit)
    held(centre.unit, people=[person, *centre.crowd(2)])
    before = figures_now(centre.unit, FIRST_HALF)

    change(person=person, reason="Hết thời hạn", by=None)

    assert figures_now(centre.unit, FIRST_HALF) == before


def test_a_submitted_report_loses_the_name_and_nothing_else():
    centre = make_centre()
    person = make_known(unit=centre.unit)
    held(centre.unit, people=[person, *centre.crowd(2)])
    submission = submit_report(unit=centre.unit, period=FIRST_HALF, number=1, by=make_user())
    before = list(submission.rows.values("enrolment_id", "sex", "result", "class_code"))

    anonymise_person(person=person, reason="Hết thời hạn", by=None)

    assert list(submission.rows.values("enrolment_id", "sex", "result", "class_code")) == before
    assert submission.rows.get(person_id=person.pk).person_name == f"Hồ sơ ẩn danh số {person.pk}"
    assert SECRETS[0] not in everything_stored()


def test_somebody_who_studies_or_signs_in_stays_named():
    person = make_person()
    make_enrolment(class_run=make_class(owner=person.unit, code="TC-12"), person=person)
    make_user(username="tram", person=person)

    with pytest.raises(RuleBroken) as refusal:
        anonymise_person(person=person, reason="Đề nghị", by=None)

    assert sorted(codes(refusal)) == ["person-signs-in", "person-studies"]
    assert Person.objects.get(pk=person.pk).full_name == person.full_name
    assert not ActionLogEntry.objects.filter(action="anonymise_person").exists()


def test_nothing_more_can_be_done_to_an_anonymous_record():
    person = make_person()
    anonymise_person(person=person, reason="Hết thời hạn", by=None)

    for action in (restrict_person, lift_restriction, anonymise_person):
        with pytest.raises(RuleBroken) as refusal:
            action(person=person, reason="Nữa", by=None)
        assert codes(refusal) == ["record-anonymous"]


def test_records_merged_into_it_become_anonymous_too():
    kept, gone = make_known(), make_person("Hoàng Thị Trâm Ngọc")
    Person.objects.filter(pk=gone.pk).update(merged_into=kept)
    PersonMerge.objects.create(kept=kept, gone=gone, undo={"name": "Hoàng Thị Trâm Ngọc"})

    anonymise_person(person=kept, reason="Hết thời hạn", by=None)

    assert "Trâm Ngọc" not in everything_stored()


def test_a_namesake_keeps_her_name_and_her_log():
    unit = make_unit()
    person, namesake = make_known(unit=unit), make_person(SECRETS[0], unit=unit)
    with transaction.atomic():
        log.record("create_person", namesake, by=None, after={"name": SECRETS[0]})

    anonymise_person(person=person, reason="Hết thời hạn", by=None)

    assert Person.objects.get(pk=namesake.pk).full_name == SECRETS[0]
    assert log.history(namesake).get().after == {"name": SECRETS[0]}


def test_a_scan_that_another_record_uses_too_stays():
    scan = store_file(content=b"x", name="quyet-dinh.pdf", content_type="application/pdf", by=None)
    first, second = make_person(), make_person()
    for person in (first, second):
        Qualification.objects.create(person=person, kind="political", scan=scan)

    anonymise_person(person=first, reason="Hết thời hạn", by=None)

    assert Qualification.objects.get(person=second).scan == scan
    assert Qualification.objects.get(person=first).scan is None


def test_a_request_to_be_deleted_ends_with_an_anonymous_record():
    person = make_person(SECRETS[0])
    request = enter_request(
        person=person, kind="delete", text=f"Tôi, {SECRETS[0]}, đề nghị xóa", received_on=timezone.localdate(), by=None
    )
    answer_request(request=request, answer=f"Kính gửi {SECRETS[0]}", by=None)

    done = carry_out_request(request=request, outcome=f"Đã ẩn danh hồ sơ {SECRETS[0]}", effect="anonymise", by=None)

    assert (done.state, done.text, done.answer, done.outcome) == ("done", "", "", "")
    assert SECRETS[0] not in everything_stored()
    assert log.first_broken() is None


LIST = [
    [*HEADER, "SĐT", "Số thẻ ĐV", "Nơi ở"],
    [1, SECRETS[0], "08/03/1985", "Nữ", SECRETS[2], "", "Bí thư chi bộ Trâm", SECRETS[3], SECRETS[5], "Xóm Trâm Bầu"],
]


def test_no_table_names_somebody_who_came_with_a_list_and_changed_with_others():
    home = home_unit()
    file = keep_workbook(LIST)
    wish = Wish(home)
    for phone in (SECRETS[3], "0988776655"):
        LIST[1][7] = phone
        run = start_import(file=file, unit=home, mapping={}, by=None)
        keep_check(run=run, check=check(LIST, home))
        write_import(run=run, reading=reading_of(LIST, wish), wish=wish, by=None, tell=lambda *_: None)
    person = Person.objects.get()
    fields = {"residence": "Ngõ Trâm Vàng", "email": SECRETS[4]}
    write_people(people=[PersonWrite(fields=fields, person_id=person.pk)], by=None, reason="Rà soát")
    other = make_person("Lê Văn Khác", unit=home)
    say_distinct(one=other, other=person, by=None)
    take_back_distinct(one=other, other=person, by=None)
    waiting = start_import(file=file, unit=home, mapping={}, by=None)
    keep_check(run=waiting, check=check(LIST, home))

    anonymise_person(person=person, reason="Hết thời hạn", by=None)

    stored = everything_stored()
    words = (*SECRETS, *KEYS, "0988776655", "Trâm Bầu", "Trâm Vàng", "Bí thư chi bộ Trâm", "Trâm")
    assert [word for word in words if word in stored] == []
    assert "Lê Văn Khác" in stored
    assert log.first_broken() is None
