"""Names of persons: printed in either order, perhaps in two scripts, sorted by the family name (product rule 15)."""

import re
from contextvars import ContextVar

from django.db.models import TextChoices
from django.utils.translation import get_language_info

from .text import has_han, is_han, normalise, pinyin

TITLES = frozenset(("professor", "prof", "dr", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "lord", "lady"))
PARTICLES = frozenset(("van", "von", "der", "den", "de", "la", "le", "du", "da", "di", "dos", "del", "bin", "al", "el"))
LONG_HAN_FAMILIES = frozenset(("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "慕容", "令狐", "司徒", "夏侯"))


class Order(TextChoices):
    """Which script of a name in two scripts stands first."""

    PRINTED = "printed", "As printed"
    LATIN = "latin", "Latin letters first"
    CHINESE = "chinese", "Chinese characters first"


# The wish of whoever reads the page that is being drawn, set for each request; exports and the catalogue don't ask.
reading: ContextVar[str] = ContextVar("accord_order_of_names", default=Order.PRINTED)


def sort_key(family: str, given: str, printed: str) -> str:
    """What a list of persons sorts by: family name, then given name; the printed name if no family name is known."""
    name = f"{family} {given}" if family else printed
    return pinyin(name) if is_han(name) else normalise(name)


def display(printed: str, native: str) -> str:
    """The name as printed, followed by the native script where that adds something: “Zhang Wei 张伟”."""
    if not native or native in printed:
        return printed
    return f"{printed} {native}".strip()


def language_words(tag: str) -> str:
    """The language of a tag in words, such as “Simplified Chinese”; the tag itself where it is none that is known."""
    try:
        return get_language_info(tag.lower())["name"]
    except KeyError:
        return tag


def in_order(printed: str, native: str) -> str:
    """Both scripts of a name, the reader's first; the printed name alone where no order is wished or one is known."""
    order = reading.get()
    if order == Order.PRINTED or not native:
        return printed
    other = printed.replace(native, "").strip(" ()（）") if native in printed else printed
    if not other or has_han(other) == has_han(native):
        return printed
    latin, chinese = (native, other) if has_han(other) else (other, native)
    return f"{latin} {chinese}" if order == Order.LATIN else f"{chinese} {latin}"


def name_of(record) -> str:
    """What a record is called on a page, in the order of scripts that the reader wishes."""
    return in_order(str(record), getattr(record, "native_name", ""))


def guess_parts(printed: str, family_first: bool) -> tuple[str, str]:
    """A guess at (family, given) of a printed name without its title, for a person to confirm.

    Chinese characters, a comma (“Zhang, Wei”) or one word in capitals (“Wei ZHANG”) decide before `family_first` does.
    """
    bare = _without_titles(printed)
    if is_han(bare):
        return _han_parts(bare.replace(" ", ""))
    if "," in bare:
        family, _comma, given = bare.partition(",")
        return family.strip(), given.strip()
    words = bare.split()
    capitals = [word for word in words if len(word) > 1 and word.isupper()]
    if len(capitals) == 1 and len(words) > 1:
        return capitals[0], " ".join(word for word in words if word != capitals[0])
    if len(words) < 2:
        return bare, ""
    cut = 1 if family_first else _start_of_last_name(words)
    first, rest = " ".join(words[:cut]), " ".join(words[cut:])
    return (first, rest) if family_first else (rest, first)


def lang_of(text: str) -> str:
    """The language tag of `text`: zh-Hans if it holds Chinese characters, else ""."""
    return "zh-Hans" if has_han(text) else ""


def _without_titles(printed: str) -> str:
    words = printed.split()
    while words and re.sub(r"\W", "", words[0]).lower() in TITLES:
        words = words[1:]
    return " ".join(words)


def _han_parts(name: str) -> tuple[str, str]:
    cut = 2 if len(name) > 2 and name[:2] in LONG_HAN_FAMILIES else 1
    return name[:cut], name[cut:]


def _start_of_last_name(words: list[str]) -> int:
    """Where the family name begins when it stands last: particles in lower case belong to it."""
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return start
