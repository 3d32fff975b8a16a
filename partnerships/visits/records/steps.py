"""The next step of a visit: a small form on its page, and on a page of its own where something is missing."""

from dataclasses import dataclass

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern
from django.utils import timezone
from django.views import View

from partnerships.access.routes import route
from partnerships.memory.submissions import TokenRefused, digest_of, new_token, once
from partnerships.memory.versions import StaleRecord
from partnerships.records.forms import RecordForm, form_field
from partnerships.records.kinds import kind_of
from partnerships.records.pages import Look
from partnerships.records.saving import found, in_words, refuse_twice
from partnerships.values.forms import TextField
from partnerships.visits.models import Participant, Visit, VisitStatus, VisitStep
from partnerships.visits.steps import REASONED, STEPS, WAY, Step, StepRefused, leaders, steps_from, take_step

WENT = [("as_planned", "as planned"), ("otherwise", "not as planned")]
STALE = "Somebody changed this visit after you had opened it, so nothing was saved. Look at it, then send this again."


class StepForm(RecordForm):
    """What a step asks for: of its fields only those whose answer the register hasn't got."""

    went = forms.ChoiceField(label="How it went", choices=WENT, widget=forms.RadioSelect)
    leader = form_field(Participant._meta.get_field("person"), label="Who of our own leads", required=False)
    reason = TextField(label="Why", max_length=VisitStep._meta.get_field("reason").max_length, required=False)

    class Meta:
        model = Visit
        fields = ["kind", "happens_on", "went_well", "went_otherwise"]

    field_order = ["kind", "happens_on", "leader", "went", "went_well", "went_otherwise", "reason"]

    def __init__(self, *args, step: Step, user, today, **kwargs):
        kwargs.setdefault("auto_id", f"{step.name}_%s")
        super().__init__(*args, user=user, **kwargs)
        asked = asked_of(step, self.instance, user, today)
        for name in [name for name in self.fields if name not in asked]:
            del self.fields[name]
        if "kind" in self.fields:
            self.fields["kind"].required = True
        if "reason" in self.fields and step.name not in REASONED:
            self.fields["reason"].label = "Why, or a remark"
        for name in {"went_well", "went_otherwise"} & set(self.fields):
            self.fields[name].widget.attrs["rows"] = 2
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True  # the template draws both, once


def asked_of(step: Step, visit: Visit, user, today) -> list[str]:
    """The fields of a step that are still to be asked for."""
    first = visit.happens_on.earliest
    known = {
        "kind": visit.kind_id is not None,
        "happens_on": first is not None and not (step.name == "happen" and first > today),
        "leader": "leader" in step.asks and bool(leaders(visit, user)),
    }
    return [name for name in step.asks if not known.get(name)]


@dataclass(frozen=True)
class Mark:
    """One status on the way of a visit: its words, and whether it is over, now, or still ahead."""

    words: str
    state: str


def way_of(visit: Visit) -> list[Mark]:
    """The statuses along the way; one that lies beside the way stands alone after the request."""
    status = VisitStatus(visit.status)
    if status not in WAY:
        return [Mark(VisitStatus.REQUESTED.label, "done"), Mark(status.label, "now")]
    now = WAY.index(status)
    return [Mark(one.label, "done" if at < now else "now" if at == now else "") for at, one in enumerate(WAY)]


def standing(visit: Visit, look: Look) -> dict:
    """What the visit's page draws of its way: where it stands, and the forms of the steps that the reader may take."""
    forms_of = [
        (step, StepForm(instance=visit, step=step, user=look.user, today=look.today))
        for step in steps_from(visit, look.role)
    ]
    first = visit.happens_on.earliest
    early = bool(forms_of and forms_of[0][0].name == "happen" and first and first > look.today)
    return {
        "way": way_of(visit),
        "steps": forms_of,
        "is_time": bool(forms_of) and not early,  # otherwise no step is pressing, and all stay folded
        "token": new_token() if forms_of else "",
    }


class StepPage(View):
    """`/visits/<id>/<step>/`: takes a step, once; asks again, with what was typed, where something is missing."""

    step: Step = None  # type: ignore[assignment]  # given by as_view

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The step's form on a page of its own."""
        visit = found(kind_of("visit"), request.user, pk)
        return self.page(request, visit, self.form(request, visit))

    def form(self, request: HttpRequest, visit: Visit, *given) -> StepForm:
        """What the step asks for."""
        return StepForm(*given, instance=visit, step=self.step, user=request.user, today=timezone.localdate())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Take the step and show the visit."""
        refuse_twice([StepForm], request.POST)
        try:
            with once(request.user, request.POST.get("token"), digest_of(request)) as submitted:
                if submitted.repeated:
                    return HttpResponseRedirect(submitted.url, status=303)
                answer = self.answer(request, pk)
                submitted.url = answer.get("Location", "")
                return answer
        except TokenRefused as refused:
            return self.refused(request, pk, f"{refused} This was not saved.", refused.status)

    def answer(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What a first submit leads to: the visit, or the form again."""
        visit = found(kind_of("visit"), request.user, pk)
        form = self.form(request, visit, request.POST)
        if not form.is_valid():
            return self.page(request, found(kind_of("visit"), request.user, pk), form, 422)
        given = form.cleaned_data
        if "went" in given:
            visit.not_as_planned = given["went"] == "otherwise"
        try:
            take_step(
                visit=visit,
                step=self.step,
                version=request.POST.get("version", ""),
                user=request.user,
                today=timezone.localdate(),
                reason=given.get("reason", ""),
                leader=given.get("leader"),
            )
        except StaleRecord:
            return self.refused(request, pk, STALE, 409)
        except StepRefused as refused:
            return self.refused(request, pk, str(refused), 422)
        except ValidationError as wrong:
            return self.refused(request, pk, wrong, 422)
        messages.success(request, f"{visit} is now {visit.get_status_display()}.")
        return HttpResponseRedirect(visit.get_absolute_url(), status=303)

    def refused(self, request: HttpRequest, pk: int, why: str | ValidationError, status: int) -> HttpResponse:
        """The form with what was typed and why it was not taken; a field that it doesn't show speaks for the whole."""
        visit = found(kind_of("visit"), request.user, pk)
        form = self.form(request, visit, request.POST)
        form.is_valid()
        told = why.message_dict if isinstance(why, ValidationError) and hasattr(why, "error_dict") else None
        for name, sentences in (told or {"": [why if isinstance(why, str) else in_words(why)]}).items():
            form.add_error(name if name in form.fields else None, sentences)
        return self.page(request, found(kind_of("visit"), request.user, pk), form, status)

    def page(self, request: HttpRequest, visit: Visit, form: StepForm, status=200) -> HttpResponse:
        """Draw the form."""
        context = {
            "record": visit, "way": way_of(visit), "step": self.step, "form": form, "token": new_token()
        }  # fmt: skip
        return render(request, "visits/step.html", context, status=status)


def step_routes() -> list[URLPattern]:
    """The address of each step, with who may take it."""
    return [
        route(f"visits/<bigid:pk>/{step.name}/", StepPage.as_view(step=step), step.role, f"visit-{step.name}")
        for step in STEPS.values()
    ]
