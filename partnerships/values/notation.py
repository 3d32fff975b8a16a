"""The notation of dates that the register keeps: a strict subset of EDTF level 1 (ISO 8601-2:2019).

A day, a month, a year, a month or day of an unknown year, each approximate if it ends in `~`; a closed or half-open
interval. Own reading, because the `edtf` library takes milliseconds, passes 29 February 2015 and XXXX-02-30,
and answers year 0 and infinities; the tests hold both to the same bounds.
"""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

LEAP_YEAR = 2000
_PART = re.compile(r"([0-9]{4}|XXXX)(?:-([0-9]{2})(?:-([0-9]{2}))?)?(~?)")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Part(NamedTuple):
    """One date of a notation; `year` is None where it is unknown."""

    year: int | None
    month: int | None
    day: int | None
    about: bool


def accepted_forms() -> str:
    """The sentence that ends every message about a date."""
    return _("Enter a date such as 12 May 2024, 12–14 May 2024, May 2024, 2024, May (year not stated) or about 2015.")


def refusal(reason: str) -> ValueError:
    """The error for a date that is refused: what is wrong, then what is accepted."""
    return ValueError(f"{reason} {accepted_forms()}")


@lru_cache(maxsize=4096)
def bounds_of(notation: str) -> tuple[date | None, date | None]:
    """Earliest and latest day of `notation`; None for an open end and where the year is unknown.

    Raises ValueError with a sentence for anything outside the subset, days that do not exist and reversed intervals.
    """
    start, end = read(notation)
    earliest = _first_day(start) if start else None
    latest = _last_day(end) if end else None
    if earliest and latest and earliest > latest:
        raise refusal(_("The interval ends before it begins."))
    return earliest, latest


@lru_cache(maxsize=4096)
def to_words(notation: str) -> str:
    """`notation` as a person reads it: “September 2015”, “May, year not stated”, “about 2015”, “2022 onwards”."""
    start, end = read(notation)
    if start is None or end is None:
        return f"{_part_words(start)} onwards" if start else f"until {_part_words(end)}" if end else ""
    return _span_words(start, end) if "/" in notation else _part_words(start)


def read(notation: str) -> tuple[Part | None, Part | None]:
    """Start and end of `notation` (the same for a single date); None for an open end."""
    if not notation:
        return None, None
    start, slash, end = notation.partition("/")
    if not slash:
        part = _read_part(start)
        return part, part
    if start == end == "..":
        raise refusal(_("An interval needs a beginning or an end."))
    first, last = (None if text == ".." else _read_part(text) for text in (start, end))
    if any(part and part.year is None for part in (first, last)):
        raise refusal(_("An interval needs the year of both its ends."))
    return first, last


def _read_part(text: str) -> Part:
    """One date of the subset, checked to exist."""
    found = _PART.fullmatch(text)
    if not found or text.startswith("XXXX") and not found[2]:
        raise refusal(_("“%(text)s” is not a date.") % {"text": text[:40]})
    if found[1] == "XXXX" and found[4]:
        raise refusal(_("A date without a year cannot be approximate too; keep “about” in the wording."))
    year = None if found[1] == "XXXX" else int(found[1])
    month, day = (int(digits) if digits else None for digits in (found[2], found[3]))
    if year == 0:
        raise refusal(_("There is no year 0."))
    if month is not None and not 1 <= month <= 12:
        raise refusal(_("There is no month %(month)d.") % {"month": month})
    part = Part(year, month, day, bool(found[4]))
    if day is not None and not 1 <= day <= monthrange(year or LEAP_YEAR, month or 1)[1]:
        raise refusal(_("There is no %(day)s.") % {"day": _plain_words(part)})
    return part


def _first_day(part: Part) -> date | None:
    return date(part.year, part.month or 1, part.day or 1) if part.year else None


def _last_day(part: Part) -> date | None:
    if not part.year:
        return None
    month = part.month or 12
    return date(part.year, month, part.day or monthrange(part.year, month)[1])


def _plain_words(part: Part) -> str:
    """Day, month and year of `part`, as far as they are known."""
    known = (
        str(part.day) if part.day is not None else "",
        MONTHS[part.month - 1] if part.month else "",
        f"{part.year:04d}" if part.year else "",
    )
    return " ".join(word for word in known if word)


def _span_words(start: Part, end: Part) -> str:
    """Both ends, and once what they share: “12 to 14 May 2026”, “May to June 2024”, “2015 to 2018”."""
    first, is_like = _part_words(start), bool(start.day) == bool(end.day) and not start.about and not end.about
    if is_like and start.month and end.month and start.year == end.year:
        in_one_month = start.day and start.month == end.month
        first = str(start.day) if in_one_month else first.rpartition(" ")[0]
    return f"{first} to {_part_words(end)}"


def _part_words(part: Part) -> str:
    words = _plain_words(part) if part.year else f"{_plain_words(part)}, year not stated"
    return f"about {words}" if part.about else words
