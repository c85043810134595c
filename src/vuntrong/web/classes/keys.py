"""Keys that a browser sends."""


def whole(text: str | None) -> int:
    """Return a key, 0 for what cannot be one."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 18 else 0
