"""What was done at a visit and what came of it: which way it went, items, agreements, areas, what was asked."""

import re
from collections.abc import Iterator

from partnerships.intake.recognition.proposals import Proposal, Span, Text

_NUMBERS = {
    name: number
    for number, name in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
}
_COUNT = rf"\d{{1,3}}|{'|'.join(_NUMBERS)}"
_GROUPS = (
    re.compile(rf"\bdelegation of (?P<size>{_COUNT})\b"),
    re.compile(rf"\b(?P<size>{_COUNT})-(?:member|strong|person) delegation\b"),
    re.compile(r"\b[Ss]enior leaders(?= from)"),
    re.compile(r"一行(?P<size>\d{1,3})余?人"),
)
_ITEMS = (
    (
        "tour",
        re.compile(
            r"\btour (?:of|round) (?!the UK|the country|China|Europe)(?:the )?[^,.;]{3,60}?(?= by | on |[,.;]|$)"
        ),
    ),
    ("meeting", re.compile(r"(?<!of the )(?<!of a )\bmeeting with (?:the )?[A-Z][^,.;]{3,60}?(?= and |[,.;]|$)")),
    ("meal", re.compile(r"\b(?:lunch|dinner|banquet) (?:with|at|hosted)\b")),
    ("ceremony", re.compile(r"\b(?:signing |special |opening )?ceremony\b")),
    ("tour", re.compile(r"参观了?(?=[\u4e00-\u9fff])")),
    ("meeting", re.compile(r"会谈|座谈")),
)
_SIGNED = re.compile(
    r"\b(?:sign(?:ed|ing)?|signature|renew(?:ed|s)?|review(?:ed)?|following an|conclud\w+|covers?)\b|签署|签订|续签|到期",
    re.IGNORECASE,
)
_AGREEMENTS = (
    re.compile(r"\b(?:[Mm]emorand(?:um|a) of [Uu]nderstanding|MoU)\b"),
    re.compile(r"\b[Ll]etter of intent\b"),
    re.compile(
        r"\b(?:(?:Dual PhD|dual PhD|mobility|framework|cooperation|formal|exchange) )?agreements?\b(?! to | that )"
    ),
    re.compile(r"\b(?:(?:Dual PhD|dual PhD|mobility|framework|cooperation|formal|exchange) )?agreements?(?= to )"),
    re.compile(r"(?:谅解|合作)?备忘录|(?:合作|框架)协议|协议书?"),
)
_ALWAYS = re.compile(r"(?:PhD|mobility) agreements?|[Mm]emorandum of|MoU|备忘录|框架协议|合作协议", re.IGNORECASE)
_AREAS_FOLLOW = re.compile(
    r"(?:in the following areas|areas of cooperation|following fields|在?以下[\u4e00-\u9fff]*领域[\u4e00-\u9fff]*)[:：]?$"
)
_BULLET = re.compile(r"^\s*(?:[•·*–-]|\(?\d{1,2}[.)、]|[一二三四五六七八九十]{1,3}、)\s*")
_AREAS_IN = re.compile(r"\bagreement (?:covers|includes) ((?:[^.;]|\.(?=\d))+)\.?")
_HAN_AREAS = re.compile(r"在([^，。在]{2,60}?)等领域")
_EVENT = re.compile(r"\b(?:visited|welcomed|signed|hosted)\b|访问了|签署了")
_WORDING = re.compile(r"^(.{3,160}?)(?: [-–—] |[:：。]|\. |$)")
_SUGGESTIONS = re.compile(r"\bsuggestions?: (?=1\. )")
_ASKS = (
    re.compile(r"\b(?:[Ww]e|I|[Tt]hey|[Hh]e|[Ss]he) would (?:welcome|like to see) [^.;”]{5,200}"),
    re.compile(r"\b[Ww]e should (?:strengthen|establish|extend|develop|set up) [^.;”]{5,200}"),
    re.compile(r"(?<=\bsuggested )(?:a |an |the )?[^.;”]{5,200}"),
    re.compile(r"(?<=\basked for )[^.;”]{5,200}"),
    re.compile(r"(?<=建议)[\u4e00-\u9fff，、]{4,80}?(?=[，。；]|$)"),
    re.compile(r"(?<=希望)(?:能够?)?[\u4e00-\u9fff、]{4,80}(?=[，。；]|$)"),
)
_PROMISES = (
    re.compile(r"(?<=\bpromised to )[^.;”]{5,200}"),
    re.compile(r"(?<=\bundertook to )[^.;”]{5,200}"),
    re.compile(r"(?<=承诺)[\u4e00-\u9fff、]{3,80}(?=[，。；]|$)"),
    re.compile(r"(?<=表示将)[\u4e00-\u9fff、]{3,80}(?=[，。；]|$)"),
)


