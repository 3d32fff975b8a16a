"""Sums of money as stated: a figure, its currency, the words of the source, and whether the source says “about”."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from .currencies import CURRENCIES
from .text import clean_text

MAX_DIGITS, PLACES, LONGEST = 15, 2, 60  # more than 15 digits are rounded where SQLite keeps them
_LIMIT = Decimal(10) ** (MAX_DIGITS - PLACES)
MOST = _LIMIT - Decimal("0.01")
_SIGNS = {
    "£": "GBP",
    "€": "EUR",
    "US$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "HK$": "HKD",
    "S$": "SGD",
    "NZ$": "NZD",
    "NT$": "TWD",
    "RMB": "CNY",
    "RMB¥": "CNY",
    "CN¥": "CNY",
    "JP¥": "JPY",
    "YUAN": "CNY",
    "人民币": "CNY",
    "人民币元": "CNY",
    "元人民币": "CNY",
    "POUND": "GBP",
    "POUNDS": "GBP",
    "STERLING": "GBP",
    "POUNDS STERLING": "GBP",
    "元": "CNY",
    "英镑": "GBP",
    "欧元": "EUR",
    "美元": "USD",
    "EURO": "EUR",
    "EUROS": "EUR",
}
_SHARED_SIGNS = {"$": "USD, AUD, CAD, HKD or another", "¥": "CNY or JPY"}
_SHARERS = {
    "$": frozenset(code for code, name in CURRENCIES.items() if name.lower().endswith("dollar")),
    "¥": frozenset({"CNY", "JPY"}),
}
_TIMES = {
    "": 1,
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "million": 10**6,
    "bn": 10**9,
    "billion": 10**9,
    "tn": 10**12,
    "trillion": 10**12,
    "万": 10**4,
    "亿": 10**8,
}
_SHAPE = re.compile(
    r"(?P<before>[^\d\s.,+-]*) ?(?P<figure>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r" ?(?P<times>thousand|million|billion|trillion|mn|bn|tn|k|m|万|亿)?(?![a-z]) ?(?P<after>[^\d\s.,+-]*)",
    re.IGNORECASE,
)

_ABOUT = re.compile(
    r"(?:(?:about|around|approximately|approx\.?|circa|ca?\.(?=[ 0-9])|~|约|大约) ?)(.+)"
    r"|(.+?),? ?(?:~|approximately|approx\.?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum; `amount` is None where no figure is stated and `currency` is "" where none is named."""

    amount: Decimal | None = None
    currency: str = ""
    as_stated: str = ""
    approximate: bool = False

    def words(self) -> str:
        """“GBP 2,700,000”, “about GBP 2,700,000”; the quoted words of the source where it gives no figure."""
        if self.amount is None:
            return f"“{self.as_stated}”" if self.as_stated else ""
        figure = f"{self.amount:,.{PLACES}f}".removesuffix(".00")
        named = f"{self.currency} {figure}" if self.currency else f"{figure}, {_('currency not stated')}"
        return f"{_('about')} {named}" if self.approximate else named

    def __bool__(self) -> bool:
        return self.amount is not None or bool(self.as_stated)

    def __str__(self) -> str:
        return self.words()


def parse_typed_amount(text: str, chosen: str = "") -> tuple[Decimal | None, str | None]:
    """Figure and currency code of what was typed (“£2.7m” gives 2700000.00 and GBP); the code is None if none is named.

    `chosen` is the currency that was chosen beside it, which tells whose a shared sign is. (None, None) for nothing
    typed. ValueError with a sentence for anything else than one positive sum of at most 15 digits, and for signs that
    several currencies share ($, ¥) where none of these is chosen.
    """
    typed = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", clean_text(text)))
    if len(typed) > LONGEST:
        raise ValueError(
            _("An amount has at most %(most)d characters; this has %(given)d.") % {"most": LONGEST, "given": len(typed)}
        )
    if not typed:
        return None, None
    found = _SHAPE.fullmatch(typed)
    if not found:
        raise ValueError(
            _("“%(text)s” is not an amount. Enter a figure such as 2,700,000, 2.7m or GBP 2.7 million.")
            % {"text": typed[:40]}
        )
    amount = Decimal(found["figure"].replace(",", "")) * _TIMES[(found["times"] or "").lower()]
    if amount >= _LIMIT:
        raise ValueError(
            _("The amount is too large: at most %(digits)d digits before the point can be kept.")
            % {"digits": MAX_DIGITS - PLACES}
        )
    if amount != amount.quantize(Decimal("0.01")):
        raise ValueError(_("The amount has more than two places after the point."))
    return amount.quantize(Decimal("0.01")), _currency(found["before"], found["after"], chosen)


def read_typed(text: str, chosen: str = "") -> Money:
    """The sum that somebody typed, “about”, “approximately” and “~” read too; ValueError as `parse_typed_amount`."""
    typed = unicodedata.normalize("NFKC", clean_text(text))
    about = _ABOUT.fullmatch(typed)
    amount, currency = parse_typed_amount((about[1] or about[2]) if about else typed, chosen)
    return Money(amount, currency or "", "", about is not None)


def _currency(before: str, after: str, chosen: str) -> str | None:
    """The code that the words before or after a figure name."""
    codes = {_code(word.upper(), chosen) for word in (before, after) if word}
    if len(codes) > 1:
        raise ValueError(_("The amount names two currencies."))
    return codes.pop() if codes else None


def _code(word: str, chosen: str) -> str:
    if word in _SHARED_SIGNS:
        if chosen in _SHARERS[word]:
            return chosen
        raise ValueError(
            _("“%(sign)s” stands for several currencies: write %(codes)s, or choose the currency.")
            % {"sign": word, "codes": _SHARED_SIGNS[word]}
        )
    code = _SIGNS.get(word, word)
    if code not in CURRENCIES:
        raise ValueError(
            _("“%(word)s” is not a currency in use. Write its three letters, such as GBP or CNY.") % {"word": word[:12]}
        )
    return code
