"""What people type for a date, turned into the notation that is kept.

Day, month and year are read in the British order; a year has four figures, so that 3/4/26 is refused (hardening F13).
"""

import re
import unicodedata

from django.utils.translation import gettext as _

from .notation import MONTHS, bounds_of, refusal
from .text import clean_text

LONGEST = 100
_MONTH_NUMBERS = {name: n for n, full in enumerate(MONTHS, 1) for name in (full.lower(), full[:3].lower())}
_MONTH_NUMBERS["sept"] = 9
_MONTH = rf"(?P<name>{'|'.join(sorted(_MONTH_NUMBERS, key=len, reverse=True))})\.?"
_YEAR = r"(?P<year>[0-9]+)"
_FULL_YEAR = r"(?P<year>[0-9]{4})"
_DAY = r"(?P<day>[0-9]{1,2})"
_NUMBER = r"(?P<month>[0-9]{1,2})"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        _YEAR,
        rf"{_YEAR}-{_NUMBER}(?:-{_DAY})?",
        rf"{_FULL_YEAR}/{_NUMBER}/{_DAY}",
        rf"{_FULL_YEAR}\.{_NUMBER}(?:\.{_DAY})?",
        rf"{_FULL_YEAR},? {_MONTH}(?: {_DAY})?",
        rf"xxxx-{_NUMBER}(?:-{_DAY})?",
        rf"{_DAY}([/.-]){_NUMBER}\2{_YEAR}",
        rf"{_DAY}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? {_YEAR})?",
        rf"{_DAY}-{_MONTH}-{_YEAR}",
        rf"{_MONTH} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}",
        rf"{_MONTH}(?:,? (?:of )?{_YEAR})?",
        rf"{_YEAR} ?年(?: ?{_NUMBER} ?月(?: ?{_DAY} ?[日号])?)?",
        rf"{_NUMBER} ?月(?: ?{_DAY} ?[日号])?",
    )
)
_ORDINAL = r"([0-9]{1,2})(?:st|nd|rd|th)?"
_NAMED = rf"((?:[0-9]{{1,2}}(?:st|nd|rd|th)? (?:of )?)?(?:{'|'.join(_MONTH_NUMBERS)})\.?)"
_TILL, _TILL_ZH = r" ?(?:-|to|until|till) ?", "[-至到]"
_MONTH_ZH, _DAY_ZH = "[0-9]{1,2}月", "[0-9]{1,2}[日号]"
# What an interval leaves out at one end because it stands at the other: 12–14 May 2026, May to June 2024.
_SHORTENED = tuple(
    (re.compile(shape, re.IGNORECASE), in_full)
    for shape, in_full in (
        (rf"(?:from )?{_ORDINAL}{_TILL}{_ORDINAL} (?:of )?([a-z]+\.?),?( [0-9]+)?", r"\1 \3\4 - \2 \3\4"),
        (rf"([a-z]+\.?) {_ORDINAL}{_TILL}{_ORDINAL},? ([0-9]+)", r"\2 \1 \4 - \3 \1 \4"),
        (rf"(?:from )?{_NAMED}{_TILL}{_NAMED},?( [0-9]+)?", r"\1\3 - \2\3"),
        (rf"([0-9]+年{_MONTH_ZH})([0-9]{{1,2}})[日号]?{_TILL_ZH}({_DAY_ZH})", r"\1\2日 - \1\3"),
        (rf"([0-9]+年)({_MONTH_ZH}(?:{_DAY_ZH})?){_TILL_ZH}({_MONTH_ZH}(?:{_DAY_ZH})?)", r"\1\2 - \1\3"),
        (rf"([0-9]+年.*){_TILL_ZH}([0-9]+年.*)", r"\1 - \2"),
    )
)
_HAN = dict(zip("〇一二三四五六七八九", "0123456789", strict=True)) | {"零": "0", "○": "0"}
_DIGIT = f"[{''.join(_HAN)}]"
_IN_HAN = re.compile(rf"(?<![十{''.join(_HAN)}])(?:{_DIGIT}+|{_DIGIT}?十{_DIGIT}?)(?=[年月日号])")
_YEAR_AND_MORE = re.compile(r"[0-9]{4}/[0-9]{1,2}")
_DAY_FIRST = re.compile(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]+")
_ABOUT = re.compile(
    r"(?:(?:about|around|approximately|approx\.?|circa|ca?\.?(?=[ 0-9])|约) ?)(.+)|(.+?) ?~", re.IGNORECASE
)
_NO_YEAR = re.compile(r"(.+?) ?[,;]? ?\(?year (?:is )?(?:not stated|unknown|not known)\)?", re.IGNORECASE)
_INTERVALS = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        r"()\.\. ?/ ?(.+)",
        r"(.+?) ?/ ?\.\.()",
        r"(?:from )?(.+?) (?:to|until|till) (.+)",
        r"between (.+?) and (.+)",
        r"(?:from|since) (.+)()",
        r"(.+) onwards?()",
        r"()(?:until|till|up to) (.+)",
        r"([0-9]{4}) ?- ?([0-9]{4})",
        r"(.+?) (?:-|/) (.+)",
        r"([0-9x~-]+)/([0-9x~-]+)",
    )
)


