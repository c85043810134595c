import hashlib

import pytest

from tests.factories import make_user
from vuntrong.documents.actions import store_file, stored_bytes

pytestmark = pytest.mark.django_db


def test_a_file_is_kept_byte_for_byte():
    user, content = make_user(), b"\x00\xffdanh s\xc3\xa1ch"

    stored = store_file(content=content, name="Danh sách.xlsx", content_type="application/x", by=user)

    assert stored_bytes(stored) == content
    assert (stored.name, stored.size, stored.stored_by_id) == ("Danh sách.xlsx", len(content), user.pk)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 300 + ".xlsx", ""])
def test_the_name_of_the_sender_never_reaches_the_disk(name):
    stored = store_file(content=b"x", name=name, content_type="", by=None)

    assert stored.file.name.startswith("stored/")
    assert ".." not in stored.file.name
    assert stored.name == name[-255:]
