"""What tests of nominations stand on: a part-time class of 15/03/2027 and the people of Story 3."""

import datetime as dt

from tests.factories import make_class, make_person, make_programme, make_unit
from vuntrong.classes.models import ClassRun, Quota
from vuntrong.programmes.models import Programme
from vuntrong.registry.models import Person, Post, Posting, Unit, YearlyGrading

OPENING = dt.date(2027, 3, 15)
KINH, THAI, DAO = 1, 3, 9


def make_course() -> Programme:
    """The intermediate political-theory course that the shipped rules are about."""
    known = Programme.objects.filter(code="trung-cap-llct").first()
    return known or make_programme("Trung cấp lý luận chính trị", code="trung-cap-llct", mode="part_time")


def make_open_class(owner: Unit | None = None, **extra) -> ClassRun:
    """A class that takes nominations, K14 of Story 3 unless said otherwise."""
    words = {"code": "K14", "mode": "part_time", "state": "open", "opened_on": OPENING}
    return make_class(owner=owner or make_unit("Trường Chính trị tỉnh"), programme=make_course(), **words | extra)


def give_places(run: ClassRun, unit: Unit, places: int) -> Quota:
    return Quota.objects.create(class_run=run, unit=unit, places=places)


def make_fit(name: str, unit: Unit, grades: tuple[str, str] = ("good", "good"), **changes) -> Person:
    """Somebody whom the part-time class of 2027 admits, with changes; the gradings are of 2025 and 2026."""
    words = {
        "sex": "female",
        "born_on": "1985-06-15",
        "party_status": "full",
        "degree": "university",
        "political_level": "none",
        "ethnicity_id": KINH,
        "post_text": "Phó Trưởng phòng",
    }
    person = make_person(name, unit=unit, **words | changes)
    Posting.objects.filter(person=person).update(post=Post.objects.get(code="pho-truong-phong-xa"))
    pairs = zip((2025, 2026), grades, strict=True)
    YearlyGrading.objects.bulk_create(YearlyGrading(person=person, year=year, grade=grade) for year, grade in pairs)
    return person


def people_of_story_3(unit: Unit) -> dict[str, Person]:
    """The six people whom xã An Phú nominates, by given name."""
    return {
        "Liên": make_fit("Hà Thị Bích Liên", unit, born_on="1999-08-14"),
        "Toản": make_fit("Trần Quốc Toản", unit, ("good", "excellent"), sex="male", born_on="1997-03-15"),
        "Páo": make_fit("Lý Văn Páo", unit, sex="male", born_on="1997", ethnicity_id=DAO, degree="college"),
        "Mai": make_fit("Lò Thị Mai", unit, born_on="1998-02-02", ethnicity_id=THAI, degree="upper-secondary"),
        "Cường": make_fit("Phạm Văn Cường", unit, sex="male", born_on="1988-11-30", degree="upper-secondary"),
        "Hằng": make_fit("Đinh Thị Hằng", unit, ("good", "completed"), born_on="1990-05-07"),
    }
