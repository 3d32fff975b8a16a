"""The life of an agreement: what it renews, amends, supersedes or stands under, as one line; and a copy that renews it.

What it is signed after, or possibly the same as, is another agreement and no part of its life.
"""

from collections.abc import Iterable

from django.db import connection

from partnerships.agreements.models import Agreement, AgreementRelation, AgreementRelationKind, LegalEvent
from partnerships.records.pages import Look

LINE = (
    AgreementRelationKind.AMENDS,
    AgreementRelationKind.RENEWS,
    AgreementRelationKind.SUPERSEDES,
    AgreementRelationKind.UNDER,
)
LONGEST = 60
# Everything that is reached over what the reader sees, whichever of the two agreements a relation stands on.
REACHED = """
WITH RECURSIVE reached(id) AS (
  SELECT CAST(%s AS bigint)
  UNION
  SELECT other.id FROM reached
  JOIN partnerships_agreementrelation relation
    ON relation.agreement_id = reached.id OR relation.to_agreement_id = reached.id
  JOIN partnerships_agreement other
    ON other.id IN (relation.agreement_id, relation.to_agreement_id) AND other.id <> reached.id
  WHERE relation.kind IN (%s, %s, %s, %s) AND other.visibility <= %s
)
SELECT id FROM reached LIMIT %s
"""


def line_of(agreement: Agreement, look: Look) -> list[Agreement]:
    """The agreements of one life, those of which the year is known first, by their beginning; two queries."""
    with connection.cursor() as cursor:
        cursor.execute(REACHED, [agreement.pk, *LINE, look.role, LONGEST])
        reached = [pk for (pk,) in cursor.fetchall()]
    found = look.seen(Agreement.objects.with_state(look.today).filter(pk__in=reached))
    return sorted(found, key=lambda one: ((begins := began(one)) is None, begins or look.today, one.pk))


def began(agreement: Agreement):
    """The first day on which it can have begun, or been signed; None where no year is known."""
    return agreement.starts_on.earliest or agreement.signed_on.earliest


def between(line: Iterable[Agreement], look: Look) -> dict[int, list[AgreementRelation]]:
    """What each agreement of a line has to do with others of it; one query."""
    known = [one.pk for one in line]
    rows = AgreementRelation.objects.filter(agreement__in=known, to_agreement__in=known, kind__in=LINE)
    found: dict[int, list[AgreementRelation]] = {}
    for row in look.seen(rows).select_related("to_agreement", "agreement"):
        found.setdefault(row.agreement_id, []).append(row)
    return found


def overlap(relation: AgreementRelation) -> str:
    """Where a renewal begins before, or perhaps before, the renewed one ends: a sentence; otherwise ""."""
    if relation.kind != AgreementRelationKind.RENEWS:
        return ""
    newer, older = relation.agreement, relation.to_agreement
    starts, ends = newer.starts_on or newer.signed_on, older.ends_on
    if not (starts.earliest and starts.latest and ends.earliest and ends.latest):
        return ""
    if starts.latest < ends.earliest:
        return f"It begins {starts.words}, before “{older}” ends ({ends.words}): the two overlap."
    if starts.earliest <= ends.latest:
        return f"It begins {starts.words} and “{older}” ends {ends.words}: the two may overlap."
    return ""


def overlaps(agreement: Agreement, user) -> list[str]:
    """What to look at again once it was saved: each renewal that begins before the renewed one ends."""
    rows = AgreementRelation.objects.filter(agreement=agreement, kind=AgreementRelationKind.RENEWS)
    return [sentence for row in rows.select_related("to_agreement", "agreement") if (sentence := overlap(row))]


def refusal_to_follow(agreement: Agreement, relation: AgreementRelationKind) -> str:
    """Why it can't be renewed or amended, in a sentence; "" where it can."""
    if agreement.event == LegalEvent.TERMINATED:
        verb = "renew" if relation == AgreementRelationKind.RENEWS else "amend"
        return f"“{agreement}” was terminated, so that nothing can {verb} it. Record a new agreement instead."
    return ""
