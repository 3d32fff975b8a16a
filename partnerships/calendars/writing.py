"""Calendar files (RFC 5545): only days and times that are known, and nothing that the visit's page doesn't show.

A visit is an event of whole days. An item of its itinerary is an event of its own where day and time are known: in our
own time where guests come to us, in the place's time, whatever that is, where we travel.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from icalendar import Calendar, Event, Timezone

from partnerships.access.models import Visibility
from partnerships.access.scoping import scope
from partnerships.agreements.deadlines import VERBS, Day
from partnerships.agreements.models import Agreement
from partnerships.calendars.days import Days, day_of, days_of
from partnerships.visits.models import Direction, FollowUp, ItineraryItem, Preparation, Visit, VisitStatus

PRODUCT = "-//Accord//Register of an international office//EN"
STATUSES = dict.fromkeys([VisitStatus.REQUESTED, VisitStatus.TRIAGED], "TENTATIVE") | dict.fromkeys(
    [VisitStatus.DECLINED, VisitStatus.CANCELLED], "CANCELLED"
)


@dataclass(frozen=True)
class Writer:
    """Writes events: when the file is made, and the address that the register's pages begin with."""

    stamp: datetime
    site: str

    def event(self, uid: str, summary: str, address: str, **more) -> Event:
        """What every event has; `more` as the standard names it, empty ones left out."""
        event = Event()
        given = {"uid": f"{uid}@accord", "dtstamp": self.stamp, "summary": summary, "url": self.site + address} | more
        for name, value in given.items():
            if value not in ("", None):
                event.add(name, value)
        return event

    def visit(self, visit: Visit, days: Days) -> Event:
        """A visit on its days; the end is the day after the last (RFC 5545, 3.6.1)."""
        more = {
            "dtstart": days.first,
            "dtend": days.last and days.last + timedelta(1),
            "sequence": visit.version,
            "status": STATUSES.get(VisitStatus(visit.status), "CONFIRMED"),
            "class": "PUBLIC" if visit.visibility == Visibility.EVERYONE else "CONFIDENTIAL",
            "transp": "TRANSPARENT",
            "location": str(visit.place or ""),
            "description": described(visit, days),
        }
        return self.event(f"visit-{visit.handle}", visit.title, visit.get_absolute_url(), **more)

    def item(self, item: ItineraryItem, visit: Visit, day: date) -> Event:
        """An item at its time."""
        zone = None if visit.direction == Direction.OUTBOUND else ZoneInfo(settings.TIME_ZONE)
        starts, ends = (at and datetime.combine(day, at, tzinfo=zone) for at in (item.starts_at, item.ends_at))
        more = {
            "dtstart": starts,
            "dtend": ends if ends and ends > starts else None,
            "sequence": visit.version,
            "status": STATUSES.get(VisitStatus(visit.status), "CONFIRMED"),
            "class": "PUBLIC" if visit.visibility == Visibility.EVERYONE else "CONFIDENTIAL",
            "location": str(item.place or ""),
            "description": f"{item.get_kind_display().capitalize()}. {visit.title}.",
        }
        return self.event(f"item-{item.pk}-{visit.handle}", item.title, visit.get_absolute_url(), **more)

    def due(self, one: FollowUp | Preparation, uid: str, about: str, address: str) -> Event:
        """Something that is due, as a whole day that keeps nobody busy."""
        return self.event(uid, f"Due: {one.what}", address, dtstart=one.due_on, transp="TRANSPARENT", description=about)

    def day(self, agreement: Agreement, day: Day) -> Event:
        """A day of an agreement that somebody must not miss."""
        more = {"dtstart": day.on, "transp": "TRANSPARENT", "description": day.assumed}
        title = f"{agreement}: {VERBS[day.deadline]}"
        return self.event(f"{day.deadline}-{agreement.handle}", title, agreement.get_absolute_url(), **more)


def described(visit: Visit, days: Days) -> str:
    """What a visit is, in sentences."""
    sides = (
        f"{visit.get_direction_display().capitalize()}: {visit.home}{f', {visit.partner}' if visit.partner else ''}."
    )
    said = [
        sides,
        f"Status: {visit.get_status_display()}.",
        visit.purpose,
        "" if days.last else "Its end is not stated.",
    ]
    return "\n".join(filter(None, said))


def with_items(rows: QuerySet, user) -> QuerySet:
    """Visits with what their events need, narrowed to what somebody may see."""
    items = scope(user, ItineraryItem.objects.filter(starts_at__isnull=False)).select_related("place")
    return rows.select_related("home", "partner", "place").prefetch_related(Prefetch("itinerary", items))


def of_visits(writer: Writer, visits: Iterable[Visit]) -> list[Event]:
    """The events of visits as far as their days are known, each followed by its items."""
    events = []
    for visit in visits:
        days = days_of(visit.happens_on)
        events += [writer.visit(visit, days)] if days else []
        dated = [(item, day_of(item, visit)) for item in visit.itinerary.all()]
        events += [writer.item(item, visit, day) for item, day in dated if day]
    return events


def calendar_file(name: str, events: list[Event], description: str = "") -> bytes:
    """A calendar of these events, with the rules of our time where one of them needs it."""
    made = Calendar()
    for key, value in {"prodid": PRODUCT, "version": "2.0", "method": "PUBLISH", "name": name}.items():
        made.add(key, value)
    made.add("x-wr-calname", name)
    if description:
        made.add("description", description)
        made.add("x-wr-caldesc", description)
    timed = [one["dtstart"].dt for one in events if isinstance(one["dtstart"].dt, datetime)]
    if any(at.tzinfo for at in timed):
        made.add_component(our_time(min(at.year for at in timed), max(at.year for at in timed)))
    for event in events:
        made.add_component(event)
    return made.to_ical()


@lru_cache(maxsize=32)
def our_time(first: int, last: int) -> Timezone:
    """The rules of our time over some years."""
    return Timezone.from_tzid(settings.TIME_ZONE, first_date=date(first, 1, 1), last_date=date(last + 1, 1, 1))
