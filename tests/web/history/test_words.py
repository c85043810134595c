import ast
from pathlib import Path

from django.utils import translation

from vuntrong.web.history.words import ACTIONS, words_for

PACKAGE = Path(__file__).resolve().parents[3] / "src" / "vuntrong"


def is_record(call: str) -> bool:
    return call.endswith(("log.record", "log.record_many"))


def logged_actions() -> set[str]:
    """Return the names that the code writes into the log."""
    calls = [node for path in PACKAGE.rglob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    records = [node for node in calls if isinstance(node, ast.Call) and is_record(ast.unparse(node.func))]
    return {call.args[0].value for call in records if call.args and isinstance(call.args[0], ast.Constant)}


def test_every_action_that_is_logged_has_a_name():
    assert logged_actions() - set(ACTIONS) == set()


def test_the_names_are_said_in_the_language_of_the_person():
    with translation.override("en"):
        english = words_for("create_person")

    assert (english, words_for("create_person")) == ("Entered the person", "Thêm cán bộ")
