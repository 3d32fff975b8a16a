"""Small pictures: plain values in, safe SVG out.

A picture is a list of rows, each with words, a strip, and words again (`templates/values/figure.html`): words stay
words, which wrap and carry links, and every place on a strip is a percentage, so that a picture fits a phone as well.
Colours come from the style sheet by the class of a mark. What nobody knows is a dotted line across the whole strip.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .dates import HonestDate

HEIGHT, THICKNESS = 22, 10
LEAST = 0.6  # per cent: a single day is still seen
YEARS_BACK, YEARS_AHEAD, TICKS = 15, 10, 6


@dataclass(frozen=True)
class Mark:
    """One shape on a strip, from `start` to `end` in per cent of its width.

    `shape` is sure, may (it begins or ends on some day within), fading (the end is not recorded), rising (nor
    the beginning), whole (an outline), part (what fills it), open (an outline of unknown things) or unknown.
    """

    shape: str
    start: float = 0.0
    end: float = 100.0


UNKNOWN = Mark("unknown")
# The one gradient that is drawn: a term of which nobody recorded the end, or the beginning.
FADING = format_html(
    "<defs>{}</defs>",
    format_html_join(
        "",
        '<linearGradient id="{}"><stop class="{}" offset="0"/><stop class="{}" offset="1"/></linearGradient>',
        (("fading", "ink", "gone"), ("rising", "gone", "ink")),
    ),
)
GRADIENTS = {"fading": "url(#fading)", "rising": "url(#rising)"}


@dataclass(frozen=True)
class Told:
    """Some words of a picture or a sentence, and where they lead; violet where they tell of something unknown."""

    words: str | SafeString
    address: str = ""
    unknown: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a picture: what it is about, its strip, what it says; and the same as the cells of a table."""

    label: Told
    strip: SafeString
    says: Sequence[Told]
    cells: Sequence[Told]


@dataclass(frozen=True)
class Figure:
    """A picture of `total` records, with all that must stand beside it. `name` is unique on its page."""

    name: str
    title: str
    description: str
    caption: str
    heads: Sequence[str]
    rows: Sequence[Row]
    total: int
    axis: SafeString = field(default_factory=SafeString)


