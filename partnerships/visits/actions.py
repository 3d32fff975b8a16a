"""What follows from a visit and the office's checklists: what is to be prepared, and until when."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Max, Q

from partnerships.visits.models import ChecklistLine, Preparation, Visit


def prepare(*, visit: Visit) -> int:
    """Put the lines of the checklists that hold for a visit on its own list, each once; how many were added."""
    mine = Q(kind__isnull=True) | Q(kind=visit.kind_id) if visit.kind_id else Q(kind__isnull=True)
    lines = ChecklistLine.objects.filter(mine, Q(direction="") | Q(direction=visit.direction), is_active=True)
    there = visit.preparations.exclude(line=None).order_by().values("line")
    last = visit.preparations.aggregate(last=Max("order"))["last"] or 0
    added = [
        Preparation(
            visit=visit,
            line=line,
            what=line.what,
            days_before=line.days_before,
            due_on=due_on(visit.happens_on.earliest, line.days_before),
            order=order,
        )
        for order, line in enumerate(lines.exclude(pk__in=there), last + 1)
    ]
    return len(Preparation.objects.bulk_create(added))


def due_on(first: date | None, days_before: int | None) -> date | None:
    """So many days before the first possible day of a visit; None where either is unknown, or out of all calendars."""
    try:
        return first - timedelta(days=days_before) if first and days_before is not None else None
    except OverflowError:
        return None


def date_preparations(visits: Iterable[int] | None = None) -> int:
    """Bring the due days of what is to be prepared for these visits (all for None) up to date; how many changed."""
    rows = Preparation.objects.order_by().only("pk", "due_on", "days_before", "visit__happens_on_earliest")
    rows = rows.select_related("visit")
    changed = []
    for row in rows if visits is None else rows.filter(visit__in=visits):
        right = due_on(row.visit.happens_on_earliest, row.days_before)
        if row.due_on != right:
            row.due_on = right
            changed.append(row)
    return Preparation.objects.bulk_update(changed, ["due_on"], batch_size=200)


def follow_dates(changed: Iterable[tuple[str, int]]) -> None:
    """Keep what is to be prepared for changed visits due on the right day, in the transaction of the change."""
    if ids := [pk for kind, pk in changed if kind == "visit"]:
        date_preparations(ids)
