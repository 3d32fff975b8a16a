"""A calendar file from outside: which events it holds, as far as they can be read.

It runs in a process of its own (see `intake.child`). Each event is read by itself, so that a broken one spoils no
other; rules of time zones and of recurrence are never followed.
"""

import json
import re
from dataclasses import asdict, dataclass

from icalendar import Event

from partnerships.calendars.event_days import when
from partnerships.intake.child import Refused

MOST_EVENTS, MOST_PEOPLE = 200, 50
LONGEST = {"title": 300, "place": 200, "description": 20_000}
LINE = re.compile(r"[A-Za-z0-9-]+[;:]")


@dataclass(frozen=True)
class Block:
    """The lines of one event, and where in the file the first of them stands."""

    line: int
    text: str
    strange: tuple[int, ...]


def read_events(content: bytes, year: str) -> str:
    """The events of a file as JSON, read in this `year`; raises Refused with a sentence that names the line."""
    return json.dumps(
        [asdict_of(block, number, int(year)) for number, block in enumerate(blocks_of(text_of(content)), 1)]
    )


def text_of(content: bytes) -> str:
    """The file as text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Refused(f"Line {line} is not written in UTF-8, as calendar files are. Export it again.") from error
    return re.sub(r"\r\n?", "\n", text)


def blocks_of(text: str) -> list[Block]:
    """The events in their order; refuses what is no calendar, is cut off, or holds none or too many."""
    lines = text.rstrip("\n").split("\n")
    if lines[0].strip().upper() != "BEGIN:VCALENDAR":
        raise Refused(f"This is no calendar file: line 1 is “{lines[0][:40]}” in place of BEGIN:VCALENDAR.")
    found: list[Block] = []
    opened: list[tuple[str, int]] = []
    for number, line in enumerate(lines, 1):
        mark, _colon, name = line.strip().upper().partition(":")
        if mark == "BEGIN":
            opened.append((name, number))
        elif mark == "END":
            if not opened or opened[-1][0] != name:
                raise Refused(f"Line {number} ends “{name[:40]}”, which no line before it began.")
            began = opened.pop()[1]
            if name == "VEVENT" and [one for one, _line in opened] == ["VCALENDAR"]:
                found.append(block(lines, began, number))
    if opened:
        raise Refused(f"The file is cut off: “{opened[-1][0][:40]}”, begun in line {opened[-1][1]}, has no end.")
    if not found:
        raise Refused("The file holds no event (VEVENT), so there is nothing to take from it.")
    if len(found) > MOST_EVENTS:
        raise Refused(
            f"The file holds {len(found):,} events; at most {MOST_EVENTS} can be read. Export a shorter time."
        )
    return found


def block(lines: list[str], began: int, ended: int) -> Block:
    """The lines of an event; those that are no line of a calendar file are left out and named."""
    strange = [
        number
        for number in range(began, ended + 1)
        if lines[number - 1].strip() and lines[number - 1][0] not in " \t" and not LINE.match(lines[number - 1])
    ]
    kept = [lines[number - 1] for number in range(began, ended + 1) if number not in strange]
    return Block(began, "\r\n".join(kept) + "\r\n", tuple(strange[:5]))


@dataclass(frozen=True)
class Read:
    """What was understood of one event; with a `problem` it can't be taken."""

    number: int
    line: int
    title: str = ""
    notation: str = ""
    times: str = ""
    place: str = ""
    description: str = ""
    people: tuple[str, ...] = ()
    is_cancelled: bool = False
    notes: tuple[str, ...] = ()
    problem: str = ""


def asdict_of(found: Block, number: int, year: int) -> dict:
    """One event; what makes it unusable is said of it alone."""
    try:
        return asdict(understood(found, number, year))
    except Exception as error:  # noqa: BLE001 - a library's errors on foreign input are of every kind
        said = str(error) if isinstance(error, Refused) else "It is broken and can't be read."
        return asdict(Read(number, found.line, problem=f"Event {number}, from line {found.line}: {said}"))


def understood(found: Block, number: int, year: int) -> Read:
    """What an event says; raises Refused where its date can't be meant."""
    event = Event.from_ical(found.text)
    notation, times, notes = when(event, year)
    notes += [f"Line {line} was not understood and is left out." for line in found.strange]
    if any(name in event for name in ("RRULE", "RDATE", "RECURRENCE-ID")):
        notes.append("It recurs; only its first occurrence is taken.")
    people, unnamed = attendees(event)
    notes += [f"{unnamed} attended by address only and are left out."] if unnamed else []
    said = {name: words(event, key)[: LONGEST[name]] for name, key in KEYS.items()}
    cancelled = words(event, "STATUS").upper() == "CANCELLED"
    return Read(
        number,
        found.line,
        notation=notation,
        times=times,
        people=people,
        is_cancelled=cancelled,
        notes=tuple(notes),
        **said,
    )


KEYS = {"title": "SUMMARY", "place": "LOCATION", "description": "DESCRIPTION"}


def first(event: Event, name: str):
    """The first value of a name; None where there is none."""
    value = event.get(name)
    return value[0] if isinstance(value, list) else value


def words(event: Event, name: str) -> str:
    """A text of the event, without what no text holds."""
    return re.sub(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", "", str(first(event, name) or "")
    ).strip()


def attendees(event: Event) -> tuple[tuple[str, ...], int]:
    """Those who are named, and how many there are besides."""
    value = event.get("ATTENDEE", [])
    given = value if isinstance(value, list) else [value]
    names = [re.sub(r"\s+", " ", str(one.params.get("CN", ""))).strip() for one in given]
    named = list(dict.fromkeys(name[:200] for name in names if name and "@" not in name))[:MOST_PEOPLE]
    return tuple(named), len(given) - len(named)
