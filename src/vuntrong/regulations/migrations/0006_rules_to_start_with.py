"""The instruments and rules to start with."""

from django.db import migrations

from vuntrong.regulations import reference


def add(apps, schema_editor):
    reference.load(apps)


class Migration(migrations.Migration):
    dependencies = [("regulations", "0005_rule_rows")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