@dataclass(frozen=True)
class Years:
    """The years that a strip shows, and the day that is marked as today."""

    first: date
    last: date
    today: date

    @classmethod
    def around(cls, dates: Iterable[HonestDate], today: date) -> "Years":
        """The years of these dates and of today, as far as a strip can show them apart."""
        known = [day for one in dates for day in (one.earliest, one.latest) if day]
        first = max(min([day.year for day in known] + [today.year - 1]), today.year - YEARS_BACK)
        last = min(max([day.year for day in known] + [today.year]), today.year + YEARS_AHEAD)
        return cls(date(first, 1, 1), date(last, 12, 31), today)

    def at(self, day: date) -> float:
        """Where a day stands, in per cent; one outside the years stands at their edge."""
        share = (day - self.first).days / ((self.last - self.first).days + 1)
        return round(min(max(share, 0), 1) * 100, 2)

    @property
    def ticks(self) -> list[tuple[float, int]]:
        """The first of January of as many years as there is room for."""
        years = range(self.first.year, self.last.year + 1)
        step = -(-len(years) // TICKS)
        return [(self.at(date(year, 1, 1)), year) for year in years[::step]]

    @property
    def lines(self) -> list[float]:
        """Where the lines of the years stand."""
        return [place for place, _ in self.ticks]

    def draw(self, name: str, title: str, description: str) -> SafeString:
        """The axis: years, and today, with what the whole picture says."""
        years = format_html_join(
            "", '<text class="m" x="{}%" y="30">{}</text>', ((place, year) for place, year in self.ticks)
        )
        now = self.at(self.today)
        anchor = "end" if now > 50 else "start"
        today = format_html('<text x="{}%" y="12" text-anchor="{}">today</text>', now, anchor)
        return draw_axis(name, title, description, format_html("{}{}{}", FADING, years, today), 36)


def draw_axis(name: str, title: str, description: str, marks: SafeString | str = "", height: int = 1) -> SafeString:
    """The head of a picture, which tells in words what it shows; strips themselves are only looked at."""
    return format_html(
        '<svg class="axis" role="img" aria-labelledby="{0}-title {0}-desc" width="100%" height="{1}">'
        '<title id="{0}-title">{2}</title><desc id="{0}-desc">{3}</desc>{4}</svg>',
        name,
        height,
        title,
        description,
        marks,
    )


def draw_strip(marks: Iterable[Mark], lines: Iterable[float] = (), now: float | None = None) -> SafeString:
    """A strip with its marks; `lines` are those of the axis and `now` that of today, in per cent."""
    ruled = format_html_join("", '<line class="g" x1="{0}%" x2="{0}%" y1="0" y2="100%"/>', ((one,) for one in lines))
    today = "" if now is None else format_html('<line class="ax" x1="{0}%" x2="{0}%" y1="0" y2="100%"/>', now)
    shapes = format_html_join("", "{}", ((draw_mark(mark),) for mark in marks))
    return format_html(
        '<svg class="strip" aria-hidden="true" focusable="false" width="100%" height="{}">{}{}{}</svg>',
        HEIGHT,
        ruled,
        shapes,
        today,
    )


def draw_mark(mark: Mark) -> SafeString:
    """One shape."""
    if mark.shape == "unknown":
        return format_html(
            '<line class="unknown" x1="{}%" x2="{}%" y1="{}" y2="{}"/>', mark.start, mark.end, HEIGHT / 2, HEIGHT / 2
        )
    width = round(max(mark.end - mark.start, LEAST), 2)
    fill = format_html(' fill="{}"', GRADIENTS[mark.shape]) if mark.shape in GRADIENTS else ""
    return format_html(
        '<rect class="{}" x="{}%" y="{}" width="{}%" height="{}"{}/>',
        mark.shape,
        round(min(mark.start, 100 - width), 2),
        (HEIGHT - THICKNESS) / 2,
        width,
        THICKNESS,
        fill,
    )


def draw_term(years: Years, start: HonestDate, end: HonestDate, *, goes_on: bool = False) -> SafeString:
    """A term from `start` to `end`, no surer than these are; `goes_on` says that it is known to have no end."""
    return draw_strip(term(years, start, end, goes_on=goes_on), years.lines, years.at(years.today))


def term(years: Years, start: HonestDate, end: HonestDate, *, goes_on: bool = False) -> list[Mark]:
    """The marks of a term: what is sure, what may be, and how it fades where nobody recorded an end or a beginning."""
    opening, ending = span(years, start), span(years, end)
    if opening is None:
        return [UNKNOWN] if ending is None else [Mark("rising", 0, ending[0]), Mark("may", *ending)]
    marks = may(opening)
    if ending is not None:
        return [*marks, Mark("sure", opening[1], max(ending[0], opening[1])), *may(ending)]
    if goes_on:
        return [*marks, Mark("sure", opening[1], 100)]
    return [*marks, Mark("fading", opening[1], max(years.at(years.today), opening[1] + 8))]


def may(place: tuple[float, float]) -> list[Mark]:
    """The days within which something may lie, where they are more than one."""
    return [Mark("may", *place)] if place[1] - place[0] > LEAST else []


def span(years: Years, when: HonestDate) -> tuple[float, float] | None:
    """Where the days that a date can mean begin and end; None where no year is known."""
    days = [day for day in (when.earliest, when.latest) if day]
    if not days:
        return None
    return years.at(days[0]), years.at(days[-1] + timedelta(days=1))


def draw_share(number: int, most: int, shape: str = "part") -> SafeString:
    """A bar whose length is its number, where `most` fills the strip."""
    return draw_strip([Mark(shape, 0, share(number, most))] if number else [])


def share(number: int, most: int) -> float:
    """A number in per cent of the most."""
    return round(100 * number / most, 2) if most else 0.0


def draw_two_ways(left: int, right: int, most: int, *, unknown: bool = False) -> SafeString:
    """Two bars from a line in the middle, one to either side; dashed where it isn't known when."""
    shape = "open" if unknown else "part"
    marks = [Mark(shape, 50 - share(left, most) / 2, 50)] if left else []
    marks += [Mark(shape, 50, 50 + share(right, most) / 2)] if right else []
    return draw_strip(marks, now=50)
