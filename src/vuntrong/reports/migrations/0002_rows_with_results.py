from django.db import migrations, models

RESULTS = [
    ("good", "Good or excellent"),
    ("fair", "Fair"),
    ("average", "Average"),
    ("passed", "Passed without a grade"),
    ("failed", "Not completed"),
    ("withdrawn", "Withdrawn"),
    ("pending", "No result yet"),
]


class Migration(migrations.Migration):

    dependencies = [
        ("reports", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="reportrow",
            name="reports_rep_submiss_36cea2_idx",
        ),
        migrations.AddField(
            model_name="reportrow",
            name="result",
            field=models.CharField(choices=RESULTS, default="pending", max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="reportrow",
            name="search_key",
            field=models.CharField(default="", max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="reportsubmission",
            name="fingerprint",
            field=models.JSONField(default=dict),
        ),
        migrations.AddIndex(
            model_name="reportrow",
            index=models.Index(fields=["submission", "class_id"], name="report_rows_of_class"),
        ),
    ]
