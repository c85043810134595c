"""Posts, ethnic groups and religions to start with."""

from django.db import migrations

from vuntrong.registry import reference


def add(apps, schema_editor):
    reference.load(apps)


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_people_records_and_events")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
