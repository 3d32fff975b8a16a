"""Bodies that nobody recorded yet, told by the words that end their names."""

import re

from partnerships.intake.recognition.lands import LANDS
from partnerships.intake.recognition.people import NOUN
from partnerships.intake.recognition.proposals import Span, Text
from partnerships.values.notation import MONTHS

_HEADS = (
    "University|Institute|Institution|College|School|Academy|Centre|Center|Council|Government|Committee|Group|Company"
    "|Corporation|Association|Foundation|Trust|Alliance|Bureau|Department|Ministry|Hospital|Laboratory|Office"
    "|Commission|Hub|Society"
)
_WORD = r"(?:[A-Z][\w’'-]*[\w’'])"
_PAIRS = (
    "(?:Science|Culture|Education|Arts?|Economic|Trade|Engineering|Sports?|Industry|Health|Research|Press)"
    " (?:and|&) (?=(?:Technology|Tourism|Development|Sports?|Innovation|Information|Science|Education|Trade|Media)\\b)"
)
_BEFORE = rf"(?:{_PAIRS}|{_WORD} (?:& )?)"
_OF = rf" (?:of|for|in) (?:the )?{_WORD}(?:(?: and| &| of)? {_WORD})*"
_IN_A_LAND = re.compile(
    rf" in (?:the )?(?:{'|'.join(re.escape(latin) for latin, _han in LANDS)}|Xi’an|{'|'.join(MONTHS)})\b.*"
)
# A name ends before an office, a title, or “and” with another body behind it.
_END = re.compile(rf" (?:{NOUN}|Professor|Prof|Dr|Mr|Ms)\b.*| and (?=[A-Z]{{2,}}|.*\b(?:{_HEADS})\b).*")
_UNIVERSITY_AND = re.compile(r"(University of [^&]*?) and .*")
_WITH_BEFORE = re.compile(rf"(?<![\w’'-])(?:{_BEFORE})+(?:{_HEADS})\b(?!s)(?:{_OF})?")
_HEAD_FIRST = re.compile(rf"(?<![\w’'-])(?:{_HEADS})(?:{_OF})")
_PARTY = re.compile(rf"Communist Party of China (?:{_WORD} )*Committee")
_BUREAU = re.compile(rf"(?:Bureau|Department|Ministry) of {_WORD}, {_WORD} & {_WORD} and {_WORD} & {_WORD}")
_BOTH = re.compile(rf"\b({_WORD}) and ({_WORD}) Universities\b")
# Words before a name that are none of it; the name begins after the last of them.
_NOT_OF_IT = {
    "The",
    "A",
    "An",
    "Our",
    "Their",
    "This",
    "That",
    "These",
    "In",
    "At",
    "From",
    "With",
    "And",
    "For",
    "By",
    "To",
    "Of",
    "On",
    "Since",
    "Earlier",
    "Later",
    "Also",
    "Present",
    "Subject",
    "Professor",
    "Prof",
    "Dr",
    "Mr",
    "Mrs",
    "Ms",
    "Miss",
    "Sir",
    "Dame",
    "Lord",
    "Lady",
    "President",
    "Dean",
    "Director",
    "Provost",
    "Chancellor",
    "Vice-Chancellor",
    "Mayor",
    "Head",
    "Secretary",
    "Chair",
    "Chairman",
    "Principal",
    "Minister",
    "Governor",
    "Visit",
    "Meeting",
    "Guests",
    "They",
    "We",
    "He",
    "She",
    "It",
    "Both",
    "Following",
    "During",
    "After",
    "Before",
    "When",
    "While",
    "As",
    "Through",
    "Under",
    "Backed",
    "Founded",
    "However",
    "Humanities",
    "Case",
}
_STARTS = {"Chinese", "British", "Royal", "National"}
_GENERIC = {
    "Municipal",
    "National",
    "Joint",
    "Higher",
    "Local",
    "City",
    "Provincial",
    "State",
    "Central",
    "Partner",
    "International",
    "Chemistry",
    "Research",
    "Home",
    "University",
    "College",
    "Graduate",
    "Press",
    "Main",
    "Head",
    "First",
    "Second",
    "China’s",
    "Media",
}
_YEAR = re.compile(r"of the Year")
_CUT = "与和及在由到从向对的了等赴为至于将并同"
_VERBS = "访问|到访|来访|参观|关注|欢迎|接待|感谢|会见|出席|代表团|举行|联合|我们|前往|来自|以及"
_STOP = re.compile(rf"{_VERBS}|[{_CUT}]")
_HAN_HEAD = "大学|学院|研究院|科学院|研究所|医院|人民政府|市政府|省政府|委员会|市委|省委|集团(?:(?:股份)?有限公司)?|有限公司|公司|协会|基金会|学会|联盟"
_HAN_BODY = re.compile(
    rf"[\u4e00-\u9fff]{{2,16}}?(?:{_HAN_HEAD})"
    r"(?:(?<=大学)[\u4e00-\u9fff]{0,8}?(?:学院|研究院|研究所|医院))?"
)
_HAN_BUREAU = re.compile(r"[\u4e00-\u9fff]{2,4}?[市省区县][\u4e00-\u9fff]{2,8}?[局厅]")
_HAN_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,8}?大学[\u4e00-\u9fff]{2,6}?[处部](?=副?[处部]长)")
_HAN_GENERIC = re.compile(
    r"^(?:该|本|两所|两国|各|一所|这所|著名|世界|国际|全球|多所|双方|知名|我国|我校|众多|几所|中国的)"
)


