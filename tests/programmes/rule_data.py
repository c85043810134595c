"""The rules that the product ships, read without a database, and people drawn at random."""

import datetime as dt
import json
import random
from pathlib import Path
from typing import Any

from vuntrong.programmes.rules.conditions import DEGREES, GRADES, LEVELS, PARTY, SEXES, read_conditions
from vuntrong.programmes.rules.verdicts import RuleSet

RULES = Path("src/vuntrong/regulations/data/rules.json")


def shipped_rules(subject: str, mode: str, day: dt.date) -> list[RuleSet]:
    """Return the shipped rows about a programme in a mode that are in force on a day."""
    rows = [row for row in json.loads(RULES.read_text(encoding="utf-8")) if row["topic"] == "eligibility"]
    about = [row for row in rows if row["subject"] == subject and row["mode"] in {mode, ""}]
    inside = [row for row in about if row["valid_from"] <= day.isoformat() <= (row["valid_to"] or "9999")]
    return [
        RuleSet(
            row_id=None,
            code=row["code"],
            instrument=row["instrument"],
            conditions=read_conditions(row["values"]["conditions"]),
            mode=row["mode"],
            confidence=row["confidence"],
            valid_from=dt.date.fromisoformat(row["valid_from"]),
            transition=row["transition"],
        )
        for row in inside
    ]


POSTS = ("tinh-uy-vien", "pho-truong-phong-xa", "chi-uy-vien", "cong-chuc-xa", "giang-vien", "chu-tich-ubnd-xa")
BIRTHS = ("1999-08-14", "1997-03-15", "1997-03-16", "1997-03", "1997", "1996-02-29", "1960", "2001-01-01", "1989-12-31")


def random_record(draw: random.Random) -> dict[str, Any]:
    """Return somebody as a file of people has her; every field may be absent."""
    full = {
        "sex": draw.choice(SEXES),
        "born_on": draw.choice(BIRTHS),
        "ethnicity": draw.choice(("Kinh", "Tày", "Dao")),
        "party_status": draw.choice(PARTY),
        "degree": draw.choice(DEGREES),
        "llct_level": draw.choice(LEVELS),
        "ratings": {str(year): draw.choice(GRADES) for year in range(2021, 2027) if draw.random() < 0.9},
        "posts": draw.sample(POSTS, draw.randrange(3)),
        "planned_posts": draw.sample(POSTS, draw.randrange(3)),
        "completed": draw.sample(("dang-vien-moi", "nhan-thuc-ve-dang"), draw.randrange(2)),
        "studying": draw.random() < 0.1,
        "hard_area": draw.random() < 0.2,
    }
    return {name: value for name, value in full.items() if draw.random() < 0.93}


def fit_record(**changes: Any) -> dict[str, Any]:
    """Return somebody whom every programme for serving officials admits, with changes; None takes a field away."""
    record = {
        "sex": "female",
        "born_on": "1985-06-15",
        "ethnicity": "Kinh",
        "party_status": "full",
        "degree": "university",
        "llct_level": "none",
        "ratings": {str(year): "good" for year in range(2015, 2030)},
        "posts": ["uy-vien-bch-dang-bo-xa"],
        "planned_posts": [],
        **changes,
    }
    return {name: value for name, value in record.items() if value is not None}
