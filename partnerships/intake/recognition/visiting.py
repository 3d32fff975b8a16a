"""Which way a visit went, who “we” are in a text, and who led, welcomed and guided."""

import re
from collections import Counter
from collections.abc import Iterator

from partnerships.intake.recognition.gazetteer import Known, Mention
from partnerships.intake.recognition.proposals import Proposal, Span, Text

_HOSTED = re.compile(r"\b(?:welcom(?:ed|es)|hosted|received|hosts)\b|接待|会见")
_COMES = re.compile(r"\b(?:visit(?:s|ed)?(?: of| to)?|came to|tours?)\b[^.,;]{0,30}$|(?:访问|到访|来到|到)$")
_GOES = re.compile(r"\bvisited |\bvisit to |访问|赴")
_VIRTUAL = re.compile(r"\b(?:online|virtual|video) (?:meeting|conference|visit)\b|线上(?:会议|会谈)|视频会议")
_LED = re.compile(r"\b(?:led|headed) by $")
_LEADS = re.compile(r"\b(?:led|headed) (?:the|a) delegation\b")
_HAN_LEADS = re.compile(r"率(?:代表)?团")
_HAN_WITH = re.compile(r"^(?:教授|博士|先生|女士)?一行")
_GREETS = re.compile(
    r"\b(?:welcomed|welcomes|received)\b (?:the |a |his |her |our )?(?:visitors|guests|delegation|party|them|M[rs]s?\.? )"
)
_HAN_GREETS = re.compile(r"接待|会见")
_GUIDES = re.compile(r"\btour\b[^.]*\bby (?:Mr|Ms|Dr|Professor|Prof)\.? $")
_COMING = re.compile("来访")


def home_of(mentions: list[Mention]) -> tuple[str, Span, Known] | None:
    """Who “we” are: of our own bodies the one named most often; None where none is named."""
    ours = [one for one in mentions if one.known.is_home]
    if ours:
        most = Counter(one.known for one in ours).most_common(1)[0][0]
        first = next(one for one in ours if one.known == most)
        return most.name, first.span, most
    return None


def direction_of(text: Text, home: list[Span], others: list[Span]) -> Proposal | None:
    """Inbound, outbound or virtual, as seen from the home, by the first sentence that tells."""
    for sentence, words in text.sentences():
        if online := _VIRTUAL.search(words):
            return text.propose("direction", "virtual", _at(sentence, online.span()))
        if coming := _COMING.search(words):
            return text.propose("direction", "inbound", _at(sentence, coming.span()))
        for span in (one for one in home if sentence.holds(one)):
            before, after = words[: span.start - sentence.start], words[span.end - sentence.start :]
            if _COMES.search(before.replace(" the", "").rstrip()):
                return text.propose("direction", "inbound", span)
            if hosted := _HOSTED.search(after):
                at = span.end - sentence.start
                return text.propose("direction", "inbound", _at(sentence, (at + hosted.start(), at + hosted.end())))
            goes = _GOES.search(after)
            start = span.end + goes.end() if goes else 0
            if goes and any(one.start - start in range(5) for one in others if one.paragraph == span.paragraph):
                at = span.end - sentence.start
                return text.propose("direction", "outbound", _at(sentence, (at + goes.start(), at + goes.end())))
    return None


def parts(text: Text, people: list[tuple[str, Span]]) -> Iterator[Proposal]:
    """Who was head of the delegation, who welcomed it, who guided it."""
    for name, span in people:
        paragraph = text.paragraphs[span.paragraph - 1]
        before = re.sub(r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Professor|Sir|Dame)\.? )+$", "", paragraph[: span.start])
        if _LED.search(before) or _HAN_WITH.match(paragraph[span.end :]):
            yield _part(text, "head", name, span)
        elif _GUIDES.search(paragraph[: span.start]):
            yield _part(text, "guide", name, span)
    for sentence, words in text.sentences():
        here = [one for one in people if sentence.holds(one[1])]
        for role, verb, nearest in (
            ("head", _LEADS, False),
            ("head", _HAN_LEADS, True),
            ("greeter", _GREETS, False),
            ("greeter", _HAN_GREETS, True),
        ):
            found = verb.search(words)
            ahead = [one for one in here if found and one[1].end <= sentence.start + found.start()]
            if ahead:
                yield _part(text, role, *ahead[-1 if nearest else 0])


def _part(text: Text, role: str, name: str, span: Span) -> Proposal:
    return text.propose("part", name, span, role=role, measured=f"{role}: {name}")


def _at(sentence: Span, span: tuple[int, int]) -> Span:
    return Span(sentence.paragraph, sentence.start + span[0], sentence.start + span[1])
