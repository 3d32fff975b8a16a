"""Rows pasted from a spreadsheet of delegates: cells in any order of columns, and what each column seems to hold.

Nothing here asks the register or writes to it.
"""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import TextChoices

from partnerships.values.names import TITLES, guess_parts
from partnerships.values.text import clean_text, has_han, is_han, normalise, pinyin
from partnerships.visits.words import BODY, HEADS, WORK

MOST_LINES, MOST_BYTES, MOST_COLUMNS = 200, 100_000, 20
TOO_MANY = f"These are %d rows; at most {MOST_LINES} are taken at a time. Nothing was stored: paste them in parts."


class Holds(TextChoices):
    """What a column holds."""

    NAME = "name", "name"
    FAMILY = "family_name", "family name"
    GIVEN = "given_name", "given name"
    NATIVE = "native_name", "name in native script"
    TITLE = "title", "form of address"
    POST = "post", "post"
    ORGANISATION = "organisation", "organisation"
    ROLE = "role", "part in the visit"
    NOTE = "notes", "remark"
    OUT = "", "left out"


LONGEST = {
    Holds.NAME: 160,
    Holds.FAMILY: 80,
    Holds.GIVEN: 80,
    Holds.NATIVE: 80,
    Holds.TITLE: 60,
    Holds.POST: 200,
    Holds.ORGANISATION: 200,
    Holds.NOTE: 1000,
}
CONTACT = re.compile(r"\S+@\S+\.\S+|\+?[\d ()/-]{7,}")
# The same amid other words, where a span of years is none: with a plus, a leading nought, or a Chinese mobile.
AMID = re.compile(
    r"[\s,;\uff0c\uff1b]*(?:\b(?:tel|phone|mobile|e-?mail)\b|电话|手机|邮箱)?[.:\uff1a]?\s*"
    r"(?:[^\s,;\uff0c\uff1b]+@[^\s,;\uff0c\uff1b]+|\+\d[\d ()/.-]{6,}\d|\b0[\d ()/-]{7,}\d|\b1[3-9]\d{9}\b)",
    re.IGNORECASE,
)


class Unreadable(ValueError):
    """Why pasted rows are not taken, in a sentence."""


@dataclass(frozen=True)
class Row:
    """One pasted row: its line in what was pasted, and its cells, cleaned."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The rows below the heads, and what each column seems to hold."""

    rows: tuple[Row, ...]
    heads: tuple[str, ...]
    holds: tuple[Holds, ...]


@dataclass(frozen=True)
class Delegate:
    """One row as somebody who takes part."""

    line: int
    name: str
    family_name: str = ""
    given_name: str = ""
    family_first: bool = False
    native_name: str = ""
    title: str = ""
    post: str = ""
    organisation: str = ""
    role: str = ""
    notes: str = ""


def read(text: str) -> Sheet:
    """The rows of what was pasted; Unreadable where it is too much, or a line can't be kept, which is then named."""
    if len(text.encode(errors="replace")) > MOST_BYTES:
        raise Unreadable(
            f"This is more than {MOST_BYTES // 1000} kB. Paste at most {MOST_LINES} rows at a time. Nothing was stored."
        )
    rows = [row for row in rows_of(text) if any(row.cells)]
    if not rows:
        raise Unreadable("There is no row yet. Copy the rows in the spreadsheet and paste them here.")
    if len(rows) > MOST_LINES + 1:
        raise Unreadable(TOO_MANY % len(rows))
    width = max(len(row.cells) for row in rows)
    if width > MOST_COLUMNS:
        line = next(row.line for row in rows if len(row.cells) == width)
        raise Unreadable(
            f"Line {line} has {width} columns; at most {MOST_COLUMNS} are read. Paste only the columns that are needed."
        )
    rows = [Row(row.line, (*row.cells, *[""] * (width - len(row.cells)))) for row in rows]
    heads = [head_of(cell) for cell in rows[0].cells]
    known = sum(head is not None for head in heads)
    if known and known * 2 >= sum(bool(cell) for cell in rows[0].cells):
        named, below = rows[0].cells, rows[1:]
    else:
        named, below, heads = ("",) * width, rows, [None] * width
    if not below:
        raise Unreadable("There is a row of heads and nothing below it. Paste the delegates too.")
    if len(below) > MOST_LINES:
        raise Unreadable(TOO_MANY % len(below))
    columns = [[row.cells[number] for row in below] for number in range(width)]
    return Sheet(tuple(below), named, tuple(guessed(heads, columns)))


def rows_of(text: str) -> list[Row]:
    """The cells of each row, by whichever of tab, semicolon and comma parts them."""
    found: list[Row] = []
    reader, last = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)), 0
    try:
        for cells in reader:
            found.append(Row(last + 1, tuple(cleaned(cell, last + 1) for cell in cells)))
            last = reader.line_num
    except csv.Error as broken:
        raise Unreadable(
            f"Line {last + 1} can’t be read: a quotation mark or a sign in it is not as spreadsheets write it."
        ) from broken
    return found


def cleaned(cell: str, line: int) -> str:
    """A cell on one line; Unreadable for what can't be kept."""
    try:
        return clean_text(cell)
    except ValueError as refused:
        raise Unreadable(f"Line {line}: {refused}") from refused


