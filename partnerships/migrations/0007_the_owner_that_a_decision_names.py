"""Who owns an agreement from a decision on, kept with it; of earlier decisions nothing was said, and nothing is added."""

from django.db import migrations

import partnerships.values.columns


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0006_reminders_that_an_office_begins_with")]
    operations = [
        migrations.AddField(
            "review",
            "owner",
            partnerships.values.columns.LineField(
                "owner from then on", blank=True, default="", db_default="", max_length=150
            ),
        ),
    ]
