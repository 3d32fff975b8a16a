"""What is to be prepared for a visit, ticked off on its page; and beside it how the visit came to where it stands."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone
from django.views import View

from partnerships.access.roles import Role
from partnerships.access.routes import route
from partnerships.access.scoping import scope
from partnerships.memory.submissions import TokenRefused, digest_of, new_token, once
from partnerships.records.forms import RecordForm
from partnerships.records.kinds import kind_of
from partnerships.records.pages import Look
from partnerships.records.parts import PartPage
from partnerships.records.saving import found, held, refuse_twice
from partnerships.values.draw import draw_date
from partnerships.values.forms import FieldsOnly
from partnerships.visits.actions import prepare
from partnerships.visits.clashes import warnings
from partnerships.visits.models import Preparation, Visit

NO_DAY = "no day: it isn’t known when the visit is"
# What a button says, and what it makes of a line: the day it was done, and whether it is needed.
TICKS = {
    "done": lambda line, user, today: {"done_on": line.done_on or today, "is_needed": True},
    "not-needed": lambda line, user, today: {"done_on": None, "is_needed": False},
    "open": lambda line, user, today: {"done_on": None, "is_needed": True},
    "mine": lambda line, user, today: {"owner": user},
}


class PreparationForm(RecordForm):
    """One line of what is to be prepared."""

    class Meta:
        model = Preparation
        fields = ["what", "owner", "days_before", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FieldsOnly()


def state_of(line: Preparation, today: date) -> str:
    """How a line stands: done, not needed, overdue or open."""
    if not line.is_needed:
        return "not-needed"
    if line.done_on:
        return "done"
    return "overdue" if line.due_on and line.due_on < today else "open"


def to_prepare(visit: Visit, look: Look) -> list[Preparation]:
    """The lines of a visit, each with its state, when it is due in words, and a token for its buttons."""
    lines = list(look.seen(visit.preparations.select_related("owner")))
    for line in lines:
        line.state, line.token = state_of(line, look.today), new_token()
        line.due = draw_date(line.due_on) if line.due_on else ""
        line.when_missing = NO_DAY if line.days_before is not None else "no day set"
    return sorted(lines, key=lambda line: (line.state in ("done", "not-needed"), line.due_on or date.max, line.order))


class PreparingPage(PartPage):
    """`/visits/<id>/preparing/`: what is to be prepared, what clashes, and who took which step."""

    template = "visits/preparing.html"

    def context(self, record, look: Look, asked: dict, page: int) -> dict:
        """The lines, the open ones first by when they are due."""
        lines = to_prepare(record, look)
        return {
            "lines": lines,
            "left": sum(line.state in ("open", "overdue") for line in lines),
            "overdue": sum(line.state == "overdue" for line in lines),
            "warnings": warnings(record, look.user),
            "taken": look.seen(record.steps.select_related("taken_by")),
            "writes": look.role >= Role.STAFF,
            "token": new_token(),
        }


class ChangePage(View):
    """What the forms of the part share: a submit counts once, and leads back to the visit."""

    def post(self, request: HttpRequest, **where) -> HttpResponse:
        """Do it once; where it can't be done, say why and lead back."""
        refuse_twice([PreparationForm], request.POST)
        self.visit = found(kind_of("visit"), request.user, where["pk"])
        back = f"{self.visit.get_absolute_url()}#preparing"
        try:
            with once(request.user, request.POST.get("token"), digest_of(request)) as submitted:
                if submitted.repeated:
                    return HttpResponseRedirect(submitted.url, status=303)
                held(kind_of("visit"), request.user, where["pk"])
                if (refused := self.change(request, **where)) is not None:
                    return refused
                submitted.url = back
        except TokenRefused as refused:
            messages.warning(request, f"{refused} Nothing was changed.")
        return HttpResponseRedirect(back, status=303)

    def line(self, request: HttpRequest, line: int) -> Preparation:
        """The line, if it is the visit's and the reader may see it."""
        row = scope(request.user, self.visit.preparations.all()).filter(pk=line).first()
        if row is None:
            raise Http404("There is no such line.")
        return row


class FillPage(ChangePage):
    """`/visits/<id>/preparing/fill/`: puts the lines of the checklists on the visit's list."""

    def change(self, request: HttpRequest, pk: int) -> None:
        """Add what is missing and say how many."""
        added = prepare(visit=self.visit)
        words = f"{added} lines were added" if added != 1 else "One line was added"
        messages.success(request, f"{words} from the checklists." if added else "Every line was there already.")


class TickPage(ChangePage):
    """`/visits/<id>/preparing/<line>/<tick>/`: a line is done, not needed, open again, or mine."""

    def change(self, request: HttpRequest, pk: int, line: int, tick: str) -> None:
        """Set what the button says."""
        if tick not in TICKS:
            raise Http404("There is no such button.")
        row = self.line(request, line)
        for name, value in TICKS[tick](row, request.user, timezone.localdate()).items():
            setattr(row, name, value)
        row.save()


class LinePage(ChangePage):
    """`/visits/<id>/preparing/<line>/` and `…/new/`: a line with its owner and how long before the visit."""

    def get(self, request: HttpRequest, pk: int, line: int | None = None) -> HttpResponse:
        """The form."""
        self.visit = found(kind_of("visit"), request.user, pk)
        return self.page(request, PreparationForm(instance=self.row(request, line), user=request.user))

    def row(self, request: HttpRequest, line: int | None) -> Preparation:
        """The line of this id, or a new one at the end."""
        return (
            self.line(request, line) if line else Preparation(visit=self.visit, order=self.visit.preparations.count())
        )

    def change(self, request: HttpRequest, pk: int, line: int | None = None) -> HttpResponse | None:
        """Save the line, or draw the form again with what was typed."""
        form = PreparationForm(request.POST, instance=self.row(request, line), user=request.user)
        if not form.is_valid():
            return self.page(request, form, status=422)
        form.save()
        messages.success(request, f"“{form.instance}” was saved.")
        return None

    def page(self, request: HttpRequest, form: PreparationForm, status=200) -> HttpResponse:
        """Draw the form on a page of its own."""
        context = {"record": self.visit, "form": form, "line": form.instance.pk, "token": new_token()}
        return render(request, "visits/line.html", context, status=status)


def preparing_routes() -> list[URLPattern]:
    """The addresses of what is to be prepared, each with its rule."""
    part = PreparingPage.as_view(kind=kind_of("visit"))
    base = "visits/<bigid:pk>/preparing/"
    return [
        route(base, part, Role.VIEWER, "visit-preparing"),
        route(f"{base}fill/", FillPage.as_view(), Role.STAFF, "visit-preparing-fill"),
        route(f"{base}new/", LinePage.as_view(), Role.STAFF, "visit-preparing-new"),
        route(f"{base}<bigid:line>/", LinePage.as_view(), Role.STAFF, "visit-preparing-line"),
        route(f"{base}<bigid:line>/<slug:tick>/", TickPage.as_view(), Role.STAFF, "visit-preparing-tick"),
    ]
