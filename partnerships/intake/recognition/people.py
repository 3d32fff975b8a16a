"""People told by titles and offices, in both orders and scripts, and the posts that stand beside their names."""

import re
from dataclasses import dataclass
from functools import cache

from partnerships.intake.recognition.proposals import Span, Text
from partnerships.values.text import normalise, pinyin

_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady)"
_W = r"[A-Z][A-Za-zà-ÿ]*(?:[’'-][A-Za-zà-ÿ]+)*"
NOUN = (
    r"(?:(?:Deputy )?Pro-Vice-Chancellor|Vice[- ]Chancellor|Chancellor|(?:Vice[- ])?President|(?:Vice[- ])?Provost"
    r"|(?:Associate |Vice[- ]|Deputy )?Dean|(?:Deputy |Executive |Managing |Co-?|co-)?[Dd]irector(?:[- ]General)?|Head"
    r"|(?:Deputy |Vice[- ])?Mayor|(?:Deputy )?(?:Party )?Secretary(?:[- ]General)?|Manager|Officer|(?:Vice[- ])?Chair(?:man|woman)?"
    r"|Minister|(?:Vice[- ])?Governor|Principal|Registrar|Founder|Ambassador|Consul(?:[- ]General)?|Chief Executive)"
)
_ROLE = rf"(?:(?:{_W} ){{0,3}}?)?{NOUN}(?: & {NOUN})?(?: \([A-Z][^)]*\))?"
_FOR = rf"(?: (?:for|of) (?!the\b){_W}(?: (?:and )?{_W})*)?"
_TITLED = re.compile(rf"\b((?:{_TITLE}\.? )+)({_W}(?: {_W}){{1,2}})")
_NAMED = re.compile(rf"(?:^|\bcontact |[;:,] )({_W} {_W}), (?={_ROLE}\b)|\b[Cc]ontact ({_W} {_W})(?= on\b| at\b|[,:])")
_AFTER = re.compile(rf"(, | and )(?:the )?({_ROLE}{_FOR})(?![\w-])")
_BEFORE = re.compile(rf"({NOUN}(?: & {NOUN})?) $")
_NO_NAME = re.compile(
    rf"\b(?:{NOUN}|University|Institute|College|School|Academy|Council|Government|Committee|Department|Centre)\b"
)

SURNAMES = set(
    "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁韦马苗方俞任袁柳史唐费薛雷贺倪汤罗毕郝邬安常于傅"
    "齐康伍余元顾孟黄穆萧尹姚邵汪祁毛狄贝明戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾路娄江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌霍万柯管卢莫"
    "房丁邓石崔吉龚程邢裴陆荣翁段侯宁甘厉武刘景龙叶黎白鄢文游丘牛温庄柴阎连耿关聂曾沙岳尚翟谭申冉桂向古易廖欧"
)
_DOUBLE = "欧阳|司马|上官|诸葛|东方|皇甫|慕容|令狐|司徒|夏侯"
_HAN_ROLE = (
    "党委副?书记|党组副?书记|副?书记|副?校长|副?院长|副?市长|副?省长|副?区长|副?处长|副?局长|副?主任|副?部长|副?主席|董事长|副?总经理"
    "|副?总裁|副?会长|副?教务长|副?所长|副?秘书长|副?厅长"
)
_HAN_TITLE = "教授|博士|先生|女士|院士"
_FOREIGN = r"[\u4e00-\u9fff]{1,6}(?:·[\u4e00-\u9fff]{1,6}?)+"
_GO_ON = r"教授|博士|先生|女士|院士|率|一行|等|表示|主持|出席|会见|接待|建议|希望|提出|和|与|及|在|承诺|介绍|访问|参加|指出|强调|代表|陪同|对|感谢|签"
_AFTER_ROLE = re.compile(rf"({_HAN_ROLE})({_FOREIGN}|[\u4e00-\u9fff]{{2,4}}?)(?=(?:{_GO_ON})|[^\u4e00-\u9fff·]|$)")
_BEFORE_TITLE = re.compile(
    rf"(?:(?<=[，。、；：与和及由])|^)({_FOREIGN}|[\u4e00-\u9fff]{{2,3}})(?={_HAN_TITLE})|(?<=联系人[：:])([\u4e00-\u9fff]{{2,3}})"
)


