"""The layouts of official papers that are known, as dated rows."""

import datetime as dt

from django.db import migrations

PROFILES = [
    {
        "key": "state30",
        "style": "state",
        "valid_from": dt.date(2020, 3, 5),
        "valid_to": None,
        "instrument": "Nghị định 30/2020/NĐ-CP, Phụ lục I",
        "confidence": "seen",
        "source": "Đọc qua các bản dẫn lại; phần đầu Phụ lục I đọc bản gốc",
    },
    {
        "key": "party36",
        "style": "party",
        "valid_from": dt.date(2018, 4, 3),
        "valid_to": dt.date(2026, 5, 26),
        "instrument": "Hướng dẫn 36-HD/VPTW",
        "confidence": "seen",
        "source": "Đọc qua các bản dẫn lại",
    },
    {
        "key": "party05",
        "style": "party",
        "valid_from": dt.date(2026, 5, 27),
        "valid_to": None,
        "instrument": "Hướng dẫn 05-HD/VPTW",
        "confidence": "unverified",
        "source": "Cỡ chữ và ngày hiệu lực chưa đối chiếu với văn bản gốc",
    },
]


def add(apps, schema_editor):
    rows = apps.get_model("regulations", "LayoutProfile").objects
    rows.bulk_create([rows.model(**profile) for profile in PROFILES])


class Migration(migrations.Migration):
    dependencies = [("regulations", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