def notation_of(text: str) -> str:
    """The notation of what was typed ("Sep 2015" gives 2015-09), "" for nothing; ValueError with a sentence."""
    typed = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", clean_text(text)))
    typed = _IN_HAN.sub(_in_figures, re.sub("[‐‑‒–—―]", "-", typed))
    if len(typed) > LONGEST:
        raise refusal(
            _("A date has at most %(most)d characters; this has %(given)d.") % {"most": LONGEST, "given": len(typed)}
        )
    if not typed:
        return ""
    notation = _interval(typed) or _single(typed)
    bounds_of(notation)
    return notation


def _in_figures(number: re.Match) -> str:
    """A year, month or day that is written in Chinese: 二〇二六 is 2026, 十二 is 12, 三十 is 30."""
    tens, is_counted, ones = number[0].partition("十")
    digits = (tens or "1") + (ones or "0") if is_counted else tens
    return "".join(_HAN.get(one, one) for one in digits)


def _interval(typed: str) -> str:
    """The notation of an interval, "" if `typed` is none."""
    if _DAY_FIRST.fullmatch(typed):
        return ""
    if _YEAR_AND_MORE.fullmatch(typed):
        raise refusal(
            _("“%(text)s” could be a month or two years: write 2015-09, or both years as 2015-2016.") % {"text": typed}
        )
    for shape, in_full in _SHORTENED:
        if found := shape.fullmatch(typed):
            typed = found.expand(in_full)
            break
    for shape in _INTERVALS:
        if found := shape.fullmatch(typed):
            return "/".join(".." if end in ("", "..") else _single(end) for end in found.groups())
    return ""


def _single(typed: str) -> str:
    """The notation of one date, with `~` where it is approximate."""
    if found := _ABOUT.fullmatch(typed):
        return _single(found[1] or found[2]).rstrip("~") + "~"
    no_year = _NO_YEAR.fullmatch(typed)
    for shape in _SHAPES:
        if found := shape.fullmatch(no_year[1] if no_year else typed):
            parts = found.groupdict()
            if no_year and parts.get("year"):
                break
            return _notation(parts)
    raise refusal(_("“%(text)s” is not a date that can be read.") % {"text": typed[:40]})


def _notation(parts: dict) -> str:
    month = _MONTH_NUMBERS[parts["name"].lower()] if parts.get("name") else parts.get("month")
    notation = _year(parts["year"]) if parts.get("year") else "XXXX"
    for number in (month, parts.get("day")):
        if number:
            notation += f"-{int(number):02d}"
    return notation


def _year(digits: str) -> str:
    """A year of four figures; anything else is refused by its reason."""
    significant = digits.lstrip("0")
    if not significant:
        raise refusal(_("There is no year 0."))
    if len(significant) > 4:
        raise refusal(_("The year %(year)s is too late: years run from 1 to 9999.") % {"year": significant[:12]})
    if len(digits) != 4:
        raise refusal(_("Write the year with four figures: “%(year)s” could be more than one.") % {"year": digits[:12]})
    return digits
