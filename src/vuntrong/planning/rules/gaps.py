"""When a gap list may become needs of a survey."""

from vuntrong.kernel.errors import Violation


def gap_needs_violations(*, is_open: bool, is_offered: bool) -> list[Violation]:
    """Return every reason why people of a gap list may not be named in a survey; empty means allowed."""
    found = []
    if not is_open:
        found.append(Violation("gap-survey-not-open"))
    if not is_offered:
        found.append(Violation("gap-programme-not-offered"))
    return found
