"""Where an itinerary asks too much: one person or one place at two things at once, or a day outside the visit."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Prefetch, QuerySet

from partnerships.access.roles import role_of
from partnerships.access.scoping import scope
from partnerships.people.models import Person
from partnerships.visits.models import ItineraryItem, Visit, VisitStatus

NOT_HELD = (VisitStatus.DECLINED, VisitStatus.CANCELLED)


@dataclass(frozen=True)
class Clash:
    """Two items at the same time on the same day, and the person or place that both ask for."""

    wanted: str
    item: ItineraryItem
    other: ItineraryItem

    def __str__(self) -> str:
        day = f"{self.item.on_day.day} {self.item.on_day:%B %Y}"
        where = "" if self.item.visit_id == self.other.visit_id else f" of the visit “{self.other.visit}”"
        return f"{self.wanted} is asked for twice on {day}: {told(self.item)}, and {told(self.other)}{where}."


def told(item: ItineraryItem) -> str:
    """“Tour”, 10:00–11:00."""
    return f"“{item}”, {times(item)}"


def times(item: ItineraryItem) -> str:
    """From when to when as far as known: “10:00–11:00”, “from 10:00”, “until 11:00”, or nothing."""
    if item.starts_at and item.ends_at:
        return f"{item.starts_at:%H:%M}–{item.ends_at:%H:%M}"
    return f"from {item.starts_at:%H:%M}" if item.starts_at else f"until {item.ends_at:%H:%M}" if item.ends_at else ""


def overlap(item: ItineraryItem, other: ItineraryItem) -> bool:
    """Whether two items are certainly held at the same time; one of which no end is known counts by its start."""
    first, last = item.starts_at, item.ends_at or item.starts_at
    other_first, other_last = other.starts_at, other.ends_at or other.starts_at
    return item.on_day == other.on_day and (first < other_last and other_first < last or first == other_first)


def wanted_by_both(item: ItineraryItem, other: ItineraryItem, level: int) -> list[str]:
    """The people and the place that both items ask for, of those that a reader of this level may see."""
    both = people_of(item).keys() & people_of(other).keys()
    found = [str(person) for pk, person in people_of(item).items() if pk in both]
    if item.place_id and item.place_id == other.place_id and item.place.visibility <= level:
        found.append(str(item.place))
    return found


def people_of(item: ItineraryItem) -> dict[int, Person]:
    """Who leads and who joins, as far as they were read."""
    return {one.pk: one for one in [item.led_by, *item.joined_by.all()] if one}


def timed(user) -> QuerySet:
    """The items with a day and a start that somebody may see, with their people as far as these may be seen."""
    rows = scope(user, ItineraryItem.objects.filter(on_day__isnull=False, starts_at__isnull=False))
    joined = Prefetch("joined_by", scope(user, Person.objects.all()))
    return (
        rows.select_related("visit", "place", "led_by").prefetch_related(joined).order_by("on_day", "starts_at", "pk")
    )


def clashes(visit: Visit, user) -> list[Clash]:
    """The clashes of a visit's items with each other, and with those of other visits that this user may see."""
    own = list(timed(user).filter(visit=visit))
    if not own or visit.status in NOT_HELD:
        return []
    days = {item.on_day for item in own}
    others = timed(user).filter(on_day__in=days).exclude(visit=visit).exclude(visit__status__in=NOT_HELD)
    pairs = [*combinations(own, 2), *((item, other) for item in own for other in others)]
    return list(found(pairs, role_of(user)))


def found(pairs: list, level: int) -> Iterator[Clash]:
    """The clashes among pairs of items."""
    for item, other in pairs:
        if overlap(item, other):
            for wanted in wanted_by_both(item, other, level):
                yield Clash(wanted, item, other)


def outside(visit: Visit, item: ItineraryItem) -> bool:
    """Whether an item is on a day on which the visit certainly is not."""
    first, last = visit.happens_on.earliest, visit.happens_on.latest
    return bool(item.on_day and (first and item.on_day < first or last and item.on_day > last))


def warnings(visit: Visit, user) -> list[str]:
    """What to look at again in an itinerary, in sentences that name the items; nothing is refused for it."""
    away = [item for item in scope(user, visit.itinerary.all()) if outside(visit, item)]
    told_of = [
        f"“{item}” is on {item.on_day.day} {item.on_day:%B %Y}; the visit is {visit.happens_on.words}." for item in away
    ]
    return told_of + [str(clash) for clash in clashes(visit, user)]
