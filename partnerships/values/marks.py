"""The glyphs that stand beside words: shape and word together, never colour alone. Each is built once.

Shapes follow the design sheets; presentation attributes only, since the content policy refuses inline style.
"""

from django.utils.html import format_html, format_html_join

_SOLID = {"fill": "currentColor", "stroke": "none"}


def _shape(tag: str, **attributes):
    names = ((name.replace("_", "-"), value) for name, value in attributes.items())
    return format_html("<{}{}/>", tag, format_html_join("", ' {}="{}"', names))


def _glyph(*shapes):
    drawing = format_html_join("", "{}", ((shape,) for shape in shapes))
    return format_html(
        '<svg class="i" aria-hidden="true" viewBox="0 0 16 16" fill="none" stroke="currentColor"'
        ' stroke-width="1.5">{}</svg>',
        drawing,
    )


def _ring(**more):
    return _shape("circle", cx=8, cy=8, r=5.5, **more)


def _square(**more):
    return _shape("rect", x=2.5, y=2.5, width=11, height=11, **more)


DASHED_SQUARE = _glyph(_square(stroke_dasharray="2.2 1.6"))
DASHED_RING = _glyph(_ring(stroke_dasharray="2.4 2"))
BARRED_RING = _glyph(_ring(), _shape("path", d="M4.5 8h7"))
LOCK = _glyph(_shape("rect", x=3, y=7, width=10, height=7), _shape("path", d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2"))

DISC = _glyph(_shape("circle", cx=8, cy=8, r=6, **_SOLID))
HALF_RING = _glyph(_ring(), _shape("path", d="M8 2.5a5.5 5.5 0 0 1 0 11z", **_SOLID))
RING = _glyph(_ring())

FILLED_SQUARE = _glyph(_shape("rect", x=2, y=2, width=12, height=12, **_SOLID))
HALF_SQUARE = _glyph(_square(), _shape("path", d="M2.5 2.5h5.5v11H2.5z", **_SOLID))
OPEN_SQUARE = _glyph(_square())
BOOK = _glyph(
    _shape("path", d="M8 4C6.5 3 4.5 2.7 2 2.7v9.6c2.5 0 4.5.3 6 1.3 1.5-1 3.5-1.3 6-1.3V2.7c-2.5 0-4.5.3-6 1.3v9.6")
)
TWO_SQUARES = _glyph(
    _shape("rect", x=1.5, y=1.5, width=8, height=8), _shape("rect", x=6.5, y=6.5, width=8, height=8, **_SOLID)
)
