"""Text as people give it: what is refused, how it is cleaned, and the key under which it is found.

Sources: Unicode Standard Annex 15 (normalisation) and Annex 9 (bidirectional controls); hardening F01, F03 and F05.
"""

import re
import unicodedata
from functools import lru_cache

from django.utils.translation import gettext as _

MOST_MARKS_IN_A_ROW = 10
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Signs that no script needs: soft hyphen, zero-width space and no-break space, word joiner, invisible operators.
_NEEDLESS = re.compile("[\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb]")
# What shows nothing by itself, though scripts need some of it inside words: joiners, fillers, variation selectors.
_UNSEEN = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_BLANKS = re.compile(r"[^\S\u00a0\u202f\u2007]+")
_APOSTROPHES = re.compile("['’‘`ʼ]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NOT_WORD = re.compile(r"[\W_]+")
_HAN_CHARACTER = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HAN = re.compile(f"[{_HAN_CHARACTER}]")
HAN_RUN = re.compile(f"[{_HAN_CHARACTER}]+(?:[·，。、；：！？（）《》“”]*[{_HAN_CHARACTER}]+)*")


def refuse_unstorable(text: str) -> None:
    """Raise ValueError for NUL and lone surrogates: PostgreSQL takes neither, SQLite would keep them (F01)."""
    if "\x00" in text:
        raise ValueError(_("The text holds a NUL character, which cannot be kept. Delete it and try again."))
    if _SURROGATE.search(text):
        raise ValueError(_("The text holds half a character (a lone surrogate), which cannot be kept."))


def refuse_unreadable(text: str) -> None:
    """Raise ValueError for characters that hide or overturn what is read: controls, bidi overrides, piled marks."""
    refuse_unstorable(text)
    if found := _CONTROL.search(text):
        raise ValueError(
            _("The text holds the control character U+%(code)04X. Delete it and try again.") % {"code": ord(found[0])}
        )
    if found := _BIDI.search(text):
        raise ValueError(
            _("The text holds U+%(code)04X, which turns the direction of writing. Delete it.") % {"code": ord(found[0])}
        )
    if _longest_run_of_marks(text) > MOST_MARKS_IN_A_ROW:
        raise ValueError(_("The text piles more than %(most)d accents on one letter.") % {"most": MOST_MARKS_IN_A_ROW})


def clean_text(value: str, multiline: bool = False, exact: bool = False) -> str:
    """`value` ready to be kept, or ValueError with a sentence.

    Normalised to NFC, trimmed, and without signs that nobody sees and no script needs; "" where nothing is to be seen.
    One line: each run of blanks becomes one space, no-break spaces stay. `multiline`: line ends become LF, blanks stay.
    `exact` (quotations): only the unstorable is refused, all else stays.
    """
    refuse_unstorable(value)
    if exact:
        return "" if _UNSEEN.fullmatch(value) else value
    text = value if value.isascii() else _NEEDLESS.sub("", value)
    refuse_unreadable(text)
    if _UNSEEN.fullmatch(text):
        return ""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    if not multiline:
        text = _BLANKS.sub(" ", text)
    return text.strip()


def upright(text: str) -> str:
    """`text` without the signs that turn the direction of writing, for titles and sentences, which can't isolate it."""
    return _BIDI.sub("", text)


def normalise(text: str) -> str:
    """The search key of `text`: no case, accents, apostrophes; every other sign is one space (“Xi'an” is “xian”).

    Figures stand without the commas between their thousands.
    """
    bare = _THOUSANDS.sub("", _APOSTROPHES.sub("", unicodedata.normalize("NFKD", text.casefold())))
    bare = bare.replace("&", " and ")
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFC", letters).casefold()).strip()


def squeezed(text: str) -> str:
    """The search key without spaces, so that “Liver pool” finds Liverpool."""
    return normalise(text).replace(" ", "")


def has_han(text: str) -> bool:
    """Whether `text` holds any Chinese character."""
    return not text.isascii() and _HAN.search(text) is not None


def is_han(text: str) -> bool:
    """Whether every letter or figure of `text` is a Chinese character, and there is one."""
    return bool(key := squeezed(text)) and all(_HAN.match(sign) for sign in key)


@lru_cache(maxsize=4096)
def pinyin(text: str) -> str:
    """Toneless pinyin of the Chinese in `text`, in one word (西交: xijiao); "" if there is none."""
    if not has_han(text):
        return ""
    from pypinyin import lazy_pinyin  # 4 MB of tables: loaded when first needed

    return "".join(lazy_pinyin("".join(_HAN.findall(text)))).lower()


def _longest_run_of_marks(text: str) -> int:
    """The most combining marks that stand in a row in `text`."""
    longest = run = 0
    if text.isascii():
        return 0
    for sign in text:
        if (category := unicodedata.category(sign)) != "Cf":  # a joiner between them parts no marks
            run = run + 1 if category in ("Mn", "Me", "Mc") else 0
        longest = max(longest, run)
    return longest
