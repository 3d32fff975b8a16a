"""What the register knows by name: bodies, people and places, found in a text by any of their names."""

import re
from dataclasses import dataclass, field

from partnerships.intake.recognition.lands import LANDS
from partnerships.intake.recognition.proposals import Span, Text
from partnerships.values.text import has_han, normalise

TOKEN = re.compile(r"[^\W_\u3400-\u9fff]+(?:['’](?!s\b)[^\W_\u3400-\u9fff]+)*(?:['’]s\b)?|&")
_HAN_RUN = re.compile("[\u3400-\u9fff·]+")


@dataclass(frozen=True)
class Known:
    """A record that is known: its kind and number (0: from the list of lands), what it is called, whether it is ours."""

    kind: str
    pk: int
    name: str
    is_home: bool = False


@dataclass(frozen=True)
class Mention:
    """Where a known record is named."""

    known: Known
    span: Span


@dataclass
class Gazetteer:
    """Names in both scripts and both orders, by their search keys."""

    names: dict[str, Known] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for latin, han in LANDS:
            for name in (latin, han):
                self.add(Known("place", 0, latin), name)

    def add(self, known: Known, *names: str) -> None:
        """Know a record by these names; a name that two kinds share stays with the first, a place's with the register's."""
        for key in filter(None, map(normalise, names)):
            for one in {key, _turned(key)} if known.kind == "person" else {key}:
                if one not in self.names or not self.names[one].pk:
                    self.names[one] = known
                    first = one[0] if has_han(one) else one.split()[0]
                    size = len(one) if has_han(one) else len(one.split())
                    self.longest[first] = max(size, self.longest.get(first, 0))

    def mentions(self, text: Text) -> list[Mention]:
        """Every place where a known record is named, the longest name first wherever several begin."""
        found = []
        for number, paragraph in text.numbered():
            found += self._latin(number, paragraph)
            found += self._han(number, paragraph)
        return sorted(found, key=lambda one: (one.span.paragraph, one.span.start))

    def _latin(self, number: int, paragraph: str):
        tokens = [(one, normalise(re.sub("['’]s$", "", one[0]))) for one in TOKEN.finditer(paragraph)]
        at = 0
        while at < len(tokens):
            size, known = self._longest_from(paragraph, tokens, at)
            if known:
                last = tokens[at + size - 1][0]
                end = last.end() - (2 if re.search("['’]s$", last[0]) else 0)
                yield Mention(known, Span(number, tokens[at][0].start(), end))
            at += max(size, 1)

    def _longest_from(self, paragraph: str, tokens: list, at: int) -> tuple[int, Known | None]:
        for size in range(min(self.longest.get(tokens[at][1], 0), len(tokens) - at), 0, -1):
            words = tokens[at : at + size]
            known = self.names.get(" ".join(key for _found, key in words))
            printed = paragraph[words[0][0].start() : words[-1][0].end()]
            if known and "\n" not in printed and _printed_as_name(known, words) and not re.search("[.;:()] ", printed):
                return size, known
        return 0, None

    def _han(self, number: int, paragraph: str):
        for run in _HAN_RUN.finditer(paragraph):
            at, words = 0, run[0]
            while at < len(words):
                sizes = range(min(self.longest.get(words[at], 0), len(words) - at), 1, -1)
                size = next((one for one in sizes if words[at : at + one] in self.names), 0)
                if size:
                    start = run.start() + at
                    yield Mention(self.names[words[at : at + size]], Span(number, start, start + size))
                at += size or 1


def _printed_as_name(known: Known, words: list) -> bool:
    """Whether the words are printed as a name: with capitals; a short one entirely so."""
    first, last = words[0][0][0], words[-1][0][0]
    if len(words) == 1 and known.kind == "organisation":
        return len(first) > 1 and sum(one.isupper() for one in first) >= 2
    return first[0].isupper() and (last[0].isupper() or last[0].isdigit() or known.kind == "place" or len(words) > 2)


def _turned(key: str) -> str:
    """A name of two or three words with its last word first."""
    words = key.split()
    return " ".join([words[-1], *words[:-1]]) if 1 < len(words) < 4 and not has_han(key) else key
