from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.factories import make_person, make_programme, make_unit, make_user_with
from tests.planning.survey_cases import HOUR, ask, make_centre, names, number
from tests.planning.test_answer_workbooks import BINH, book
from vuntrong.exchange.models import ImportTemplate
from vuntrong.planning.actions.answers import save_answer, send_answer
from vuntrong.planning.models import SurveyAnswer, TrainingNeed
from vuntrong.planning.queries.answer_contents import AnswerContent
from vuntrong.registry.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(client):
    programmes = [make_programme("Trung cấp LLCT"), make_programme("Cập nhật nhóm 3")]
    survey, [unit] = ask(make_centre(), programmes=programmes)
    client.force_login(make_user_with("unit_clerk", unit, name="Lê Thị Hoa"))
    return survey, unit


def url(asked, name="answer"):
    survey, unit = asked
    return reverse(f"surveys:{name}", args=[survey.pk, unit.pk])


def typed(asked, *rows, act="send", revision=0, **extra):
    """Return what the page sends; a row is (programme, person key, name, born, sex)."""
    fields = ("programme", "person", "name", "born", "sex", "post", "note")
    said = {"act": act, "revision": str(revision)} | extra
    for at, field in enumerate(fields):
        said[f"row_{field}"] = [str(row[at]) if at < len(row) else "" for row in rows]
    return said


@pytest.mark.parametrize("count", [1, 3])
def test_requests_are_listed_at_a_constant_cost(client, count, django_assert_num_queries):
    centre = make_centre()
    unit = make_unit(parent=centre.parent)
    for _ in range(count):
        survey, _others = ask(centre)
        survey.recipients.create(unit=unit)
    client.force_login(make_user_with("unit_clerk", unit))

    with django_assert_num_queries(7):
        response = client.get(reverse("surveys:list"))

    assert response.context["listing"].count == count


@pytest.mark.parametrize("count", [1, 3])
def test_answer_page_costs_the_same_for_any_number_of_people(client, asked, count, django_assert_num_queries):
    survey, unit = asked
    programme = survey.programmes.first()
    people = [make_person(f"Người {number}", unit=unit).pk for number in range(count)]
    content = AnswerContent(named=names(programme.pk, *people))
    save_answer(survey=survey, unit=unit, content=content, revision=0, by=None)

    with django_assert_num_queries(9):
        response = client.get(url(asked))

    assert len(response.context["form"].rows) == count


def test_clerk_names_people_and_sends(client, asked):
    survey, unit = asked
    first, second = survey.programmes.order_by("-name")
    known = make_person("Lê Văn An", unit=unit)
    rows = [(first.pk, known.pk, "Lê Văn An"), (first.pk, "", "Trần Thị Bình", "1991", "female", "Công chức", "x")]

    response = client.post(url(asked), typed(asked, *rows, **{f"number-{second.pk}": "12"}), follow=True)

    answer = SurveyAnswer.objects.get()
    assert [str(message) for message in response.context["messages"]] == ["Đã gửi phiếu."]
    assert (answer.state, answer.sent_by_name) == ("sent", "Lê Thị Hoa")
    assert sorted(answer.needs.values_list("person__full_name", "headcount", "note"), key=str) == [
        ("Lê Văn An", 1, ""),
        ("Trần Thị Bình", 1, "x"),
        (None, 12, ""),
    ]
    assert "Trần Thị Bình" in response.content.decode()


def test_draft_is_saved_and_shown_again(client, asked):
    survey, _ = asked
    programme = survey.programmes.first()

    client.post(url(asked), typed(asked, act="save", **{f"number-{programme.pk}": "4"}))
    response = client.get(url(asked))

    assert SurveyAnswer.objects.get().state == "draft"
    form = response.context["form"]
    assert (form.revision, form.total) == (1, 4)


def test_double_click_sends_once(client, asked):
    survey, _ = asked
    said = typed(asked, **{f"number-{survey.programmes.first().pk}": "4"})

    client.post(url(asked), said)
    response = client.post(url(asked), said, follow=True)

    assert response.status_code == 200
    assert str(list(response.context["messages"])[-1]) == "Phiếu đã được gửi. Muốn sửa thì mở lại phiếu trước."
    assert TrainingNeed.objects.count() == 1


