import pytest

from vuntrong.classes.enums import RowKind
from vuntrong.classes.rules.learner_rows import LearnerRow, Register, RowProblem, judge_rows
from vuntrong.registry.rules import KnownPerson, unit_index

UNITS = [(1, "Đảng ủy xã Lê Hóa", "Lê Hóa"), (2, "Đảng ủy xã Kim Hóa", "Kim Hóa"), (3, "Chi bộ thôn 1", "Thôn 1")]
AN = KnownPerson(10, "nguyen van an", "1990-05-01", 1)
REGISTER = Register(
    people={"nguyen van an": [AN]},
    units=unit_index([*UNITS, (4, "Chi bộ thôn 1", "Thôn 1")]),
    unit_names={unit_id: name for unit_id, name, _short in UNITS} | {4: "Chi bộ thôn 1"},
    enrolled=frozenset(),
)


def row(number: int = 5, **changes) -> LearnerRow:
    said = {"name": "Nguyễn Văn An", "born_on": "1990-05-01", "sex": "male", "unit": "Lê Hóa", "post": "", "note": ""}
    return LearnerRow(number=number, **said | changes)


def judged(*rows: LearnerRow, **changes) -> list[tuple[str, list[str]]]:
    register = Register(**{name: getattr(REGISTER, name) for name in Register.__dataclass_fields__} | changes)
    return [(verdict.kind, [one.code for one in verdict.problems]) for verdict in judge_rows(rows, register)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (RowKind.KNOWN, [])),
        ({"unit": "Kim Hóa"}, (RowKind.KNOWN, [])),
        ({"unit": "ĐẢNG ỦY XÃ LÊ HOÁ"}, (RowKind.KNOWN, [])),
        ({"born_on": ""}, (RowKind.KNOWN, [])),
        ({"born_on": "", "unit": "Kim Hóa"}, (RowKind.NEW, [])),
        ({"born_on": "1991"}, (RowKind.NEW, [])),
        ({"name": "Lê Thị Bình"}, (RowKind.NEW, [])),
        ({"name": ""}, (RowKind.ERROR, ["name-missing"])),
        ({"unit": ""}, (RowKind.ERROR, ["unit-missing"])),
        ({"unit": "Lê Hòa cũ"}, (RowKind.ERROR, ["unit-unknown"])),
        ({"unit": "Thôn 1"}, (RowKind.ERROR, ["unit-ambiguous"])),
        ({"problems": (RowProblem("sex-unknown", "sex"),)}, (RowKind.ERROR, ["sex-unknown"])),
        (
            {"name": "", "unit": "", "problems": (RowProblem("sex-unknown", "sex"),)},
            (RowKind.ERROR, ["sex-unknown", "name-missing", "unit-missing"]),
        ),
    ],
)
def test_what_a_row_will_become(changes, expected):
    assert judged(row(**changes)) == [expected]


def test_somebody_on_the_list_stays_as_she_is():
    assert judged(row(), enrolled=frozenset({10})) == [(RowKind.ENROLLED, [])]


def test_two_people_who_fit_equally_well_are_not_guessed():
    twins = {"nguyen van an": [AN, KnownPerson(11, "nguyen van an", "1990-05-01", 1)]}

    assert judged(row(), people=twins) == [(RowKind.ERROR, ["person-ambiguous"])]


def test_somebody_whose_record_is_restricted_is_not_taken():
    sealed = {"nguyen van an": [AN._replace(is_restricted=True)]}

    assert judged(row(), people=sealed) == [(RowKind.ERROR, ["person-restricted"])]


def test_a_person_of_a_unit_out_of_sight_is_refused():
    assert judged(row(), seen_units=frozenset({2})) == [(RowKind.ERROR, ["person-out-of-sight"])]
    assert judged(row(), seen_units=frozenset({1})) == [(RowKind.KNOWN, [])]


def test_somebody_new_may_come_from_a_unit_out_of_sight():
    assert judged(row(name="Lê Thị Bình"), seen_units=frozenset({2})) == [(RowKind.NEW, [])]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({}, ["row-twice"]),
        ({"unit": "Kim Hóa"}, ["row-twice"]),
        ({"born_on": "1990-05-02"}, []),
        ({"name": "NGUYỄN VĂN AN"}, ["row-twice"]),
    ],
)
def test_a_person_stands_in_a_file_once(second, expected):
    [_first, (_kind, codes)] = judged(row(5), row(9, **second), people={})

    assert codes == expected


def test_the_second_row_names_the_first():
    [_first, verdict] = judge_rows([row(5), row(9)], REGISTER)

    assert verdict.problems == (RowProblem("row-twice", "name", {"name": "Nguyễn Văn An", "row": 5}),)


def test_an_unknown_unit_offers_the_nearest_names():
    [verdict] = judge_rows([row(unit="Đảng uỷ xã Lê Hoa A")], REGISTER)

    assert verdict.problems[0].values["nearest"][0] == "Đảng ủy xã Lê Hóa"
