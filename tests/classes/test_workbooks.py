import datetime as dt
from io import BytesIO

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.classes.builders import make_centre
from tests.documents.workbook_files import xlsx
from tests.factories import make_class, make_person, make_unit
from vuntrong.classes.actions.enrolment import enrol_from_workbook
from vuntrong.classes.documents import learner_list, learner_template, read_learners
from vuntrong.classes.models import ClassRun, Enrolment
from vuntrong.classes.queries import learners_of
from vuntrong.documents.columns import SheetMapping
from vuntrong.documents.inspection import WorkbookError
from vuntrong.documents.notes import sheet_notes
from vuntrong.documents.sheets import to_xlsx
from vuntrong.documents.workbooks import open_workbook
from vuntrong.kernel.errors import RuleBroken
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.registry.models import Person

HEADER = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Đơn vị", "Chức vụ", "Ghi chú"]


def rows_of(content: bytes):
    return read_learners(open_workbook(content, "a.xlsx")).rows


def said(row) -> tuple[str, ...]:
    return (row.name, row.born_on, row.sex, row.unit, row.post, row.note)


def codes(row) -> list[tuple[str, str]]:
    return [(problem.column, problem.code) for problem in row.problems]


def test_a_list_with_titles_merged_headers_and_a_total_is_read():
    content = xlsx(
        [
            ["TRUNG TÂM CHÍNH TRỊ", None, None, None, None, None],
            ["DANH SÁCH HỌC VIÊN", None, None, None, None, None],
            [None],
            ["TT", "Họ và tên", "Ngày, tháng, năm sinh", None, "Đơn vị công tác", "Chức vụ"],
            [None, None, "Nam", "Nữ", None, None],
            [1, "Nguyễn Văn An", dt.date(1990, 5, 1), None, "Đảng ủy xã Lê Hóa", "Bí thư"],
            [2, "Lê Thị  Bình", None, "1/5/1991", "Đảng ủy xã Lê Hóa", None],
            [3, "Phan Văn Cường", 1985, None, "Đảng ủy xã Lê Hóa", None],
            [4, "Trần Dũng", 33806, None, "Đảng ủy xã Lê Hóa", None],
            [None, "Tổng cộng", 4, None, None, None],
        ],
        merges=["A4:A5", "B4:B5", "C4:D4", "E4:E5", "F4:F5"],
    )

    assert [(row.number, *said(row)[:5]) for row in rows_of(content)] == [
        (6, "Nguyễn Văn An", "1990-05-01", "male", "Đảng ủy xã Lê Hóa", "Bí thư"),
        (7, "Lê Thị Bình", "1991-05-01", "female", "Đảng ủy xã Lê Hóa", ""),
        (8, "Phan Văn Cường", "1985", "male", "Đảng ủy xã Lê Hóa", ""),
        (9, "Trần Dũng", "1992-07-21", "male", "Đảng ủy xã Lê Hóa", ""),
    ]


def test_a_cross_in_the_column_of_women_tells_the_sex():
    content = xlsx([["Họ và tên", "Ngày sinh", "Nam", "Nữ"], ["Lê Thị Bình", "1991", None, "x"]])

    [row] = rows_of(content)

    assert (row.born_on, row.sex, codes(row)) == ("1991", "female", [])


def test_rows_that_were_taken_for_titles_are_told():
    content = xlsx([["STT", "Họ và tên", "Đơn vị"], ["I", "Xã Lê Hóa", None], [1, "Lê Bình", "x"], [None, "Ai", None]])

    table = read_learners(open_workbook(content, "a.xlsx"))

    assert sheet_notes(table.table)["groups"] == [[2, "I Xã Lê Hóa"], [4, "Ai"]]


def test_a_group_title_names_the_unit_of_the_rows_below():
    content = xlsx(
        [
            ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"],
            ["I", "Đảng ủy xã Lê Hóa", None, None],
            [1, "Nguyễn Văn An", "1990", None],
            [2, "Lê Thị Bình", "1991", "UBND xã Kim Hóa"],
        ]
    )

    assert [row.unit for row in rows_of(content)] == ["Đảng ủy xã Lê Hóa", "UBND xã Kim Hóa"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["An", "31/02/1990", "Nam"], [("born", "date-day-out-of-range")]),
        (["An", "1/5/90", "Nam"], []),
        (["An", "tháng ba", "Nam"], [("born", "date-unreadable")]),
        (["An", "13/1990", "Nam"], [("born", "date-month-out-of-range")]),
        (["An", "1990", "Không rõ"], [("sex", "sex-unknown")]),
        (["An" * 80, "1990", "nữ"], [("name", "text-too-long")]),
        (["An", None, "Nam"], []),
    ],
)
def test_troubles_stay_with_their_cell(values, expected):
    [row] = rows_of(xlsx([["Họ và tên", "Ngày sinh", "Giới tính"], values]))

    assert codes(row) == expected


