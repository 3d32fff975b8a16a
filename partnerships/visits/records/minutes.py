"""The minutes of a visit in their versions: each is followed by the next and none is ever rewritten."""

from difflib import ndiff

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views import View

from partnerships.access.roles import Role, role_of
from partnerships.access.scoping import scope
from partnerships.memory.submissions import TokenRefused, answered_once, new_token
from partnerships.records.saving import ToldWhereToGo, found, held, refuse_twice
from partnerships.visits.afterwards import MinutesForm
from partnerships.visits.models import Minutes
from partnerships.visits.records.visits import VISITS

SIGNS = {"+ ": "new", "- ": "gone", "  ": "same"}
MOST_LINES = 2000


def versions(request: HttpRequest, visit) -> list[Minutes]:
    """The versions without their texts, the newest first."""
    return list(scope(request.user, visit.minutes.select_related("written_by")).defer("text"))


def differences(before: str, after: str) -> list[tuple[str, str]]:
    """The lines of both texts that aren’t blank, each `new`, `gone` or the `same`; nothing where there are too many."""
    lines = [[line for line in text.splitlines() if line.strip()] for text in (before, after)]
    if max(map(len, lines)) > MOST_LINES:
        return []
    return [(SIGNS[line[:2]], line[2:]) for line in ndiff(*lines, charjunk=None) if line[:2] in SIGNS]


class MinutesPage(View):
    """`/visits/<id>/minutes/` and `…/<number>/`: a version, what changed since the one before, and all the others."""

    def get(self, request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
        """Draw the newest version, or the one of this number."""
        visit = found(VISITS, request.user, pk)
        all_of_them = versions(request, visit)
        shown = next((one for one in all_of_them if number in (None, one.number)), None)
        if shown is None and number is not None:
            raise Http404("There is no such version.")
        before = next((one for one in all_of_them if shown and one.number < shown.number), None)
        context = {
            "kind": VISITS,
            "record": visit,
            "versions": all_of_them,
            "shown": shown,
            "before": before,
            "differences": differences(before.text, shown.text) if before else [],
            "may_write": role_of(request.user) >= Role.STAFF,
        }
        return render(request, "visits/minutes.html", context)


class WriteMinutesPage(ToldWhereToGo):
    """`/visits/<id>/minutes/write/`: the next version, from the newest; refused where somebody wrote one meanwhile."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form with the newest text."""
        visit = found(VISITS, request.user, pk)
        newest = visit.minutes.first()
        form = MinutesForm(initial={"text": newest.text if newest else ""}, user=request.user)
        return self.page(request, visit, form, new_token(), newest.number if newest else 0)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write it, once; who started from an older version sees both texts, and nothing is lost."""
        refuse_twice([MinutesForm], request.POST)
        try:
            return answered_once(request, lambda: self.answer(request, held(VISITS, request.user, pk)))
        except TokenRefused as refused:
            form = MinutesForm(request.POST, user=request.user)
            form.add_error(None, f"{refused} This was not saved.")
            visit = found(VISITS, request.user, pk)
            return self.page(request, visit, form, new_token(), self.started(request), status=refused.status)

    def answer(self, request: HttpRequest, visit) -> HttpResponse:
        """What a first submit leads to, while nobody else can write."""
        newest, token, started = visit.minutes.first(), request.POST["token"], self.started(request)
        number = newest.number if newest else 0
        form = MinutesForm(request.POST, instance=Minutes(visit=visit, number=number + 1), user=request.user)
        valid = form.is_valid()
        if started != number:
            return self.page(request, visit, form, token, number, newest, status=409)
        if valid and newest and form.cleaned_data["text"] == newest.text:
            form.add_error("text", f"This is version {number} as it stands. Change it, or leave it.")
        if not form.is_valid():
            return self.page(request, visit, form, token, started, status=422)
        form.instance.written_by = request.user
        form.save()
        messages.success(request, f"Version {form.instance.number} of the minutes was written.")
        return HttpResponseRedirect(f"{visit.get_absolute_url()}minutes/", status=303)

    def started(self, request: HttpRequest) -> int:
        """The number of the version that the form started from; -1 for none that there can be."""
        given = request.POST.get("started", "")
        return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1

    def page(self, request, visit, form, token: str, started: int, theirs=None, status=200) -> HttpResponse:
        """Draw the form; `theirs` is the version that somebody else wrote meanwhile."""
        context = {
            "kind": VISITS,
            "record": visit,
            "form": form,
            "token": token,
            "started": started,
            "theirs": theirs,
            "differences": differences(theirs.text, form["text"].value() or "") if theirs else [],
        }
        return render(request, "visits/write_minutes.html", context, status=status)
