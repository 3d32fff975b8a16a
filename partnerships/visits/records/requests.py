"""Requests: visits that somebody asked for and nobody has decided about, with how much time there is."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from partnerships.access.roles import Role, role_of
from partnerships.access.scoping import scope
from partnerships.records.listing import list_address
from partnerships.visits.models import Visit
from partnerships.visits.steps import ASKED

SHOWN = 100
WANTED = {"kind": "kind", "partner": "partner", "purpose": "purpose", "owner": "who looks after it"}


@dataclass(frozen=True)
class Request:
    """A visit that was asked for: how much time is left, how much there was, and what isn't known yet."""

    visit: Visit
    left: str
    notice: str
    missing: str


def days(number: int) -> str:
    """“1 day”, “12 days”."""
    return "1 day" if number == 1 else f"{number:,} days"


def left_until(visit: Visit, today: date) -> str:
    """How long it is until the first possible day; '' where no year is known."""
    first = visit.happens_on.earliest
    if first is None:
        return ""
    number = (first - today).days
    return f"in {days(number)}" if number > 0 else "today" if number == 0 else f"{days(-number)} ago"


def notice_of(visit: Visit) -> str:
    """How long before its first possible day a visit was asked for; '' where either is unknown."""
    first, asked = visit.happens_on.earliest, visit.requested_on
    if first is None or asked is None:
        return ""
    number = (first - asked).days
    return days(number) if number >= 0 else "after the day itself"


def missing_of(visit: Visit) -> str:
    """What is not known yet of a request."""
    dated = [] if visit.happens_on.earliest else ["a date with its year"]
    return ", ".join(dated + [words for name, words in WANTED.items() if not getattr(visit, name)])


class RequestsPage(View):
    """`/visits/requests/`: the soonest first, those of which no day is known at the end."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Draw the first hundred, with the way to the list of all."""
        rows = scope(request.user, Visit.objects.filter(status__in=ASKED)).select_related("home", "partner", "kind")
        rows = rows.select_related("owner").order_by(F("happens_on_earliest").asc(nulls_last=True), "title", "pk")
        today, found = timezone.localdate(), list(rows[: SHOWN + 1])
        context = {
            "requests": [
                Request(one, left_until(one, today), notice_of(one), missing_of(one)) for one in found[:SHOWN]
            ],
            "more": len(found) > SHOWN,
            "address": list_address("visits", status=[status.value for status in ASKED]),
            "may_enter": role_of(request.user) >= Role.STAFF,
        }
        return render(request, "visits/requests.html", context)
