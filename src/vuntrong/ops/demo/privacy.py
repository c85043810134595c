"""One official of the demonstration with a full record, her account linked to it, and a request that she made."""

import datetime as dt

from django.utils import timezone

from vuntrong.accounts.actions import link_person
from vuntrong.accounts.models import User
from vuntrong.kernel.dates import PartialDate
from vuntrong.ops.demo.shelf import Shelf
from vuntrong.registry.actions import NewPerson, create_person
from vuntrong.registry.actions.privacy import note_read
from vuntrong.registry.actions.requests import enter_request
from vuntrong.registry.models import Ethnicity, PartyMembership, Person, Qualification, Religion, YearlyGrading

ACCOUNT = "xa-tan-phong"
UNIT = "vinh-ha-dang-uy-xa-tan-phong"
PAPERS = (
    ("professional", "university", "Luật", "Trường Đại học Luật Hà Nội", "2004", "2008-06", "in_service", "Khá"),
    ("political", "trung-cap", "", "Trường Chính trị tỉnh Vĩnh Hà", "2013-09", "2014-12-20", "part_time", "Giỏi"),
    (
        "state-management",
        "chuyen-vien",
        "",
        "Trường Chính trị tỉnh Vĩnh Hà",
        "2011-03",
        "2011-06-15",
        "full_time",
        "Khá",
    ),
    ("defence", "doi-tuong-3", "", "Ban Chỉ huy Quân sự xã Tân Phong", "2019", "2019-08", "full_time", ""),
)
READ = ("registry.Person.ethnicity", "registry.Person.religion", "registry.Person.party_status")


def load() -> None:
    """Enter her, link the account, ask for a correction as of yesterday, and have the board read her record once."""
    user, board = User.objects.get(username=ACCOUNT), User.objects.get(username="ban-to-chuc")
    new = NewPerson(user.full_name, "female", PartialDate(1986, 4, 12), Shelf().units[UNIT].pk, "Phó Bí thư Đảng ủy")
    person = create_person(new=new, by=None)
    Person.objects.filter(pk=person.pk).update(
        personal_id="012186004312",
        ethnicity=Ethnicity.objects.get(code=3),
        religion=Religion.objects.get(code=0),
        origin="Xã Tân Phong",
        phone="0900000412",
        degree="university",
        political_level="trung-cap",
        party_status="full",
    )
    PartyMembership.objects.create(
        person=person, probationary_on=PartialDate(2010, 9, 2), full_on=PartialDate(2011, 9, 2), card_number="000412"
    )
    for kind, level, field, institution, start, end, mode, grade in PAPERS:
        Qualification.objects.create(
            person=person,
            kind=kind,
            level=level,
            field=field,
            institution=institution,
            studied_from=PartialDate.parse(start),
            studied_to=PartialDate.parse(end),
            issued_on=PartialDate.parse(end),
            mode=mode,
            grade=grade,
        )
    YearlyGrading.objects.create(person=person, year=timezone.localdate().year - 1, grade="good")
    link_person(user=user, person=person, by=board)
    text = "Ngày sinh của tôi là 21/4/1986, không phải 12/4/1986. Giấy khai sinh nộp kèm tại văn phòng."
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    enter_request(person=person, kind="correct", text=text, received_on=yesterday, by=user)
    note_read(user=board, kind="page", purpose="eligibility", fields=READ, person=person, note="Hồ sơ cán bộ")
