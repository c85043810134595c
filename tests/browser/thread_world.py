"""The small district that the whole thread is walked in: a centre, two communes that send, their people and users."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import openpyxl
from django.utils import timezone
from playwright.sync_api import FilePayload

from tests.factories import make_person, make_programme, make_unit, make_user_with

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PASSWORD = "mat-khau-thu"


@dataclass
class District:
    """What the steps of the thread share."""

    year: int
    today: str
    """As people type it."""
    centre: Any
    nearby: Any
    """The commune whose clerk answers on the phone."""
    remote: Any
    """The commune that sends a workbook."""
    awareness: Any
    skills: Any


def make_district() -> District:
    """Make the district with its users: trung-tam, xa-gan, xa-xa and huyen-uy, who all have the same password."""
    committee = make_unit("Huyện ủy Sông Lam", kind="district_committee")
    centre = make_unit("Trung tâm chính trị huyện Sông Lam", kind="district_centre", parent=committee, slug="song-lam")
    nearby, remote = (
        make_unit("Đảng ủy xã An Hòa", parent=committee),
        make_unit("Đảng ủy xã Bình Sơn", parent=committee),
    )
    for name, unit in (("Lê Văn An", nearby), ("Trần Thị Bình", nearby), ("Đỗ Văn Sơn", remote)):
        make_person(name, unit=unit, post_text="Công chức")
    make_user_with("centre_staff", centre, username="trung-tam", name="Nguyễn Thị Thu")
    make_user_with("unit_clerk", nearby, username="xa-gan", name="Lê Thị Hoa")
    make_user_with("unit_clerk", remote, username="xa-xa", name="Hồ Văn Nam")
    make_user_with("approver", committee, username="huyen-uy", name="Trần Văn Hòa")
    today = timezone.localdate()
    return District(
        year=today.year,
        today=today.strftime("%d/%m/%Y"),
        centre=centre,
        nearby=nearby,
        remote=remote,
        awareness=make_programme("Bồi dưỡng nhận thức về Đảng"),
        skills=make_programme("Bồi dưỡng nghiệp vụ công tác đảng"),
    )


def filled(content: bytes, people: list[tuple[Any, ...]], numbers: dict[str, int]) -> bytes:
    """Fill the workbook of a unit as its clerk does: rows of people under the heading, numbers beside programmes."""
    book = openpyxl.load_workbook(BytesIO(content))
    named, counted = book["Nhu cầu"], book["Số lượng"]
    start = next(row[0].row for row in named.iter_rows() if row[1].value == "Họ và tên") + 1
    for at, values in enumerate(people):
        for column, value in enumerate((at + 1, *values), 1):
            named.cell(start + at, column, value)
    for row in counted.iter_rows():
        if row[1].value in numbers:
            row[2].value = numbers[row[1].value]
    return saved(book)


def learners_book(people: list[tuple[Any, ...]]) -> bytes:
    """Return a list of learners as an office keeps it, with a title above the headings."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Học viên"
    sheet.append(["DANH SÁCH HỌC VIÊN"])
    sheet.append(["Họ và tên", "Ngày sinh", "Giới tính", "Đơn vị", "Chức vụ", "Ghi chú"])
    for row in people:
        sheet.append(row)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def xlsx(name: str, content: bytes) -> FilePayload:
    """Return a workbook as a browser sends it."""
    return {"name": name, "mimeType": XLSX, "buffer": content}
