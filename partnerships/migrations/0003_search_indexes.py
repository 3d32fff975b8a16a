"""Trigram indexes on PostgreSQL, so that words inside names and texts are found without reading every line."""

import logging

from django.db import DatabaseError, migrations, transaction

COLUMNS = ("names_key", "words_key", "pinyin_key")


def add(apps, schema_editor):
    """Add the extension and the indexes; without the right to the extension the search works, and is slower."""
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            for column in COLUMNS:
                cursor.execute(
                    f"CREATE INDEX entry_{column}_trigrams ON partnerships_entry USING gin ({column} gin_trgm_ops)"
                )
    except DatabaseError as refused:
        logging.getLogger("partnerships").warning("The search has no trigram indexes: %s", str(refused).strip())


def remove(apps, schema_editor):
    """Drop the indexes; the extension may be somebody else's."""
    if schema_editor.connection.vendor == "postgresql":
        for column in COLUMNS:
            schema_editor.execute(f"DROP INDEX IF EXISTS entry_{column}_trigrams")


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0002_roles_and_vocabularies")]
    operations = [migrations.RunPython(add, remove)]
