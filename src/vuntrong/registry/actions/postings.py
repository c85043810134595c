"""Where people work, through a re-organisation and through midnight."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import connection
from django.utils.translation import gettext_lazy as _

from vuntrong.kernel.undo import Undo
from vuntrong.registry.actions.following import Row, Way, follow_rows, open_rows
from vuntrong.registry.following import Change, Group
from vuntrong.registry.models import LecturerProfile, PlannedPost, Post, Posting
from vuntrong.registry.queries.reorganisation import open_postings
from vuntrong.registry.rules.events import Choice

REPEAT_MAIN_POSTING = """
    UPDATE registry_person SET unit_id = main.unit_id, post_text = main.post_text, post_id = main.post_id
    FROM (
        SELECT person_id, unit_id, post_text, post_id,
               ROW_NUMBER() OVER (
                   PARTITION BY person_id ORDER BY is_main DESC, COALESCE(valid_from, '0001-01-01') DESC, id DESC
               ) AS place
        FROM registry_posting
        WHERE (valid_from IS NULL OR valid_from <= %s) AND (valid_to IS NULL OR valid_to >= %s)
    ) AS main
    WHERE main.person_id = registry_person.id AND main.place = 1
      AND (main.unit_id <> registry_person.unit_id OR main.post_text <> registry_person.post_text
           OR COALESCE(main.post_id, 0) <> COALESCE(registry_person.post_id, 0))
"""
POSTING = ("person__full_name", "post_text", "unit__name")


def repeat_main_postings(today: dt.date) -> int:
    """Make the columns of people repeat `rules.main_posting` of `today`; returns how many changed. 1 query.

    One statement for a hundred thousand people; `refresh_people` does the same and more, person by person. Who holds no
    post today keeps the last one.
    """
    with connection.cursor() as cursor:
        cursor.execute(REPEAT_MAIN_POSTING, [today, today])
        return int(cursor.rowcount)


class PeopleFollower:
    """What the registry itself lets follow: postings and lecturers."""

    repeats: Mapping[str, tuple[str, str]] = {
        "registry.person.unit": ("registry.posting", "person_id"),
        "registry.unit.parent": ("registry.unitversion", "unit_id"),
        "registry.unit.state_parent": ("registry.unitversion", "unit_id"),
    }

    def touched(self, change: Change) -> Iterable[Group]:
        """Return postings, lecturers and planned posts. 3 queries to find the postings that nobody may guess."""
        postings = open_rows(Posting.objects.filter(person__merged_into=None), change, "posting")
        rows = postings.order_by("unit__sort_key", "person__sort_key", "pk")
        waiting = open_postings(change)
        yield Group(
            "posting", _("Posts held"), rows, POSTING, _("A new dated row begins on the day; the old one ends.")
        )
        yield Group("posting-open", _("Posts to assign by hand"), rows.filter(waiting), POSTING, is_open=True)
        lecturers = open_rows(LecturerProfile.objects.all(), change, "lecturer").select_related("person", "unit")
        yield Group("lecturer", _("Lecturers"), lecturers, lambda row: (row.person.full_name, row.unit.name))
        planned = PlannedPost.objects.filter(unit__in=change.ended).select_related("person", "unit")
        kept = _("Stays with the old unit: who is planned for which post is decided anew.")
        yield Group("planned-post", _("Planned posts"), planned, _planned_post, kept)

    def follow(self, change: Change, undo: Undo) -> None:
        """Let postings and lecturers follow."""
        codes = dict(Post.objects.values_list("code", "pk"))
        names = dict(Post.objects.values_list("code", "name"))

        def reworded(row: Row, choice: Choice) -> Row:
            if not (choice.post or choice.post_text):
                return row
            text = choice.post_text or names[choice.post]
            return {**row, "post_text": text, "post_id": codes.get(choice.post)}

        postings = Posting.objects.filter(person__merged_into=None)
        follow_rows(postings.exclude(open_postings(change)), change, undo, Way("posting", reworded=reworded))
        follow_rows(LecturerProfile.objects.all(), change, undo, Way("lecturer", ends_without_heir=True))

    def take_effect(self, change: Change, undo: Undo) -> None:
        """Nothing: all rows bear dates."""

    def refresh(self, today: dt.date) -> None:
        """Let people repeat their main posting."""
        repeat_main_postings(today)


def _planned_post(row: PlannedPost) -> tuple[str, str]:
    return row.person.full_name, " · ".join(filter(None, [row.post_text, row.unit.name if row.unit else "", row.term]))