def test_stale_form_says_who_saved_and_keeps_what_was_typed(client, asked):
    survey, unit = asked
    programme = survey.programmes.first()
    saver = make_user_with("unit_clerk", unit, name="Trần Văn Khác")
    save_answer(survey=survey, unit=unit, content=number(programme.pk, 4), revision=0, by=saver)

    response = client.post(url(asked), typed(asked, **{f"number-{programme.pk}": "99"}))

    form = response.context["form"]
    assert response.status_code == 422
    assert form.errors[0].startswith("Phiếu vừa được Trần Văn Khác cập nhật lúc")
    assert [entry.number for entry in form.entries if entry.programme == programme] == ["99"]
    assert TrainingNeed.objects.get().headcount == 4

    client.post(url(asked), typed(asked, revision=form.revision, **{f"number-{programme.pk}": "99"}))

    assert TrainingNeed.objects.get().headcount == 99


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (("", "Trần Thị Bình", "31/02/1991", "female"), "“31/02/1991”"),
        (("", "", "1991", "female"), "Chưa có họ và tên."),
        (("", "Trần Thị Bình", "1991", "x"), "Chưa chọn giới tính."),
        (("", "x" * 121, "1991", "female"), "Chỉ ghi được nhiều nhất 120 ký tự."),
    ],
)
def test_bad_row_is_marked_and_nothing_is_written(client, asked, row, error):
    survey, _ = asked

    response = client.post(url(asked), typed(asked, (survey.programmes.first().pk, *row)))

    [shown] = response.context["form"].rows
    assert shown.errors[0].startswith(error)
    assert (response.status_code, TrainingNeed.objects.count(), Person.objects.count()) == (422, 0, 0)


def test_bad_number_is_marked(client, asked):
    survey, _ = asked
    programme = survey.programmes.first()

    response = client.post(url(asked), typed(asked, **{f"number-{programme.pk}": "ba"}))

    [entry] = [entry for entry in response.context["form"].entries if entry.programme == programme]
    assert (entry.number, entry.error) == ("ba", "“ba” không phải là số người. Chỉ ghi chữ số.")


def test_refusals_of_the_rules_stand_on_top(client, asked):
    response = client.post(url(asked), typed(asked))

    assert response.context["form"].errors == [
        "Phiếu chưa có nội dung. Thêm người hoặc số người, hoặc chọn “Không có nhu cầu” và ghi lý do."
    ]


def test_person_of_another_unit_is_neither_taken_nor_named(client, asked):
    survey, _ = asked
    foreign = make_person("Người Bí Mật", unit=make_unit())

    response = client.post(url(asked), typed(asked, (survey.programmes.first().pk, foreign.pk, "abc")))

    assert response.context["form"].rows[0].errors == [
        "Người này không còn trong danh sách cán bộ của đơn vị. Bỏ dòng này rồi thêm lại."
    ]
    assert "Người Bí Mật" not in response.content.decode()


def test_nil_answer_takes_three_fields(client, asked):
    client.post(url(asked), typed(asked, is_nil="1", nil_reason="Đã cử đủ"))

    assert list(SurveyAnswer.objects.values_list("state", "is_nil", "nil_reason")) == [("sent", True, "Đã cử đủ")]


def test_late_answer_asks_for_its_reason(client):
    survey, [unit] = ask(make_centre(), closes_at=timezone.now() - HOUR)
    client.force_login(make_user_with("unit_clerk", unit))
    said = {"act": "send", "revision": "0", f"number-{survey.programmes.get().pk}": "3"}

    refused = client.post(url((survey, unit)), said)
    client.post(url((survey, unit)), said | {"late_reason": "Mất điện"})

    assert refused.context["form"].errors[0].endswith("Ghi lý do nộp muộn.")
    assert SurveyAnswer.objects.values_list("is_late", "late_reason").get() == (True, "Mất điện")


