"""The page on which a visit is logged in under a minute, on a phone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from partnerships.records.saving import SavePage
from partnerships.visits.logging import LogForm, last_home
from partnerships.visits.records.visits import VISITS


class LogPage(SavePage):
    """`/visits/log/`: one screen, and the rules of every other form for saving it."""

    kind = VISITS

    def form(self, request: HttpRequest, *given, **more) -> LogForm:
        """The short form of a visit."""
        return LogForm(*given, user=request.user, today=timezone.localdate(), **more)

    def prefilled(self, request: HttpRequest) -> dict:
        """The home that this user chose last."""
        return {"home": last_home(request.user)}

    def formsets(self, request: HttpRequest, record, data=None) -> list:
        """None: rows can wait."""
        return []

    def page(self, request, record, form, formsets, token, conflict=None, status=200) -> HttpResponse:
        """Draw the form."""
        return render(request, "visits/log.html", {"form": form, "token": token}, status=status)
