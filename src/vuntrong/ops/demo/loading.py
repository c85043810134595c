"""Load the articles one by one: each in one transaction, each once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db import transaction

from vuntrong.kernel import log
from vuntrong.kernel.models import ActionLogEntry
from vuntrong.ops.demo import hai_phong, plain, province, shelf, tuyen_hoa, users

ACTION = "load_demo"
THERE = "already there"


@dataclass(frozen=True)
class Article:
    """A part of the demonstration that is loaded whole or not at all."""

    key: str
    load: Callable[[], str]
    """Enters everything and returns what was entered."""


ARTICLES = (
    Article("programmes", shelf.make_programmes),
    Article("tuyen-hoa-2022", tuyen_hoa.load),
    Article("hau-giang-2021", partial(plain.load, "hau_giang")),
    Article("lang-son-2023", partial(plain.load, "lang_son")),
    Article("ben-tre-2020", partial(plain.load, "ben_tre")),
    Article("hai-phong", hai_phong.load_units),
    Article("vinh-ha", province.load),
)
LARGE = (Article("hai-phong-2022", hai_phong.load_classes),)
ACCOUNTS = Article("accounts", users.load)


def load_demo(*, with_hai_phong: bool = False, dry_run: bool = False) -> Iterator[str]:
    """Load what is not there yet and yield a line about each article; what was loaded before is left as it is."""
    articles = (*ARTICLES, *(LARGE if with_hai_phong else ()), *((ACCOUNTS,) if settings.DEMO else ()))
    for article in articles:
        yield f"{article.key}: {_would_load(article) if dry_run else _load_once(article)}"
    if not settings.DEMO:
        yield f"{ACCOUNTS.key}: not made, because VUNTRONG_DEMO is not set and their password is public"


@transaction.atomic
def _load_once(article: Article) -> str:
    """Load an article unless the log says that it was loaded; a killed run leaves neither rows nor the log entry."""
    if _is_loaded(article):
        return THERE
    did = article.load()
    log.record(ACTION, None, by=None, label=article.key, after={"loaded": did})
    return did


def _is_loaded(article: Article) -> bool:
    return ActionLogEntry.objects.filter(action=ACTION, subject_label=article.key).exists()


def _would_load(article: Article) -> str:
    return THERE if _is_loaded(article) else "would be loaded"
