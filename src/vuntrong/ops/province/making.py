"""Make a province: everything in one transaction, in sets, telling how far it is."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection, transaction

from vuntrong.kernel import log
from vuntrong.kernel.bulk import reserve_ids
from vuntrong.ops.demo import shelf
from vuntrong.ops.province.areas import mark_areas
from vuntrong.ops.province.bodies import Layout, lay_out_province
from vuntrong.ops.province.communes import lay_out_communes
from vuntrong.ops.province.courses import Calendar
from vuntrong.ops.province.holding import Holding, learners_of
from vuntrong.ops.province.people import Draft, make_people
from vuntrong.ops.province.records import Recorder, setting_of, sites_of
from vuntrong.ops.province.size import FEWEST_PEOPLE, Size
from vuntrong.ops.province.tables import Tables, batches
from vuntrong.programmes.models import Programme
from vuntrong.registry.actions.unit_sets import insert_events, insert_units
from vuntrong.registry.models import Person, Post, Unit

PEOPLE_AT_ONCE = 4_000


class CannotMake(ValueError):
    """The province cannot be made; the message says why and what to do."""


@dataclass
class Made:
    """What was made."""

    units: int = 0
    events: int = 0
    people: int = 0
    classes: int = 0
    enrolments: int = 0


@dataclass
class Progress:
    """Tells each finished stage with the seconds since the beginning."""

    say: Callable[[str], None]
    started: float = field(default_factory=time.perf_counter)

    def tell(self, text: str) -> None:
        """Say a line."""
        self.say(f"{time.perf_counter() - self.started:6.1f} s  {text}")


def make_province(size: Size, say: Callable[[str], None], *, with_provinces: bool = True) -> Made:
    """Make a province of the size given; a killed run leaves nothing. Raises CannotMake."""
    if size.people < FEWEST_PEOPLE:
        raise CannotMake(f"a province has at least {FEWEST_PEOPLE} people; give --people a larger number")
    progress = Progress(say)
    with transaction.atomic():
        if Unit.objects.filter(slug__in=(size.slug, f"tinh-{size.slug}")).exists():
            raise CannotMake(f"there is a province {size.slug} already; name another one with --slug and --name")
        made = _make(size, progress, with_provinces=with_provinces)
        log.record("make_province", None, by=None, label=size.name, after={"seed": size.seed, **vars(made)})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    progress.tell("done")
    return made


def _make(size: Size, progress: Progress, *, with_provinces: bool) -> Made:
    if with_provinces and not Programme.objects.exists():
        shelf.make_programmes()
        progress.tell("programmes and the provinces of the country")
    layout = Layout(size)
    lay_out_province(layout)
    lay_out_communes(layout, _dice(size, "units"))
    ids = insert_units(layout.units, {})
    insert_events(layout.events, ids)
    mark_areas(ids, _dice(size, "areas"))
    made = Made(units=len(layout.units), events=len(layout.events))
    progress.tell(f"{made.units} units, {made.events} events")
    drafts = list(make_people(layout, _dice(size, "people")))
    keys = reserve_ids(Person, len(drafts))
    posts = dict(Post.objects.values_list("code", "id"))
    recorder = Recorder(sites_of(layout, ids), setting_of(layout, ids), posts, _dice(size, "records"))
    _write_people(recorder, keys, drafts, progress)
    made.people = len(drafts)
    holding = Holding(layout, ids, learners_of(recorder, keys, drafts), _dice(size, "results"))
    calendar = Calendar(layout, drafts, _dice(size, "classes"))
    for year in range(size.first_year, size.until.year + 1):
        classes, turns = holding.write_year(year, calendar.year(year))
        made.classes, made.enrolments = made.classes + classes, made.enrolments + turns
        progress.tell(f"{year}: {classes} classes, {turns} enrolments")
    return made


def _write_people(recorder: Recorder, keys: list[int], drafts: list[Draft], progress: Progress) -> None:
    tables, done = Tables(), 0
    for chunk in batches(zip(keys, drafts, strict=True), PEOPLE_AT_ONCE):
        for key, draft in chunk:
            recorder.note(key, draft, tables)
        tables.write()
        done += len(chunk)
        if done % (5 * PEOPLE_AT_ONCE) == 0 or done == len(drafts):
            progress.tell(f"{done} of {len(drafts)} people with their records")


def _dice(size: Size, what: str) -> random.Random:
    """Return the dice for one part, so that a change in one part does not shuffle the others."""
    return random.Random(f"{size.seed} {size.slug} {what}")  # noqa: S311 - repeatable data, not a secret
