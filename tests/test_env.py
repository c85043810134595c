from pathlib import Path

import pytest

from vuntrong import env


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1", True),
        ("true", True),
        ("YES", True),
        ("on", True),
        ("0", False),
        ("false", False),
        ("off", False),
        ("", False),
    ],
)
def test_flag_reads_yes_and_no(monkeypatch, value, expected):
    monkeypatch.setenv("VUNTRONG_X", value)

    assert env.flag("VUNTRONG_X", default=not expected) is expected


@pytest.mark.parametrize("value", ["ture", "2", "có"])
def test_flag_refuses_a_misspelt_value(monkeypatch, value):
    monkeypatch.setenv("VUNTRONG_X", value)

    with pytest.raises(env.BadSetting, match="VUNTRONG_X"):
        env.flag("VUNTRONG_X", default=False)


def test_integer_refuses_words(monkeypatch):
    monkeypatch.setenv("VUNTRONG_X", "hai")

    with pytest.raises(env.BadSetting, match="whole number"):
        env.integer("VUNTRONG_X", 1)


def test_words_drops_empty_members(monkeypatch):
    monkeypatch.setenv("VUNTRONG_X", " a, ,b,")

    assert env.words("VUNTRONG_X", "") == ["a", "b"]


def test_secret_is_made_once_and_private(tmp_path: Path):
    file = tmp_path / "secret-key"

    first = env.secret("VUNTRONG_NO_SECRET", file)

    assert env.secret("VUNTRONG_NO_SECRET", file) == first
    assert len(first) == 64
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_short_secret_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("VUNTRONG_X", "quá ngắn")

    with pytest.raises(env.BadSetting, match="32"):
        env.secret("VUNTRONG_X", tmp_path / "secret-key")


def test_the_database_is_sqlite_in_the_data_folder_by_default(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)

    entry = env.database("DATABASE_URL", tmp_path)

    assert entry["ENGINE"] == "django.db.backends.sqlite3"
    assert entry["NAME"] == str(tmp_path / "vuntrong.sqlite3")
    assert entry["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_postgres_url_is_taken_apart(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://vun:m%40t@may-chu:6432/trong")

    entry = env.database("DATABASE_URL", tmp_path)

    assert [entry[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "trong", "vun", "m@t", "may-chu", "6432",
    ]  # fmt: skip


@pytest.mark.parametrize("url", ["mysql://root@may/trong", "postgres://root@may/", "trong"])
def test_other_databases_are_refused(monkeypatch, tmp_path, url):
    monkeypatch.setenv("DATABASE_URL", url)

    with pytest.raises(env.BadSetting, match="DATABASE_URL"):
        env.database("DATABASE_URL", tmp_path)


SERVER = {"host": "thu.tinh.vn", "user": "", "password": ""}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://vt:m%40t@thu.tinh.vn", {"port": 587, "user": "vt", "password": "m@t", "starttls": True, "ssl": False}),
        ("smtp://thu.tinh.vn:2525?tls=no", SERVER | {"port": 2525, "starttls": False, "ssl": False}),
        ("smtp://127.0.0.1", {"host": "127.0.0.1", "port": 25, "starttls": False}),
        ("smtps://thu.tinh.vn", SERVER | {"port": 465, "starttls": False, "ssl": True}),
        ("console:", {"backend": "django.core.mail.backends.console.EmailBackend"}),
        ("", {}),
    ],
)
def test_mail_reads_where_to_send(monkeypatch, url, expected):
    monkeypatch.setenv("VUNTRONG_X", url)

    found = env.mail("VUNTRONG_X", "")

    assert expected.items() <= found.items()
    assert bool(found) is bool(url)


@pytest.mark.parametrize(
    "url",
    ["thu.tinh.vn", "smtp:", "http://thu.tinh.vn", "smtp://h:99999", "smtp://h?tls=maybe", "smtps://h?tls=no"],
)
def test_mail_refuses_what_it_cannot_mean(monkeypatch, url):
    monkeypatch.setenv("VUNTRONG_X", url)

    with pytest.raises(env.BadSetting, match="VUNTRONG_X"):
        env.mail("VUNTRONG_X", "")


@pytest.mark.parametrize(
    ("read", "good", "bad"),
    [
        (env.sender, "Đào tạo <daotao@tinh.vn>", "daotao"),
        (env.base_url, "https://daotao.tinh.vn", "daotao.tinh.vn"),
        (env.base_url, "http://10.0.0.5:8000", "https://daotao.tinh.vn/vun-trong"),
    ],
)
def test_sender_and_base_url_are_asked_for_only_where_mail_leaves(monkeypatch, read, good, bad):
    monkeypatch.setenv("VUNTRONG_X", good)
    assert read("VUNTRONG_X", is_needed=True) == good
    monkeypatch.setenv("VUNTRONG_X", bad)
    with pytest.raises(env.BadSetting, match="VUNTRONG_X"):
        read("VUNTRONG_X", is_needed=False)
    monkeypatch.delenv("VUNTRONG_X")
    assert read("VUNTRONG_X", is_needed=False)
    with pytest.raises(env.BadSetting, match="VUNTRONG_X"):
        read("VUNTRONG_X", is_needed=True)
