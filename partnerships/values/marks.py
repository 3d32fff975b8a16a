"""The glyphs that stand beside words: shape and word together, never colour alone. Each names a shape of the sprite.

The sprite is drawn once on every page (`partials/icons.html`), so that a table of a hundred glyphs stays light.
"""

from django.utils.html import format_html


def _glyph(name: str):
    return format_html('<svg class="i" aria-hidden="true"><use href="#i-{}"/></svg>', name)


DASHED_SQUARE = _glyph("bn")
DASHED_RING = _glyph("unk")
BARRED_RING = _glyph("stop")
LOCK = _glyph("lock")

DISC = _glyph("disc")
HALF_RING = _glyph("half")
RING = _glyph("ring")

FILLED_SQUARE = _glyph("bs")
HALF_SQUARE = _glyph("bi")
OPEN_SQUARE = _glyph("open")
BOOK = _glyph("book")
TWO_SQUARES = _glyph("bd")
