"""What the demonstration does not do: touch a database in use, open accounts outside a demonstration, load a half."""

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_user
from vuntrong.accounts.models import User
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.ops.demo import loading
from vuntrong.planning.models import TrainingPlan
from vuntrong.programmes.models import Programme
from vuntrong.registry.models import Person, Unit


@pytest.mark.django_db
def test_a_database_in_use_is_refused():
    make_user("Người thật", username="nguoi-that")

    with pytest.raises(CommandError, match="nguoi-that"):
        call_command("load_demo")

    assert (Unit.objects.count(), Programme.objects.count(), ActionLogEntry.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_accounts_with_a_public_password_are_made_in_a_demonstration_only(settings, monkeypatch, capsys):
    settings.DEMO = False
    monkeypatch.setattr(loading, "ARTICLES", loading.ARTICLES[:2])

    call_command("load_demo")

    assert User.objects.count() == 0
    assert "accounts: not made" in capsys.readouterr().out


@pytest.mark.django_db
def test_killed_load_leaves_no_half_article_and_goes_on_later(settings, monkeypatch):
    """What the second article wrote before it died is gone; the first stays, and the next run loads the second."""
    settings.DEMO = False

    whole = loading.ARTICLES[:2]

    def die() -> str:
        whole[1].load()
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "ARTICLES", (whole[0], loading.Article(whole[1].key, die)))
    with pytest.raises(KeyboardInterrupt):
        call_command("load_demo")
    after_death = (Programme.objects.count() > 0, Person.objects.count(), TrainingPlan.objects.count())
    monkeypatch.setattr(loading, "ARTICLES", whole)

    call_command("load_demo")

    assert after_death == (True, 0, 0)
    assert TrainingPlan.objects.filter(owner__slug="tuyen-hoa").count() == 1


@pytest.mark.django_db
def test_dry_run_names_the_articles_and_writes_nothing(settings, capsys):
    settings.DEMO = False

    call_command("load_demo", "--dry-run", "--with-hai-phong")

    assert capsys.readouterr().out.splitlines() == [
        "programmes: would be loaded",
        "tuyen-hoa-2022: would be loaded",
        "hau-giang-2021: would be loaded",
        "lang-son-2023: would be loaded",
        "ben-tre-2020: would be loaded",
        "hai-phong: would be loaded",
        "vinh-ha: would be loaded",
        "hai-phong-2022: would be loaded",
        "accounts: not made, because VUNTRONG_DEMO is not set and their password is public",
    ]
    assert (Unit.objects.count(), Programme.objects.count(), ActionLogEntry.objects.count()) == (0, 0, 0)
