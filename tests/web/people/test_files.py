import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.factories import make_person, make_unit, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.documents.photos import PHOTO_LIMIT, clean_photo
from vuntrong.kernel.errors import RuleBroken
from vuntrong.registry.models import Person


def segment(marker, body):
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def chunk(kind, body=b""):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


PICTURE = segment(0xDB, b"table") + segment(0xDA, b"head") + b"scan\xff\x00data\xff\xd9"
JPEG = b"\xff\xd8" + segment(0xE0, b"JFIF") + segment(0xE1, b"Exif GPS") + segment(0xFE, b"Anna") + PICTURE
PNG_START, PNG_END = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"size"), chunk(b"IDAT", b"data") + chunk(b"IEND")
PNG = PNG_START + chunk(b"tEXt", b"Anna") + chunk(b"eXIf", b"GPS") + PNG_END


@pytest.mark.parametrize(
    ("content", "kept", "kind"),
    [
        (JPEG, b"\xff\xd8" + segment(0xE0, b"JFIF") + PICTURE, "image/jpeg"),
        (JPEG + b"camera's own data", b"\xff\xd8" + segment(0xE0, b"JFIF") + PICTURE, "image/jpeg"),
        (PNG, PNG_START + PNG_END, "image/png"),
        (PNG + b"more", PNG_START + PNG_END, "image/png"),
    ],
)
def test_a_photo_is_kept_without_what_the_camera_tells(content, kept, kind):
    photo = clean_photo(content)

    assert (photo.content, photo.content_type) == (kept, kind)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "photo-kind"),
        (b"<svg/>", "photo-kind"),
        (b"GIF89a", "photo-kind"),
        (JPEG[:-2], "photo-broken"),
        (JPEG[:12], "photo-broken"),
        (JPEG[:4], "photo-broken"),
        (PNG[:-3], "photo-broken"),
        (PNG[:20], "photo-broken"),
        (PNG + b"x" * PHOTO_LIMIT, "photo-size"),
    ],
)
def test_what_is_no_whole_picture_is_refused(content, code):
    with pytest.raises(RuleBroken, match=code):
        clean_photo(content)


@pytest.fixture
def person(client, db):
    unit = make_unit()
    client.force_login(make_user_with(Role.ORGANISATION_BOARD, unit))
    return make_person(unit=unit)


def upload(client, person, content, name="anh.jpg"):
    files = {"photo": SimpleUploadedFile(name, content), "revision": "0"}
    return client.post(reverse("people:photo-change", args=[person.pk]), files, follow=True)


def test_a_photo_is_put_into_the_record_and_shown(client, person):
    response = upload(client, person, JPEG)

    photo = client.get(reverse("people:photo", args=[person.pk]))
    assert response.redirect_chain[-1][0] == reverse("registry:person", args=[person.pk])
    assert (photo["Content-Type"], photo["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert b"GPS" not in photo.content


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"<svg/>", "anh.png", "không phải ảnh JPEG hoặc PNG"),
        (JPEG, "anh.exe", "anh.exe"),
        (JPEG[:-2], "a.jpg", "hỏng"),
    ],
)
def test_a_file_that_is_no_picture_is_refused(client, person, content, name, sentence):
    response = upload(client, person, content, name)

    assert sentence in response.content.decode()
    assert Person.objects.get().photo is None


def test_a_scan_goes_with_its_paper_and_only_with_it(client, person):
    scan = SimpleUploadedFile("bang.pdf", b"%PDF-1.7", "application/pdf")
    typed = {"what": "political/trung-cap", "revision": "0", "scan_file": scan}

    client.post(reverse("people:record-add", args=[person.pk, "qualifications"]), typed)

    row = person.qualifications.get()
    answer = client.get(reverse("people:scan", args=[person.pk, row.pk]))
    other = client.get(reverse("people:scan", args=[make_person(unit=person.unit).pk, row.pk]))
    assert answer.content == b"%PDF-1.7"
    assert (answer["Content-Disposition"], other.status_code) == ('attachment; filename="bang.pdf"', 404)
