"""Length budgets of the house style. The list of exceptions is empty and stays so."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "vuntrong"
OURS = [*PACKAGE.rglob("*.py"), ROOT / "dev.py", *(ROOT / "benchmarks").rglob("*.py")]
MODULES = sorted(path for path in OURS if "migrations" not in path.parts)
TEMPLATES = sorted((PACKAGE / "web" / "templates").rglob("*.html"))
FUNCTION, VIEW, MODULE, TEMPLATE = 40, 20, 400, 150


def functions(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [(node.name, node.end_lineno - node.lineno + 1) for node in ast.walk(tree) if isinstance(node, kinds)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_keep_their_budgets(path):
    limit = VIEW if path.name == "views.py" or path.parent.name == "views" else FUNCTION

    too_long = [f"{name}: {lines} lines" for name, lines in functions(path) if lines > limit]

    assert too_long == []
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MODULE


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_keep_their_budget(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= TEMPLATE
