import datetime as dt

import pytest

from vuntrong.classes.enums import UnitRole
from vuntrong.classes.rules import life

DAY = dt.date(2026, 3, 10)
NEXT = DAY + dt.timedelta(days=1)
LINE = {"is_approved": True, "is_newest": True, "is_planned": True, "class_count": 5, "made": 2, "wanted": 3}


def seen(violations) -> list[str]:
    return [violation.code for violation in violations]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"wanted": 4}, ["line-exhausted"]),
        ({"made": 5, "wanted": 0}, ["no-class-wanted"]),
        ({"class_count": None, "wanted": 9}, []),
        ({"is_approved": False}, ["line-not-approved"]),
        ({"is_newest": False}, ["line-replaced"]),
        ({"is_planned": False}, ["line-not-firm"]),
        (
            {"is_approved": False, "is_planned": False, "wanted": 4},
            ["line-not-approved", "line-not-firm", "line-exhausted"],
        ),
    ],
)
def test_what_a_line_may_still_make(changes, expected):
    assert seen(life.line_violations(life.LineFacts(**LINE | changes))) == expected


def test_an_exhausted_line_says_what_is_left():
    [violation] = life.line_violations(life.LineFacts(**LINE | {"made": 4, "wanted": 2}))

    assert violation.values == {"planned": 5, "made": 4, "left": 1, "wanted": 2}


@pytest.mark.parametrize(
    ("total", "parts", "expected"),
    [(94, 2, [47, 47]), (95, 2, [48, 47]), (2, 3, [1, 1, 0]), (0, 1, [0]), (None, 2, [None, None])],
)
def test_learners_are_spread_evenly_and_none_is_lost(total, parts, expected):
    assert [life.share(total, parts, index) for index in range(parts)] == expected


@pytest.mark.parametrize(
    ("month", "quarter", "expected"),
    [
        (3, None, (dt.date(2026, 3, 1), dt.date(2026, 3, 31))),
        (None, 4, (dt.date(2026, 10, 1), dt.date(2026, 12, 31))),
        (None, None, None),
    ],
)
def test_the_period_of_a_line(month, quarter, expected):
    found = life.planned_period(2026, month, quarter)

    assert (found and (found.start, found.end)) == expected


@pytest.mark.parametrize(
    ("pattern", "taken", "expected"),
    [
        ("DVM-##", set(), ["DVM-01", "DVM-02"]),
        ("DVM-##", {"DVM-01", "DVM-03"}, ["DVM-02", "DVM-04"]),
        ("Lớp ## xã", set(), ["Lớp 01 xã", "Lớp 02 xã"]),
        ("DVM", set(), ["DVM-01", "DVM-02"]),
        ("A-##", {f"A-{number:02d}" for number in range(1, 99)}, ["A-99", "A-100"]),
    ],
)
def test_codes_take_the_free_numbers(pattern, taken, expected):
    assert life.codes(pattern, taken, 2) == expected


@pytest.mark.parametrize(
    ("short_name", "expected"),
    [
        ("Đảng viên mới", "ĐVM-##"),
        ("Trung cấp LLCT", "TCL-##"),
        ("Cập nhật nhóm 3", "CNN3-##"),
        ("CNN3", "CNN3-##"),
        ("Lãnh đạo, quản lý cấp phòng", "LĐQLCP-##"),
        ("a b c d e f g h i j k l m n", "ABCDEFGHIJKL-##"),
    ],
)
def test_the_usual_pattern_of_a_programme(short_name, expected):
    assert life.code_pattern(short_name) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"opens_on": DAY}, []),
        ({"issued_on": NEXT + dt.timedelta(days=1)}, ["opens-before-decision"]),
        ({"ends_on": NEXT}, []),
        ({"ends_on": DAY}, ["ends-before-opening"]),
        ({"number": " "}, ["decision-number-missing"]),
        ({"issuer": ""}, ["decision-issuer-missing"]),
        ({"issued_on": None}, ["decision-date-missing"]),
        ({"opens_on": None}, ["opening-date-missing"]),
        (
            {"number": "", "issuer": "", "issued_on": None, "opens_on": None},
            ["decision-number-missing", "decision-issuer-missing", "decision-date-missing", "opening-date-missing"],
        ),
    ],
)
def test_what_a_class_needs_to_open(changes, expected):
    facts = {"number": "21", "issued_on": DAY, "issuer": "TTCT", "opens_on": NEXT, "ends_on": None} | changes

    assert seen(life.opening_violations(life.OpeningFacts(**facts))) == expected


