"""How each kind of value is shown: a plain value in, escaped HTML out; "" where there is no value.

A table of 50 rows calls these some hundred times, so they render no template and reverse no address. A cell without a
value is never left empty: the caller writes `draw_…(value) or draw_gap(state)`.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from html import escape as escaped

from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from . import marks
from .dates import HonestDate
from .models import GapState
from .money import Money
from .names import display
from .notation import MONTHS
from .text import HAN_RUN, normalise

NOTHING = SafeString("")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SAFE_ADDRESS = re.compile(r"https?://|mailto:|/(?![/\\])|[?#]", re.IGNORECASE)
_TWELVE = tuple(
    format_html(
        '<span class="mon" aria-hidden="true">{}</span>',
        format_html_join(
            "", "<i{}></i>", ((format_html(' class="{}"', "on") if cell == month else "",) for cell in range(12))
        ),
    )
    for month in range(12)
)
_GAPS = {
    None: ("unk", marks.DASHED_RING, _lazy("not yet asked")),
    GapState.NOT_STATED.value: ("unk", marks.DASHED_SQUARE, GapState.NOT_STATED.label),
    GapState.NOT_APPLICABLE.value: ("mut", marks.BARRED_RING, GapState.NOT_APPLICABLE.label),
    GapState.WITHHELD.value: ("mut", marks.LOCK, GapState.WITHHELD.label),
}
_BASES = {
    "stated": ("bas", marks.FILLED_SQUARE, _lazy("stated")),
    "implied": ("bas", marks.HALF_SQUARE, _lazy("implied")),
    "context": ("bas", marks.HALF_SQUARE, _lazy("by context")),
    "not_stated": ("bas n", marks.OPEN_SQUARE, _lazy("not stated")),
    "general_knowledge": ("bas", marks.BOOK, _lazy("general knowledge")),
    "differ": ("bas d", marks.TWO_SQUARES, _lazy("sources differ")),
}
_TONES = {
    "ok": marks.DISC,
    "due": marks.HALF_RING,
    "stop": marks.BARRED_RING,
    "unk": marks.DASHED_RING,
    "mut": marks.RING,
}


def joined(pieces: Iterable[SafeString], between: SafeString = NOTHING) -> SafeString:
    """Pieces that are drawn already, one after the other; AttributeError for text that nobody has escaped."""
    return SafeString(between.join([piece.__html__() for piece in pieces]))


def draw_text(text: str | None) -> SafeString:
    """Text as it is, each run of Chinese marked as such; direction overrides of an exact quotation stay inside it."""
    if not text:
        return NOTHING
    if text.isascii():
        return _safe(text)
    pieces, end = [], 0
    for run in HAN_RUN.finditer(text):
        pieces += [_safe(text[end : run.start()]), format_html('<span lang="zh-Hans">{}</span>', run[0])]
        end = run.end()
    drawn = joined([*pieces, _safe(text[end:])])
    return format_html("<bdi>{}</bdi>", drawn) if _BIDI.search(text) else drawn


def draw_name(name: str, native: str = "") -> SafeString:
    """A name as printed, followed by its native script."""
    return draw_text(display(name, native))


def draw_link(url: str, text: str) -> SafeString:
    """A link; only its text where the address is not of this site, http, https or mail (hardening F09).

    `text` may be drawn already.
    """
    drawn = text if isinstance(text, SafeString) else draw_text(text)
    return format_html('<a href="{}">{}</a>', url, drawn) if _SAFE_ADDRESS.match(url or "") else drawn


def draw_path(path: str, drawn: SafeString, css: str = "") -> SafeString:
    """A link to a page of our own, around what is drawn already."""
    style = f' class="{escaped(css)}"' if css else ""
    return SafeString(f'<a{style} href="{escaped(path)}">{drawn.__html__()}</a>')


def draw_choice(label) -> SafeString:
    """The label of a choice, lazily translated or not."""
    return draw_text("" if label is None else str(label))


def draw_bool(value: bool | None) -> SafeString:
    """Yes or No, in words."""
    return escape("" if value is None else _yes_no(value))


def draw_number(number) -> SafeString:
    """A number with thousands separated: 1,422."""
    return escape("" if number is None else f"{number:,}")


def draw_money(money: Money | None) -> SafeString:
    """A sum; below it the words of the source, which stand alone where the source gives no figure."""
    if not money:
        return NOTHING
    if money.amount is None:
        return _only_words(money.as_stated)
    return _with_wording(_safe(money.words()), money.words(), money.as_stated)


def draw_date(value: HonestDate | date | None) -> SafeString:
    """A date in words; a month of an unknown year as one of twelve cells; the wording where it says more."""
    if not value:
        return NOTHING
    if not isinstance(value, HonestDate):
        return _safe(_moment(value))
    if not value.notation:
        return _only_words(value.wording)
    if month := value.month_without_year:
        known = value.words.partition(",")[0]
        drawn = format_html('{}{} <span class="unk">{}</span>', known, _TWELVE[month - 1], _("year not stated"))
    else:
        drawn = _safe(value.words)
    return _with_wording(drawn, value.words, value.wording)


def draw_gap(state: str | None) -> SafeString:
    """Why there is no value: not stated, not applicable, withheld; None is “not yet asked”."""
    return _gap_in(get_language(), state)


def draw_status(label, tone: str) -> SafeString:
    """A status: glyph and word; `tone` is ok, due, stop, unk or mut."""
    return _status(str(label), tone)


def draw_basis(basis: str) -> SafeString:
    """On what a value rests: stated, implied, context, not_stated, general_knowledge or differ."""
    return format_html('<span class="{}">{}{}</span>', *_BASES[basis])


def plain(value) -> str | int | float | Decimal:
    """The text of any value, for CSV and mail; numbers stay numbers, None is ""."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _yes_no(value)
    if isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, HonestDate) and value and not value.notation:
        return f"{_('not stated')}: {value.words}"
    return _moment(value) if isinstance(value, date) else str(value)


def plain_gap(state: str | None) -> str:
    """The words for a gap."""
    return str(_GAPS[state][2])


def _safe(text: str) -> SafeString:
    return SafeString(escaped(text))


@cache
def _gap_in(language: str, state: str | None) -> SafeString:
    return format_html('<span class="st {}">{}<span>{}</span></span>', *_GAPS[state])


@lru_cache(maxsize=256)
def _status(label: str, tone: str) -> SafeString:
    return format_html('<span class="st {}">{}<b>{}</b></span>', tone, _TONES[tone], label)


def _yes_no(value: bool) -> str:
    return _("Yes") if value else _("No")


def _moment(value: date) -> str:
    """“12 May 2024”; a moment has its local time too."""
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{_day(value)}, {value:%H:%M}"
    return _day(value)


def _day(value: date) -> str:
    return f"{value.day} {MONTHS[value.month - 1]} {value.year:04d}"


def _only_words(wording: str) -> SafeString:
    return format_html('<span class="unk">{}</span> <q>{}</q>', _("not stated"), draw_text(wording))


def _with_wording(drawn: SafeString, words: str, wording: str) -> SafeString:
    """`drawn`, and on a second line the wording where it is not the same as `words`."""
    if not wording or normalise(wording) == normalise(words):
        return drawn
    return format_html('{}<span class="l2"><q>{}</q></span>', drawn, draw_text(wording))
