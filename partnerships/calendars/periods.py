"""A month or a week of a calendar, as the address writes it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from partnerships.values.notation import MONTHS
from partnerships.values.validators import FIRST_YEAR, LAST_YEAR

MONTH = f"A month is written as 2026-11, from {FIRST_YEAR}-01 to {LAST_YEAR}-12."
WEEK = f"A week is written as 2026-W48, its year from {FIRST_YEAR} to {LAST_YEAR}; not every year has a week 53."


@dataclass(frozen=True)
class Period:
    """A month or a week: how the address writes it, in words, and its days."""

    name: str
    value: str
    words: str
    first: date
    last: date

    def beside(self, days: int) -> "Period | None":
        """The one before (-1) or after (1) it; None outside the years of the register."""
        day = self.first - timedelta(1) if days < 0 else self.last + timedelta(1)
        near = (month_of if self.name == "month" else week_of)(day)
        return near if FIRST_YEAR <= int(near.value[:4]) <= LAST_YEAR else None

    def weeks(self) -> list["Period"]:
        """The weeks that hold its days."""
        found = [week_of(self.first)]
        while found[-1].last < self.last:
            found.append(week_of(found[-1].last + timedelta(1)))
        return found

    def days(self) -> list[date]:
        """Its days in their order."""
        return [self.first + timedelta(number) for number in range((self.last - self.first).days + 1)]


def month_of(day: date) -> Period:
    """The month of a day."""
    first = day.replace(day=1)
    last = (first + timedelta(31)).replace(day=1) - timedelta(1)
    return Period("month", f"{day:%Y-%m}", f"{MONTHS[day.month - 1]} {day.year}", first, last)


def week_of(day: date) -> Period:
    """The week of a day, from Monday to Sunday, numbered as ISO 8601 does."""
    year, number, weekday = day.isocalendar()
    first = day - timedelta(weekday - 1)
    return Period("week", f"{year}-W{number:02}", f"Week {number}, {year}", first, first + timedelta(6))


def read_period(name: str, text: str, today: date) -> Period:
    """What the address says, or today's; raises ValueError with a sentence for anything else."""
    reader, usual, sentence = (read_month, month_of, MONTH) if name == "month" else (read_week, week_of, WEEK)
    if not text:
        return usual(today)
    try:
        return usual(reader(text))
    except (ValueError, OverflowError):
        raise ValueError(f"“{text[:20]}” is no {name} of this calendar. {sentence}") from None


def read_month(text: str) -> date:
    """The first day of a month."""
    return plausible(re.fullmatch(r"([0-9]{4})-([0-9]{2})", text), lambda year, month: date(year, month, 1))


def read_week(text: str) -> date:
    """The Monday of a week."""
    return plausible(
        re.fullmatch(r"([0-9]{4})-W([0-9]{2})", text), lambda year, week: date.fromisocalendar(year, week, 1)
    )


def plausible(found: re.Match | None, made) -> date:
    """The day made of a year and a number; raises ValueError."""
    year, number = map(int, found.groups()) if found else (0, 0)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(year)
    return made(year, number)
