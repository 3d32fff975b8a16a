"""What was decided about a line stands together under `said`; whom a line speaks of, by that line's number."""

from django.db import migrations

WERE = ("decision", "purpose", "taken")


def numbered(lines, kind, name):
    """The number of the line of a kind that has this name, "" for none."""
    return next((str(at) for at, one in enumerate(lines) if one["kind"] == kind and name and one["value"] == name), "")


def forwards(apps, schema_editor):
    """Turn each line round; what was typed stays."""
    for reading in apps.get_model("partnerships", "Reading").objects.filter(visit=None).iterator():
        for one in reading.lines:
            if "said" in one:
                continue
            told = {name: one.pop(name, "") for name in WERE}
            said = {"decision": told["decision"], "purpose": told["purpose"], "record": told["taken"]}
            one["said"] = {name: value for name, value in said.items() if value}
            if one["kind"] in ("post", "part", "contact"):
                person = one["more"].get("person", one["value"] if one["kind"] == "part" else "")
                one["more"]["person"] = numbered(reading.lines, "person", person)
            if one["kind"] == "post":
                body = one["more"].get("organisation", "")
                one["more"]["organisation"] = numbered(reading.lines, "organisation", body)
        reading.save(update_fields=["lines"])


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0011_version_of_a_text_that_is_being_read")]

    # Backwards nothing is done: the older pages pass over `said`, and a draft is then decided again.
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