def groups(text: Text) -> Iterator[Proposal]:
    """Unnamed groups that took part, with their number where one is given."""
    for number, paragraph in text.numbered():
        for shape in _GROUPS:
            for one in shape.finditer(paragraph):
                said = one.groupdict().get("size") or ""
                size = str(_NUMBERS.get(said, said))
                name = "delegation" if "delegation" in one[0] else one[0]
                measured = f"{name} {size}".strip() if "delegation" in one[0] else name.lower()
                span = Span(number, *one.span())
                yield text.propose("group", name, span, size=size, measured=measured)


def items(text: Text) -> Iterator[Proposal]:
    """What was done at the visit, by its kind."""
    for number, paragraph in text.numbered():
        for kind, shape in _ITEMS:
            for one in shape.finditer(paragraph):
                words = one[0].removesuffix(" with").removesuffix(" at").removesuffix(" hosted")
                value = words[0].upper() + words[1:]
                yield text.propose("item", value, Span(number, *one.span()), of=kind, measured=kind)


def agreements(text: Text) -> Iterator[Proposal]:
    """Agreements that a sentence speaks of, called as the text calls them; one of each name in a paragraph."""
    seen = set()
    for sentence, words in text.sentences():
        if not _SIGNED.search(words) and not _ALWAYS.search(words):
            continue
        taken: list[Span] = []
        for shape in _AGREEMENTS:
            for one in shape.finditer(words):
                span = Span(sentence.paragraph, sentence.start + one.start(), sentence.start + one.end())
                key = (one[0].lower().removesuffix("s"), sentence.paragraph)
                if key not in seen and not any(span.meets(other) for other in taken):
                    seen.add(key)
                    taken.append(span)
                    name = one[0] if " " in one[0] else one[0].removesuffix("s")
                    yield text.propose("agreement", name, span, sentence=words.strip()[:280])


def areas(text: Text) -> Iterator[Proposal]:
    """Areas of cooperation: the lines of a list that a sentence opens, or the parts of one; a line is read, not counted."""
    opened = False
    for number, paragraph in text.numbered():
        bullet = _BULLET.match(paragraph)
        if opened and bullet:
            if not _EVENT.search(paragraph):
                found = _WORDING.match(paragraph[bullet.end() :].rstrip())
                yield from _parts(text, number, bullet.end(), found[1]) if found else ()
            continue
        opened = bool(_AREAS_FOLLOW.search(paragraph.rstrip()))
        for shape, parting in ((_AREAS_IN, r", | and "), (_HAN_AREAS, r"、|和|与|及")):
            for one in shape.finditer(paragraph):
                yield from _parts(text, number, one.start(1), one[1], parting)


def _parts(text: Text, number: int, at: int, words: str, parting: str = "") -> Iterator[Proposal]:
    begin = 0
    for found in [*(re.finditer(parting, words) if parting else ()), None]:
        end = found.start() if found else len(words)
        piece = words[begin:end].strip()
        if len(piece) > 2:
            start = at + begin + words[begin:end].index(piece)
            yield text.propose("area", piece, Span(number, start, start + len(piece)))
        begin = found.end() if found else end


def asked(text: Text) -> Iterator[Proposal]:
    """What visitors suggested or asked for, and what was promised; a suggestion is no agreement."""
    for number, paragraph in text.numbered():
        listed = _SUGGESTIONS.search(paragraph)
        body = paragraph[: listed.end()] if listed else paragraph
        if listed:
            yield from _suggestions(text, number, listed.end())
        taken: list[Span] = []
        for kind, shapes in (("ask", _ASKS), ("promise", _PROMISES)):
            for one in (found for shape in shapes for found in shape.finditer(body)):
                span = Span(number, *one.span())
                if not any(span.meets(other) for other in taken):
                    taken.append(span)
                    yield text.propose(kind, one[0].strip(), span)


def _suggestions(text: Text, number: int, at: int) -> Iterator[Proposal]:
    """The first sentence of each numbered suggestion."""
    for one in re.finditer(r"\d\. ([^.”]+)", text.paragraphs[number - 1][at:]):
        yield text.propose("ask", one[1].strip(), Span(number, at + one.start(1), at + one.end(1)))
