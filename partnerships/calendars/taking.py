"""A visit from a calendar file: the file is read, one event is chosen, and the form of a new visit starts from it."""

import json
from hashlib import sha256

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from partnerships.calendars.forms import CalendarFileForm
from partnerships.calendars.proposing import proposed
from partnerships.intake.child import Refused, run_apart
from partnerships.memory.submissions import new_token
from partnerships.records.proving import proofs
from partnerships.records.saving import SavePage
from partnerships.values.dates import HonestDate

FROM_CALENDAR = "/visits/from-calendar/"
REFUSED = 422


def from_calendar(request: HttpRequest) -> HttpResponse:
    """`/visits/from-calendar/`: choose a file, then one of its events; nothing is stored."""
    form = CalendarFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return render(request, "calendars/events.html", {"events": events_of(form.content), "name": form.name})
        except Refused as refused:
            form.add_error("file", f"“{form.name}” can’t be taken. {refused} Nothing was stored.")
    return render(request, "calendars/from_calendar.html", {"form": form}, status=REFUSED if form.is_bound else 200)


def events_of(content: bytes) -> list[dict]:
    """The events of a file, each with its date in words and a mark of its own."""
    year = timezone.localdate().year
    events = json.loads(run_apart("partnerships.calendars.reading:read_events", content, str(year)))
    for event in events:
        event["when"] = HonestDate.from_notation(event["notation"]).words
        event["mark"] = sha256(json.dumps(event).encode()).hexdigest()[:16]
    return events


class FromEventPage(SavePage):
    """`/visits/from-calendar/visit/`: the form of a new visit, filled from the chosen event, and its saving."""

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """An event is sent here, never asked for."""
        return HttpResponseRedirect(FROM_CALENDAR)

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """The form for a chosen event; what the form itself sends is saved as any new visit is."""
        if "chosen" not in request.POST:
            return super().post(request)
        proposal = proposed(request.POST, request.user)
        form = self.form(request, instance=proposal.visit, initial=proposal.initial)
        formsets = [self.rows(request, rows, proposal) for rows in self.kind.rows]
        formsets += proofs(self.kind, None, request.user)
        messages.info(
            request,
            "Filled in from the calendar file; nothing is stored until you save. Look at each line: whoever attended "
            "is proposed as a visitor.",
        )
        return self.page(request, proposal.visit, form, formsets, new_token())

    def rows(self, request: HttpRequest, rows, proposal):
        """The child rows of a new visit, participants as proposed."""
        given = proposal.participants if rows.model.__name__ == "Participant" else []
        return rows.formset(
            self.kind.model, user=request.user, instance=proposal.visit, blank=len(given), initial=given
        )
