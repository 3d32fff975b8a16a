"""How long before which day of an agreement people are reminded, to begin with; admins change it in the workshop."""

from django.db import migrations

# A full review comes a year before the end (vocabularies of UK practice), so that the first reminder comes early.
INTERVALS = {"end": (365, 180, 90, 30), "notice": (90, 30, 7), "review": (30, 0)}


def add(apps, schema_editor):
    """Make them, unless the office has some already."""
    rows = apps.get_model("partnerships", "ReminderInterval").objects.using(schema_editor.connection.alias)
    if not rows.exists():
        for deadline, days in INTERVALS.items():
            for number in days:
                rows.create(deadline=deadline, days_before=number)


def remove(apps, schema_editor):
    """Take them away."""
    apps.get_model("partnerships", "ReminderInterval").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0005_questions_before_an_approval")]
    operations = [migrations.RunPython(add, remove)]
