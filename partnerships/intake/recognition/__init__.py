"""What a text suggests to record: pure functions of the text and of the names that are known; no database, no network."""

import re
from collections.abc import Iterator

from partnerships.intake.recognition.bodies import bodies
from partnerships.intake.recognition.doings import agreements, areas, asked, groups, items
from partnerships.intake.recognition.figures import contacts, dates, sums
from partnerships.intake.recognition.gazetteer import Gazetteer, Known, Mention
from partnerships.intake.recognition.people import Named, offices, people
from partnerships.intake.recognition.proposals import Proposal, Span, Text
from partnerships.intake.recognition.visiting import direction_of, home_of, parts
from partnerships.values.text import has_han, normalise

ORDER = (
    "home", "direction", "date", "place", "organisation", "person", "post", "part", "group", "item", "agreement", "area",
    "ask", "promise", "money", "contact",
)  # fmt: skip
_LOCATED = re.compile(
    r"\b(?:in|to|at|across|near|outside|of|around|throughout|between|and)(?: the)?(?: city of| province of| wider province of)? $"
    r"|\b(?:tour(?:s|ed)?|visit(?:s|ed|ing)?|reached) $|[在于至赴到往]$|访问$|来自$|地点[：:]$"
)
# Places that no list knows, told by the words beside them: where something is based, and what is called a campus.
_NEW_PLACES = (
    re.compile(r"(?<=\bbased in )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?"),
    re.compile(r"(?<=\bthe )(?!University |College |Main |New )(?:[A-Z][\w’'-]+ ){1,2}[Cc]ampus\b"),
)


def recognise(text: str, gazetteer: Gazetteer) -> list[Proposal]:
    """The lines that a text suggests, kind by kind and in the order of the text, each once."""
    read = Text.of(text)
    mentions = gazetteer.mentions(read)
    new = _unknown(bodies(read), mentions)
    mentions = [one for one in mentions if not _inside_a_longer(one, new)]
    named = _bodies(mentions, new)
    persons = _persons(read, mentions)
    made = [*_of_bodies(read, mentions, new), *_of_people(read, persons), *_of_posts(read, persons, named)]
    taken = [span for _name, span, _known in [*named, *persons]] + [one.span for one in made if one.kind == "post"]
    made += [*_of_places(read, mentions, taken), *_of_new_places(read, mentions, taken)]
    home = home_of(mentions)
    spans = [one.span for one in mentions if home and one.known == home[2]]
    others = [span for _name, span, _known in named if span not in spans] + _places(mentions)
    if home:
        made.append(read.propose("home", home[0], home[1], home[2].pk))
    if way := direction_of(read, spans, others):
        made.append(way)
    made += parts(read, [(name, span) for name, span, _known in persons])
    made += [*groups(read), *items(read), *agreements(read), *areas(read), *asked(read)]
    made += [*dates(read), *sums(read), *contacts(read)]
    return _once(made)


def _unknown(found: list[tuple[str, Span]], mentions: list[Mention]) -> list[tuple[str, Span]]:
    """Names of bodies that no known name covers; one that goes on beyond a known name is a body of its own."""
    known = [one for one in mentions if one.known.kind == "organisation"]
    return [
        (name, span)
        for name, span in found
        if not any(one.span.meets(span) and not _goes_beyond(span, one.span, name) for one in known)
    ]


def _goes_beyond(longer: Span, shorter: Span, name: str) -> bool:
    """Whether a name that holds a known one names something else: a part of it, by its own ending."""
    if longer == shorter or not longer.holds(shorter):
        return False
    return longer.end > shorter.end and has_han(name)


def _inside_a_longer(one: Mention, new: list[tuple[str, Span]]) -> bool:
    """Whether a known person's or place's name is only part of a body's."""
    return one.known.kind != "organisation" and any(span.holds(one.span) for _name, span in new)


def _bodies(mentions: list[Mention], new: list[tuple[str, Span]]) -> list[tuple[str, Span, Known | None]]:
    known = [(one.known.name, one.span, one.known) for one in mentions if one.known.kind == "organisation"]
    return [*known, *((name, span, None) for name, span in new)]


