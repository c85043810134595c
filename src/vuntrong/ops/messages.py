"""Translations without GNU gettext: compile the catalogues, and find sentences that have no Vietnamese.

    python src/vuntrong/ops/messages.py compile    write a .mo beside each .po
    python src/vuntrong/ops/messages.py check      fail on untranslated, unused or badly filled entries

Sentences are written in English in the code; each domain of `web` keeps its Vietnamese in its own locale folder.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parents[1]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
LETTER = re.compile(r"[A-Za-z]{2}")


def catalogues() -> list[Path]:
    """Return the .po files of Vietnamese."""
    return sorted((PACKAGE / "web").rglob("locale/vi/LC_MESSAGES/django.po"))


def compile_all() -> None:
    """Write a .mo beside each .po."""
    for path in catalogues():
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def used_messages() -> dict[tuple[str, str], str]:
    """Return where each sentence stands, by (context, English)."""
    found: dict[tuple[str, str], str] = {}
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]):
        for line, context, message in _messages_in(path):
            found.setdefault((context, message), f"{path.relative_to(PACKAGE)}:{line}")
    return found


def problems() -> list[str]:
    """Return what is wrong with the catalogues, in English, one line each."""
    used = used_messages()
    known: dict[tuple[str, str], polib.POEntry] = {}
    found = []
    for path in catalogues():
        for entry in polib.pofile(str(path)):
            first = known.setdefault((entry.msgctxt or "", entry.msgid), entry)
            if (first.msgstr, first.msgstr_plural) != (entry.msgstr, entry.msgstr_plural):
                found.append(f"{path.relative_to(PACKAGE)}: another catalogue says {entry.msgid!r} in other words")
            found += [f"{path.relative_to(PACKAGE)}: {problem}" for problem in _entry_problems(entry)]
    missing = [f"{place}: no Vietnamese for {key[1]!r}" for key, place in used.items() if key not in known]
    unused = [f"not used any more: {key[1]!r}" for key in known if key not in used]
    return found + missing + unused


def _entry_problems(entry: polib.POEntry) -> Iterator[str]:
    texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
    if not all(texts):
        yield f"no Vietnamese for {entry.msgid!r}"
    wanted = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural or "")
    if any(_placeholders(text) - wanted for text in texts):
        yield f"placeholders of {entry.msgid!r} differ"
    if not LETTER.search(entry.msgid):
        yield f"nothing to translate in {entry.msgid!r}"


def _placeholders(text: str) -> set[str]:
    return {first or second for first, second in PLACEHOLDER.findall(text)}


def _messages_in(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yield (line, context, English) of the sentences in a module or a template."""
    from babel.messages.extract import extract_python  # noqa: PLC0415 - a development tool, absent where only compiling

    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        source = _template_as_python(source, path)
    for line, function, message, _comments in extract_python(BytesIO(source.encode()), KEYWORDS, [], {}):
        parts = list(message) if isinstance(message, (tuple, list)) else [message]
        texts = [part for part in parts if isinstance(part, str) and part]
        if texts:
            context = texts.pop(0) if function and "pgettext" in function else ""
            yield line, context, str(texts[0])


def _template_as_python(source: str, path: Path) -> str:
    from django.conf import settings  # noqa: PLC0415 - as above
    from django.utils.translation.template import templatize  # noqa: PLC0415

    if not settings.configured:
        settings.configure()
    python = templatize(source, origin=str(path))
    return "\n".join(line.strip() for line in python.split("\n"))  # the indentation of HTML is none of Python's


def main() -> int:
    """Run the sub-command named on the command line."""
    if sys.argv[1:] == ["compile"]:
        compile_all()
        return 0
    if sys.argv[1:] == ["check"]:
        found = problems()
        sys.stdout.writelines(f"{problem}\n" for problem in found)
        return 1 if found else 0
    sys.stderr.write(__doc__ or "")
    return 2


if __name__ == "__main__":
    sys.exit(main())