def test_a_date_in_both_columns_and_a_contradicting_sex_are_told():
    content = xlsx(
        [
            ["Họ và tên", "Ngày sinh", None, "Giới tính"],
            [None, "Nam", "Nữ", None],
            ["An", "1990", "1991", None],
            ["Bình", None, "1991", "Nam"],
        ],
        merges=["A1:A2", "B1:C1", "D1:D2"],
    )

    assert [codes(row) for row in rows_of(content)] == [
        [("born_male", "birth-twice")],
        [("sex", "sex-contradicts")],
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"Ho va ten;Ngay sinh", "not-a-workbook"),
        (xlsx([["a", "b"], ["c", "d"]]), "no-header"),
        (xlsx([["Ngày sinh", "Đơn vị"], ["1990", "Lê Hóa"]]), "columns-missing"),
    ],
)
def test_what_is_no_list_is_refused_with_a_code(content, code):
    with pytest.raises(WorkbookError) as error:
        rows_of(content)

    assert error.value.code == code


def list_of(*people: tuple[str, str, str]) -> bytes:
    return xlsx(
        [HEADER, *[[at, name, born, "Nam", unit, "Đảng viên", ""] for at, (name, born, unit) in enumerate(people)]]
    )


def enrol_file(run: ClassRun, content: bytes, **extra):
    words = {"seen_units": None, "source": "a.xlsx", "by": None} | extra
    return enrol_from_workbook(class_run=run, rows=rows_of(content), **words)


@pytest.mark.django_db
def test_new_and_known_people_join_in_one_act_and_again_nothing_changes():
    run, unit = make_class(owner=make_centre()), make_unit("Đảng ủy xã Tân Hóa")
    known = make_person("Nguyễn Văn An", unit=unit, born_on="1990-05-01")
    content = list_of(("Nguyễn Văn An", "01/05/1990", unit.name), ("Lê Bình", "1991", unit.name))

    first = enrol_file(run, content)
    logged = ActionLogEntry.objects.count()
    again = enrol_file(run, content)

    assert ((first.new, first.known, first.unchanged), (again.new, again.known, again.unchanged)) == (
        (1, 1, 0),
        (0, 0, 2),
    )
    assert sorted(run.enrolments.values_list("person__full_name", "post_text")) == [
        ("Lê Bình", "Đảng viên"),
        ("Nguyễn Văn An", "Đảng viên"),
    ]
    assert Person.objects.filter(unit=unit).count() == 2
    assert known.enrolments.count() == 1
    assert ActionLogEntry.objects.count() == logged


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("capacity", "second_unit", "code"), [(None, "Đảng ủy xã Không Có", "rows-with-errors"), (1, "", "class-full")]
)
def test_one_bad_row_keeps_all_rows_out(capacity, second_unit, code):
    run, unit = make_class(owner=make_centre(), capacity=capacity), make_unit("Đảng ủy xã Tân Hóa")
    content = list_of(("Nguyễn Văn An", "1990", unit.name), ("Lê Bình", "1991", second_unit or unit.name))
    before = (Person.objects.count(), ActionLogEntry.objects.count())

    with pytest.raises(RuleBroken) as refusal:
        enrol_file(run, content)

    assert [violation.code for violation in refusal.value.violations] == [code]
    assert (Person.objects.count(), ActionLogEntry.objects.count()) == before
    assert not Enrolment.objects.exists()


@pytest.mark.django_db
def test_a_stop_in_the_middle_leaves_nothing():
    run, unit = make_class(owner=make_centre()), make_unit("Đảng ủy xã Tân Hóa")
    heard = []

    def tell(what, done, total):
        heard.append((what, done, total))
        if what == "learners":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        enrol_file(run, list_of(("Nguyễn Văn An", "1990", unit.name)), tell=tell)

    assert heard == [("read", 0, 1), ("people", 0, 1), ("learners", 0, 1)]
    assert (Person.objects.filter(unit=unit).count(), Enrolment.objects.count()) == (0, 0)


