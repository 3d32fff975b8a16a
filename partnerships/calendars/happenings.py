"""What stands in a calendar: visits on their days, items with their times, what is due, and what has no day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time

from django.db.models import Count, F, Q, QuerySet, Window

from partnerships.agreements.deadlines import VERBS, watched_by
from partnerships.agreements.deadlines import between as of_agreements_between
from partnerships.agreements.deadlines import days_of as days_of_agreement
from partnerships.calendars.days import day_of, days_of
from partnerships.calendars.periods import Period
from partnerships.records.pages import Look
from partnerships.records.spans import impossibly
from partnerships.visits.models import Direction, FollowUp, ItineraryItem, Preparation, Visit, VisitStatus

ICONS = {Direction.INBOUND: "in", Direction.OUTBOUND: "out", Direction.VIRTUAL: "virt"}
OFF = (VisitStatus.CANCELLED, VisitStatus.DECLINED)
MOST = 1000  # visits of one period; more are not drawn, and the page says so
LISTED = 12  # visits without a date that are named one by one


@dataclass(frozen=True)
class Happening:
    """One line of a day: what it is, where a click leads, and what is said of it."""

    title: str
    address: str
    words: str
    icon: str
    is_off: bool = False
    starts_at: time | None = None
    ends_at: time | None = None


@dataclass
class Calendar:
    """The happenings of each day by their sort, and the visits that stand apart."""

    visits: dict[date, list[Happening]] = field(default_factory=lambda: defaultdict(list))
    items: dict[date, list[Happening]] = field(default_factory=lambda: defaultdict(list))
    due: dict[date, list[Happening]] = field(default_factory=lambda: defaultdict(list))
    apart: list[Happening] = field(default_factory=list)
    undated: list[Happening] = field(default_factory=list)
    undated_count: int = 0
    is_cut: bool = False


def calendar_of(rows: QuerySet, period: Period, first: date, last: date, look: Look) -> Calendar:
    """The visits among `rows` that are, or may be, between two days; two queries.

    One whose days are not known stands apart where it may lie in the period.
    """
    found = Calendar()
    dated = ~Q(happens_on_earliest__isnull=True, happens_on_latest__isnull=True)
    rows = look.seen(rows.model.objects.filter(pk__in=rows.order_by().values("pk"))).select_related("home", "partner")
    near = rows.filter(dated).exclude(impossibly("happens_on", first, last))
    near = list(near.order_by(F("happens_on_earliest").asc(nulls_first=True), "title", "pk")[: MOST + 1])
    found.is_cut = len(near) > MOST
    for visit in near[:MOST]:
        place(found, visit, period, first, last)
    undated = rows.exclude(dated).annotate(all=Window(Count("pk"))).order_by("title", "pk")[:LISTED]
    found.undated = [happening_of(visit, visit.happens_on.words) for visit in undated]
    found.undated_count = undated[0].all if found.undated else 0
    return found


def place(found: Calendar, visit: Visit, period: Period, first: date, last: date) -> None:
    """Put a visit on each of its days, or apart."""
    days = days_of(visit.happens_on)
    known = days.between(first, last) if days else []
    for day in known:
        found.visits[day].append(happening_of(visit, days.words_on(day)))
    starts, ends = visit.happens_on_earliest or period.first, visit.happens_on_latest or period.last
    if not known and starts <= period.last and ends >= period.first:
        found.apart.append(happening_of(visit, apart_words(visit)))


def apart_words(visit: Visit) -> str:
    """When a visit is, as far as that is known: “May 2027, day not stated”."""
    stated = visit.happens_on
    is_plain = not (stated.is_approximate or "/" in stated.notation)
    return f"{stated.words}, day not stated" if is_plain else stated.words


def happening_of(visit: Visit, more: str) -> Happening:
    """A visit as a line."""
    words = ", ".join(filter(None, [f"{visit.get_direction_display()}, {visit.get_status_display()}", more]))
    icon = ICONS[Direction(visit.direction)]
    return Happening(visit.title, visit.get_absolute_url(), words, icon, visit.status in OFF)


def add_items(found: Calendar, rows: QuerySet, first: date, last: date, look: Look) -> None:
    """Add the items of the visits' itineraries on the days that are known; one query."""
    visits = rows.exclude(impossibly("happens_on", first, last)).order_by().values("pk")
    near = Q(on_day__range=(first, last), visit__in=rows.order_by().values("pk")) | Q(
        on_day__isnull=True, visit__in=visits
    )
    items = look.seen(ItineraryItem.objects.filter(near)).select_related("visit", "place")
    for item in items.order_by("order", "pk")[:MOST]:
        day = day_of(item, item.visit)
        if day and first <= day <= last:
            found.items[day].append(item_happening(item))
    for lines in found.items.values():
        lines.sort(key=lambda line: (line.starts_at is None, line.starts_at or time.min))


def item_happening(item: ItineraryItem) -> Happening:
    """An item of an itinerary as a line, with its time as far as it is known."""
    said = [item.time or ("" if item.starts_at else "time not stated"), str(item.place or ""), item.visit.title]
    off = item.visit.status in OFF
    address = item.visit.get_absolute_url()
    return Happening(item.title, address, ", ".join(filter(None, said)), "", off, item.starts_at, item.ends_at)


def add_due(found: Calendar, rows: QuerySet, first: date, last: date, look: Look, narrowed: bool) -> None:
    """Add what is due in a period; two queries. Without any condition, also what belongs to no visit."""
    visits = Q(visit__in=rows.order_by().values("pk"))
    open_ones = FollowUp.objects.filter(visits if narrowed else visits | Q(visit__isnull=True), done_on__isnull=True)
    left = Preparation.objects.filter(visits, done_on__isnull=True, is_needed=True)
    for one in due_between(open_ones, first, last, look):
        found.due[one.due_on].append(due_happening(one, one.get_absolute_url(), look.today))
    for one in due_between(left.select_related("visit"), first, last, look):
        found.due[one.due_on].append(due_happening(one, one.visit.get_absolute_url(), look.today))


def add_agreements(found: Calendar, first: date, last: date, look: Look) -> None:
    """Add the days of agreements that the reader owns, reviews or watches; one query."""
    rows = watched_by(look.user).filter(of_agreements_between(first, last))
    for agreement in rows.order_by("title", "pk")[:MOST]:
        for day in days_of_agreement(agreement):
            if first <= day.on <= last:
                words = " ".join(filter(None, [VERBS[day.deadline], day.assumed]))
                found.due[day.on].append(Happening(agreement.title, agreement.get_absolute_url(), words, "ring"))


def due_between(rows: QuerySet, first: date, last: date, look: Look) -> Iterable:
    """The first of them that the reader may see and that are due in a period."""
    return look.seen(rows.filter(due_on__range=(first, last))).select_related("owner").order_by("due_on", "pk")[:MOST]


def due_happening(one: FollowUp | Preparation, address: str, today: date) -> Happening:
    """A follow-up or a preparation as a line."""
    late = "overdue" if one.due_on < today else "due"
    return Happening(one.what, address, f"{late}, {one.owner or 'nobody yet'}", "ring")
