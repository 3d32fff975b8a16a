"""What was shown for a decision, as plain data that outlives the records: how it is kept, hashed and compared.

A paper is kept as JSON: its words with their addresses and tones, under the schema's number. A snapshot holds one paper
for each role that may read it ("manager", "staff", "viewer"), so that nobody reads later what was withheld from them
then; a role that saw what the next higher one saw has no paper of its own.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core import signing

from partnerships.access.roles import Role
from partnerships.papers.words import Brief, Line, Section, Words

SCHEMA = 1
READERS = (Role.VIEWER, Role.STAFF, Role.MANAGER)
SALT = "accord.review"
PLAIN = ("kind", "title", "native", "address", "home", "as_at")

Frozen = dict[str, Any]


def frozen(paper: Brief) -> Frozen:
    """A paper as plain data that JSON can hold."""
    kept: Frozen = {"schema": SCHEMA} | {name: getattr(paper, name) for name in PLAIN}
    kept |= {"lead": words_kept(paper.lead), "cautions": list(paper.cautions)}
    kept |= {name: [section_kept(one) for one in getattr(paper, name)] for name in ("sides", "sections")}
    return kept | {"sources": [line_kept(one) for one in paper.sources]}


def words_kept(words: Iterable[Words]) -> list[list[str]]:
    """Pieces as text, address and tone."""
    return [[str(one.text), one.address, one.tone] for one in words]


def line_kept(line: Line) -> Frozen:
    """A line with what hangs under it."""
    return {"mark": line.mark, "words": words_kept(line.words), "under": [line_kept(one) for one in line.under]}


def section_kept(one: Section) -> Frozen:
    """A section with its lines."""
    lines = [line_kept(line) for line in one.lines]
    return {"name": one.name, "title": one.title, "cited": words_kept(one.cited), "table": one.is_table, "lines": lines}


def thawed(kept: Frozen) -> Brief:
    """The paper again; raises KeyError for what this schema doesn't know."""
    return Brief(
        **{name: kept[name] for name in PLAIN},
        lead=words_again(kept["lead"]),
        sides=[section_again(one) for one in kept["sides"]],
        sections=[section_again(one) for one in kept["sections"]],
        sources=[line_again(one) for one in kept["sources"]],
        cautions=kept["cautions"],
    )


def words_again(kept: list[list[str]]) -> list[Words]:
    """The pieces."""
    return [Words(*one) for one in kept]


def line_again(kept: Frozen) -> Line:
    """The line."""
    return Line(words_again(kept["words"]), kept["mark"], [line_again(one) for one in kept["under"]])


def section_again(kept: Frozen) -> Section:
    """The section."""
    lines = [line_again(one) for one in kept["lines"]]
    return Section(kept["name"], kept["title"], lines, words_again(kept["cited"]), is_table=kept["table"])


def hash_of(kept: Frozen) -> str:
    """The SHA-256 of all that a paper says, whichever day it was printed: 64 hexadecimal figures."""
    told = {name: value for name, value in kept.items() if name != "as_at"}
    return sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def snapshot_of(papers: dict[Role, Frozen | None]) -> dict[str, Frozen | None]:
    """The papers of all readers, each kept once; None for a reader from whom all of it was withheld."""
    kept: dict[str, Frozen | None] = {}
    for reader, above in zip(READERS, (*READERS[1:], None), strict=True):
        if above is None or papers[reader] != papers[above]:
            kept[reader.title] = papers[reader]
    return kept


def paper_for(snapshot: dict[str, Frozen | None], role: Role) -> Brief | None:
    """What a reader of this role saw, or would have seen, when the decision was made; None where that was nothing."""
    titles = [one.title for one in READERS if one >= min(role, Role.MANAGER)]
    kept = snapshot[next(one for one in titles if one in snapshot)]
    return None if kept is None else thawed(kept)


def sealed(kept: Frozen) -> str:
    """A paper as a form carries it, so that the register can say later what changed since."""
    return signing.dumps(said(kept), salt=SALT, compress=True)


def unsealed(sent: str) -> list[list[str]] | None:
    """What a sealed paper said; None for what the register never sealed."""
    try:
        return signing.loads(sent, salt=SALT)
    except signing.BadSignature:
        return None


def said(kept: Frozen) -> list[list[str]]:
    """Every line of a paper with the title that it stands under, as plain words."""
    return [
        [section["title"], text]
        for section in [*kept["sides"], *kept["sections"]]
        for line in section["lines"]
        for text in texts_of(line)
    ]


def texts_of(line: Frozen) -> list[str]:
    """A line, and those under it."""
    own = " ".join(filter(None, [line["mark"], "".join(text for text, _, _ in line["words"])]))
    return [own, *(text for one in line["under"] for text in texts_of(one))]


@dataclass(frozen=True)
class Changed:
    """What a section said when it was opened and doesn't say any more, and what it says now instead."""

    title: str
    gone: list[str]
    come: list[str]


def changes(opened: list[list[str]] | None, now: Frozen) -> list[Changed]:
    """What differs between a paper as it was opened and as it is now, by section; none where nobody can tell."""
    if opened is None:
        return []
    then, today = [tuple(one) for one in opened], [tuple(one) for one in said(now)]
    gone, come = [one for one in then if one not in today], [one for one in today if one not in then]
    titles = dict.fromkeys(title for title, _ in [*gone, *come])
    return [
        Changed(title, [text for name, text in gone if name == title], [text for name, text in come if name == title])
        for title in titles
    ]
