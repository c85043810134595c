import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuntrong.kernel.names import TitledName, without_title
from vuntrong.kernel.text import nfc


@pytest.mark.parametrize(
    ("text", "title", "name"),
    [
        ("Lê Thị An", "", "Lê Thị An"),
        ("Đ/c Lê Thị An", "Đ/c", "Lê Thị An"),
        ("đ/c: Lê An", "đ/c:", "Lê An"),
        ("Đồng chí Lê An", "Đồng chí", "Lê An"),
        ("Ông Lê An", "Ông", "Lê An"),
        ("Bà Nguyễn Thị Bình", "Bà", "Nguyễn Thị Bình"),
        ("ThS. Lê An", "ThS.", "Lê An"),
        ("Ths.Lê An", "Ths.", "Lê An"),
        ("PGS.TS. Lê An", "PGS.TS.", "Lê An"),
        ("Đ/c ThS. Lê  An", "Đ/c ThS.", "Lê An"),
        ("Thượng tá Lê An", "Thượng tá", "Lê An"),
        ("Ông An", "", "Ông An"),
        ("Bà Lan", "", "Bà Lan"),
        ("Anh Đức", "", "Anh Đức"),
        ("Bàn Văn An", "", "Bàn Văn An"),
        ("Đ/c", "", "Đ/c"),
        ("TS.", "", "TS."),
        ("", "", ""),
        ("Y Moan Êban", "", "Y Moan Êban"),
        ("Cao Thị An", "", "Cao Thị An"),
    ],
)
def test_titles_are_cut_and_names_stay(text, title, name):
    assert without_title(text) == TitledName(title, name)


@given(st.text())
def test_nothing_is_lost(text):
    cut = without_title(text)

    assert nfc(f"{cut.title} {cut.name}").replace(" ", "") == nfc(text).replace(" ", "")
