"""The sort keys against ICU itself, through PostgreSQL's collation for Vietnamese."""

import os
import random
import unicodedata

import psycopg
import pytest

from tests.conftest import required
from vuntrong.kernel.text import sort_key, split_name, text_sort_key

FIRSTS = ["", *"bcdđghklmnpqrstvx", "ch", "gi", "kh", "ng", "ngh", "nh", "ph", "qu", "th", "tr", "f", "j", "w", "z"]
VOWELS = [*"aăâeêioôơuưy", "ia", "iê", "oa", "oe", "ua", "uô", "uy", "uyê", "ươ"]
LASTS = ["", "c", "ch", "i", "m", "n", "ng", "nh", "p", "t", "u", "y"]
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
SIGNS = " _-–—,;:!?.·'‘’\"“”«»()[]{}§@*/\\&#%•`^°+±×<=>|~−$₫€0123456789"


@pytest.fixture(scope="module")
def icu():
    url = os.environ.get("DATABASE_URL", "")
    address = url if url.startswith("postgres") else "host=127.0.0.1 dbname=postgres connect_timeout=3"
    try:
        connection = psycopg.connect(address)
    except psycopg.OperationalError:
        required("PostgreSQL")
    with connection:
        yield connection


def syllable(chance: random.Random) -> str:
    """Return a syllable as people write it, its tone on the first or the last vowel."""
    vowels = chance.choice(VOWELS)
    at = chance.randint(1, len(vowels))
    toned = vowels[:at] + chance.choice(TONES) + vowels[at:]
    return unicodedata.normalize("NFC", chance.choice(FIRSTS) + toned + chance.choice(LASTS))


def test_sort_key_equals_icu_on_given_family_and_middle_name(icu):
    chance = random.Random(20220110)
    pool = [syllable(chance) for _ in range(300)]
    names = sorted({" ".join(chance.choices(pool, k=chance.randint(1, 5))).title() for _ in range(6000)})
    parts = [split_name(name) for name in names]

    ordered = icu.execute(
        "select name from unnest(%s::text[], %s::text[], %s::text[], %s::text[]) as people (name, first, last, middle)"
        ' order by first collate "vi-x-icu", last collate "vi-x-icu", middle collate "vi-x-icu"',
        (names, [part.given for part in parts], [part.family for part in parts], [part.middle for part in parts]),
    ).fetchall()

    assert sorted(names, key=sort_key) == [name for (name,) in ordered]
    assert len({sort_key(name) for name in names}) == len(names)


def test_text_sort_key_equals_icu_on_whole_strings(icu):
    chance = random.Random(327)
    pool = [syllable(chance) for _ in range(40)]
    changes = [str.lower, str.upper, str.title]
    texts = set(SIGNS.strip()) | set("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
    for _ in range(6000):
        words = [chance.choice(changes)(word) for word in chance.choices(pool, k=chance.randint(1, 3))]
        texts.add(chance.choice(SIGNS).join(words).strip())
    unordered = sorted(texts)

    ordered = icu.execute(
        'select line from unnest(%s::text[]) as lines (line) order by line collate "vi-x-icu"', (unordered,)
    ).fetchall()

    assert sorted(unordered, key=text_sort_key) == [line for (line,) in ordered]


def test_text_sort_key_equals_icu_on_marks_of_other_languages(icu):
    marks = [*TONES[1:], "\u0306", "\u0302", "\u030c", "\u0308", "\u0307", "\u0304"]
    pairs = [first + second for first in ["", *marks] for second in ["", *marks]]
    texts = sorted({unicodedata.normalize("NFC", f"{base}{pair}n") for base in "aeiouñčyđ" for pair in pairs})

    ordered = icu.execute(
        'select line from unnest(%s::text[]) as lines (line) order by line collate "vi-x-icu"', (texts,)
    ).fetchall()

    assert sorted(texts, key=text_sort_key) == [line for (line,) in ordered]


def test_sort_keys_sort_the_same_under_every_collation(icu):
    chance = random.Random(5)
    pool = [syllable(chance) for _ in range(60)]
    keys = sorted({sort_key(" ".join(chance.choices(pool, k=3)).title()) for _ in range(2000)})

    for collation in ["C", "vi-x-icu", "en-x-icu", "und-x-icu"]:
        ordered = icu.execute(
            f'select line from unnest(%s::text[]) as lines (line) order by line collate "{collation}"', (keys,)
        ).fetchall()
        assert [key for (key,) in ordered] == keys
