"""What every kind of record that is led along a way by steps shares: the way drawn, and the page that takes a step."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views import View

from partnerships.access.roles import Role
from partnerships.memory.submissions import TokenRefused, answered_once, new_token
from partnerships.memory.versions import StaleRecord
from partnerships.records.kinds import declared
from partnerships.records.saving import found, in_words, refuse_twice


class StepRefused(Exception):
    """The step can't be taken from here or by this person; says why in a sentence. `status` is that of the answer."""

    status = 422


@dataclass(frozen=True)
class Step:
    """A step: its words, the places from which it leads to another, the least role, and the fields that it may ask for.

    `why` is the sentence that asks for a reason where none was given; "" where the step needs none.
    """

    name: str
    verb: str
    before: tuple[str, ...]
    after: TextChoices
    role: Role = Role.STAFF
    asks: tuple[str, ...] = ("reason",)
    why: str = ""


@dataclass(frozen=True)
class Mark:
    """One place on the way of a record: its words, and whether it is over, now, or still ahead."""

    words: str
    state: str


def marks(way: Sequence[TextChoices], now: TextChoices | None) -> list[Mark]:
    """The places along a way; one that lies beside it stands alone after the first, and none leaves all ahead."""
    if now is None:
        return [Mark(one.label, "") for one in way]
    if now not in way:
        return [Mark(way[0].label, "done"), Mark(now.label, "now")]
    here = way.index(now)
    return [Mark(one.label, "done" if at < here else "now" if at == here else "") for at, one in enumerate(way)]


class StepPage(View):
    """`/<path>/<id>/<step>/`: takes a step, once; asks again, with what was typed, where something is missing.

    A room says in `kind` and `template` of what, and gives the `form` of a record and what `take` does with it.
    """

    kind = template = ""
    step = None  # given by as_view

    def form(self, request: HttpRequest, record, *given):
        """What the step asks for."""
        raise NotImplementedError

    def take(self, request: HttpRequest, record, form) -> str:
        """Take the step; the sentence that says so. Raises StaleRecord, StepRefused or ValidationError."""
        raise NotImplementedError

    def check(self, request: HttpRequest, record) -> None:
        """Look at what no better form would change; raises as `take` does."""

    def about(self, record) -> dict:
        """What the template draws besides."""
        return {}

    def record(self, request: HttpRequest, pk: int):
        """The record, as the register has it."""
        return found(declared(self.kind), request.user, pk)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The step's form on a page of its own."""
        record = self.record(request, pk)
        return self.page(request, record, self.form(request, record))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the step and show the record."""
        refuse_twice([], request.POST)
        try:
            return answered_once(request, lambda: self.answer(request, pk))
        except TokenRefused as refused:
            return self.refused(request, pk, f"{refused} This was not saved.", refused.status)

    def answer(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What a first submit leads to: the record, or the form again."""
        record = self.record(request, pk)
        form = self.form(request, record, request.POST)
        valid = form.is_valid()
        try:
            if not valid:
                self.check(request, record)
                return self.page(request, self.record(request, pk), form, 422)
            told = self.take(request, record, form)
        except StaleRecord:
            return self.refused(request, pk, stale(declared(self.kind).singular), 409)
        except StepRefused as refused:
            return self.refused(request, pk, str(refused), refused.status)
        except ValidationError as wrong:
            return self.refused(request, pk, wrong, 422)
        messages.success(request, told)
        return HttpResponseRedirect(record.get_absolute_url(), status=303)

    def refused(self, request: HttpRequest, pk: int, why: str | ValidationError, status: int) -> HttpResponse:
        """The form with what was typed and why it was not taken; a field that it doesn't show speaks for the whole."""
        form = self.form(request, self.record(request, pk), request.POST)
        form.is_valid()
        told = why.message_dict if isinstance(why, ValidationError) and hasattr(why, "error_dict") else None
        for name, sentences in (told or {"": [why if isinstance(why, str) else in_words(why)]}).items():
            form.add_error(name if name in form.fields else None, sentences)
        return self.page(request, self.record(request, pk), form, status)

    def page(self, request: HttpRequest, record, form, status=200) -> HttpResponse:
        """Draw the form."""
        context = {"record": record, "step": self.step, "form": form, "token": new_token()} | self.about(record)
        return render(request, self.template, context, status=status)


def stale(noun: str) -> str:
    """What is said where somebody changed the record in between."""
    return (
        f"Somebody changed this {noun} after you had opened it, so nothing was saved. Look at it, then send this again."
    )
