"""The gap list on its page, and its way into the needs survey."""

import pytest
from django.test import Client

from tests.factories import make_person, make_programme, make_survey, make_unit, make_user_with
from vuntrong.kernel.errors import RuleBroken
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.planning.actions.gap_needs import add_gap_needs
from vuntrong.planning.models import SurveyAnswer, SurveyRecipient, TrainingNeed
from vuntrong.registry.models import Post, Posting

pytestmark = pytest.mark.django_db
ON = "22/11/2026"


class House:
    """A province with a commune whose deputy head lacks the intermediate level, and an open survey."""

    def __init__(self):
        self.province = make_unit("Tỉnh ủy", kind="provincial_committee")
        self.commune = make_unit("Đảng ủy xã An Phú", parent=self.province)
        self.office = make_unit("Phòng Kinh tế xã An Phú", parent=self.commune)
        self.programme = make_programme("Trung cấp lý luận chính trị", code="trung-cap-llct", kind="training")
        self.survey = make_survey(owner=self.province, programmes=[self.programme])
        SurveyRecipient.objects.create(survey=self.survey, unit=self.commune)

    def holder(self, name="Lê Thị Mai", level="so-cap", unit=None):
        person = make_person(name, unit=unit or self.office, political_level=level)
        Posting.objects.filter(person=person).update(post=Post.objects.get(code="pho-truong-phong-xa"))
        return person

    def signed_in(self, role):
        client = Client()
        client.force_login(make_user_with(role, self.province))
        return client


@pytest.fixture
def house():
    return House()


def test_the_list_names_who_lacks_what(house):
    house.holder()
    house.holder("Hà Văn Đủ", level="trung-cap")
    house.holder("Lò Văn Chưa Rõ", level="")

    page = house.signed_in("organisation_board").get("/gaps/", {"on": ON})

    shown = page.content.decode()
    assert "Lê Thị Mai" in shown
    assert (
        "Trình độ lý luận chính trị thấp hơn Trung cấp LLCT. (29/2024/NĐ-CP, chưa đối chiếu với văn bản gốc)" in shown
    )
    assert "Hà Văn Đủ" not in shown
    assert [(chip.label, chip.count) for chip in page.context["listing"].chips] == [
        ("Tất cả", 2),
        ("Chưa đạt chuẩn", 1),
        ("Thiếu dữ liệu", 1),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(house, count, django_assert_num_queries):
    for number in range(count):
        house.holder(f"Lê Thị Mai {number}")
    client = house.signed_in("unit_clerk")
    client.get("/gaps/")

    with django_assert_num_queries(13):
        client.get("/gaps/", {"on": ON})


def test_one_press_names_the_list_in_the_survey_and_again_adds_nobody(house):
    person = house.holder()
    client = house.signed_in("organisation_board")
    typed = {"survey": house.survey.pk, "programme": house.programme.pk}

    first = client.post("/gaps/needs/?answer=not-eligible", typed, follow=True)
    again = client.post("/gaps/needs/?answer=not-eligible", typed, follow=True)

    [need] = TrainingNeed.objects.all()
    assert (need.person, need.answer.unit, need.answer.state) == (person, house.commune, "draft")
    assert "Đã đưa 1 người vào khảo sát." in first.content.decode()
    assert "1 người đã có tên từ trước." in again.content.decode()
    assert ActionLogEntry.objects.filter(action="add_gap_needs").count() == 2


def test_units_that_have_sent_or_are_not_asked_are_told(house):
    elsewhere = house.holder("Ở Nơi Khác", unit=make_unit(parent=house.province))
    person = house.holder()
    SurveyAnswer.objects.create(survey=house.survey, unit=house.commune, state="sent")

    done = add_gap_needs(
        survey=house.survey, programme=house.programme, people=[person.pk, elsewhere.pk], note="", by=None
    )

    assert (done.added, done.already_sent, done.not_asked) == (0, (person.pk,), (elsewhere.pk,))
    assert not TrainingNeed.objects.exists()


def test_the_whole_number_of_a_unit_covers_those_named(house):
    answer = SurveyAnswer.objects.create(survey=house.survey, unit=house.commune, revision=3)
    TrainingNeed.objects.create(answer=answer, programme=house.programme, headcount=1)
    people = [house.holder("Lê A").pk, house.holder("Lê B").pk]

    add_gap_needs(survey=house.survey, programme=house.programme, people=people, note="", by=None)

    answer.refresh_from_db()
    assert answer.needs.get(person=None).headcount == 2
    assert answer.revision == 4


def test_a_closed_survey_and_a_programme_that_it_does_not_offer_are_refused(house):
    other = make_programme()
    house.survey.state = "closed"
    house.survey.save()

    with pytest.raises(RuleBroken) as refusal:
        add_gap_needs(survey=house.survey, programme=other, people=[], note="", by=None)

    assert [one.code for one in refusal.value.violations] == ["gap-survey-not-open", "gap-programme-not-offered"]
    assert not ActionLogEntry.objects.filter(action="add_gap_needs").exists()
