"""Dates of any precision, sums of money, and how somebody is reached."""

import re
from contextlib import suppress

from partnerships.intake.recognition.proposals import Proposal, Span, Text
from partnerships.values.notation import MONTHS
from partnerships.values.typed import notation_of

_MONTH = "|".join([*MONTHS, *(f"{one[:3]}\\.?" for one in MONTHS if len(one) > 4), "Sept"])
_YEAR = r"(?:19|20)\d\d"
_ONE_TO_NINE = "一二三四五六七八九"
_TILL = r" ?(?:[-–—]|to|until|and) ?"
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_DATES = [
    re.compile(shape)
    for shape in (
        rf"\b{_ORDINAL}{_TILL}{_ORDINAL} (?:of )?(?:{_MONTH}),? {_YEAR}\b",
        rf"\b(?:{_MONTH}) {_ORDINAL}{_TILL}{_ORDINAL}, {_YEAR}\b",
        rf"\b(?:{_ORDINAL} )?(?:{_MONTH}){_TILL}(?:{_ORDINAL} )?(?:{_MONTH}),? {_YEAR}\b",
        rf"{_YEAR}年\d{{1,2}}月(?:\d{{1,2}}日?)?[-–—至到](?:\d{{1,2}}月(?:\d{{1,2}}日)?|\d{{1,2}}日)",
        rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH}),? {_YEAR}\b",
        rf"\b(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?, {_YEAR}\b",
        rf"\b(?:{_MONTH}),? {_YEAR}\b",
        rf"\b\d{{1,2}}(?:st|nd|rd|th)? (?:{'|'.join(MONTHS)})\b",
        rf"(?<=\bend of )(?:{'|'.join(MONTHS)})\b",
        rf"(?i:(?<=\bin |\bby )|(?<=\bsince |\buntil )|(?<=\bduring ))(?:{'|'.join(MONTHS)})\b(?! \d)",
        rf"\b{_YEAR}/\d\d\b",
        rf"(?i:(?<=\bin |\bby |\bof )|(?<=\bsince |\buntil )|(?<=\bfrom ))({_YEAR})\b(?!/\d)",
        r"\b(?i:earlier this|last|next) year\b",
        r"\b(?i:last|next) (?:month|week)\b",
        r"\b(?:last|past) \d+ years\b",
        rf"{_YEAR}年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?",
        rf"[〇零○{_ONE_TO_NINE}]{{4}}年(?:[{_ONE_TO_NINE}十]{{1,3}}月(?:[{_ONE_TO_NINE}十]{{1,3}}日)?)?",
        r"(?<![\d年])\d{1,2}月\d{1,2}日",
        r"去年|今年|明年|近日|日前|上个?月",
    )
]
_FIGURE = r"\d[\d,]*(?:\.\d+)?(?![\d.,]*[Ee]\+?\d)"  # a number with an exponent is no printed sum
_SUMS = [
    re.compile(shape)
    for shape in (
        rf"(?:£|€|US\$|HK\$|A\$|\$|¥|\b(?:RMB|CNY|GBP|USD|EUR|HKD) ?){_FIGURE}(?: ?(?:million|billion|thousand|bn|m|k)\b)?",
        rf"\b{_FIGURE} (?:million|billion|thousand) (?:RMB|yuan|pounds|euros|dollars)\b",
        rf"约?(?:人民币)?{_FIGURE}[万亿]*(?:元人民币|元|英镑|美元|欧元|港元)",
    )
]
_PHONE = re.compile(r"(?<![\w+])(?:\+\d{1,3}[ ()\d-]{7,20}\d|0\d{2,4}-\d{4} ?\d{3,4})(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def dates(text: Text) -> list[Proposal]:
    """Dates as printed; `notation` where the words give one."""
    found: list[Proposal] = []
    for span in _spans(text, _DATES):
        words, notation = text.words(span), ""
        with suppress(ValueError):
            notation = notation_of(words)
        found.append(text.propose("date", words, span, notation=notation))
    return found


def sums(text: Text) -> list[Proposal]:
    """Sums of money as printed."""
    return [text.propose("money", text.words(span), span) for span in _spans(text, _SUMS)]


def contacts(text: Text) -> list[Proposal]:
    """Telephone numbers and e-mail addresses: found so that they are left out."""
    shapes = (("telephone", _PHONE), ("email", _MAIL))
    return [
        text.propose("contact", text.words(span), span, by=by) for by, shape in shapes for span in _spans(text, [shape])
    ]


def _spans(text: Text, shapes: list[re.Pattern]) -> list[Span]:
    """Where any of the shapes stands, the earlier shape first; none overlaps another."""
    found: list[Span] = []
    for number, paragraph in text.numbered():
        here: list[Span] = []
        for shape in shapes:
            for one in shape.finditer(paragraph):
                span = Span(number, *one.span())
                if not any(span.meets(other) for other in here):
                    here.append(span)
        found += sorted(here, key=lambda one: one.start)
    return found
