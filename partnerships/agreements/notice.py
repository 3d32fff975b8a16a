"""Until when notice of an agreement can be given: read from its notice period as written, never made up.

A period that isn't understood, or an end without a year, gives no day; then nothing reminds of one.
"""

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.db import models

from partnerships.values.columns import Ordinary
from partnerships.values.dates import HonestDate, bounds_of

ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"]
ONES += ["fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS = {word: number for number, word in enumerate(ONES, start=1)}
for ten, word in enumerate(TENS, start=2):
    NUMBERS |= {word: 10 * ten} | {f"{word}-{one}": 10 * ten + number for number, one in enumerate(ONES[:9], start=1)}
NUMBERS |= {"两": 2} | {word: number for number, word in enumerate("一二三四五六七八九十", start=1)}
WRITTEN = re.compile(
    rf"(?<![A-Za-z0-9.,])(\d{{1,6}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})\)?[\s-]*(?:calendar[\s-]+)?"
    r"(day|week|month|year|天|日|周|个月|月|年)s?(?![a-z])",
    re.IGNORECASE,
)
UNITS = {"day": "days", "天": "days", "日": "days", "week": "weeks", "周": "weeks", "month": "months", "个月": "months"}
UNITS |= {"月": "months", "year": "years", "年": "years"}


def understood(words: str) -> relativedelta | None:
    """The one period that the words name, such as "6 months" or "六个月"; None where it is none, or several."""
    found = {
        (int(number) if number.isdecimal() else NUMBERS[number.lower()], UNITS[unit.lower()])
        for number, unit in WRITTEN.findall(words)
    }
    if len(found) != 1:
        return None
    number, unit = found.pop()
    return relativedelta(**{unit: number}) if number else None


def last_day_of_notice(words: str, ends: date | None) -> date | None:
    """The last day on which notice can be given before the first day that the end can mean."""
    period = understood(words)
    try:
        return ends - period if period and ends else None
    except (ValueError, OverflowError):
        return None


def longer_than_term(words: str, starts: HonestDate, ends: HonestDate) -> bool:
    """Whether the notice period is certainly longer than the term, from its first day that is possible to its last."""
    period = understood(words)
    if not period or not starts.earliest or not ends.latest:
        return False
    try:
        return ends.latest + timedelta(days=1) - period < starts.earliest
    except (ValueError, OverflowError):
        return True


class NoticeDayField(Ordinary, models.DateField):
    """The last day for notice, computed from period and end each time the agreement is saved."""

    def pre_save(self, model_instance, add):
        """The day, also on the instance."""
        earliest, _ = bounds_of(model_instance.ends_on_edtf)
        day = last_day_of_notice(model_instance.notice_period, earliest)
        setattr(model_instance, self.attname, day)
        return day


def rebuild_notice(rows) -> int:
    """Bring the last day for notice of some agreements in line; how many had another one."""
    changed = []
    for one in rows.only("pk", "notice_period", "notice_on", "ends_on_edtf", "ends_on_earliest").order_by("pk"):
        right = last_day_of_notice(one.notice_period, one.ends_on_earliest)
        if one.notice_on != right:
            one.notice_on = right
            changed.append(one)
    return rows.bulk_update(changed, ["notice_on"], batch_size=200)
