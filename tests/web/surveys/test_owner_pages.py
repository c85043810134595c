import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_person, make_programme, make_unit, make_user_with
from tests.planning.survey_cases import HOUR, ask, make_centre, names, number
from vuntrong.planning.actions.answers import save_answer, send_answer
from vuntrong.planning.actions.snapshots import take_snapshot
from vuntrong.planning.models import NeedsSnapshot, NeedsSurvey, SurveyAnswer
from vuntrong.planning.queries.answer_contents import AnswerContent

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return make_centre()


@pytest.fixture
def staff(client, centre):
    user = make_user_with("centre_staff", centre)
    client.force_login(user)
    return user


def send(survey, unit, count=3, **extra):
    content = number(survey.programmes.get().pk, count)
    return send_answer(survey=survey, unit=unit, content=content, revision=0, by=None, **extra)


def form_data(survey=None, **changes):
    closes = timezone.localtime(timezone.now() + dt.timedelta(days=30))
    said = {
        "year": "2027",
        "title": "Khảo sát nhu cầu năm 2027",
        "closes_on": f"{closes:%d/%m/%Y}",
        "closes_time": "17:00",
        "letter_number": "86-CV/TTCT",
        "letter_on": "15/09/2026",
        "note": "Ghi rõ lý do.",
        "revision": "0",
    }
    return said | changes


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_surveys_costs_the_same(client, centre, staff, count, django_assert_num_queries):
    for _ in range(count):
        ask(centre)
    ask(make_centre())  # of another centre, stays hidden

    with django_assert_num_queries(10):
        response = client.get(reverse("surveys:list"))

    assert response.context["listing"].count == count


@pytest.mark.parametrize("count", [1, 3])
def test_survey_page_costs_the_same_for_any_number_of_units_and_programmes(
    client, centre, staff, count, django_assert_num_queries
):
    programmes = [make_programme() for _ in range(count)]
    survey, units = ask(centre, units=count, programmes=programmes)
    content = AnswerContent(numbers={one.pk: 2 for one in programmes})
    for unit in units:
        send_answer(survey=survey, unit=unit, content=content, revision=0, by=None)

    with django_assert_num_queries(12):
        response = client.get(reverse("surveys:survey", args=[survey.pk]))

    assert response.context["grid"].grand_total.value == 2 * count * count


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_answers_costs_the_same(client, centre, staff, count, django_assert_num_queries):
    survey, units = ask(centre, units=count)
    for unit in units:
        send(survey, unit)

    with django_assert_num_queries(12):
        response = client.get(reverse("surveys:answers", args=[survey.pk]))

    assert response.context["listing"].count == count


def test_matrix_shows_units_and_kinds_and_opens_the_names(client, centre, staff):
    survey, [commune] = ask(centre)
    cell = make_unit("Chi bộ thôn 3", parent=centre.parent, kind="party_cell")
    survey.recipients.create(unit=cell)
    send(survey, commune, 3)
    send(survey, cell, 4)
    programme = survey.programmes.get()

    by_unit = client.get(reverse("surveys:survey", args=[survey.pk])).context["grid"]
    by_kind = client.get(reverse("surveys:survey", args=[survey.pk]), {"by": "kind"}).context["grid"]
    narrowed = client.get(reverse("surveys:survey", args=[survey.pk]), {"by": "unit", "kind": "party_cell"})

    [row] = by_unit.groups[0][1]
    assert sorted(cell.value for cell in row.cells) == [3, 4]
    assert row.total.url == f"{reverse('surveys:needs', args=[survey.pk])}?programme={programme.pk}"
    assert sorted(size for _name, size in by_kind.columns) == [1, 1]
    assert [cell.value for cell in narrowed.context["grid"].totals] == [4]


def test_names_behind_a_figure(client, centre, staff):
    survey, [unit, other] = ask(centre, units=2)
    programme = survey.programmes.get()
    person = make_person("Lê Văn An", unit=unit)
    content = AnswerContent(numbers={programme.pk: 2}, named=names(programme.pk, person.pk))
    send_answer(survey=survey, unit=unit, content=content, revision=0, by=None)
    send(survey, other, 9)

    response = client.get(reverse("surveys:needs", args=[survey.pk]), {"programme": programme.pk, "unit": unit.pk})

    assert (response.context["total"], response.context["listing"].count) == (2, 2)
    assert "Lê Văn An" in response.content.decode()


