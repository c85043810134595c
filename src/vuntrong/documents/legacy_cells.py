"""Cells in fonts of before Unicode, converted one by one: a sheet that grew over twenty years mixes them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from vuntrong.documents.grids import Conversion, Fonts, RawValue
from vuntrong.kernel.legacy import SURE, Encoding, encoding_of_font, guess_encoding, to_unicode
from vuntrong.kernel.syllables import is_surely_vietnamese

Values = Sequence[Sequence[RawValue]]
CONTEXT = 3
"""So many sure cells of one encoding in a column let the doubtful ones follow."""


def with_unicode(rows: Values, fonts: Fonts) -> tuple[Values, tuple[Conversion, ...]]:
    """Return the rows with legacy text converted, and what was converted by column.

    A font decides for its cell, then the letters; a cell that its letters leave in doubt follows its column, unless the
    sheet has old fonts and did not give the cell one. Nearly free for a sheet that has neither such fonts nor such
    letters: equal texts are asked about once.
    """
    suspects = _suspects(rows)
    if not suspects and not fonts:
        return rows, ()
    sure = {text: guess_encoding(text) for text in suspects}
    found = {text: guess.encoding for text, guess in sure.items() if guess.encoding and guess.confidence >= SURE}
    if not found and not fonts:
        return rows, ()
    return _Converter(rows, fonts, found, suspects).convert()


def _suspects(rows: Values) -> frozenset[str]:
    """Return the texts that hold a letter beyond ASCII and none that only Unicode Vietnamese has."""
    suspects: set[str] = set()
    known: set[RawValue] = set()
    for row in rows:
        fresh = set(row) - known
        known |= fresh
        suspects.update(value for value in fresh if isinstance(value, str) and not value.isascii())
    return frozenset(text for text in suspects if not is_surely_vietnamese(text))


class _Converter:
    def __init__(self, rows: Values, fonts: Fonts, found: Mapping[str, Encoding], suspects: frozenset[str]) -> None:
        self.rows = rows
        self.fonts = fonts
        self.found = found
        self.suspects = suspects
        self.columns = {} if fonts else self._columns()
        self.counts: Counter[tuple[int, Encoding]] = Counter()
        self.first: dict[tuple[int, Encoding], tuple[int, str, str]] = {}

    def _columns(self) -> dict[int, Encoding]:
        """Return the encoding of each column that has enough sure cells of one encoding and of no other."""
        seen: defaultdict[int, Counter[Encoding]] = defaultdict(Counter)
        for row in self.rows:
            if not self.suspects.isdisjoint(row):
                for index, value in enumerate(row):
                    if isinstance(value, str) and value in self.found:
                        seen[index][self.found[value]] += 1
        return {
            index: next(iter(counts))
            for index, counts in seen.items()
            if len(counts) == 1 and next(iter(counts.values())) >= CONTEXT
        }

    def convert(self) -> tuple[Values, tuple[Conversion, ...]]:
        marked = {place[0] for place in self.fonts}
        rows = [
            self._row(number, row) if number in marked or not self.suspects.isdisjoint(row) else row
            for number, row in enumerate(self.rows)
        ]
        conversions = [
            Conversion(column, encoding, count, *self.first[column, encoding])
            for (column, encoding), count in sorted(self.counts.items())
        ]
        return rows, tuple(conversions)

    def _row(self, number: int, row: Sequence[RawValue]) -> Sequence[RawValue]:
        return [self._cell(number, index, value) if isinstance(value, str) and value else value
                for index, value in enumerate(row)]  # fmt: skip

    def _cell(self, number: int, index: int, value: str) -> str:
        font = self.fonts.get((number, index))
        if isinstance(font, tuple) and "".join(run.text for run in font) != value:
            font = None
        if isinstance(font, tuple):
            read = "".join(to_unicode(run.text, font=run.font) for run in font)
            told = next((told for run in font if (told := encoding_of_font(run.font))), None)
        else:
            told = encoding_of_font(font) if font else None
            encoding = self.found.get(value) or (self.columns.get(index) if value in self.suspects else None)
            read = to_unicode(value, font=font or "") if told else to_unicode(value, encoding) if encoding else value
        if read != value:
            key = (index, told.encoding if told else self.found.get(value) or self.columns[index])
            self.counts[key] += 1
            self.first.setdefault(key, (number + 1, value, read))
        return read
