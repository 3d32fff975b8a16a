"""Reminders of agreements: before their end, their last day for notice and their review, at the office's intervals.

Each comes in one letter: in the first that is written once its day has come. An agreement of which the end is not
known reminds of itself at the beginning of each quarter.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from partnerships.agreements.deadlines import VERBS, Day, between, days_of, watched_by
from partnerships.agreements.models import Agreement, Ending
from partnerships.agreements.models.reminding import Deadline, ReminderInterval
from partnerships.letters.models import Letter
from partnerships.records.pages import Look
from partnerships.reminders.parts import KEY, Section, line, shown
from partnerships.values.draw import plain
from partnerships.values.models import Gap, GapState

# Days for which nobody wrote: whatever fell into them is told with the next letter, and no further back.
LOOKS_BACK = timedelta(days=30)
WITHOUT_END = (Ending.EVERGREEN, Ending.RENEWING)


def agreements(look: Look) -> Section:
    """What comes up for agreements that somebody owns, reviews or watches; five queries."""
    since = sent_to(look)
    intervals = list(ReminderInterval.objects.all())
    longest = timedelta(days=max((one.days_before for one in intervals), default=0))
    mine = watched_by(look.user)
    lines = [
        told(one, day, look.today)
        for one in mine.filter(between(since, look.today + longest)).order_by("title", "pk")
        for day in coming(one, intervals, since, look.today)
    ]
    lines += [without_end(one) for one in unknown_ends(mine, since, look.today)]
    return Section("Agreements", shown(lines, len(lines)), [])


def sent_to(look: Look) -> date:
    """The day of the last letter that was sent to somebody; one that still waits gives way to that of today."""
    sent = Letter.objects.filter(to=look.user, sent_at__isnull=False)
    keys = sent.filter(key__startswith=KEY, key__lt=f"{KEY}{look.today.isoformat()}")
    last = keys.order_by("-key").values_list("key", flat=True).first()
    earliest = look.today - LOOKS_BACK
    return max(earliest, date.fromisoformat(last.removeprefix(KEY)[:10])) if last else earliest


def coming(agreement: Agreement, intervals: list[ReminderInterval], since: date, today: date) -> Iterator[Day]:
    """The days of an agreement of which a reminder fell due after the last letter; each once."""
    for day in days_of(agreement):
        own = [one for one in intervals if one.deadline == day.deadline and one.type_id == agreement.type_id]
        general = [one for one in intervals if one.deadline == day.deadline and one.type_id is None]
        reminders = (day.on - timedelta(days=one.days_before) for one in own or general)
        if day.on >= today and any(since < one <= today for one in reminders):
            yield day


def told(agreement: Agreement, day: Day, today: date) -> str:
    """One reminder, with what it assumes."""
    left = (day.on - today).days
    when = "today" if not left else "tomorrow" if left == 1 else f"in {left} days"
    again = " It renews itself then." if day.deadline == Deadline.END and agreement.ending == Ending.RENEWING else ""
    assumed = day.assumed and f" {day.assumed}"
    return line(f"{agreement}: {VERBS[day.deadline]} {plain(day.on)}, {when}.{again}{assumed}", agreement)


def without_end(agreement: Agreement) -> str:
    """That nothing can remind of an end that nobody recorded."""
    known = f"its end ({agreement.ends_on.words}) has no year" if agreement.ends_on else "no end is recorded"
    return line(f"{agreement}: {known}, so that nothing can remind of it. Ask for it, or say how it ends.", agreement)


def unknown_ends(rows: QuerySet, since: date, today: date) -> QuerySet:
    """Once a quarter, those of which the end is not known, unless somebody said that there is none."""
    begins = date(today.year, today.month - (today.month - 1) % 3, 1)
    if not since < begins <= today:
        return rows.none()
    none = Gap.objects.filter(
        record_kind="agreement", record_id=OuterRef("pk"), field="ends_on", state=GapState.NOT_APPLICABLE
    )
    unknown = rows.filter(ends_on_latest__isnull=True, ends_on_earliest__isnull=True).exclude(ending__in=WITHOUT_END)
    return unknown.exclude(Exists(none)).order_by("title", "pk")
