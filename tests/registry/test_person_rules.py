import pytest

from vuntrong.registry.rules import (
    PersonFacts,
    RecordFacts,
    check_email,
    check_old_id,
    check_personal_id,
    check_phone,
    id_of,
    is_reversed,
    person_violations,
    record_violations,
)

TODAY = "2026-11-22"


def codes(checked):
    return [one.code for one in checked.warnings]


@pytest.mark.parametrize(
    ("text", "sex", "year", "value", "repair", "found"),
    [
        ("", "", None, "", "", []),
        ("001090012345", "male", 1990, "001090012345", "", []),
        ("001 090 012 345", "male", 1990, "001090012345", "", []),
        ("001190012345", "female", 1990, "001190012345", "", []),
        ("001201012345", "male", 2001, "001201012345", "", []),
        ("001301012345", "female", 2001, "001301012345", "", []),
        ("001190012345", "male", 1990, "001190012345", "", ["id-sex"]),
        ("001090012345", "female", 1990, "001090012345", "", ["id-sex"]),
        ("001090012345", "", None, "001090012345", "", []),
        ("001090012345", "male", 1991, "001090012345", "", ["id-year"]),
        ("001290012345", "female", 1990, "001290012345", "", ["id-sex", "id-year"]),
        ("000090012345", "male", 1990, "000090012345", "", ["id-area"]),
        ("096090012345", "male", 1990, "096090012345", "", []),
        ("097090012345", "male", 1990, "097090012345", "", ["id-area"]),
        ("10900123456", "", None, "10900123456", "010900123456", ["id-lost-zero"]),
        ("01090012345", "", None, "01090012345", "", ["id-length"]),
        ("1090012345", "", None, "1090012345", "", ["id-length"]),
        ("0010900123456", "", None, "0010900123456", "", ["id-length"]),
        ("00109001234x", "", None, "00109001234x", "", ["id-not-digits"]),
        ("٠٠١٠٩٠٠١٢٣٤٥", "", None, "٠٠١٠٩٠٠١٢٣٤٥", "", ["id-not-digits"]),
    ],
)
def test_a_personal_id_is_checked_against_sex_and_year(text, sex, year, value, repair, found):
    checked = check_personal_id(text, sex=sex, born_year=year)

    assert (checked.value, checked.repair, codes(checked)) == (value, repair, found)


@pytest.mark.parametrize(
    ("text", "value", "repair", "found"),
    [
        ("", "", "", []),
        ("194 123 456", "194123456", "", []),
        ("94123456", "94123456", "094123456", ["id-lost-zero"]),
        ("1941234", "1941234", "", ["old-id-length"]),
        ("1941234567", "1941234567", "", ["old-id-length"]),
        ("19412345x", "19412345x", "", ["id-not-digits"]),
    ],
)
def test_the_number_of_an_old_card_has_nine_digits(text, value, repair, found):
    checked = check_old_id(text)

    assert (checked.value, checked.repair, codes(checked)) == (value, repair, found)


@pytest.mark.parametrize(
    ("text", "both"), [("194123456", ("", "194123456")), ("001090012345", ("001090012345", "")), ("x", ("x", ""))]
)
def test_the_two_kinds_of_numbers_are_told_apart(text, both):
    assert id_of(text) == both


@pytest.mark.parametrize(
    ("text", "value", "repair", "found"),
    [
        ("", "", "", []),
        ("0912 345 678", "0912345678", "", []),
        ("0912.345.678", "0912345678", "", []),
        ("+84 912 345 678", "0912345678", "", []),
        ("(0232) 3812 345", "02323812345", "", []),
        ("912345678", "912345678", "0912345678", ["phone-lost-zero"]),
        ("0912345", "0912345", "", ["phone-form"]),
        ("09123456789", "09123456789", "", []),
        ("091234567890", "091234567890", "", ["phone-form"]),
        ("0112345678", "0112345678", "", ["phone-form"]),
        ("gọi sau", "gọisau", "", ["phone-form"]),
    ],
)
def test_telephone_numbers(text, value, repair, found):
    checked = check_phone(text)

    assert (checked.value, checked.repair, codes(checked)) == (value, repair, found)


@pytest.mark.parametrize(
    ("text", "found"),
    [("", []), ("an@tinh.gov.vn", []), ("an@tinh", ["email-form"]), ("an tinh.vn", ["email-form"]),
     ("a@b@c.vn", ["email-form"]), ("a@b..vn", ["email-form"])],
)  # fmt: skip
def test_addresses_of_mail(text, found):
    assert codes(check_email(text)) == found


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2020-03-01", "2020-02-29", True),
        ("2020-03-01", "2020-03-01", False),
        ("2020-03", "2019", True),
        ("2020-03", "2020", False),
        ("2020", "2020-01-01", False),
        ("2020-03", "2020-02-28", True),
        ("", "2020", False),
        ("2020", "", False),
    ],
)
def test_a_period_is_reversed_only_when_that_is_certain(start, end, expected):
    assert is_reversed(start, end) is expected


