"""The calendar's pages by month and by week, and the calendar file of one visit."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partnerships.access.roles import Role, role_of
from partnerships.access.scoping import scope
from partnerships.calendars.asking import OF_THE_CALENDAR, Wanted, wanted
from partnerships.calendars.feeds import what_is_due
from partnerships.calendars.happenings import MOST, Calendar, Happening, add_agreements, add_due, add_items, calendar_of
from partnerships.calendars.periods import Period, month_of, week_of
from partnerships.calendars.writing import Writer, calendar_file, of_visits, with_items
from partnerships.records.kinds import kind_of
from partnerships.records.listing import chips, refusal
from partnerships.records.pages import Look, look_of
from partnerships.records.question import Refused, without
from partnerships.visits.models import Visit

SHOWN_OF_A_DAY = 6
LEFT_OUT = 422


@dataclass(frozen=True)
class Day:
    """One day of a calendar: what is on it, and how much more there is than is drawn."""

    date: date
    visits: list[Happening]
    items: list[Happening]
    due: list[Happening]
    is_today: bool
    is_outside: bool
    more: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known to be on it."""
        return not (self.visits or self.items or self.due)


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """`/calendar/`: a month, each week a row."""
    return page(request, "month")


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """`/calendar/week/`: a week, each day a row, with the items of the itineraries."""
    return page(request, "week")


def page(request: HttpRequest, name: str) -> HttpResponse:
    """Draw what the address asks for; HTTP 400 with nothing shown where it is refused."""
    look = look_of(request)
    try:
        asked = wanted(request, name, look.today)
    except Refused as refused:
        kind = kind_of("visit")
        context = refusal(kind, refused, without(request.GET, *OF_THE_CALENDAR))
        return render(request, "records/refused.html", context, status=400)
    weeks = asked.period.weeks()
    found = filled(asked, look, weeks[0].first, weeks[-1].last)
    other = week_of if name == "month" else month_of
    context = {
        "period": asked.period,
        "weeks": [
            (one, asked.address(one), [day_of(found, day, asked.period, look) for day in one.days()]) for one in weeks
        ],
        "found": found,
        "most": MOST,
        "shows_due": asked.shows_due,
        "due_address": asked.address(due=None if asked.shows_due else "yes"),
        "previous": step(asked, -1),
        "next": step(asked, 1),
        "now": asked.address((month_of if name == "month" else week_of)(look.today)),
        "other": asked.address(other(nearest(asked.period, look.today))),
        "chips": chips(asked.question),
        "clear": {"path": "calendar" if name == "month" else "calendar/week"},
        "list": f"/visits/?{asked.conditions.urlencode()}",
        "subscribe": f"/account/feeds/new/?{asked.conditions.urlencode()}",
        "may_create": look.role >= Role.STAFF,
    }
    return render(request, f"calendars/{name}.html", context)


def filled(asked: Wanted, look: Look, first: date, last: date) -> Calendar:
    """Everything that stands in the period."""
    rows = asked.question.filters.qs
    found = calendar_of(rows, asked.period, first, last, look)
    if asked.period.name == "week":
        add_items(found, rows, first, last, look)
    if asked.shows_due:
        add_due(found, rows, first, last, look, narrowed=bool(asked.conditions))
        if not asked.conditions:
            add_agreements(found, first, last, look)
    return found


def day_of(found: Calendar, day: date, period: Period, look: Look) -> Day:
    """One day; of a crowded day of a month only the first lines are drawn."""
    visits, due = found.visits.get(day, []), found.due.get(day, [])
    most = SHOWN_OF_A_DAY if period.name == "month" else MOST
    more = max(len(visits) - most, 0) + max(len(due) - most, 0)
    outside = not period.first <= day <= period.last
    return Day(day, visits[:most], found.items.get(day, []), due[:most], day == look.today, outside, more)


def step(asked: Wanted, way: int) -> tuple[str, str] | None:
    """The words and the address of the period before or after; None at the ends of time."""
    near = asked.period.beside(way)
    return (near.words, asked.address(near)) if near else None


def nearest(period: Period, today: date) -> date:
    """The day from which the other page starts: today if it is in the period, else the middle of its first week."""
    return today if period.first <= today <= period.last else week_of(period.first).days()[3]


@require_safe
def visit_file(request: HttpRequest, pk: int) -> HttpResponse:
    """`/visits/<id>/visit.ics`: its days and what is due for it, or a page that says what is missing."""
    rows = with_items(scope(request.user, Visit.objects.filter(pk=pk)), request.user)
    visit = get_object_or_404(rows)
    writer = Writer(timezone.now(), request.build_absolute_uri("/").rstrip("/"))
    events = of_visits(writer, [visit]) + what_is_due(writer, request.user, Q(visit=visit))
    if not events:
        may_edit = role_of(request.user) >= Role.STAFF
        return render(request, "calendars/no_day.html", {"visit": visit, "may_edit": may_edit}, status=LEFT_OUT)
    answer = HttpResponse(calendar_file(visit.title, events), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="visit-{visit.pk}.ics"'
    return answer
