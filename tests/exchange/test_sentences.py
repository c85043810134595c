import re
from pathlib import Path

from vuntrong.exchange.rules.people_fields import ALIASES
from vuntrong.exchange.sentences import FIELDS, PROBLEMS, WORKBOOK

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "vuntrong"


def codes(pattern: str, folder: str) -> set[str]:
    return {code for path in (PACKAGE / folder).rglob("*.py") for code in re.findall(pattern, path.read_text("utf-8"))}


def test_every_remark_has_a_sentence():
    said = codes(r'Remark\(\s*"([a-z-]+)"', "exchange/rules") | codes(r'say\(at, "\w+", "([a-z-]+)"', "exchange/rules")

    assert said - set(PROBLEMS) == set()


def test_every_trouble_of_a_workbook_has_a_sentence():
    assert codes(r'WorkbookError\(\s*"([a-z-]+)"', "documents") - set(WORKBOOK) == set()


def test_every_field_has_a_name():
    assert set(ALIASES) - set(FIELDS) == set()