@dataclass(frozen=True)
class Named:
    """A person as named: the name, its span, the title before it, and the span from the title on."""

    name: str
    span: Span
    title: str = ""


@dataclass(frozen=True)
class Office:
    """A post beside a name: who, as what, and the span of the role."""

    name: str
    role: str
    span: Span


def people(text: Text) -> list[Named]:
    """The people whom titles, offices or a press contact's words tell."""
    found: list[Named] = []
    for number, paragraph in text.numbered():
        for one in _TITLED.finditer(paragraph):
            name = _bare(one[2])
            if name:
                start = one.start(2)
                found.append(Named(name, Span(number, start, start + len(name)), one[1].strip()))
        for one in _NAMED.finditer(paragraph):
            part = 1 if one[1] else 2
            if not _NO_NAME.search(one[part]):
                found.append(Named(one[part], Span(number, *one.span(part))))
        found += _han_people(number, paragraph)
    return found


def _bare(name: str) -> str:
    """The words of a name up to one that is an office or a body; "" where fewer than two are left."""
    cut = _NO_NAME.search(name)
    words = (name[: cut.start()] if cut else name).split()
    words = [re.sub("['’]s$", "", word) for word in words]
    return " ".join(words) if len(words) > 1 else ""


def _han_people(number: int, paragraph: str):
    for one in _AFTER_ROLE.finditer(paragraph):
        if is_han_name(one[2]):
            after = re.match(_HAN_TITLE, paragraph[one.end(2) :])
            yield Named(one[2], Span(number, *one.span(2)), after[0] if after else "")
    for one in _BEFORE_TITLE.finditer(paragraph):
        part = 1 if one[1] else 2
        if is_han_name(one[part]):
            yield Named(one[part], Span(number, *one.span(part)))


def is_han_name(name: str) -> bool:
    """Whether it is built as a name is: a family name and one or two signs, or parts with a point between."""
    if "·" in name:
        return True
    double = re.match(_DOUBLE, name)
    return bool(double and len(name) in (3, 4)) or name[0] in SURNAMES and len(name) in (2, 3)


def offices(text: Text, named: list[Named]) -> list[Office]:
    """The posts that stand right after a name's comma, or right before its title."""
    found: list[Office] = []
    for one in named:
        paragraph = text.paragraphs[one.span.paragraph - 1]
        found += _after(paragraph, one)
        found += _before(paragraph, one)
    return found


def _after(paragraph: str, one: Named):
    at = one.span.end
    for link in (", ", " and "):
        given = _AFTER.match(paragraph, at)
        if not given or given[1] != link:
            return
        yield Office(one.name, given[2], Span(one.span.paragraph, *given.span(2)))
        at = given.end(2)


def _before(paragraph: str, one: Named):
    start = one.span.start - (len(one.title) + 1 if one.title and one.title.isascii() else 0)
    given = _BEFORE.search(paragraph, max(start - 80, 0), max(start, 0))
    if given and one.title.isascii():
        yield Office(one.name, given[1], Span(one.span.paragraph, *given.span(1)))
    role = re.search(rf"({_HAN_ROLE})$", paragraph[max(one.span.start - 20, 0) : one.span.start])
    if role:
        yield Office(one.name, role[1], Span(one.span.paragraph, one.span.start - len(role[1]), one.span.start))


def family_first(name: str) -> bool:
    """Whether a name in Latin letters is printed as in Zhang Wei: it begins with a Chinese family name and ends with none.

    Only what is offered to somebody who decides; of a name that could be read either way the last word is taken.
    """
    words = [normalise(one) for one in name.split()]
    families = _families()
    return len(words) > 1 and words[0] in families and words[-1] not in families


@cache
def _families() -> frozenset[str]:
    """The Chinese family names in Latin letters."""
    return frozenset(pinyin(one) for one in [*SURNAMES, *_DOUBLE.split("|")])