def delimiter_of(text: str) -> str:
    """What parts the cells."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    return next((sign for sign in "\t;," if sum(sign in line for line in lines) * 2 > len(lines)), "\t")


def head_of(cell: str) -> Holds | None:
    """What a head says that its column holds; None for what is no head."""
    key = normalise(cell)
    return next((Holds(holds) for holds, words in HEADS.items() if key and re.fullmatch(words, key)), None)


def guessed(heads: list[Holds | None], columns: list[list[str]]) -> list[Holds]:
    """What each column holds: as its head says, else as its cells look; nothing twice."""
    found: list[Holds | None] = list(heads)
    for looks, holds in LOOKS:
        for number, cells in enumerate(columns):
            filled = [cell for cell in cells if cell]
            free = holds == Holds.OUT or holds not in found
            if found[number] is None and filled and free and sum(map(looks, filled)) * 2 > len(filled):
                found[number] = holds
    twice = [holds for number, holds in enumerate(found) if holds in found[:number]]
    return [
        Holds.OUT if one is None or one in twice and number != found.index(one) else one
        for number, one in enumerate(found)
    ]


def is_name(cell: str) -> bool:
    """Whether a cell looks like a person's name."""
    return (
        2 <= len(cell.split()) <= 6
        and not re.search(r"\d", cell)
        and not re.search(f"{BODY}|{WORK}", cell, re.IGNORECASE)
    )


LOOKS: tuple[tuple[Callable[[str], bool], Holds], ...] = (
    (lambda cell: bool(CONTACT.fullmatch(cell) or re.fullmatch(r"\d+\.?", cell)), Holds.OUT),
    (lambda cell: normalise(cell) in TITLES or cell in ("先生", "女士", "教授", "博士"), Holds.TITLE),
    (lambda cell: is_han(cell) and len(cell.replace(" ", "")) <= 4, Holds.NATIVE),
    (
        lambda cell: bool(re.search(BODY, cell, re.IGNORECASE)) and not re.match(WORK, cell, re.IGNORECASE),
        Holds.ORGANISATION,
    ),
    (lambda cell: bool(re.search(WORK, cell, re.IGNORECASE)), Holds.POST),
    (is_name, Holds.NAME),
    (lambda cell: bool(re.search(BODY, cell, re.IGNORECASE)), Holds.ORGANISATION),
    (lambda cell: len(cell) > 60, Holds.NOTE),
)


def delegate_of(row: Row, holds: tuple[Holds, ...], family_first: bool) -> Delegate:
    """Who a row names; Unreadable, with the line, for a row without a name or with a cell that is too long."""
    told = {kind: AMID.sub("", cell).strip() for kind, cell in zip(holds, row.cells, strict=True) if kind != Holds.OUT}
    for kind, cell in told.items():
        if len(cell) > (most := LONGEST.get(kind, 200)):
            raise Unreadable(f"Line {row.line}: the {kind.label} has {len(cell)} characters; {most} can be kept.")
    family, given = told.get(Holds.FAMILY, ""), told.get(Holds.GIVEN, "")
    parts = [told.get(kind, "") for kind in holds if kind in (Holds.FAMILY, Holds.GIVEN)]
    title, name = without_title(told.get(Holds.NAME) or " ".join(filter(None, parts)))
    name, native = scripts_of(name, told.get(Holds.NATIVE, ""))
    if not name:
        raise Unreadable(f"Line {row.line} names nobody. Say which column holds the names, or take the line out.")
    if not (family or given):
        first = stands_first(name, native, family_first)
        family, given = guess_parts(name, first)
    return Delegate(
        row.line,
        name,
        family[:80],
        given[:80],
        bool(family) and name.casefold().startswith(family.casefold()) and family != name,
        native,
        told.get(Holds.TITLE) or title,
        told.get(Holds.POST, ""),
        told.get(Holds.ORGANISATION, ""),
        role_of(told.get(Holds.ROLE, "")),
        told.get(Holds.NOTE, ""),
    )


def without_title(name: str) -> tuple[str, str]:
    """The forms of address before a name, and the name."""
    words, count = name.split(" "), 0
    while count < len(words) - 1 and normalise(words[count]) in TITLES:
        count += 1
    return " ".join(words[:count])[:60], " ".join(words[count:])


def scripts_of(name: str, native: str) -> tuple[str, str]:
    """A name and its native script, which may stand in the same cell, or alone."""
    if not native and has_han(name) and not is_han(name):
        native = "".join(re.findall(r"[\u3400-\u9fff·]+", name))
        name = re.sub(r"\s*[(（]?[\u3400-\u9fff·]+[)）]?\s*", " ", name).strip()
    return (name, native) if name else (native, "")


def stands_first(name: str, native: str, otherwise: bool) -> bool:
    """Whether the family name stands first: the native script tells, where it is there."""
    first = normalise(name.partition(" ")[0])
    return first in {pinyin(native[:1]), pinyin(native[:2])} if native else otherwise


def role_of(words: str) -> str:
    """The part that somebody takes in a visit, as its code; '' for other words."""
    key = normalise(words)
    parts = {
        "head|leader|团长": "head",
        "interpret|翻译": "interpreter",
        "official": "official",
        "student|学生": "student",
        "speaker": "speaker",
    }
    return next((code for part, code in parts.items() if re.search(part, key)), "")