@pytest.mark.parametrize(
    ("starts_on", "decided_on", "expected"),
    [
        (DAY, DAY, []),
        (NEXT, DAY, ["start-in-future"]),
        (DAY, NEXT, ["opens-before-decision"]),
        (DAY, None, []),
        (None, DAY, ["opening-date-missing"]),
    ],
)
def test_what_a_class_needs_to_run(starts_on, decided_on, expected):
    assert seen(life.start_violations(life.StartFacts(starts_on, decided_on, DAY))) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"closes_on": None}, ["closing-date-missing"]),
        ({"closes_on": NEXT}, ["closing-in-future"]),
        ({"opened_on": DAY}, []),
        ({"opened_on": NEXT}, ["closes-before-opening"]),
        ({"learners": 0}, ["class-without-learners"]),
        ({"without_result": 1}, ["results-missing"]),
        ({"modules_total": 5, "modules_finished": 4}, ["modules-unfinished"]),
        ({"modules_total": 5, "modules_finished": 5}, []),
    ],
)
def test_what_a_class_needs_to_close(changes, expected):
    facts = {
        "closes_on": DAY,
        "opened_on": DAY,
        "today": DAY,
        "learners": 1,
        "without_result": 0,
        "modules_total": 0,
        "modules_finished": 0,
    }

    assert seen(life.closing_violations(life.ClosingFacts(**facts | changes))) == expected


@pytest.mark.parametrize(
    ("reason", "with_result", "expected"),
    [("Mưa lũ", 0, []), (" ", 0, ["reason-missing"]), ("Mưa lũ", 1, ["class-has-results"])],
)
def test_what_a_class_needs_to_be_cancelled(reason, with_result, expected):
    assert seen(life.cancelling_violations(life.CancellingFacts(reason, with_result))) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"code": ""}, ["code-missing"]),
        ({"name": " "}, ["name-missing"]),
        ({"planned_end": DAY}, []),
        ({"planned_start": NEXT, "planned_end": DAY}, ["ends-before-opening"]),
        ({"capacity": 30}, []),
        ({"capacity": 29}, ["capacity-below-learners"]),
        ({"modules_total": 4}, ["modules-out-of-range"]),
    ],
)
def test_what_may_be_written_about_a_class(changes, expected):
    facts = {
        "code": "A",
        "name": "B",
        "planned_start": DAY,
        "planned_end": None,
        "capacity": None,
        "seats_taken": 30,
        "modules_total": 5,
        "modules_finished": 5,
    }

    assert seen(life.content_violations(life.ContentFacts(**facts | changes))) == expected


@pytest.mark.parametrize(("finished", "expected"), [(-1, 1), (0, 0), (13, 0), (14, 1)])
def test_finished_modules_lie_within_the_programme(finished, expected):
    assert len(life.modules_violations(finished, 13)) == expected


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ([], []),
        ([(2, UnitRole.HOST), (2, UnitRole.LEAD), (3, UnitRole.COOPERATING), (4, UnitRole.COOPERATING)], []),
        ([(2, UnitRole.HOST), (3, UnitRole.HOST)], ["role-twice"]),
        ([(2, UnitRole.LEAD), (3, UnitRole.LEAD)], ["role-twice"]),
        ([(1, UnitRole.HOST)], ["owner-as-host"]),
        ([(1, UnitRole.LEAD)], []),
    ],
)
def test_roles_of_units(roles, expected):
    assert seen(life.role_violations(1, roles)) == expected