def _persons(read: Text, mentions: list[Mention]) -> list[tuple[str, Span, Known | None]]:
    """Known people and new ones, in the order of the text."""
    known = [(one.known.name, one.span, one.known) for one in mentions if one.known.kind == "person"]
    by_name = {normalise(name): (name, one) for name, _span, one in known}
    taken = [span for _name, span, _known in known]
    new = []
    for one in people(read):
        if not any(one.span.meets(span) for span in taken):
            name, record = by_name.get(normalise(one.name), (one.name, None))
            taken.append(one.span)
            new.append((name, one.span, record))
    # Whoever is named with a title once is found again without it.
    for name in {name for name, _span, _known in new}:
        for number, paragraph in read.numbered():
            for found in re.finditer(re.escape(name), paragraph):
                span = Span(number, *found.span())
                if not any(span.meets(other) for other in taken):
                    taken.append(span)
                    new.append((name, span, None))
    return sorted([*known, *new], key=lambda one: (one[1].paragraph, one[1].start))


def _of_bodies(read: Text, mentions: list[Mention], new: list[tuple[str, Span]]) -> Iterator[Proposal]:
    for one in mentions:
        if one.known.kind == "organisation":
            yield read.propose("organisation", one.known.name, one.span, one.known.pk)
    for name, span in new:
        yield read.propose("organisation", name, span)


def _of_people(read: Text, persons: list[tuple[str, Span, Known | None]]) -> Iterator[Proposal]:
    titles = {one.name: one.title for one in people(read) if one.title}
    for name, span, known in persons:
        title = titles.get(read.words(span), titles.get(name, ""))
        yield read.propose("person", name, span, known.pk if known else None, title=title)


def _of_posts(read: Text, persons: list, named: list) -> Iterator[Proposal]:
    by_span = {span: name for name, span, _known in persons}
    titled = {one.span: one for one in people(read)}
    found = [titled.get(span) or _as_named(read, span) for span in by_span]
    for office in offices(read, found):
        name = next((name for span, name in by_span.items() if read.words(span) == office.name), office.name)
        body = _body_of(read, office.span, named)
        more = {"person": name, "role": office.role, "organisation": body[0] if body else ""}
        record = body[2].pk if body and body[2] else None
        if record:
            more["organisation_record"] = str(record)
        yield read.propose("post", office.role, office.span, measured=f"{name}: {office.role}", **more)


def _as_named(read: Text, span: Span) -> Named:
    return Named(read.words(span), span)


def _body_of(read: Text, role: Span, named: list):
    """The body that a role is at: named right after it, or right before it in Chinese."""
    paragraph = read.paragraphs[role.paragraph - 1]
    for one in named:
        span = one[1]
        if span.paragraph != role.paragraph:
            continue
        if span.end == role.start or re.fullmatch(r" |办公室", paragraph[span.end : role.start] or "x"):
            return one
        between = paragraph[role.end : span.start] if role.end <= span.start <= role.end + 30 else "x"
        if re.fullmatch(r",? ?(?:of|at|from|for)?(?: the)?(?: University[’']s)? ?", between):
            return one
    return None


def _of_places(read: Text, mentions: list[Mention], taken: list[Span]) -> Iterator[Proposal]:
    """Places that words put something in; a town's name in that of a body or an office is no place."""
    for one in mentions:
        if one.known.kind != "place" or any(span.meets(one.span) for span in taken):
            continue
        paragraph = read.paragraphs[one.span.paragraph - 1]
        if _LOCATED.search(paragraph[: one.span.start]) or "campus" in one.known.name.lower():
            yield read.propose("place", one.known.name, one.span, one.known.pk or None)


def _of_new_places(read: Text, mentions: list[Mention], taken: list[Span]) -> Iterator[Proposal]:
    """Places that nobody recorded yet."""
    known = [*taken, *_places(mentions)]
    for number, paragraph in read.numbered():
        for one in (found for shape in _NEW_PLACES for found in shape.finditer(paragraph)):
            span = Span(number, *one.span())
            if not any(span.meets(other) for other in known):
                yield read.propose("place", one[0], span)


def _places(mentions: list[Mention]) -> list[Span]:
    return [one.span for one in mentions if one.known.kind == "place"]


def _once(made: list[Proposal]) -> list[Proposal]:
    """Each line once, where it stands first; agreements stay apart by paragraph, for two stay two."""
    made.sort(key=lambda one: (ORDER.index(one.kind), one.span.paragraph, one.span.start))
    seen, kept = set(), []
    for one in made:
        place = one.span.paragraph if one.kind in ("agreement", "item") else 0
        key = (one.kind, normalise(one.measured) or one.measured, place)
        if key not in seen:
            seen.add(key)
            kept.append(one)
    return kept
