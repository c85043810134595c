"""The terms of the law on personal data, and the public holidays of three years, as dated rows to correct."""

import datetime as dt

from django.db import migrations

DECREE = "Nghị định 356/2025/NĐ-CP"
SECOND_HAND = "Theo bản tóm tắt của công ty luật; chưa đối chiếu với văn bản gốc"
RANGE = "Văn bản cho 10-20 ngày tùy quyền; lấy mức này, chưa đối chiếu với văn bản gốc"
TERMS = [
    ("privacy-answer", 2, "working", SECOND_HAND),
    ("privacy-restrict", 15, "calendar", SECOND_HAND),
    ("privacy-restrict-processor", 20, "calendar", SECOND_HAND),
    ("privacy-object", 15, "calendar", SECOND_HAND),
    ("privacy-object-processor", 20, "calendar", SECOND_HAND),
    ("privacy-see", 10, "calendar", RANGE),
    ("privacy-see-processor", 20, "calendar", RANGE),
    ("privacy-correct", 10, "calendar", RANGE),
    ("privacy-correct-processor", 20, "calendar", RANGE),
    ("privacy-delete", 20, "calendar", RANGE),
    ("privacy-delete-processor", 20, "calendar", RANGE),
    ("privacy-extension", 15, "calendar", SECOND_HAND),
]
LABOUR_CODE = "Bộ luật Lao động 45/2019/QH14, Điều 112"
LUNAR = "Bộ luật Lao động 45/2019/QH14, Điều 112; ngày dương lịch tự tính, chờ thông báo hằng năm"
YEARS = (2026, 2027, 2028)
FIXED = [
    (1, 1, "Tết Dương lịch"),
    (4, 30, "Ngày Chiến thắng"),
    (5, 1, "Ngày Quốc tế Lao động"),
    (9, 2, "Quốc khánh"),
]
BESIDE_2_SEPTEMBER = [dt.date(2026, 9, 1), dt.date(2027, 9, 3), dt.date(2028, 9, 1)]
NEW_YEAR = [dt.date(2026, 2, 16), dt.date(2027, 2, 5), dt.date(2028, 1, 25)]
"""The last day of the old lunar year; four more days off follow."""
HUNG_KINGS = [dt.date(2026, 4, 26), dt.date(2027, 4, 16), dt.date(2028, 4, 4)]


def special_days():
    """Return (day, name, confidence, source)."""
    rows = [(dt.date(y, m, d), name, "seen", LABOUR_CODE) for y in YEARS for m, d, name in FIXED]
    rows += [(day, "Quốc khánh (ngày liền kề)", "unverified", LUNAR) for day in BESIDE_2_SEPTEMBER]
    rows += [(day + dt.timedelta(n), "Tết Nguyên đán", "unverified", LUNAR) for day in NEW_YEAR for n in range(5)]
    rows += [(day, "Giỗ Tổ Hùng Vương", "unverified", LUNAR) for day in HUNG_KINGS]
    return rows + compensations({day for day, *_ in rows})


def compensations(days):
    """Return the next working day for each holiday on a weekend. Source: Labour Code, art. 111(3)."""
    rows, taken = [], set(days)
    for day in sorted(days):
        if day.weekday() >= 5:
            free = day
            while free in taken or free.weekday() >= 5:
                free += dt.timedelta(1)
            taken.add(free)
            rows.append((free, "Nghỉ bù", "unverified", "Bộ luật Lao động 45/2019/QH14, Điều 111 khoản 3; tự tính"))
    return rows


def add(apps, schema_editor):
    terms = apps.get_model("regulations", "StatutoryTerm").objects
    start = dt.date(2026, 1, 1)
    terms.bulk_create(
        (
        terms.model(
            code=code, days=days, unit=unit, valid_from=start, instrument=DECREE, confidence="unverified", source=source
        )
        for code, days, unit, source in TERMS
        ),
        ignore_conflicts=True,
    )
    days = apps.get_model("regulations", "SpecialDay").objects
    days.bulk_create(
        (
            days.model(day=day, kind="off", name=name, confidence=confidence, source=source)
            for day, name, confidence, source in special_days()
        ),
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("regulations", "0003_terms_and_special_days")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
