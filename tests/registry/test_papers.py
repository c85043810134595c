"""Numbers of papers run without gaps; a paper with a number is kept for ever."""

import datetime as dt
import hashlib
import threading

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories import make_unit, make_user
from vuntrong.documents.actions import stored_bytes
from vuntrong.kernel.errors import DomainError, IllegalTransition, RuleBroken
from vuntrong.kernel.log import first_broken
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.registry.actions.papers import MadePaper, PaperOrder, add_profile, cancel_paper, enter_paper, issue_paper
from vuntrong.registry.following import Change
from vuntrong.registry.models import DocumentProfile, IssuedPaper, NumberRun
from vuntrong.registry.queries.papers import missing_numbers, papers_about, profile_on
from vuntrong.registry.rules.numbers import NumberFacts, draw_violations, entry_violations, filled, pattern_violations

TODAY = timezone.localdate()
DAY = dt.date(2026, 3, 2)


def school(**extra):
    return make_unit("Trường Chính trị tỉnh An Vân", kind="provincial_school", code="TCT", **extra)


def centre(**extra):
    return make_unit("Trung tâm Chính trị huyện Tuyên Hóa", kind="district_centre", code="TTCT", **extra)


def order(unit, **extra):
    return PaperOrder(**{"unit": unit, "kind": "QĐ", "day": DAY, "summary": "Về việc mở lớp"} | extra)


def made(numbered):
    return MadePaper(
        pdf=f"%PDF {numbered.reference}".encode(),
        docx=b"PK",
        file_name="quyet-dinh",
        content={"number": numbered.number},
        layout="state30",
        template="opening",
        template_version="1",
        template_sha256="0" * 64,
    )


def draw(unit, **extra):
    return issue_paper(order=order(unit, **extra), make=made, by=None)


# ---- words ----
@pytest.mark.parametrize(
    ("pattern", "kind", "office", "said"),
    [
        ("{n}/{kind}-{unit}", "QĐ", "", "{n}/QĐ-TCT"),
        ("{n}-{kind}/{unit}", "QĐ", "", "{n}-QĐ/TCT"),
        ("{n}/{unit}-{office}", "CV", "QLĐT", "{n}/TCT-QLĐT"),
        ("{n}/{unit}-{office}", "CV", "", "{n}/TCT"),
    ],
)
def test_a_pattern_is_filled_but_for_the_number(pattern, kind, office, said):
    assert filled(pattern, kind=kind, unit="TCT", office=office) == said


@pytest.mark.parametrize(
    ("pattern", "codes"),
    [
        ("{n}/{kind}-{unit}", []),
        ("{kind}-{unit}", ["pattern-without-number"]),
        ("{n}{n}/{unit}", ["pattern-without-number"]),
        ("{n}/{year}-{unit}", ["pattern-place-unknown"]),
        ("{year}", ["pattern-without-number", "pattern-place-unknown"]),
    ],
)
def test_a_pattern_needs_one_number_and_known_places(pattern, codes):
    assert [one.code for one in pattern_violations(pattern)] == codes


def facts(**extra):
    return NumberFacts(**{"day": DAY, "today": DAY, "unit_begun_on": None, "unit_ended_on": None} | extra)


@pytest.mark.parametrize(
    ("extra", "codes"),
    [
        ({}, []),
        ({"today": DAY - dt.timedelta(days=1)}, ["paper-in-future"]),
        ({"unit_ended_on": DAY}, []),
        ({"unit_ended_on": DAY - dt.timedelta(days=1)}, ["paper-after-unit"]),
        ({"unit_begun_on": DAY}, []),
        ({"unit_begun_on": DAY + dt.timedelta(days=1)}, ["paper-before-unit"]),
        ({"last_number": 4, "last_day": DAY}, []),
        ({"last_number": 4, "last_day": DAY + dt.timedelta(days=1)}, ["paper-before-last-number"]),
    ],
)
def test_numbers_follow_the_days_of_signing(extra, codes):
    assert [one.code for one in draw_violations(facts(**extra))] == codes


def test_a_number_from_elsewhere_may_be_entered_later():
    later = facts(last_number=9, last_day=DAY + dt.timedelta(days=5))

    assert entry_violations(later, number=4, is_taken=False) == []
    assert [one.code for one in entry_violations(later, number=4, is_taken=True)] == ["paper-number-taken"]
    assert [one.code for one in entry_violations(later, number=0, is_taken=False)] == ["paper-number-too-small"]


# ---- drawing ----
@pytest.mark.django_db
def test_papers_of_the_state_begin_again_with_the_year():
    unit = school()

    numbers = [draw(unit, day=day).reference for day in (dt.date(2025, 12, 30), dt.date(2026, 1, 5), DAY)]

    assert numbers == ["01/QĐ-TCT", "01/QĐ-TCT", "02/QĐ-TCT"]


@pytest.mark.django_db
def test_papers_of_the_party_run_through_the_term():
    unit = centre()

    numbers = [draw(unit, day=day).reference for day in (dt.date(2025, 8, 1), dt.date(2026, 1, 5))]

    assert numbers == ["01-QĐ/TTCT", "02-QĐ/TTCT"]
    assert draw(unit, day=dt.date(2025, 6, 30)).run.period == "2020 - 2025"