def bodies(text: Text) -> list[tuple[str, Span]]:
    """The names of bodies, as printed or put together again (“Nanjing and Southeast Universities”), and their spans."""
    found: list[tuple[str, Span]] = []
    for number, paragraph in text.numbered():
        found += _latin(number, paragraph)
        found += _han(number, paragraph)
    return found


def _latin(number: int, paragraph: str):
    for both in _BOTH.finditer(paragraph):
        yield f"{both[1]} University", Span(number, *both.span())
        yield f"{both[2]} University", Span(number, *both.span())
    taken: list[Span] = []
    for shape in (_PARTY, _BUREAU, _WITH_BEFORE, _HEAD_FIRST):
        for one in shape.finditer(paragraph):
            start = one.start() + _needless(one[0])
            name = _ended(paragraph[start : one.end()].rstrip("’'"))
            span = Span(number, start, start + len(name))
            if _is_name(name) and not any(span.meets(other) for other in taken):
                taken.append(span)
                yield name, span


def _ended(name: str) -> str:
    """The name without what runs on behind it."""
    for rest in (_IN_A_LAND, _END):
        name = rest.sub("", name)
    return _UNIVERSITY_AND.sub(r"\1", name)


def _needless(name: str) -> int:
    """How many signs at its start are none of the name."""
    words, cut, at = name.split(" "), 0, 0
    for position, word in enumerate(words[:-1]):
        at += len(word) + 1
        bare = word.removesuffix("’s").removesuffix("'s")
        if word in ("of", "for", "in"):
            break
        if bare in _NOT_OF_IT or word != bare:
            cut = at
        elif word in _STARTS and position:
            cut = at - len(word) - 1
    return cut


def _is_name(name: str) -> bool:
    """Whether it names one body, and not any of its sort."""
    if _YEAR.search(name):
        return False
    words = name.split(" ")
    if re.fullmatch(_HEADS, words[0]) and len(words) > 1 and words[1] in ("of", "for", "in"):
        return len(words) > 2 and words[0] not in ("Office", "Group", "Trust", "Hub")
    heads = [at for at, word in enumerate(words) if re.fullmatch(_HEADS, word)]
    head = heads[-1] if heads and not {"of", "for", "in"} & {*words[: heads[-1]]} else heads[0] if heads else 0
    before = words[:head]
    if words[-1] == "Laboratory" and len(before) < 2:
        return False
    return bool(before) and (not all(word in _GENERIC for word in before) or len(words) - head > 1 or len(before) > 1)


def _han(number: int, paragraph: str):
    for run in re.finditer("[\u4e00-\u9fff]+", paragraph):
        begin = 0
        for stop in [*_STOP.finditer(run[0]), None]:
            end = stop.start() if stop else len(run[0])
            yield from _han_piece(number, run.start() + begin, run[0][begin:end])
            begin = stop.end() if stop else end


def _han_piece(number: int, at: int, piece: str):
    for shape in (_HAN_OFFICE, _HAN_BODY, _HAN_BUREAU):
        for one in shape.finditer(piece):
            if not _HAN_GENERIC.match(one[0]):
                yield one[0], Span(number, at + one.start(), at + one.end())
