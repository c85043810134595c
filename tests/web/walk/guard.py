"""What a row of the walk says, and the house that the walk goes through."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse

from tests.factories import make_class, make_person, make_plan, make_programme, make_survey, make_unit, make_user_with
from vuntrong.accounts.enums import Role
from vuntrong.accounts.models import User
from vuntrong.classes.models import ClassRun
from vuntrong.planning.models import NeedsSurvey, TrainingPlan
from vuntrong.programmes.models import Programme
from vuntrong.registry.models import Person, Unit

ANYBODY = frozenset(Role)


class House:
    """A province with a district, its centre and a commune; what a page needs is made when it is first asked for."""

    def __init__(self) -> None:
        self.province: Unit = make_unit(kind="provincial_committee")
        self.school: Unit = make_unit(kind="provincial_school", parent=self.province)
        self.district: Unit = make_unit(kind="district_committee", parent=self.province)
        self.centre: Unit = make_unit(kind="district_centre", parent=self.district)
        self.commune: Unit = make_unit(parent=self.district)

    def user_with(self, role: str) -> User:
        """Return somebody who holds the role where it is usually held."""
        places = {
            Role.UNIT_CLERK: self.commune,
            Role.CENTRE_STAFF: self.centre,
            Role.TRAINING_OFFICE: self.school,
            Role.APPROVER: self.district,
        }
        return make_user_with(role, places.get(Role(role), self.province))

    @cached_property
    def person(self) -> Person:
        return make_person(unit=self.commune)

    @cached_property
    def programme(self) -> Programme:
        return make_programme()

    @cached_property
    def survey(self) -> NeedsSurvey:
        return make_survey(owner=self.centre, programmes=[self.programme])

    @cached_property
    def plan(self) -> TrainingPlan:
        return make_plan(owner=self.centre, approver=self.district)

    @cached_property
    def class_run(self) -> ClassRun:
        return make_class(owner=self.centre, programme=self.programme)


def _nothing(_house: House) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Page:
    """One address: who gets in, and what everybody else is answered.

    `make` returns the arguments of the address, making the record that it shows; `data` what is sent along.
    `roles` get anything but 403, 404 and 405. `denied` is what the other roles are answered (a tuple where it depends),
    `stranger` what somebody without any role is answered, and people of another province too.
    A method other than GET means that GET is answered 405.
    """

    name: str
    make: Callable[[House], dict[str, Any]] = _nothing
    roles: Collection[str] = ANYBODY
    denied: int | tuple[int, ...] = 404
    stranger: int | tuple[int, ...] = 404
    method: str = "GET"
    data: Callable[[House], dict[str, Any]] = field(default=_nothing)
    foreign: int | tuple[int, ...] | None = None
    """What people of another province are answered, where it differs from `stranger`."""

    def url(self, house: House) -> str:
        return reverse(self.name, kwargs=self.make(house))


def among(status: int, expected: int | tuple[int, ...]) -> bool:
    """Say whether the status is the expected one."""
    return status in (expected if isinstance(expected, tuple) else (expected,))