@pytest.mark.django_db
def test_every_type_has_its_run_unless_the_profile_says_otherwise():
    unit = school()
    draw(unit)
    assert draw(unit, kind="TB").reference == "01/TB-TCT"
    row = profile_on(unit, DAY)
    own = DocumentProfile(
        unit=unit,
        style="state",
        pattern="{n}-{kind}/{unit}",
        letter_pattern="{n}/{unit}-{office}",
        numbering="year",
        is_by_kind=False,
        digits=3,
        valid_from=dt.date(2026, 3, 1),
    )

    add_profile(profile=own, by=None)

    assert row.unit is None
    assert [draw(unit).reference, draw(unit, kind="TB").reference] == ["001-QĐ/TCT", "002-TB/TCT"]
    assert draw(unit, kind="CV", office="QLĐT").reference == "003/TCT-QLĐT"


@pytest.mark.django_db
def test_a_profile_follows_the_last_one_and_names_its_term():
    unit = centre()
    said = {"unit": unit, "style": "party", "pattern": "{n}-{kind}/{unit}", "letter_pattern": "{kind}"}
    bad = DocumentProfile(**said, numbering="term", valid_from=DAY)

    with pytest.raises(RuleBroken) as refusal:
        add_profile(profile=bad, by=None)

    assert [one.code for one in refusal.value.violations] == ["pattern-without-number", "profile-without-term"]
    said["letter_pattern"] = said["pattern"]
    first = add_profile(profile=DocumentProfile(**said, numbering="term", term="X", valid_from=DAY), by=None)
    add_profile(profile=DocumentProfile(**said, numbering="year", valid_from=dt.date(2026, 4, 1)), by=None)
    first.refresh_from_db()
    assert first.valid_to == dt.date(2026, 3, 31)
    with pytest.raises(RuleBroken, match="profile-before-last"):
        add_profile(profile=DocumentProfile(**said, numbering="year", valid_from=dt.date(2026, 4, 1)), by=None)


@pytest.mark.django_db
def test_a_paper_that_fails_gives_its_number_back():
    unit = school()
    draw(unit)

    def broken(_numbered):
        raise ValueError("the printer is on fire")

    with pytest.raises(ValueError, match="fire"):
        issue_paper(order=order(unit), make=broken, by=None)

    assert draw(unit).number == 2
    assert ActionLogEntry.objects.filter(action="issue_paper").count() == 2


@pytest.mark.django_db
def test_a_paper_is_kept_with_its_files_and_their_hash():
    unit, user = school(), make_user("Thu")

    paper = issue_paper(order=order(unit, subject=unit, signer_name="Lê An"), make=made, by=user)

    assert stored_bytes(paper.pdf) == b"%PDF 01/Q\xc4\x90-TCT"
    assert paper.pdf.sha256 == hashlib.sha256(stored_bytes(paper.pdf)).hexdigest()
    assert (paper.content, paper.template_version, paper.issued_by_id) == ({"number": 1}, "1", user.pk)
    assert list(papers_about(unit)) == [paper]


@pytest.mark.django_db
def test_no_number_before_the_last_one_nor_after_the_unit():
    unit = school()
    draw(unit)
    with pytest.raises(RuleBroken, match="paper-before-last-number"):
        draw(unit, day=DAY - dt.timedelta(days=1))
    with pytest.raises(RuleBroken, match="paper-in-future"):
        draw(unit, day=TODAY + dt.timedelta(days=1))
    type(unit).objects.filter(pk=unit.pk).update(ended_on=DAY)
    unit.refresh_from_db()
    assert draw(unit).number == 2
    with pytest.raises(RuleBroken, match="paper-after-unit"):
        draw(unit, day=DAY + dt.timedelta(days=1))


@pytest.mark.django_db
def test_the_run_goes_on_after_a_number_from_elsewhere():
    unit = school()
    draw(unit)

    entered = enter_paper(order=order(unit, summary="Viết tay"), number=5, by=None)

    assert (entered.reference, entered.pdf) == ("05/QĐ-TCT", None)
    assert draw(unit).number == 6
    assert missing_numbers(NumberRun.objects.get()) == [2, 3, 4]
    enter_paper(order=order(unit), number=3, by=None)
    assert missing_numbers(NumberRun.objects.get()) == [2, 4]
    with pytest.raises(RuleBroken, match="paper-number-taken"):
        enter_paper(order=order(unit), number=5, by=None)


@pytest.mark.django_db
def test_a_cancelled_paper_keeps_its_number():
    unit = school()
    paper = draw(unit)
    with pytest.raises(RuleBroken, match="cancel-reason-missing"):
        cancel_paper(paper=paper, reason=" ", by=None)

    cancel_paper(paper=paper, reason="In nhầm tên lớp", by=None)

    assert draw(unit).number == 2
    assert IssuedPaper.objects.get(number=1).state == "cancelled"
    with pytest.raises(IllegalTransition):
        cancel_paper(paper=paper, reason="Lần nữa", by=None)


@pytest.mark.django_db
def test_a_reorganisation_lists_the_runs_that_end():
    from vuntrong.registry.actions.paper_following import PaperFollower

    unit = school()
    draw(unit)
    change = Change(on=dt.date(2026, 7, 1), ended=frozenset({unit.pk}), kept=frozenset(), heir_names={})

    (group,) = PaperFollower().touched(change)

    assert group.count() == 1
    assert group.refs()[0][2:] == (unit.name, "QĐ 2026 · 1")


# ---- races ----
@pytest.mark.django_db(transaction=True)
def test_fifty_papers_at_once_leave_no_gap_and_no_double():
    unit, gate, refused = school(), threading.Barrier(50), []

    def work():
        gate.wait()
        try:
            draw(unit)
        except DomainError as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert refused == []
    assert sorted(IssuedPaper.objects.values_list("number", flat=True)) == list(range(1, 51))
    assert NumberRun.objects.get().last_number == 50
    assert first_broken() is None
