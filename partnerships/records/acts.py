"""Small acts on one record, each on a page of its own: done once, or refused in a sentence."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views import View

from partnerships.memory.submissions import TokenRefused, digest_of, new_token, once
from partnerships.records.kinds import Kind
from partnerships.records.saving import found, held, refuse_twice
from partnerships.values.forms import FieldsOnly


class SureForm(forms.Form):
    """Nothing to fill in: the button says it all."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FieldsOnly()


class ActPage(View):
    """A small form about one record: what it says is done once, and a page shows it."""

    kind: Kind
    form: type = SureForm
    title = verb = ""

    def get(self, request: HttpRequest, pk: int, **more) -> HttpResponse:
        """The form, or why there is nothing to do any more."""
        record = found(self.kind, request.user, pk)
        if reason := self.refusal(request, record, **more):
            return self.back(request, record, reason)
        return self.page(request, record, self.made(request, record), new_token())

    def post(self, request: HttpRequest, pk: int, **more) -> HttpResponse:
        """Do it once, or draw the form again with what was typed."""
        refuse_twice([self.form], request.POST)
        try:
            with once(request.user, request.POST.get("token"), digest_of(request)) as submitted:
                if submitted.repeated:
                    return HttpResponseRedirect(submitted.url, status=303)
                record = held(self.kind, request.user, pk)
                if reason := self.refusal(request, record, **more):
                    return self.back(request, record, reason)
                form = self.made(request, record, request.POST)
                if not form.is_valid():
                    return self.page(request, record, form, request.POST["token"], status=422)
                messages.success(request, self.act(request, record, form))
                submitted.url = self.after(record)
                return HttpResponseRedirect(submitted.url, status=303)
        except TokenRefused as refused:
            record = found(self.kind, request.user, pk)
            form = self.made(request, record, request.POST)
            form.add_error(None, f"{refused} This was not saved.")
            return self.page(request, record, form, new_token(), status=refused.status)

    def refusal(self, request: HttpRequest, record, **more) -> str:
        """Why this can't be done any more, in a sentence; "" where it can."""
        return ""

    def told(self, record) -> list[tuple[str, str]]:
        """What there is to know before doing it: names and words."""
        return []

    def back(self, request: HttpRequest, record, reason: str) -> HttpResponse:
        """To the record's page, which then says why."""
        messages.warning(request, reason)
        return HttpResponseRedirect(self.after(record), status=303)

    def made(self, request: HttpRequest, record, *given):
        """The form."""
        return self.form(*given)

    def act(self, request: HttpRequest, record, form) -> str:
        """Do it; the sentence that says so."""
        raise NotImplementedError

    def after(self, record) -> str:
        """The page that shows what was done."""
        return record.get_absolute_url()

    def page(self, request: HttpRequest, record, form, token: str, status=200) -> HttpResponse:
        """Draw the form on a page of its own."""
        context = {"kind": self.kind, "record": record, "form": form, "token": token, "act": self}
        context["told"] = self.told(record)
        return render(request, "records/act.html", context, status=status)
