"""Creating and editing a record with its child rows: one transaction, one effect, no silent lost update."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.forms import MultiValueField, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.datastructures import MultiValueDict
from django.views import View

from partnerships.access.roles import Role, role_of
from partnerships.access.scoping import scope_to
from partnerships.memory.submissions import TokenMissing, TokenUsed, answered_once, new_token
from partnerships.memory.versions import StaleRecord, claim
from partnerships.records.conflicts import conflict_of
from partnerships.records.kinds import Kind, kind_of
from partnerships.records.proving import proofs
from partnerships.records.rebasing import rebased
from partnerships.values.prepared import Given, prepared

PREFILL_LONGEST = 200


@prepared
def rows_for(name: str, role: Role) -> QuerySet:
    """A record of a kind with what it joins, as far as a role sees it."""
    kind = kind_of(name)
    return scope_to(role, kind.model.objects.filter(pk=Given("pk"))).select_related(*kind.joins)


def found(kind: Kind, user, pk: int):
    """The record if the user may see it; otherwise it is as if it weren't there."""
    rows = rows_for(kind.name, role_of(user), pk=pk)
    if not rows:
        raise Http404(f"There is no such {kind.singular}.")
    return rows[0]


def held(kind: Kind, user, pk: int):
    """The same, kept from going until the transaction ends; what is added to it meanwhile goes nowhere else."""
    record = found(kind, user, pk)
    rows = kind.model._base_manager.select_for_update(no_key=True).order_by().filter(pk=pk)
    if not rows.values_list("pk", flat=True):
        raise Http404(f"There is no such {kind.singular}.")
    return record


