"""The checklists that an office begins with; admins edit them in the workshop."""

from django.db import migrations

IN, OUT = "inbound", "outbound"
# What, days before the visit, direction ('' for all), code of the kind ('' for all).
LINES = (
    ("Names, titles and posts of all who come, as they are to be printed", 28, IN, ""),
    ("Screening of the visitors and of their institutions", 28, IN, ""),
    ("Letters of invitation for visas", 60, IN, ""),
    ("Who receives whom: hosts of equal rank", 21, IN, ""),
    ("Rooms booked", 21, IN, ""),
    ("Interpreter", 21, "", ""),
    ("Export control: what may be shown on tours, and whom to ask", 14, IN, ""),
    ("Diet, allergies and what else guests need", 10, IN, ""),
    ("Transport and parking", 7, IN, ""),
    ("Gifts, declared where they must be", 10, "", ""),
    ("Photographs: who takes them, and consent", 7, "", ""),
    ("Speaking notes", 5, "", ""),
    ("Brief sent to all who receive", 3, IN, ""),
    ("Visas and invitations of our own travellers", 60, OUT, ""),
    ("Travel approved and insured", 28, OUT, ""),
    ("Export control: devices and papers that are taken along", 14, OUT, ""),
    ("Brief sent to all who travel", 5, OUT, ""),
    ("Link sent and tried, with the time in both places", 3, "virtual", ""),
    ("Final texts of what is signed, in both languages", 21, "", "signing_ceremony"),
    ("Who signs is confirmed on both sides", 14, "", "signing_ceremony"),
    ("Flags, table and seats in the order of precedence", 3, "", "signing_ceremony"),
    ("Order of precedence agreed with their office", 10, "", "government"),
    ("Questions to see answered on site", 14, "", "site_visit_due_diligence"),
    ("Consent and emergency contacts of students", 21, "", "student_group"),
    ("Thanks sent", -3, "", ""),
)


def add(apps, schema_editor):
    """Make the lines, unless the office has some already."""
    alias = schema_editor.connection.alias
    lines = apps.get_model("partnerships", "ChecklistLine").objects.using(alias)
    kinds = apps.get_model("partnerships", "VisitKind").objects.using(alias)
    if lines.exists():
        return
    for order, (what, days, direction, code) in enumerate(LINES, 1):
        kind = kinds.filter(code=code).first() if code else None
        if kind or not code:
            lines.create(what=what, days_before=days, direction=direction, kind=kind, order=order)


def remove(apps, schema_editor):
    """Take away the lines that nothing was prepared from."""
    lines = apps.get_model("partnerships", "ChecklistLine").objects.using(schema_editor.connection.alias)
    lines.filter(what__in=[line[0] for line in LINES], preparations__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0003_search_indexes")]
    operations = [migrations.RunPython(add, remove)]
