"""The lines of a reading: made of proposals, decided by what was sent, drawn beside the text."""

import re

from django.http import QueryDict

from partnerships.intake.recognition import Gazetteer, Proposal, recognise
from partnerships.intake.recognition.proposals import Span, Text
from partnerships.visits.models import ItemKind, ParticipantRole

MOST_LINES = 150
# Whoever is named behind these words came, or was visited.
FROM = re.compile(r"\b(?:from|visited|visit to)(?: the)? $|来自$|访问$")
KEEP, DROP = "keep", "drop"
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
    ("Contact details, left out", ("contact",)),
)
LONGEST_VALUE = 300


def lines_of(text: str, gazetteer: Gazetteer) -> tuple[list[dict], dict]:
    """The lines that a text suggests, and what it says of the frame: home and direction."""
    proposals = recognise(text, gazetteer)
    paragraphs = Text.of(text).paragraphs
    frame = {one.kind: one for one in proposals if one.kind in ("home", "direction")}
    lines = [line_of(one, gazetteer) for one in proposals if one.kind in LABELS][:MOST_LINES]
    chosen = {name: str(one.record or one.value) for name, one in frame.items()}
    bodies = [
        (at, one)
        for at, one in enumerate(lines)
        if one["kind"] == "organisation" and str(one["record"]) != chosen.get("home")
    ]
    came = [at for at, one in bodies if FROM.search(paragraphs[one["paragraph"] - 1][: one["start"]])]
    partner = next(iter([*came, *(at for at, _one in bodies)]), "")
    return lines, chosen | {"partner": str(partner)}


def line_of(one: Proposal, gazetteer: Gazetteer) -> dict:
    """A proposal as it is kept: nothing is decided yet; known records of nearly the same name are named beside it."""
    near = gazetteer.near(one.value, one.kind) if one.kind in ("organisation", "person") and not one.record else []
    span = {"paragraph": one.span.paragraph, "start": one.span.start, "end": one.span.end}
    more = {name: value for name, value in one.more.items() if name != "measured"}
    return {
        "kind": one.kind,
        "value": one.value[:LONGEST_VALUE],
        "quotation": one.quotation,
        "record": one.record,
        "more": more,
        "near": [[known.pk, known.name] for known in near],
        "decision": "",
        "purpose": "",
    } | span


def decided(lines: list[dict], sent: QueryDict) -> list[dict]:
    """The lines as they were decided and corrected, and those whose words somebody chose."""
    made = []
    for at, one in enumerate(lines):
        decision = sent.get(f"d-{at}", "")
        record = sent.get(f"r-{at}", "")
        allowed = {str(pk) for pk, _name in one["near"]}
        made.append(
            one
            | {
                "decision": decision if decision in (KEEP, DROP) else "",
                "value": sent.get(f"v-{at}", one["value"]).replace("\x00", "")[:LONGEST_VALUE].strip() or one["value"],
                "purpose": sent.get(f"p-{at}", "").replace("\x00", "")[:200].strip(),
                "taken": record if record in allowed else "",
            }
        )
    return made


def chosen_words(text: str, sent: QueryDict) -> dict | None:
    """The line that somebody made of selected words: a kind, a paragraph and the words; None where they aren't there."""
    kind, number, words = sent.get("own-kind", ""), sent.get("own-paragraph", ""), sent.get("own-words", "").strip()
    read = Text.of(text)
    if kind not in LABELS or not words or not number.isdecimal() or not 0 < int(number[:6]) <= len(read.paragraphs):
        return None
    start = read.paragraphs[int(number) - 1].find(words)
    if start < 0:
        return None
    line = line_of(read.propose(kind, words, Span(int(number), start, start + len(words))), Gazetteer())
    more = {"item": {"of": ItemKind.MEETING.value}, "part": {"role": ParticipantRole.DELEGATE.value}}.get(kind, {})
    return line | {"decision": KEEP, "more": more}


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


def grouped(lines: list[dict]) -> list[tuple[str, list[dict]]]:
    """The lines under their headings, each with its number and label."""
    numbered = [one | {"at": at, "number": at + 1, "label": LABELS[one["kind"]]} for at, one in enumerate(lines)]
    found = [(title, [one for one in numbered if one["kind"] in kinds]) for title, kinds in GROUPS]
    return [(title, rows) for title, rows in found if rows]
