import pytest

from vuntrong.documents.codes import Code, read_code


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("001085001234", Code("001085001234")),
        ("001 085 001 234", Code("001085001234")),
        ("'001085001234", Code("001085001234")),
        (1085001234.0, Code("1085001234", "001085001234")),
        ("79085001234", Code("79085001234", "079085001234")),
        (179085001234, Code("179085001234")),
        ("012345678", Code("012345678")),
        (12345678, Code("12345678", "012345678")),
        ("0123", Code("0123")),
        ("chưa có", Code("chưa có")),
        ("", Code("")),
        ("12345", Code("12345")),
    ],
)
def test_an_identity_number_is_read_as_it_stands_and_its_zeros_are_offered(value, code):
    assert read_code(value, (12, 9)) == code


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("0912.345.678", Code("0912345678")),
        (912345678, Code("912345678", "0912345678")),
        ("+84 912 345 678", Code("0912345678")),
        ("84912345678", Code("84912345678")),
        ("12345678", Code("12345678")),
    ],
)
def test_a_telephone_number_loses_one_zero_at_most(value, code):
    assert read_code(value, (10,), zeros=1) == code