def test_answers_are_narrowed_to_those_not_sent(client, centre, staff):
    survey, [sent, draft, silent] = ask(centre, units=3)
    send(survey, sent)
    save_answer(survey=survey, unit=draft, content=number(survey.programmes.get().pk), revision=0, by=None)

    response = client.get(reverse("surveys:answers", args=[survey.pk]), {"standing": "unsent"})

    listing = response.context["listing"]
    assert {row.unit_id for row in listing.table.data.data} == {draft.pk, silent.pk}
    assert [chip.count for chip in listing.chips] == [3, 2, 1, 0, 0]


def test_answers_go_out_as_workbook(client, centre, staff):
    survey, [unit] = ask(centre)
    send(survey, unit)

    response = client.get(reverse("surveys:answers", args=[survey.pk]), {"export": "xlsx"})

    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert response.content.startswith(b"PK")


def test_survey_is_prepared_opened_closed_and_opened_again(client, centre, staff):
    programme, unit = make_programme(), make_unit(parent=centre.parent)
    data = form_data(owner=centre.pk, programmes=[programme.pk], units=[unit.pk])

    client.post(reverse("surveys:create"), data)
    survey = NeedsSurvey.objects.get()
    states = [survey.state]
    for step, words in (("open", {}), ("close", {}), ("reopen", {"reason": "Bão lụt"})):
        client.post(reverse(f"surveys:{step}", args=[survey.pk]), words)
        survey.refresh_from_db()
        states.append(survey.state)

    assert states == ["draft", "open", "closed", "open"]
    assert timezone.localtime(survey.closes_at).hour == 17
    assert list(survey.recipients.values_list("unit", flat=True)) == [unit.pk]


def test_unit_outside_the_catchment_cannot_be_asked(client, centre, staff):
    stranger = make_unit()

    response = client.post(reverse("surveys:create"), form_data(owner=centre.pk, units=[stranger.pk]))

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["units"]
    assert NeedsSurvey.objects.count() == 0


def test_survey_that_is_not_ready_says_all_that_is_missing(client, centre, staff):
    client.post(reverse("surveys:create"), form_data(owner=centre.pk))
    survey = NeedsSurvey.objects.get()

    response = client.post(reverse("surveys:open", args=[survey.pk]), follow=True)

    said = [str(message) for message in response.context["messages"]]
    assert said == [
        "Chưa chọn chương trình. Đánh dấu ít nhất một chương trình.",
        "Chưa chọn đơn vị. Đánh dấu ít nhất một đơn vị được khảo sát.",
    ]


def test_stale_form_of_a_survey_keeps_what_was_typed(client, centre, staff):
    survey, [unit] = ask(centre)
    programme = survey.programmes.get()
    chosen = {"programmes": [programme.pk], "units": [unit.pk]}
    url = reverse("surveys:edit", args=[survey.pk])
    client.post(url, form_data(title="Người thứ nhất", **chosen))

    response = client.post(url, form_data(title="Người thứ hai", **chosen))

    assert response.context["form"].non_field_errors() == [
        "Đợt khảo sát vừa được người khác cập nhật. Mở lại trang rồi sửa lại."
    ]
    assert "Người thứ hai" in response.content.decode()
    assert NeedsSurvey.objects.get().title == "Người thứ nhất"


def test_ticked_units_are_reminded(client, centre, staff):
    survey, [unit, other] = ask(centre, units=2)
    row = survey.recipients.get(unit=unit)

    response = client.post(reverse("surveys:remind", args=[survey.pk]), {"rows": [row.pk, "x"]}, follow=True)

    [said] = [str(message) for message in response.context["messages"]]
    assert said.startswith("Đã nhắc 1 đơn vị: 0 hộp thông báo, 0 thư điện tử.")
    assert survey.recipients.get(unit=unit).reminder_count == 1
    assert survey.recipients.get(unit=other).reminder_count == 0


