"""Adding a record from another record's form: a few fields in a dialog, its near twins shown first."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from partnerships.access.roles import role_of
from partnerships.memory.submissions import new_token
from partnerships.records.picking import twins
from partnerships.records.saving import PREFILL_LONGEST, SavePage


class AddPage(SavePage):
    """The dialog's form as a fragment, and the same rules for saving it as on the whole form."""

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """The form, with `?typed=` as the new record's name, and the records that may be meant by it."""
        record = self.kind.model()
        typed = request.GET.get("typed", "")[:PREFILL_LONGEST].replace("\x00", "")
        form = self.form(request, instance=record)
        form.initial[form.brief()[0].name] = typed
        near = twins(self.kind.name, typed, role_of(request.user))
        return self.page(request, record, form, self.formsets(request, record), new_token(), near=near)

    def form(self, request: HttpRequest, *given, **more):
        """The form, its ids apart from those of the form behind the dialog."""
        form = super().form(request, *given, auto_id="add_%s", **more)
        form.gap_names = []  # what isn't asked for here is not yet asked
        for field in form.brief():
            field.field.widget.attrs.pop("data-pick-add", None)  # one dialog is enough
        return form

    def formsets(self, request: HttpRequest, record, data=None) -> list:
        """The child rows that a record can't be without, or that are asked for even here."""
        given = () if data is None else (data,)
        return [
            replace(rows, extra=1 if rows.brief else 0).formset(
                self.kind.model, *given, user=request.user, instance=record, auto_id="add_%s"
            )
            for rows in self.kind.rows
        ]

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """201 and `{"id", "text", "second"}` of the new record, also for a repeated submit; else the form again."""
        answer = super().post(request)
        if answer.status_code != 303:
            return answer
        record = self.kind.model._default_manager.get(pk=int(answer["Location"].strip("/").split("/")[-1]))
        return JsonResponse({"id": record.pk, "text": str(record), "second": ""}, status=201)

    def page(self, request, record, form, formsets, token, conflict=None, status=200, near=()) -> HttpResponse:
        """Draw the fragment."""
        context = {"kind": self.kind, "form": form, "formsets": formsets, "token": token, "near": near}
        return render(request, "records/add.html", context, status=status)
