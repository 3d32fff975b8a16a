"""What is proposed from a text, and where in it the words stand."""

import re
from dataclasses import dataclass, field

from partnerships.sources.actions import paragraphs_of

LONGEST_QUOTATION, LONGEST_IN_SIGNS = 15, 280
# Rules look at so much of a paragraph and of a text; beyond it one selects words oneself.
MOST_OF_PARAGRAPH, MOST_READ = 4_000, 60_000
_SENTENCE = re.compile(
    r"[^.!?。！？；]*(?:[.!?](?!\s|$|[”\"’])[^.!?。！？；]*|(?<=\b[A-Z][a-z])\.|(?<=\bMrs)\.|(?<=\bProf)\.)*[.!?。！？；]?[”’\"]?"
)


@dataclass(frozen=True)
class Span:
    """Some words of a paragraph; paragraphs count from 1, signs from 0."""

    paragraph: int
    start: int
    end: int

    def holds(self, other: "Span") -> bool:
        """Whether the other lies in it."""
        return self.paragraph == other.paragraph and self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """Whether they share a sign."""
        return self.paragraph == other.paragraph and self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Proposal:
    """One line that a text suggests: a kind, its value, its words, the record where one is known, and more by name."""

    kind: str
    value: str
    span: Span
    quotation: str
    record: int | None = None
    more: dict[str, str] = field(default_factory=dict)

    @property
    def measured(self) -> str:
        """The value as it is compared with what a reader found."""
        return self.more.get("measured", self.value)


def zip_running(paragraphs):
    """Each paragraph with how many signs there are up to its end."""
    total = 0
    for one in paragraphs:
        total += len(one)
        yield one, total


@dataclass(frozen=True)
class Text:
    """A text in its paragraphs."""

    paragraphs: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Text":
        """The text in the paragraphs by which sources count."""
        read = (one[:MOST_OF_PARAGRAPH] for one in paragraphs_of(text))
        return cls(tuple(one for one, total in zip_running(read) if total <= MOST_READ))

    def words(self, span: Span) -> str:
        """The words of a span."""
        return self.paragraphs[span.paragraph - 1][span.start : span.end]

    def numbered(self):
        """The paragraphs with their numbers."""
        return enumerate(self.paragraphs, 1)

    def sentences(self):
        """Every sentence as its span and its words."""
        for number, paragraph in self.numbered():
            for found in _SENTENCE.finditer(paragraph):
                if found[0].strip():
                    yield Span(number, found.start(), found.end()), found[0]

    def propose(self, kind: str, value: str, span: Span, record: int | None = None, **more: str) -> Proposal:
        """A proposal with the words it rests on."""
        return Proposal(kind, value, span, quotation(self.words(span)), record, more)


def quotation(words: str) -> str:
    """The words, cut after the fifteenth; a quotation stands in its text sign for sign."""
    ends = [found.end() for found in re.finditer(r"\S+", words)]
    cut = words[: ends[LONGEST_QUOTATION - 1]] if len(ends) > LONGEST_QUOTATION else words
    return cut[:LONGEST_IN_SIGNS].strip()
