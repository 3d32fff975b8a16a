"""On which days something certainly is; what is less exact has no day here, and none is made up."""

from dataclasses import dataclass
from datetime import date, timedelta

from partnerships.values.dates import HonestDate
from partnerships.values.notation import Part, read
from partnerships.visits.models import ItineraryItem, Visit


@dataclass(frozen=True)
class Days:
    """The first and the last day; `last` is None where nobody stated an end."""

    first: date
    last: date | None

    def between(self, first: date, last: date) -> list[date]:
        """Those that lie in a period; of days without an end, only the first is known."""
        start, end = max(self.first, first), min(self.last or self.first, last)
        return [start + timedelta(number) for number in range((end - start).days + 1)]

    def words_on(self, day: date) -> str:
        """Which of several days one is."""
        if self.last is None:
            return "end not stated"
        count = (self.last - self.first).days + 1
        return f"day {(day - self.first).days + 1} of {count}" if count > 1 else ""


def days_of(stated: HonestDate) -> Days | None:
    """The days that a date states; None for one known only by month or year, or about."""
    start, end = read(stated.notation)
    if start is None or not is_day(start) or (end and not is_day(end)):
        return None
    assert stated.earliest is not None
    return Days(stated.earliest, stated.latest)


def is_day(part: Part) -> bool:
    """Whether one date of a notation is known to the day."""
    return bool(part.year and part.month and part.day and not part.about)


def day_of(item: ItineraryItem, visit: Visit) -> date | None:
    """The day of an item: its own, or the only day of its visit."""
    days = days_of(visit.happens_on)
    return item.on_day or (days.first if days and days.first == days.last else None)
