"""Photos of people: told by their first bytes, and kept without what cameras write beside the picture."""

from dataclasses import dataclass

from vuntrong.kernel.errors import RuleBroken, Violation

PHOTO_LIMIT = 4 * 2**20
"""Bytes."""
JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
KEPT_JPEG = {0xE0, 0xEE}
"""Application segments that the picture needs: JFIF and Adobe's colours. The others tell place, time and camera."""
KEPT_PNG = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"sRGB", b"cHRM", b"pHYs"}
START_OF_SCAN, COMMENT, END_OF_IMAGE = 0xDA, 0xFE, b"\xff\xd9"


@dataclass(frozen=True)
class Photo:
    """A picture without its side data."""

    content: bytes
    content_type: str


def clean_photo(content: bytes) -> Photo:
    """Return a JPEG or PNG without place, time, camera and comments; the picture itself stays as it is.

    Raises RuleBroken with photo-kind, photo-size or photo-broken.
    """
    if len(content) > PHOTO_LIMIT:
        raise RuleBroken([Violation("photo-size", "", {"limit": PHOTO_LIMIT // 2**20})])
    try:
        if content.startswith(JPEG):
            return Photo(_jpeg(content), "image/jpeg")
        if content.startswith(PNG):
            return Photo(_png(content), "image/png")
    except (IndexError, ValueError):
        raise RuleBroken([Violation("photo-broken")]) from None
    raise RuleBroken([Violation("photo-kind")])


def _jpeg(content: bytes) -> bytes:
    """Copy segments and picture, leaving out side data and what follows the end. Raises ValueError when cut off."""
    kept, at = bytearray(content[:2]), 2
    while content[at + 1] != START_OF_SCAN:
        if content[at] != 0xFF:
            raise ValueError("no segment")
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise ValueError("cut off")
        if not (0xE0 <= marker <= 0xEF and marker not in KEPT_JPEG) and marker != COMMENT:
            kept += content[at:end]
        at = end
    return bytes(kept + content[at : content.index(END_OF_IMAGE, at) + 2])


def _png(content: bytes) -> bytes:
    """Copy the chunks of the picture up to its end. Raises ValueError when one is cut off."""
    kept, at = bytearray(content[:8]), 8
    while True:
        length, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        end = at + 12 + length
        if len(kind) < 4 or end > len(content):
            raise ValueError("cut off")
        if kind in KEPT_PNG:
            kept += content[at:end]
        if kind == b"IEND":
            return bytes(kept)
        at = end
