"""The itinerary of a visit, as its page draws it."""

from datetime import date, time

from django.db.models import F
from django.utils.html import format_html, format_html_join

from partnerships.people.models import Person
from partnerships.records.columns import choice, record, records
from partnerships.records.kinds import Column, Panel
from partnerships.values.draw import draw_date, draw_text
from partnerships.visits.clashes import outside, times
from partnerships.visits.models import ItemKind, ItineraryItem, Visit
from partnerships.visits.steps import STILL_TO_COME


def agenda(visit: Visit, look) -> list[ItineraryItem]:
    """The itinerary by day and time, what has none in its order at the end; who joins is read with it, in one query."""
    rows = look.seen(visit.itinerary.select_related("place", "led_by", "organisation"))
    joins = {f"joins_{name}": F(f"joined_by__{name}") for name in ("id", "name", "native_name", "visibility")}
    items: dict[int, ItineraryItem] = {}
    for row in rows.annotate(**joins).order_by(*ItineraryItem._meta.ordering, "joined_by__family_name", "joins_id"):
        item = items.setdefault(row.pk, row)
        item.joining = getattr(item, "joining", [])
        if row.joins_id:
            joiner = {name: getattr(row, f"joins_{name}") for name in ("id", "name", "native_name", "visibility")}
            item.joining.append(Person(**joiner))
    return sorted(items.values(), key=lambda item: (item.on_day or date.max, item.starts_at or time.max))


def draw_item(item, role):
    """What an item is and what is shown; with a word of care where research may be shown, or the day is another."""
    visit, below = item.visit, [item.shown]
    if item.shows_research and visit.status in STILL_TO_COME:
        below.append("export control: agree what is shown")
    if outside(visit, item):
        below.append("not on a day of the visit")
    lines = format_html_join("", '<span class="l2">{}</span>', ((draw_text(line),) for line in below if line))
    return format_html("{}{}", draw_text(item.title), lines)


def draw_when(item, role):
    """The day of an item, with its times below; or what is said of its time in words."""
    if not item.on_day:
        return draw_text(times(item) or item.time)
    below = " · ".join(filter(None, [times(item), item.time]))
    return format_html('{}<span class="l2">{}</span>', draw_date(item.on_day), below)


ITINERARY = Panel(
    "Itinerary",
    agenda,
    (
        choice("kind", "Item", ItemKind),
        Column("title", "What", lambda item: item, draw=draw_item, field="title"),
        Column(
            "time",
            "When",
            lambda item: item if item.on_day or item.starts_at or item.ends_at or item.time else None,
            draw=draw_when,
            field="time",
            may_be_empty=True,
        ),
        record("place", "Where", may_be_empty=True),
        record("led_by", "Led by", may_be_empty=True),
        records("joining", "Who joins", lambda item: item.joining, may_be_empty=True),
        record("organisation", "With", may_be_empty=True),
    ),
    field="itinerary",
)