def test_last_years_names_are_offered_and_filled_in(client):
    centre = make_centre()
    earlier, [unit] = ask(centre, year=2026)
    programme = earlier.programmes.get()
    person = make_person("Lê Văn An", unit=unit)
    content = AnswerContent(named=names(programme.pk, person.pk))
    send_answer(survey=earlier, unit=unit, content=content, revision=0, by=None)
    survey, _ = ask(centre, year=2027, programmes=[programme])
    survey.recipients.create(unit=unit)
    client.force_login(make_user_with("unit_clerk", unit))

    offered = client.get(url((survey, unit)))
    filled = client.get(url((survey, unit)), {"prefill": "1"})

    assert (len(offered.context["last_year"]), offered.context["form"].rows) == (1, [])
    assert [row.name for row in filled.context["form"].rows] == ["Lê Văn An"]
    assert TrainingNeed.objects.filter(answer__survey=survey).count() == 0


def test_people_are_found_while_typing_and_a_new_name_is_offered(client, asked):
    _, unit = asked
    make_person("Trần Thị Bình", unit=unit)
    make_person("Trần Thị Bình", unit=make_unit(), born_on="1980-01-01")

    page = client.get(url(asked, "people"), {"q": "thi binh"}).content.decode()

    assert page.count("data-person=") == 1
    assert "Thêm mới “thi binh”" in page
    assert client.get(url(asked, "people"), {"q": "  "}).content.strip() == b""


def test_unit_takes_its_answer_back(client, asked):
    survey, unit = asked
    content = number(survey.programmes.first().pk)
    send_answer(survey=survey, unit=unit, content=content, revision=0, by=None)

    client.post(url(asked, "recall"))

    assert SurveyAnswer.objects.get().state == "draft"


def test_neighbour_cannot_open_the_answer(client, asked):
    client.force_login(make_user_with("unit_clerk", make_unit()))

    assert client.get(url(asked)).status_code == 404
    assert client.post(url(asked), typed(asked)).status_code == 404


def test_approver_reads_and_does_not_write(client, asked):
    survey, _ = asked
    client.force_login(make_user_with("approver", survey.owner.parent))

    assert client.get(url(asked)).status_code == 200
    assert client.post(url(asked), typed(asked)).status_code == 403
    assert SurveyAnswer.objects.count() == 0


def upload(client, asked, content, name="phieu.xlsx"):
    return client.post(url(asked, "upload"), {"workbook": SimpleUploadedFile(name, content)}, follow=True)


def test_workbook_is_previewed_then_written_and_sent(client, asked):
    preview = upload(client, asked, book([BINH], numbers=[[1, "Cập nhật nhóm 3", 7]]))
    before = TrainingNeed.objects.count()
    client.post(url(asked, "write"), {"act": "send", "revision": "0", "seen": preview.context["seen"]})

    assert [row.state.label for row in preview.context["rows"]] == ["Người mới"]
    assert preview.context["numbers"] == [("Cập nhật nhóm 3", 7)]
    assert (before, TrainingNeed.objects.count(), SurveyAnswer.objects.get().state) == (0, 2, "sent")


def test_preview_names_every_problem_and_writes_nothing(client, asked):
    rows = [BINH, [2, "Vi Cù", "31/02/1991", "Nữ", "", "Trung cấp LLTC", ""]]

    preview = upload(client, asked, book(rows))
    written = client.post(url(asked, "write"), {"act": "send", "revision": "0", "seen": preview.context["seen"]})

    assert preview.context["problems"] == [
        "Trang “Nhu cầu”, dòng 3, cột “Chương trình đề nghị”: đợt khảo sát không có chương trình “Trung cấp LLTC”. "
        "Có phải là “Trung cấp LLCT”?",
        "Trang “Nhu cầu”, dòng 3, cột “Ngày sinh”: “31/02/1991” không phải là ngày có thật. Ghi lại ngày.",
    ]
    assert (written.status_code, TrainingNeed.objects.count(), SurveyAnswer.objects.get().state) == (422, 0, "draft")


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (
            b"%PDF-1.7",
            "phieu.xlsx",
            "“phieu.xlsx” không phải là tệp Excel. Lưu thành .xlsx trong Excel rồi tải lên lại.",
        ),
        (b"x", "phieu.pdf", "phieu.pdf"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "phieu.xlsx",
            "“phieu.xlsx” đang đặt mật khẩu. Gỡ mật khẩu rồi tải lên lại.",
        ),
    ],
)
def test_bad_file_is_refused_in_words(client, asked, content, name, said):
    response = upload(client, asked, content, name)

    [error] = response.context["form"].errors["workbook"]
    assert said in error
    assert SurveyAnswer.objects.count() == 0


