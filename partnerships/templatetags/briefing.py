"""How the page draws the pieces of a brief."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from partnerships.papers.words import Words
from partnerships.values.draw import draw_path, draw_text, joined

register = template.Library()

CLASSES = {"unknown": "unk", "quoted": "q", "cited": "cite", "strong": "strong", "quiet": "mut"}


@register.filter
def pieces(words: Iterable[Words]) -> SafeString:
    """The pieces of a line, one after the other, each with its link and its voice."""
    return joined(draw(one) for one in words)


def draw(one: Words) -> SafeString:
    """One piece; the blank before it stays outside its link."""
    text = one.text.lstrip(" ")
    blank, css = draw_text(one.text[: len(one.text) - len(text)]), CLASSES.get(one.tone, "")
    if one.address:
        return joined([blank, draw_path(one.address, draw_text(text), css)])
    return joined([blank, format_html('<span class="{}">{}</span>', css, draw_text(text)) if css else draw_text(text)])
