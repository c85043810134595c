import pytest

from vuntrong.kernel.errors import RuleBroken, StaleState
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.registry.actions import add_catalogue_row, change_catalogue_row, state_of_row
from vuntrong.registry.models import Ethnicity, Post

pytestmark = pytest.mark.django_db


def test_an_office_adds_a_post_of_its_own():
    values = {"code": "to-truong", "name": "Tổ  trưởng", "aliases": ["TT tổ", " "], "managing_level": "unit", "rank": 5}

    row = add_catalogue_row(catalogue="posts", values=values, by=None)

    assert (row.name, row.aliases) == ("Tổ trưởng", ["TT tổ"])
    entry = ActionLogEntry.objects.get(action="add_catalogue_row")
    assert (entry.subject_label, entry.after["code"]) == ("Tổ trưởng", "to-truong")


def test_a_word_belongs_to_one_row():
    tay = Ethnicity.objects.get(code=2)

    with pytest.raises(RuleBroken) as refusal:
        change_catalogue_row(row=tay, values={"aliases": ["H'Mông", "Thổ (Tày)"]}, seen=state_of_row(tay), by=None)

    assert [one.values for one in refusal.value.violations] == [{"word": "H'Mông", "name": "Mông"}]
    assert not ActionLogEntry.objects.filter(action="change_catalogue_row").exists()


def test_a_word_may_mean_posts_of_two_levels_but_not_two_of_one():
    values = {"name": "Tổ trưởng", "managing_level": "unit"}
    level = {"code": "to-truong-huyen", "aliases": ["Chánh Văn phòng Đảng ủy"]}
    add_catalogue_row(catalogue="posts", values=values | level, by=None)

    with pytest.raises(RuleBroken, match="catalogue-code-taken, catalogue-word-taken"):
        add_catalogue_row(catalogue="posts", values=values | {"code": "chuyen-vien", "aliases": []}, by=None)


def test_of_two_who_opened_the_same_row_the_second_is_told():
    post = Post.objects.get(code="chuyen-vien")
    seen = state_of_row(post)

    change_catalogue_row(row=post, values={"rank": 7}, seen=seen, by=None)
    with pytest.raises(StaleState):
        change_catalogue_row(row=post, values={"rank": 8}, seen=seen, by=None)

    assert Post.objects.get(code="chuyen-vien").rank == 7
    assert ActionLogEntry.objects.filter(action="change_catalogue_row").count() == 1
