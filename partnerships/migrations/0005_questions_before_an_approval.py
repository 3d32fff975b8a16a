"""The questions that an office begins with; admins edit them in the workshop."""

from django.db import migrations

DUE, ACADEMIC, LEGAL = "due_diligence", "academic_approval", "legal_review"
ALWAYS, OR_NOT = "yes_no", "or_not_applicable"
DEGREES = ("dual_award", "joint_award", "phd_joint", "phd_dual", "cotutelle")
# Step, question, kind of answer, whether “no” stands in the way, codes of types (none for all).
QUESTIONS = (
    (DUE, "Were the partner and those who sign screened against the UK sanctions list?", ALWAYS, True, ()),
    (DUE, "Is it known what the partner is in law, and that it may enter into this?", ALWAYS, True, ()),
    (DUE, "Was export control looked at: what is shared, with whom, for which use?", OR_NOT, True, ()),
    (DUE, "Were links to military or security bodies looked into (Trusted Research)?", OR_NOT, True, ()),
    (DUE, "Was it checked whether it must be registered (FIRS)?", OR_NOT, False, ()),
    (DUE, "Is it known what it costs, and who bears it?", OR_NOT, False, ()),
    (ACADEMIC, "Does a school or an institute stand behind it, with somebody who leads?", ALWAYS, True, ()),
    (ACADEMIC, "Does it fit what the university plans with this partner or country?", ALWAYS, False, ()),
    (ACADEMIC, "Are teaching and supervision assured on both sides?", OR_NOT, True, ()),
    (ACADEMIC, "Is it set down who awards the degree and who prints the certificate?", ALWAYS, True, DEGREES),
    (ACADEMIC, "Are numbers of students, fees and how they are kept in balance set down?", ALWAYS, True, ("exchange_student",)),
    (LEGAL, "Is the governing law named, or left open on purpose?", ALWAYS, True, ()),
    (LEGAL, "Is it settled who owns and may use intellectual property?", OR_NOT, True, ()),
    (LEGAL, "Is data protection covered, with safeguards for personal data sent abroad?", OR_NOT, True, ()),
    (LEGAL, "Can either side end it, and is it said with what notice and what happens then?", ALWAYS, True, ()),
    (LEGAL, "Is liability limited, and insurance in place where it is needed?", OR_NOT, False, ()),
    (LEGAL, "Do the language versions say the same, and is it said which prevails?", OR_NOT, False, ()),
)


def add(apps, schema_editor):
    """Make the questions, unless the office has some already."""
    alias = schema_editor.connection.alias
    questions = apps.get_model("partnerships", "StepQuestion").objects.using(alias)
    types = apps.get_model("partnerships", "AgreementType").objects.using(alias)
    if questions.exists():
        return
    for order, (review, words, kind, needs_yes, codes) in enumerate(QUESTIONS, 1):
        for of_type in [types.filter(code=code).first() for code in codes] or [None]:
            if of_type or not codes:
                questions.create(
                    review=review, words=words, kind=kind, needs_yes=needs_yes, type=of_type, order=order
                )


def remove(apps, schema_editor):
    """Take away the questions that nobody answered."""
    questions = apps.get_model("partnerships", "StepQuestion").objects.using(schema_editor.connection.alias)
    questions.filter(words__in=[words for _, words, *_ in QUESTIONS], answers__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0004_checklists_of_the_office")]
    operations = [migrations.RunPython(add, remove)]