PAPER = {"kind": "political", "level": "trung-cap"}
SEEN = {"verified_by": "Hạnh", "verified_on": TODAY, "verified_from": "Bản chính"}


@pytest.mark.parametrize(
    ("table", "values", "others", "found"),
    [
        ("postings", {"valid_from": "2020-01-01", "valid_to": "2020-01-01"}, [], []),
        ("postings", {"valid_from": "2020-01-02", "valid_to": "2020-01-01"}, [], ["record-reversed"]),
        ("lecturer_profiles", {"valid_from": "2020-01-02", "valid_to": "2020-01-01"}, [], ["record-reversed"]),
        ("planned_posts", {"post_text": "Bí thư"}, [], []),
        ("planned_posts", {"post": 3}, [], []),
        ("planned_posts", {}, [], ["record-without-post"]),
        ("party_memberships", {"probationary_on": "2020", "full_on": "2021"}, [], []),
        ("party_memberships", {"probationary_on": "2021", "full_on": "2020"}, [], ["record-reversed"]),
        ("party_memberships", {"full_on": "2021", "ended_on": "2020"}, [], ["record-reversed"]),
        ("party_memberships", {"probationary_on": TODAY}, [], []),
        ("party_memberships", {"probationary_on": "2026-11-23"}, [], ["record-in-future"]),
        ("party_memberships", {"probationary_on": "2026-11"}, [], []),
        ("party_memberships", {"probationary_on": "2020"}, [{"ended_on": None}], ["party-still-member"]),
        ("party_memberships", {"probationary_on": "2020"}, [{"ended_on": "2015"}], []),
        ("party_memberships", {"probationary_on": "2001", "ended_on": "2005"}, [{"ended_on": None}], []),
        ("qualifications", PAPER, [], []),
        ("qualifications", {"kind": "political", "level": ""}, [], ["level-missing"]),
        ("qualifications", {"kind": "political", "level": "master"}, [], ["level-of-another-kind"]),
        ("qualifications", {"kind": "language", "level": "B1"}, [], []),
        ("qualifications", {"kind": "skills", "level": "", "field": "Văn thư"}, [], []),
        ("qualifications", {"kind": "language", "level": "", "field": ""}, [], ["qualification-empty"]),
        ("qualifications", PAPER | {"studied_from": "2020", "studied_to": "2019"}, [], ["record-reversed"]),
        ("qualifications", PAPER | {"studied_from": "2020", "issued_on": "2019"}, [], ["record-reversed"]),
        ("qualifications", PAPER | SEEN, [], []),
        ("qualifications", PAPER | SEEN | {"verified_on": "2026-11-23"}, [], ["record-in-future"]),
        ("qualifications", PAPER | SEEN | {"verified_from": ""}, [], ["verified-in-part"]),
        ("gradings", {"year": 2026}, [{"year": 2025}], []),
        ("gradings", {"year": 2025}, [{"year": 2025}], ["graded-already"]),
        ("gradings", {"year": 2027}, [], ["graded-year"]),
        ("gradings", {"year": 1976}, [], []),
        ("gradings", {"year": 1975}, [], ["graded-year"]),
        ("awards", {"decided_on": "2020", "ends_on": "2020-06-01"}, [], []),
        ("awards", {"decided_on": "2020-06", "ends_on": "2020-05-31"}, [], ["record-reversed"]),
        ("former_names", {"full_name": "Lê Tý"}, [{"full_name": "Lê Tí"}], []),
        ("former_names", {"full_name": "Lê Tý"}, [{"full_name": "Lê Tý"}], ["name-known-already"]),
        ("former_names", {"full_name": "Nguyễn Văn An"}, [], ["name-known-already"]),
    ],
)
def test_rows_of_a_record(table, values, others, found):
    facts = RecordFacts(values, others, TODAY, "Nguyễn Văn An")

    assert [one.code for one in record_violations(table, facts)] == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"full_name": "An"}, []),
        ({"full_name": " ", "family_words": 0}, ["person-without-name"]),
        ({"family_words": 2, "given_words": 1}, []),
        ({"family_words": 2, "given_words": 2}, ["person-name-parts"]),
        ({"born_on": TODAY}, []),
        ({"born_on": "2026-11-23"}, ["record-in-future"]),
        ({"left_on": "1990"}, []),
        ({"left_on": "1989"}, ["record-reversed"]),
        ({"party_status": "none"}, []),
        ({"party_status": "", "has_party_dates": False}, []),
        ({"party_status": "full"}, ["party-without-dates"]),
        ({"party_status": "none", "has_party_dates": True}, ["party-by-dates"]),
        ({"has_party_dates": True}, []),
        ({"is_merged": True, "is_anonymous": True}, ["person-merged", "person-anonymous"]),
    ],
)
def test_the_columns_of_a_person(changes, found):
    facts = PersonFacts(
        **{
            "full_name": "Nguyễn Văn An", "family_words": 1, "given_words": 1, "born_on": "1990-05-01", "left_on": "",
            "today": TODAY,
        } | changes
    )  # fmt: skip

    assert [one.code for one in person_violations(facts)] == found