class ToldWhereToGo(View):
    """A page whose script keeps what was typed until it is saved (draft.js) and is then told where to go."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        """A script gets the address that a browser would be sent to."""
        answer = super().dispatch(request, *args, **kwargs)
        if answer.status_code == 303 and request.headers.get("Accept") == "application/json":
            return JsonResponse({"url": answer["Location"]}, status=201)
        return answer


class SavePage(ToldWhereToGo):
    """What creating and editing share."""

    kind: Kind = None  # type: ignore[assignment]  # given by as_view

    def record(self, request: HttpRequest, pk: int | None):
        """The record that the form is about: a new one, or the one of this id."""
        return self.kind.model() if pk is None else found(self.kind, request.user, pk)

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """The empty or filled form."""
        record = self.record(request, pk)
        form = self.form(request, instance=record, initial=self.prefilled(request) if pk is None else {})
        return self.page(request, record, form, self.formsets(request, record), new_token())

    def form(self, request: HttpRequest, *given, **more):
        """The form of the record itself."""
        return self.kind.form(*given, user=request.user, **more)

    def prefilled(self, request: HttpRequest) -> dict:
        """Values that the address gives to a new record, such as the visit that a follow-up belongs to."""
        fields = self.kind.form.base_fields.items()
        names = {name for name, field in fields if not isinstance(field, MultiValueField)}
        return {name: value[:PREFILL_LONGEST] for name, value in request.GET.items() if name in names}

    def formsets(self, request: HttpRequest, record, data=None) -> list:
        """The child rows, and last what proves the values."""
        given = () if data is None else (data,)
        blank = 1 if "rows" in request.GET else 0  # asked for where no script can add a row
        return [
            *(
                rows.formset(self.kind.model, *given, user=request.user, instance=record, blank=blank)
                for rows in self.kind.rows
            ),
            *proofs(self.kind, data, request.user),
        ]

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Save all or nothing, once; an error keeps what was typed, a stale form shows the three versions."""
        refuse_twice([self.kind.form, *(rows.form for rows in self.kind.rows)], request.POST)
        try:
            return answered_once(request, lambda: self.answer(request, pk))
        except TokenMissing as missing:
            return self.again(request, pk, str(missing), missing.status)
        except TokenUsed as used:
            sentence = f"{used} That was saved: see {used.url}. What you typed now is below and is not saved yet."
            return self.again(request, pk, sentence, used.status)

    def again(self, request: HttpRequest, pk: int | None, sentence: str, status: int) -> HttpResponse:
        """The form with what was typed, why it was not taken, and a new token."""
        record = self.record(request, pk)
        form = self.form(request, request.POST, instance=record)
        form.add_error(None, sentence)
        return self.page(
            request, record, form, self.formsets(request, record, request.POST), new_token(), status=status
        )

    def answer(self, request: HttpRequest, pk: int | None) -> HttpResponse:
        """What a first submit leads to: the record's page, or the form again."""
        record = self.record(request, pk)
        version = record.version
        stale = self.stale(request, record) if pk else None
        typed, gone = rebased(self.kind, record, request.user, request.POST) if stale else (request.POST, {})
        form = self.form(request, typed, instance=record)
        formsets = self.formsets(request, record, typed)
        token = request.POST["token"]
        valid = all([form.is_valid(), *(formset.is_valid() for formset in formsets)])
        record.version = version
        if stale:
            conflict = conflict_of(self.kind, form, formsets, gone, stale)
            return self.page(request, record, form, formsets, token, conflict, status=409)
        if valid and self.enough_rows(form, formsets) and self.saved(form, formsets):
            messages.success(request, f"{form.instance} was {'saved' if pk else 'recorded'}.")
            for sentence in form.dropped:
                messages.info(request, sentence)
            for sentence in [*cares_of(formsets), *self.kind.warnings(form.instance, request.user)]:
                messages.warning(request, sentence)
            return HttpResponseRedirect(form.instance.get_absolute_url(), status=303)
        return self.page(request, record, form, formsets, token, status=422)

    def stale(self, request: HttpRequest, record) -> StaleRecord | None:
        """Lock the record and compare versions; what is in the way, or None."""
        try:
            claim(type(record), record.pk, request.POST.get("version", ""))
        except StaleRecord as stale:
            return stale
        return None

    def enough_rows(self, form, formsets) -> bool:
        """Whether every kind of child row has as many rows as the record needs."""
        for formset in formsets:
            kept = sum(bool(one.cleaned_data) and not one.cleaned_data.get("DELETE") for one in formset.forms)
            kept += formset.unseen()
            if kept < formset.about.least:
                form.add_error(
                    None, f"{formset.about.title}: at least {formset.about.least} are needed; there are {kept}."
                )
        return form.is_valid()

    def saved(self, form, formsets) -> bool:
        """Write everything in one transaction; a rule of the database that refuses becomes an error of the form."""
        try:
            with transaction.atomic():
                record = form.save()
                for formset in formsets:
                    formset.instance = record
                    formset.save()
                form.dropped = form.save_gaps()
                check_now(record, formsets)
        except (IntegrityError, ValidationError) as refused:
            form.add_error(None, in_words(refused))
            return False
        return True

    def title(self, record) -> str:
        """What the page is called."""
        return f"Edit {self.kind.singular}" if record.pk else f"New {self.kind.singular}"

    def page(self, request, record, form, formsets, token, conflict=None, status=200) -> HttpResponse:
        """Draw the form."""
        context = {
            "kind": self.kind,
            "title": self.title(record),
            "record": record if record.pk else None,
            "opened": conflict.version if conflict else request.POST.get("version", record.version),
            "form": form,
            "formsets": formsets,
            "token": token,
            "conflict": conflict,
        }
        return render(request, "records/form.html", context, status=status)


def refuse_twice(forms: list, *sent: MultiValueDict) -> None:
    """Raise BadRequest where a field that takes one value was sent with several."""
    many = {
        name
        for form in forms
        for name, one in form.base_fields.items()
        if getattr(one.widget, "allow_multiple_selected", False)
    }
    for name, values in (pair for data in sent for pair in data.lists()):
        if len(values) > 1 and name.split("-")[-1] not in many:
            raise BadRequest(f"“{name[:60]}” was sent twice, so nothing was saved. Open the form again.")


def cares_of(formsets: list) -> list[str]:
    """The sentences of care that hold for rows which were changed, each once."""
    changed = [row for rows in formsets for row in rows.forms if row.has_changed() and row.instance.pk]
    return list(dict.fromkeys(notice.sentence for row in changed for notice, holds in row.noticed() if holds))


def check_now(record, formsets: list) -> None:
    """Let the database check at once what it would check at the end, while the form can still say what is wrong."""
    tables = [type(record)._meta.db_table, *(formset.model._meta.db_table for formset in formsets)]
    connection.check_constraints(table_names=[*tables, *type(record).checked_with])


def in_words(refused: Exception) -> str:
    """A refusal of the database as a sentence."""
    if isinstance(refused, ValidationError):
        return " ".join(refused.messages)
    return (
        "The register's own rules refused this; most likely somebody recorded the same just now. Look again, then save."
    )
