"""Stop, by name, where a visit has what the next migration forbids: data is corrected by people, not by a guess."""

from django.db import migrations
from django.db.models import Count

WORDS = (
    "These visits name a person twice, or two heads of a delegation on one side. Correct them on their pages with the "
    "version that was installed before, then migrate again: {addresses}"
)


def look(apps, schema_editor):
    """Raise RuntimeError with the addresses of the visits that must be corrected first."""
    rows = apps.get_model("partnerships", "Participant").objects.using(schema_editor.connection.alias).order_by()
    twice = rows.exclude(person=None).values("visit", "person")
    heads = rows.filter(role="head").values("visit", "side")
    wrong = {
        row["visit"] for found in (twice, heads) for row in found.annotate(count=Count("pk")).filter(count__gt=1)
    }
    if wrong:
        raise RuntimeError(WORDS.format(addresses=", ".join(f"/visits/{pk}/" for pk in sorted(wrong)[:50])))


class Migration(migrations.Migration):
    """Reads only, and so there is nothing to take back."""

    dependencies = [("partnerships", "0015_evidence_that_is_suggested_and_dismissed")]

    operations = [migrations.RunPython(look, migrations.RunPython.noop)]
