"""What a brief is made of, as plain data: pieces of text with their links, lines, sections."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from partnerships.attachments.models import Attachment
from partnerships.values.draw import plain
from partnerships.values.names import display


@dataclass(frozen=True)
class Words:
    """A piece of a line, and where it leads. `tone` is strong, unknown, quoted, cited or quiet, or none of them."""

    text: str
    address: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Line:
    """One line: what stands in its first column, if anything, its words, what hangs under it, a photograph."""

    words: Sequence[Words]
    mark: str = ""
    under: Sequence["Line"] = ()
    photo: Attachment | None = None


@dataclass(frozen=True)
class Section:
    """Lines under one title, with the places in the sources that speak for all of them."""

    name: str
    title: str
    lines: Sequence[Line]
    cited: Sequence[Words] = ()
    is_table: bool = False


@dataclass(frozen=True)
class Brief:
    """The brief of a visit, or of an organisation, for one reader on one day."""

    kind: str
    title: str
    native: str
    address: str
    home: str
    as_at: str
    lead: Sequence[Words]
    sides: Sequence[Section]
    sections: Sequence[Section]
    sources: Sequence[Line]
    cautions: Sequence[str] = field(default_factory=tuple)

    @property
    def all_sections(self) -> list[Section]:
        """The sections in their order, those that stand side by side first."""
        return [*self.sides, *self.sections]


def line(*pieces: "str | Words | Iterable[Words] | None", mark: str = "", under=(), photo=None) -> Line:
    """A line of strings, pieces and runs of pieces, in their order."""
    words: list[Words] = []
    for piece in pieces:
        if isinstance(piece, str):
            words += [Words(piece)] if piece else []
        elif isinstance(piece, Words):
            words.append(piece)
        elif piece is not None:
            words.extend(piece)
    return Line(tuple(words), mark, tuple(under), photo)


def link(record, tone: str = "") -> Words:
    """A record by its name as printed, leading to its page."""
    return Words(str(record), record.get_absolute_url(), tone)


def both(record, tone: str = "") -> Words:
    """A person or a body by its name in both scripts, leading to its page."""
    return Words(display(str(record), record.native_name), record.get_absolute_url(), tone)


def strong(record) -> Words:
    """What a line is about."""
    return link(record, "strong")


def unknown(text: str) -> Words:
    """Words that tell of something nobody knows."""
    return Words(text, tone="unknown")


def told(text: str, missing: str) -> Words:
    """A value, or in the tone of the unknown what there is instead."""
    return Words(text) if text else unknown(missing)


def listed(pieces: Sequence[Words], between: str = ", ") -> list[Words]:
    """Pieces with a separator between them."""
    found: list[Words] = []
    for number, piece in enumerate(pieces):
        found += [Words(between), piece] if number else [piece]
    return found


def sentence(text: str) -> str:
    """Text that ends as a sentence does."""
    return text if not text or text[-1] in ".!?…。！？" else f"{text}."


def capital(text: str) -> str:
    """Text that begins as a sentence does."""
    return text[:1].upper() + text[1:]


def day(value: date) -> str:
    """“4 May 2026”."""
    return str(plain(value))


def span(start: time | None, end: time | None) -> str:
    """“09:00–10:30”, as far as known."""
    return "–".join(f"{one:%H:%M}" for one in (start, end) if one)
