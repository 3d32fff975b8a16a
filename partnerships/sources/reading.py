"""A source's text as it is read: its paragraphs, with every quotation marked and the records it supports."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from partnerships.sources.actions import paragraphs_of
from partnerships.sources.models import Statement


@dataclass
class Quotation:
    """Some words of a paragraph, and the statements that rest on them; `number` is its mark on the page."""

    number: int
    words: str
    statements: list[Statement] = field(default_factory=list)


@dataclass(frozen=True)
class Piece:
    """A stretch of a paragraph: the quotations that it is part of, and those that end with it."""

    words: str
    marked: list[Quotation]
    ending: list[Quotation]


@dataclass(frozen=True)
class Paragraph:
    """A numbered paragraph in pieces, and the quotations that it holds."""

    number: int
    pieces: list[Piece]
    quotations: list[Quotation]


def read(text: str, statements: list[Statement]) -> list[Paragraph]:
    """The paragraphs of `text`, its quotations marked; a quotation that isn't there stands without a mark."""
    by_paragraph: dict[int, dict[str, Quotation]] = {}
    number = 0
    for statement in statements:
        if not statement.quotation or not statement.paragraph:
            continue
        quoted = by_paragraph.setdefault(statement.paragraph, {})
        if statement.quotation not in quoted:
            number += 1
            quoted[statement.quotation] = Quotation(number, statement.quotation)
        quoted[statement.quotation].statements.append(statement)
    return [
        Paragraph(
            position,
            list(pieces(words, list(by_paragraph.get(position, {}).values()))),
            list(by_paragraph.get(position, {}).values()),
        )
        for position, words in enumerate(paragraphs_of(text), 1)
    ]


def pieces(words: str, quotations: list[Quotation]) -> Iterator[Piece]:
    """Cut a paragraph where a quotation begins or ends, so that quotations may overlap."""
    spans = [(words.find(one.words), one) for one in quotations]
    spans = [(start, start + len(one.words), one) for start, one in spans if start >= 0]
    cuts = sorted({0, len(words), *(at for start, end, _ in spans for at in (start, end))})
    for start, end in zip(cuts, cuts[1:], strict=False):
        marked = [one for first, last, one in spans if first <= start and end <= last]
        yield Piece(words[start:end], marked, [one for _, last, one in spans if last == end])
