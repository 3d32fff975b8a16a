"""When an event of a calendar file is: its days as an honest date, its times in words, what is to be said of them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Event

from partnerships.intake.child import Refused

HERE = ZoneInfo("Europe/London")


def when(event: Event, year: int) -> tuple[str, str, list[str]]:
    """Notation, times and sentences; raises Refused, naming the field, for what can't be meant."""
    if "DTSTART" not in event:
        return "", "", ["It has no beginning (DTSTART), so the date stays open."]
    start, end = moment(event, "DTSTART"), ending(event)
    check_century(start, "DTSTART", year)
    if end is None:
        return notation(start, start), times_of(start, None), zone_notes(event, start)
    check_century(end, "DTEND", year)
    last = end - timedelta(1) if not isinstance(end, datetime) or is_midnight(end, start) else end
    if day(last) < day(start):
        if day(end) == day(start):  # some programmes end an event of one day on that day
            return notation(start, start), times_of(start, None), zone_notes(event, start)
        raise Refused(f"DTEND ({day(end).isoformat()}) is before DTSTART ({day(start).isoformat()}).")
    return notation(start, last), times_of(start, end), zone_notes(event, start)


def moment(event: Event, name: str) -> date | datetime:
    """A day, or a moment in the time that it is written in; what is written in UTC, in ours."""
    given = event.get(name)
    given = given[0] if isinstance(given, list) else given
    try:
        value = given.dt
    except (ValueError, AttributeError) as error:
        raise Refused(f"{name} is no day and no time: “{str(given)[:40]}”.") from error
    if isinstance(value, datetime) and value.tzinfo is UTC or getattr(value, "tzinfo", None) == ZoneInfo("UTC"):
        return in_our_time(value, name)
    if not isinstance(value, date):
        raise Refused(f"{name} is no day: “{str(given)[:40]}”.")
    return value


def in_our_time(value: datetime, name: str) -> datetime:
    """The same moment as our clocks show it."""
    try:
        return value.astimezone(HERE)
    except OverflowError as error:
        raise Refused(f"{name} lies at the end of time: {value:%Y-%m-%d}.") from error


def ending(event: Event) -> date | datetime | None:
    """The end as it is written, or after a duration; None where nobody stated one."""
    if "DTEND" in event:
        return moment(event, "DTEND")
    if "DURATION" not in event:
        return None
    try:
        return moment(event, "DTSTART") + event["DURATION"].dt
    except (OverflowError, TypeError, ValueError, AttributeError) as error:
        raise Refused("DURATION leads beyond the end of time, or is none.") from error


def check_century(value: date, name: str, year: int) -> None:
    """Refuse a date of another century than ours: no visit of an office is meant by it."""
    if value.year // 100 != year // 100:
        raise Refused(
            f"{name} is of another century: {day(value).isoformat()}. Correct it in the calendar and export it again, "
            "or log the visit by hand."
        )


def day(value: date) -> date:
    """The day of a day or a moment."""
    return value.date() if isinstance(value, datetime) else value


def is_midnight(end: datetime, start: date) -> bool:
    """Whether an end at midnight means the end of the day before."""
    return not (end.hour or end.minute or end.second) and day(end) > day(start)


def notation(first: date, last: date) -> str:
    """The days as an honest date writes them."""
    start, end = day(first).isoformat(), day(last).isoformat()
    return start if start == end else f"{start}/{end}"


def times_of(start: date, end: date | None) -> str:
    """The times in words; '' for whole days."""
    if not isinstance(start, datetime):
        return ""
    return f"{start:%H:%M}" + (f" to {end:%H:%M}" if isinstance(end, datetime) and end != start else "")


def zone_notes(event: Event, start: date) -> list[str]:
    """Where the times are not ours: whose they are."""
    zone = event["DTSTART"].params.get("TZID", "") if not isinstance(event["DTSTART"], list) else ""
    if not isinstance(start, datetime) or not zone:
        return []
    if start.tzinfo is None:
        return [f"Its time zone “{zone[:60]}” is not known; day and time are kept as written."]
    return [] if zone.endswith("Europe/London") else [f"Day and time are those of {zone[:60]}."]