def test_the_template_is_a_list_that_can_be_read():
    run = ClassRun(code="ĐVM-01", name="Đảng viên mới")

    content = to_xlsx(learner_template(run, ["Đảng ủy xã Lê Hóa"]))

    book = open_workbook(content, "mau.xlsx")
    assert book.sheets == ("Danh sách", "Tên đơn vị")
    assert set(read_learners(book).columns) == {"name", "born", "sex", "unit", "post", "note"}


names = st.lists(st.sampled_from(["Nguyễn", "Lê", "Thị", "Hòa", "Ánh", "Đức", "Ỷ", "Mỹ"]), min_size=2, max_size=4)
people = st.lists(
    st.tuples(
        names.map(" ".join),
        st.dates(dt.date(1950, 1, 1), dt.date(2008, 12, 31)),
        st.sampled_from(["Nam", "Nữ"]),
        st.sampled_from(["Bí thư", "=1+1", "", "Đảng viên"]),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda one: (one[0], one[1]),
)


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people)
def test_what_goes_in_comes_out(listed):
    """The list that goes out, read in again by another class, names the same people with the same words."""
    unit = make_unit(f"Đảng ủy xã vòng {Enrolment.objects.count()} {Person.objects.count()} {ClassRun.objects.count()}")
    run, other = make_class(owner=unit), make_class(owner=unit)
    rows = [[at, name, day, sex, unit.name, post, ""] for at, (name, day, sex, post) in enumerate(listed)]
    enrol_file(run, xlsx([HEADER, *rows]))

    outcome = enrol_file(other, to_xlsx([learner_list(run, list(learners_of(run)))]))

    assert (outcome.new, outcome.known) == (0, len(listed))
    assert list(learners_of(run).values_list("person", "post_text")) == list(
        learners_of(other).values_list("person", "post_text")
    )


def test_the_list_that_goes_out_keeps_text_as_text():
    content = to_xlsx([learner_list(ClassRun(code="A", name="B"), [])])

    assert [cell.value for cell in openpyxl.load_workbook(BytesIO(content)).active[4]][:3] == [
        "STT",
        "Họ và tên",
        "Ngày sinh",
    ]


def test_a_list_of_twenty_years_ago_is_read():
    content = xlsx(
        [
            ["Hä ®Öm", "Tªn", "N¨m sinh", None, "§¬n vÞ"],
            [None, None, "Nam", "N÷", None],
            ["§/c NguyÔn V¨n", "An", "1/5/62", None, "§¶ng ñy x· Lª Hãa"],
            ["TrÇn ThÞ", "B×nh", None, "1970", "nt"],
        ],
        merges=["A1:A2", "B1:B2", "C1:D1", "E1:E2"],
    )

    assert [said(row)[:4] for row in rows_of(content)] == [
        ("Nguyễn Văn An", "1962-05-01", "male", "Đảng ủy xã Lê Hóa"),
        ("Trần Thị Bình", "1970", "female", "Đảng ủy xã Lê Hóa"),
    ]


def test_a_mapping_says_which_column_is_which():
    content = xlsx([["Người học", "Sinh"], ["Lê An", "1985"]])

    table = read_learners(open_workbook(content, "a.xlsx"), SheetMapping({"A": "name", "B": "born"}, header_row=1))

    assert [said(row)[:2] for row in table.rows] == [("Lê An", "1985")]


@pytest.mark.parametrize(("zeros", "born", "codes"), [(False, "", ["date-zero-lost"]), (True, "1990-05-01", [])])
def test_a_lost_zero_of_a_date_is_offered_and_put_back_only_on_wish(zeros, born, codes):
    content = xlsx([HEADER, [1, "Lê An", 1051990, "Nam", "Xã Lê Hóa", "", ""]])

    table = read_learners(open_workbook(content, "a.xlsx"), zeros=zeros)

    (row,) = table.rows
    assert (row.born_on, [problem.code for problem in row.problems]) == (born, codes)
    assert [problem.values["offer"] for problem in row.problems] == ["01/05/1990"] * (not zeros)
    assert table.restored == int(zeros)


def test_a_column_of_dates_in_another_order_is_a_doubt_until_somebody_decides():
    rows = [[at, f"Lê An {at}", f"12/{at + 12}/1985", "Nam", "Xã Lê Hóa", "", ""] for at in range(1, 9)]
    book = open_workbook(xlsx([HEADER, *rows]), "a.xlsx")

    assert set(read_learners(book).doubts) == {"born"}
    decided = read_learners(book, SheetMapping.from_plain({"date_orders": {"born": "month-first"}}))
    assert not decided.doubts
    assert decided.rows[0].born_on == "1985-12-13"
