"""How units write that say nothing of their own."""

from django.db import migrations

from vuntrong.registry import reference


def add(apps, schema_editor):
    reference.load_profiles(apps)


class Migration(migrations.Migration):
    dependencies = [("registry", "0009_papers")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
