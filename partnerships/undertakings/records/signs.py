"""When something last happened in a line of cooperation, and what: the evidence and the follow-ups done, newest first.

`with_what_became` (of the visits) reads lines with both; `signs_of` orders what it read, without a query.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from partnerships.access.models import Record
from partnerships.access.roles import Role
from partnerships.records.columns import draw_record, hidden
from partnerships.undertakings.models import DATE_OF, Evidence, Undertaking
from partnerships.values.dates import HonestDate
from partnerships.values.draw import draw_date, draw_status, draw_text

NONE_YET = "Evidence: none yet"
WHEN_UNKNOWN = "when, is not known"


@dataclass(frozen=True)
class Sign:
    """One thing that happened: its record, what it shows, and when that was, as far as anybody knows."""

    record: Any
    when: HonestDate
    words: str = ""
    evidence: Evidence | None = None


def date_of(of: str, record) -> HonestDate:
    """The date of a record that is evidence, of the kind that `of` names; empty where it has none."""
    return getattr(record, DATE_OF[of]) if DATE_OF[of] else HonestDate()


def signs_of(line: Undertaking, today: date) -> list[Sign]:
    """What shows that something happened: what is past by its date, the newest first; what is to come; the undated."""
    found = [Sign(one.record, date_of(one.of, one.record), one.words, one) for one in line.shown_by.all()]
    found += [
        Sign(one, HonestDate.from_notation(one.done_on.isoformat()), one.outcome)
        for one in line.follow_ups.all()
        if one.done_on
    ]

    def place(sign: Sign) -> tuple:
        day = sign.when.earliest or sign.when.latest
        return (0 if day and day <= today else 1 if day else 2, -day.toordinal() if day else 0)

    return sorted(found, key=place)


def draw_what(sign: Sign, role: Role) -> SafeString:
    """The record as a link, and what it shows."""
    what = draw_record(sign.record, role) if isinstance(sign.record, Record) else draw_text(str(sign.record))
    if not sign.words or hidden(sign.record, role):
        return what
    return format_html("{}: {}", what, draw_text(sign.words))


def draw_when(when: HonestDate, today: date) -> SafeString:
    """When it was: in words where no source says it."""
    if not when:
        return format_html('<span class="unk">{}</span>', WHEN_UNKNOWN)
    ahead = bool(when.earliest and when.earliest > today)
    return format_html("{}{}", draw_date(when), " (still to come)" if ahead else "")


def draw_last(line: Undertaking, today: date, role: Role) -> SafeString:
    """The last sign of life of a line, in which so many others are counted; or calmly, that there is none yet."""
    signs = signs_of(line, today)
    if not signs:
        return draw_text(line.evidence) if line.evidence else draw_status(NONE_YET, "mut")
    more = len(signs) - 1
    besides = format_html(' <span class="mut">and {} more</span>', more) if more else ""
    return format_html(
        '{}{}<span class="l2">{}</span>', draw_what(signs[0], role), besides, draw_when(signs[0].when, today)
    )
