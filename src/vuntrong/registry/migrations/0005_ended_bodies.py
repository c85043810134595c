"""Kinds of bodies that ended on 30/06/2025, as rows that an office may change."""

import datetime as dt

from django.db import migrations, models

LAST_DAY = dt.date(2025, 6, 30)
COMMUNE_PARTY = "Đảng ủy xã, phường, đặc khu"
COMMUNE_STATE = "UBND xã, phường, đặc khu"
CENTRE = "Trung tâm chính trị xã, phường, đặc khu"
PARTY_PAPER = "Chủ trương bỏ cấp huyện, Kết luận 126-KL/TW và 127-KL/TW năm 2025"
STATE_PAPER = "Chính quyền địa phương hai cấp từ 01/7/2025"
BODIES = [
    ("Huyện ủy", COMMUNE_PARTY, PARTY_PAPER, "seen"),
    ("Thị ủy", COMMUNE_PARTY, PARTY_PAPER, "seen"),
    ("Ban Thường vụ Huyện ủy", "Ban Thường vụ Đảng ủy xã, phường, đặc khu", PARTY_PAPER, "seen"),
    ("Ban Thường vụ Thị ủy", "Ban Thường vụ Đảng ủy xã, phường, đặc khu", PARTY_PAPER, "seen"),
    ("Ban Tổ chức Huyện ủy", "Ban Xây dựng Đảng của Đảng ủy xã, phường, đặc khu", PARTY_PAPER, "unverified"),
    ("Ban Tuyên giáo Huyện ủy", "Ban Xây dựng Đảng của Đảng ủy xã, phường, đặc khu", PARTY_PAPER, "unverified"),
    ("Văn phòng Huyện ủy", "Văn phòng Đảng ủy xã, phường, đặc khu", PARTY_PAPER, "unverified"),
    ("UBND huyện", COMMUNE_STATE, STATE_PAPER, "seen"),
    ("UBND thị xã", COMMUNE_STATE, STATE_PAPER, "seen"),
    ("Ủy ban nhân dân huyện", "Ủy ban nhân dân xã, phường, đặc khu", STATE_PAPER, "seen"),
    ("Ủy ban nhân dân thị xã", "Ủy ban nhân dân xã, phường, đặc khu", STATE_PAPER, "seen"),
    ("HĐND huyện", "HĐND xã, phường, đặc khu", STATE_PAPER, "seen"),
    ("Hội đồng nhân dân huyện", "Hội đồng nhân dân xã, phường, đặc khu", STATE_PAPER, "seen"),
    ("Phòng Nội vụ huyện", "Phòng Văn hóa - Xã hội xã, phường, đặc khu", STATE_PAPER, "unverified"),
    ("Trung tâm Chính trị huyện", CENTRE, PARTY_PAPER, "unverified"),
    ("Trung tâm bồi dưỡng chính trị huyện", CENTRE, PARTY_PAPER, "unverified"),
    ("TTCT huyện", CENTRE, PARTY_PAPER, "unverified"),
    ("Công an huyện", "Công an xã, phường, đặc khu", STATE_PAPER, "unverified"),
]


def add(apps, schema_editor):
    rows = apps.get_model("registry", "EndedBody").objects
    rows.bulk_create(
        rows.model(words=words, ended_on=LAST_DAY, successor_text=after, instrument=paper, confidence=confidence)
        for words, after, paper, confidence in BODIES
    )


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_catalogues")]

    operations = [
        migrations.CreateModel(
            name="EndedBody",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=120, unique=True)),
                ("ended_on", models.DateField()),
                ("successor_text", models.CharField(blank=True, max_length=200)),
                ("instrument", models.CharField(max_length=200)),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("seen", "Checked against the text"),
                            ("unverified", "Not checked against the text"),
                        ],
                        default="unverified",
                        max_length=20,
                    ),
                ),
            ],
            options={"ordering": ["words"]},
        ),
        migrations.RunPython(add, migrations.RunPython.noop),
    ]
