"""The columns that conditions read, of everybody at once, from the registry and from the packages above."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping

import polars as pl
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from vuntrong.programmes.rules.frames import Bits
from vuntrong.registry.models import PartyMembership, Person, PlannedPost, Posting, Unit, YearlyGrading
from vuntrong.registry.queries import in_hard_area

MAJORITY = 1
"""Number of the Kinh in the list of ethnic groups."""
Source = Callable[[QuerySet[Person], dt.date, Mapping[str, int]], pl.DataFrame]
"""Returns the columns `id` and the one that it is a source of, at most one row a person. At most 1 query."""
SOURCES: dict[str, Source] = {}
"""Columns that packages above this one fill in when they start: completed, studying."""
EndedSource = Callable[[QuerySet[Person], str], pl.DataFrame]
"""Returns `id` and `ended:CODE`: the last day on which somebody completed the programme of the code. 1 query."""
ENDED: list[EndedSource] = []
PERSON = {
    "sex": "sex",
    "party_status": "party_status",
    "degree": "degree",
    "llct_level": "political_level",
    "post_text": "post_text",
    "minority": "ethnicity_id",
}
DATES = {"full": "full_on", "probationary": "probationary_on"}


def table_of(people: QuerySet[Person], columns: Collection[str], day: dt.date, bits: Bits) -> pl.DataFrame:
    """Return one row for each person with `id`, `unit` and the columns asked for, sorted by id.

    1 query, 1 more for each of: posts, planned posts, Party dates, gradings, hard areas, and each column of a package
    above. An area is that of the unit in which the person is recorded.
    """
    table = _people(people)
    for stem, field in DATES.items():
        if {f"{stem}_first", f"{stem}_last"} & set(columns):
            table = _joined(table, _party_dates(people, stem, field))
    if "posts" in columns:
        table = _with_posts(table, people, day, bits["posts"])
    if "planned_posts" in columns:
        table = _joined(table, _planned(people, bits["planned_posts"])).with_columns(
            pl.col("planned_posts").fill_null(0)
        )
    if years := [column.removeprefix("grading:") for column in columns if column.startswith("grading:")]:
        table = _with_gradings(table, people, years)
    if "hard_area" in columns:
        hard = Unit.objects.filter(pk__in=in_hard_area(day)).order_by().values_list("pk", flat=True)
        table = table.with_columns(pl.when(pl.col("unit").is_in(list(hard))).then(pl.lit("yes")).alias("hard_area"))
    for more in _from_above(people, columns, day, bits):
        table = _joined(table, more)
    sets = [name for name in bits if name in SOURCES and name in table.columns]
    return table.with_columns(pl.col(sets).fill_null(0)).sort("id")


def _from_above(people: QuerySet[Person], columns: Collection[str], day: dt.date, bits: Bits) -> Iterator[pl.DataFrame]:
    for column in sorted(SOURCES.keys() & set(columns)):
        yield SOURCES[column](people, day, bits.get(column, {}))
    for column in sorted(columns):
        if column.startswith("ended:"):
            yield from (source(people, column.removeprefix("ended:")) for source in ENDED)


def rows(found: QuerySet, schema: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    """Return what a values_list query finds as a table; the query goes to the database as it is, without models."""
    try:
        sql, params = found.query.sql_with_params()
    except EmptyResultSet:
        return pl.DataFrame(schema=dict(schema))
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return pl.DataFrame(cursor.fetchall(), schema=dict(schema), orient="row")


def pairs_of(found: QuerySet) -> pl.DataFrame:
    """Return (person, code) as the query lists them."""
    return rows(found, {"id": pl.Int64, "code": pl.String}).unique()


def set_column(name: str, pairs: pl.DataFrame, bits: Mapping[str, int]) -> pl.DataFrame:
    """Return the codes of each person as one number of bits."""
    weights = pl.DataFrame(
        {"code": list(bits), "bit": list(bits.values())}, schema={"code": pl.String, "bit": pl.Int64}
    )
    return pairs.join(weights, on="code").group_by("id").agg(pl.col("bit").sum().alias(name))


def _people(people: QuerySet[Person]) -> pl.DataFrame:
    born = Cast("born_on", CharField(max_length=10))
    found = people.order_by().annotate(born=born).values_list("id", "unit_id", "born", *PERSON.values())
    texts = dict.fromkeys(PERSON, pl.String) | {"minority": pl.Int64}
    table = rows(found, {"id": pl.Int64, "unit": pl.Int64, "born": pl.String, **texts})
    known = [pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in PERSON if name != "minority"]
    minority = pl.when(pl.col("minority") == MAJORITY).then(pl.lit("no")).when(pl.col("minority").is_not_null())
    return table.with_columns(*known, minority.then(pl.lit("yes")).alias("minority"), *_first_and_last("born"))


def _first_and_last(stem: str) -> list[pl.Expr]:
    """Return the earliest and latest day of a partial date, as `facts.first_and_last` does for one."""
    text = pl.when(pl.col(stem) != "").then(pl.col(stem))
    known = text.str.len_chars().cast(pl.Int64) - 4
    ends = {"first": "-01-01", "last": "-12-31"}
    return [(text + pl.lit(end).str.slice(known)).alias(f"{stem}_{name}") for name, end in ends.items()]


def _joined(table: pl.DataFrame, more: pl.DataFrame) -> pl.DataFrame:
    return table.join(more, on="id", how="left")


def _party_dates(people: QuerySet[Person], stem: str, field: str) -> pl.DataFrame:
    current = PartyMembership.objects.filter(person__in=people, ended_on=None).order_by()
    found = current.values_list("person_id", Cast(field, CharField(max_length=10)))
    table = rows(found, {"id": pl.Int64, stem: pl.String}).group_by("id").agg(pl.col(stem).max())
    return table.with_columns(*_first_and_last(stem)).drop(stem)


def _with_posts(table: pl.DataFrame, people: QuerySet[Person], day: dt.date, bits: Mapping[str, int]) -> pl.DataFrame:
    """Add the posts held; whoever holds a post that the catalogue does not know holds nobody knows what."""
    held = Posting.objects.filter(current_on(day), person__in=people, post__isnull=False).order_by()
    codes = pairs_of(held.values_list("person_id", "post__code"))
    catalogued = codes.select("id").unique().with_columns(known=pl.lit(value=True))
    joined = _joined(_joined(table, set_column("posts", codes, bits)), catalogued)
    is_known = pl.col("known").fill_null(value=False) | pl.col("post_text").is_null()
    return joined.with_columns(pl.when(is_known).then(pl.col("posts").fill_null(0)).alias("posts")).drop("known")


def current_on(day: dt.date) -> Q:
    """Return the postings that hold on a day; an unknown beginning counts as before."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    return begun & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def _planned(people: QuerySet[Person], bits: Mapping[str, int]) -> pl.DataFrame:
    found = PlannedPost.objects.filter(person__in=people, post__isnull=False).order_by()
    return set_column("planned_posts", pairs_of(found.values_list("person_id", "post__code")), bits)


def _with_gradings(table: pl.DataFrame, people: QuerySet[Person], years: Collection[str]) -> pl.DataFrame:
    found = YearlyGrading.objects.filter(person__in=people, year__in=[int(year) for year in years]).order_by()
    graded = rows(
        found.values_list("person_id", "year", "grade"), {"id": pl.Int64, "year": pl.Int64, "grade": pl.String}
    )
    for year in years:
        of_year = graded.filter(pl.col("year") == int(year)).select("id", pl.col("grade").alias(f"grading:{year}"))
        table = _joined(table, of_year)
    return table
