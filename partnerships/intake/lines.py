"""The lines of a reading: made of proposals or of selected words, and drawn beside the text."""

import re

from partnerships.access.roles import Role
from partnerships.intake.recognition import Gazetteer, Proposal, recognise
from partnerships.intake.recognition.proposals import Span, Text
from partnerships.records.picking import twins_of_each
from partnerships.values.text import normalise

MOST_LINES = 120  # with all their fields no more than a form may have (DATA_UPLOAD_MAX_NUMBER_FIELDS)
# Whoever is named behind these words came, or was visited.
FROM = re.compile(r"\b(?:from|visited|visit to)(?: the)? $|来自$|访问$")
LABELS = {
    "organisation": "Organisation", "person": "Person", "post": "Post", "part": "Took part", "group": "Group",
    "date": "Date", "place": "Place", "item": "Itinerary", "agreement": "Agreement", "area": "Area",
    "ask": "Asked for", "promise": "Promised", "money": "Money", "contact": "Contact",
}  # fmt: skip
GROUPS = (
    ("People", ("person", "post", "part", "group")),
    ("Organisations", ("organisation",)),
    ("When and where", ("date", "place", "item")),
    ("Agreements", ("agreement", "area")),
    ("Asked and promised", ("ask", "promise")),
    ("Money", ("money",)),
    ("Contact details, left out unless they have a purpose", ("contact",)),
)
NAMED = ("organisation", "person")  # kinds of which the register may know near twins
LONGEST_VALUE = 300


class NotThere(ValueError):
    """Words that somebody chose and that can't become a line: the field, and why."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def lines_of(text: str, gazetteer: Gazetteer, role: Role) -> tuple[list[dict], dict]:
    """The lines that a text suggests, and what it says of the frame: home, direction and partner."""
    proposals = recognise(text, gazetteer)
    frame = {one.kind: str(one.record or one.value) for one in proposals if one.kind in ("home", "direction")}
    lines = [line_of(one) for one in proposals if one.kind in LABELS][:MOST_LINES]
    for one in lines:
        one["more"] |= belonging(one, lines)
    with_twins(lines, role)
    return lines, frame | {"partner": partner_of(lines, Text.of(text).paragraphs, frame.get("home", ""))}


def partner_of(lines: list[dict], paragraphs: tuple[str, ...], home: str) -> str:
    """The line of the body that came or was visited: named so, else the first that is not ours."""
    bodies = [(at, one) for at, one in enumerate(lines) if one["kind"] == "organisation" and str(one["record"]) != home]
    came = [at for at, one in bodies if FROM.search(paragraphs[one["paragraph"] - 1][: one["start"]])]
    return str(next(iter([*came, *(at for at, _one in bodies)]), ""))


def line_of(one: Proposal) -> dict:
    """A proposal as it is kept; `said` is what somebody said of it, field by field, and empty so far."""
    span = {"paragraph": one.span.paragraph, "start": one.span.start, "end": one.span.end}
    more = {name: value for name, value in one.more.items() if name != "measured"}
    return {
        "kind": one.kind,
        "value": one.value[:LONGEST_VALUE],
        "quotation": one.quotation,
        "record": one.record,
        "more": more,
        "near": [],
        "said": {},
    } | span


def belonging(one: dict, lines: list[dict]) -> dict[str, str]:
    """The lines of the person and of the body that a line speaks of, by their numbers; "" where none is meant."""
    if one["kind"] == "contact":
        return {"person": person_before(one, lines)}
    if one["kind"] not in ("post", "part"):
        return {}
    name = one["more"].get("person", one["value"])
    return {
        "person": numbered(lines, "person", name),
        "organisation": numbered(lines, "organisation", one["more"].get("organisation", "")),
    }


def numbered(lines: list[dict], kind: str, name: str) -> str:
    """The number of the line of a kind that has this name."""
    same = (at for at, one in enumerate(lines) if one["kind"] == kind and normalise(one["value"]) == normalise(name))
    return str(next(same, "")) if name else ""


def person_before(one: dict, lines: list[dict]) -> str:
    """The number of the person named last before a line, in its paragraph."""
    before = [
        at
        for at, other in enumerate(lines)
        if other["kind"] == "person" and other["paragraph"] == one["paragraph"] and other["start"] < one["start"]
    ]
    return str(before[-1]) if before else ""


def with_twins(lines: list[dict], role: Role) -> None:
    """Name the records of nearly the same name beside each body and person that is not known; two queries a kind.

    One record of exactly that name is proposed as the one that is meant.
    """
    for kind in NAMED:
        new = [one for one in lines if one["kind"] == kind and not one["record"]]
        near = twins_of_each(kind, {one["value"] for one in new}, role) if new else {}
        for one in new:
            found, key = near[one["value"]], normalise(one["value"])
            same = [entry for entry in found if key in entry.names_key.split(" ¦ ")]
            if len(same) == 1:
                one["record"], one["value"] = same[0].record_id, same[0].title[:LONGEST_VALUE]
            one["near"] = [
                [entry.record_id, " · ".join(filter(None, [entry.title, entry.second]))]
                for entry in found
                if entry.record_id != one["record"]
            ]


def chosen_words(text: str, lines: list[dict], given: dict, role: Role) -> dict:
    """The line that somebody makes of words of a paragraph; NotThere where it can't be made.

    `given` holds a kind of LABELS, a paragraph from 1 on, and the words.
    """
    paragraphs, number = Text.of(text).paragraphs, given["paragraph"]
    if len(lines) >= MOST_LINES:
        raise NotThere("words", f"There are {MOST_LINES} lines, which is as many as can be kept from one text.")
    if number > len(paragraphs):
        raise NotThere("paragraph", f"There are {len(paragraphs)} paragraphs that can be read.")
    start = paragraphs[number - 1].find(given["words"])
    if start < 0:
        raise NotThere("words", f"Paragraph {number} does not hold these words. Copy them as they are printed there.")
    span = Span(number, start, start + len(given["words"]))
    line = line_of(Text(paragraphs).propose(given["kind"], given["words"], span)) | {"said": {"decision": "keep"}}
    line["more"] = belonging(line, lines)
    with_twins([line], role)
    return line


def pieces_of(text: str, lines: list[dict]) -> list[dict]:
    """The paragraphs in pieces, each marked with the number of the line that rests on it."""
    shown = []
    for number, paragraph in enumerate(Text.of(text).paragraphs, 1):
        pieces, at = [], 0
        here = [(one, index) for index, one in enumerate(lines) if one["paragraph"] == number]
        for one, index in sorted(here, key=lambda pair: (pair[0]["start"], -pair[0]["end"])):
            if one["start"] >= at:
                pieces += [
                    {"words": paragraph[at : one["start"]]},
                    {"words": paragraph[one["start"] : one["end"]], "line": index + 1, "kind": one["kind"]},
                ]
                at = one["end"]
        shown.append({"number": number, "pieces": [*pieces, {"words": paragraph[at:]}]})
    return shown
