"""Tags, states, and every part with sample values."""

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from tests.factories import make_class, make_person, make_unit, make_user
from vuntrong.classes.models import ClassRun
from vuntrong.kernel.dates import PartialDate
from vuntrong.web.kit import states
from vuntrong.web.kit.values import Figure, State


def shown(template: str, **context: object) -> str:
    request = RequestFactory().get("/lop/?sort=-code&page=3&state=open")
    with translation.override("vi"):
        return engines["django"].from_string(template).render(context, request)


@pytest.mark.parametrize(
    ("template", "value", "expected"),
    [
        ("{{ value|initials }}", "Đặng Thu Hằng", "ĐH"),
        ("{{ value|initials }}", "ánh", "Á"),
        ("{{ value|initials }}", "", ""),
        ("{{ value|plain }}", 2026, "2026"),
        ("{{ value }}", 2026, "2.026"),
        ("{{ value|day }}", PartialDate(1990, 5), "05/1990"),
        ("{{ value|day }}", None, "–"),
        ("{{ value|vn_percent:1 }}", 0.3, "30,0\u202f%"),
    ],
)
def test_filters(template, value, expected):
    assert shown(template, value=value) == expected


def test_query_string_keeps_filters_and_drops_the_page():
    assert shown('{% query_string sort="code" %}') == "?state=open&amp;sort=code"
    assert shown('{% query_string state="" %}') == "?sort=-code"


@pytest.mark.parametrize(
    ("share", "width"), [(None, "0.0"), (-1, "0.0"), (0.305, "30.5"), (1, "100.0"), (1.7, "100.0")]
)
def test_bar_is_svg_without_style_and_never_wider_than_its_track(share, width):
    html = shown("{% bar share 'ok' %}", share=share)

    assert f'<rect class="value" width="{width}%"' in html
    assert "style" not in html


def test_part_passes_its_body_and_keeps_escaping():
    html = shown("{% part '_card' title=title %}<b>{{ title }}</b>{% endpart %}", title="<i>")

    assert "<h2>&lt;i&gt;</h2>" in html
    assert "<b>&lt;i&gt;</b>" in html


def test_state_badge_has_glyph_and_word():
    html = shown("{% state_badge state %}", state=State("wait", "Chờ duyệt"))

    assert "#clock" in html
    assert "Chờ duyệt" in html


def test_figures_show_numbers_with_separators_and_words_as_they_are():
    html = shown("{% include 'parts/_figures.html' %}", figures=[Figure("Lượt", 55001), Figure("Lớp", "06")])

    assert "55.001" in html
    assert "06" in html


@pytest.mark.django_db
def test_state_of_a_record_comes_from_the_declared_tones(monkeypatch):
    monkeypatch.setattr(states, "_TONES", {})
    states.declare(ClassRun, "state", {"running": "run"})
    home = make_unit()
    draft, running = (
        make_class(owner=home, state="draft"),
        make_class(owner=home, state="running", opened_on="2026-01-02"),
    )

    assert states.state_of(running) == State("run", running.get_state_display())
    assert states.state_of(draft).tone == "none"


@pytest.mark.django_db
def test_a_model_without_tones_is_a_mistake_that_shows():
    with pytest.raises(LookupError, match=r"registry\.Unit"):
        states.state_of(make_unit())


@pytest.mark.django_db
def test_sheet_shows_every_part_to_the_superuser_only(client, settings):
    make_person("Lê Văn Minh")
    client.force_login(make_user(is_superuser=True))
    to_superuser = client.get("/parts/")
    client.force_login(make_user())
    to_others = client.get("/parts/")

    assert to_superuser.status_code == 200
    assert "Lê Văn Minh" in to_superuser.content.decode()
    assert to_others.status_code == 404


@pytest.mark.django_db
def test_job_asks_again_until_it_is_over(client):
    client.force_login(make_user(is_superuser=True))

    running, over = client.get("/parts/job/?done=3"), client.get("/parts/job/?done=9")

    assert 'hx-get="/parts/job/?done=4"' in running.content.decode()
    assert "hx-get" not in over.content.decode()
