import pytest
from django.apps import apps

from vuntrong.registry import reference
from vuntrong.registry.models import Ethnicity, Post, Religion

COUNTS = (len(reference.rows_of("Post")), 55, 17)


def counts():
    return Post.objects.count(), Ethnicity.objects.count(), Religion.objects.count()


@pytest.mark.django_db
def test_a_house_starts_with_posts_ethnic_groups_and_religions():
    assert counts() == COUNTS
    assert Religion.objects.get(code=0).name == "Không"


@pytest.mark.django_db
def test_loading_again_keeps_what_somebody_changed():
    Post.objects.filter(code="giang-vien").update(name="Giảng viên (hạng III)")
    Post.objects.filter(code="chuyen-vien").delete()

    reference.load(apps)

    assert counts() == COUNTS
    assert Post.objects.get(code="giang-vien").name == "Giảng viên (hạng III)"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_tests_that_commit_find_the_rows_too(time):
    assert counts() == COUNTS