def test_preview_of_an_overtaken_draft_asks_to_look_again(client, asked):
    survey, unit = asked
    preview = upload(client, asked, book([BINH]))
    save_answer(survey=survey, unit=unit, content=number(survey.programmes.first().pk), revision=0, by=None)

    response = client.post(url(asked, "write"), {"act": "save", "revision": "0", "seen": preview.context["seen"]})

    assert response.context["errors"] == ["Phiếu vừa được người khác cập nhật. Kiểm tra lại bản xem trước."]
    assert Person.objects.filter(full_name="Trần Thị Bình").count() == 0


def test_unit_downloads_its_own_workbook_and_its_upload(client, asked):
    content = book([BINH])
    upload(client, asked, content)

    own, original = client.get(url(asked, "workbook")), client.get(url(asked, "original"))

    assert own.content.startswith(b"PK")
    assert original.content == content


def settle(client, asked, **said):
    """Say how the sheet is read and return the page that follows."""
    page = client.get(url(asked, "reading"), {key: said[key] for key in ("sheet", "header_row") if key in said})
    columns = {f"column-{one.letter}": one.key for one in page.context["columns"]}
    shown = {"sheet": page.context["sheet"], "header_row": page.context["header_row"]}
    return client.post(url(asked, "reading"), {**shown, **columns, **said}, follow=True)


ODD = ["TT", "Cán bộ", "Sinh", "Phái", "Làm gì", "Học gì"]
BY_HAND = {"header_row": "2", "column-B": "name", "column-C": "born", "column-E": "post", "column-F": "programme"}


def test_columns_are_named_by_hand_and_kept_as_a_template(client, asked):
    content = book([BINH[:6]], titles=[["DANH SÁCH"]], header=ODD)
    first = upload(client, asked, content)
    assert first.request["PATH_INFO"] == url(asked, "reading")
    assert "thiếu cột Họ và tên" in first.context["trouble"]

    preview = settle(client, asked, sheet="Nhu cầu", **BY_HAND)
    assert preview.context["problems"] == []
    assert [row.cells[0].text for row in preview.context["rows"]] == ["Trần Thị Bình"]

    client.post(url(asked, "keep-template"), {"name": "Mẫu phiếu"})
    assert ImportTemplate.objects.get().kind == "answers"
    again = upload(client, asked, content)
    assert again.request["PATH_INFO"] == url(asked, "preview")


def test_doubtful_dates_and_lost_zeros_wait_for_a_decision(client, asked):
    rows = [[at, f"Vi Cù {at}", f"12/{at + 12}/1985", "Nữ", "", "Trung cấp LLCT", ""] for at in range(1, 9)]
    preview = upload(client, asked, book([*rows, [9, "Vi Mất", 1051990, "Nữ", "", "Trung cấp LLCT", ""]]))
    problems = " ".join(preview.context["problems"])
    assert "có thể bị đảo ngày và tháng" in problems
    assert "có thể là 01/05/1990" in problems
    remarks = client.get(url(asked, "remarks"))
    assert load_workbook(BytesIO(remarks.content))["Nhu cầu"]["C10"].comment

    decided = settle(client, asked, zeros="on", **{"order-born": "month-first"})
    assert decided.context["problems"] == []
    assert "13/12/1985" not in decided.text  # the cells are shown as they stand
    stale = client.post(url(asked, "write"), {"act": "save", "revision": "0", "seen": preview.context["seen"]})
    assert stale.status_code == 422
    client.post(url(asked, "write"), {"act": "save", "revision": "0", "seen": decided.context["seen"]})
    assert Person.objects.get(full_name="Vi Cù 1").born_on.iso() == "1985-12-13"
    assert Person.objects.get(full_name="Vi Mất").born_on.iso() == "1990-05-01"


def test_the_same_workbook_again_changes_nothing_and_says_so(client, asked):
    content = book([BINH])
    preview = upload(client, asked, content)
    client.post(url(asked, "write"), {"act": "save", "revision": "0", "seen": preview.context["seen"]})

    again = upload(client, asked, content)

    assert [row.state.label for row in again.context["rows"]] == ["Không đổi"]
    assert "không có gì mới" in again.text