def test_answer_is_sent_back_with_a_reason(client, centre, staff):
    survey, [unit] = ask(centre)
    send(survey, unit)

    client.post(reverse("surveys:send-back", args=[survey.pk, unit.pk]), {"reason": "Thiếu ngày sinh"})

    assert SurveyAnswer.objects.get().state == "draft"


def test_figures_are_frozen_compared_and_printed(client, centre, staff):
    survey, [first, second] = ask(centre, units=2)
    send(survey, first, 3)
    client.post(reverse("surveys:take-snapshot", args=[survey.pk]))
    send(survey, second, 5)
    client.post(reverse("surveys:take-snapshot", args=[survey.pk]))
    older, newer = NeedsSnapshot.objects.order_by("id")

    page = client.get(reverse("surveys:snapshots", args=[survey.pk]))
    both = client.get(reverse("surveys:compare", args=[survey.pk]), {"older": newer.pk, "newer": older.pk})
    paper = client.get(reverse("surveys:snapshot-workbook", args=[survey.pk, older.pk]))

    assert [one.total for one in page.context["snapshots"]] == [8, 3]
    assert (both.context["before"], both.context["after"], both.context["change"]) == (3, 8, 5)
    assert paper.content.startswith(b"PK")


def test_frozen_figures_lead_to_a_plan_for_their_year(client, centre, staff):
    survey, _ = ask(centre)
    frozen = take_snapshot(survey=survey, by=None)
    link = f"{reverse('plans:create')}?survey={survey.pk}"

    page = client.get(reverse("surveys:snapshot", args=[survey.pk, frozen.pk]))
    form = client.get(link).context["form"]

    assert link in page.content.decode()
    assert (form.initial["owner"], form.initial["year"], form.initial["survey"]) == (centre, survey.year, survey)


@pytest.mark.parametrize("key", ["", "x", "999999", "9" * 30, "foreign"])
def test_a_plan_begins_without_a_survey_that_is_not_ones_own(client, centre, staff, key):
    foreign, _ = ask(make_centre())

    page = client.get(reverse("plans:create"), {"survey": foreign.pk if key == "foreign" else key})

    assert page.context["form"].initial["survey"] is None


def test_snapshot_of_another_survey_is_not_found(client, centre, staff):
    survey, _ = ask(centre)
    other, _ = ask(centre)
    foreign = take_snapshot(survey=other, by=None)

    assert client.get(reverse("surveys:snapshot", args=[survey.pk, foreign.pk])).status_code == 404
    compared = client.get(reverse("surveys:compare", args=[survey.pk]), {"older": foreign.pk, "newer": "x"})
    assert compared.status_code == 404


def test_late_figures_and_those_after_freezing_are_shown(client, centre, staff):
    survey, [unit] = ask(centre, closes_at=timezone.now() - HOUR)
    take_snapshot(survey=survey, by=None)
    send(survey, unit, 7, late_reason="Lũ")

    response = client.get(reverse("surveys:survey", args=[survey.pk]))

    figures = {figure.label: (figure.value, figure.meaning) for figure in response.context["figures"]}
    assert figures["Nhu cầu nộp muộn"] == (7, "1 phiếu nộp muộn")
    assert figures["Nhu cầu"] == (7, "7 đến sau lần chốt gần nhất")
    assert response.context["state"].label == "Quá hạn, còn nhận nộp muộn"


def test_province_of_140_units_and_30_programmes_costs_few_queries(
    client, centre, staff, django_assert_max_num_queries
):
    programmes = [make_programme() for _ in range(30)]
    survey, units = ask(centre, units=140, programmes=programmes)
    content = AnswerContent(numbers={one.pk: 2 for one in programmes})
    for unit in units:
        send_answer(survey=survey, unit=unit, content=content, revision=0, by=None)

    with django_assert_max_num_queries(12):
        response = client.get(reverse("surveys:survey", args=[survey.pk]), {"by": "unit"})

    assert response.context["grid"].grand_total.value == 140 * 30 * 2
