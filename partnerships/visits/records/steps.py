"""The next step of a visit: a small form on its page, and on a page of its own where something is missing."""

from datetime import date

from django import forms
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils import timezone

from partnerships.access.routes import route
from partnerships.memory.submissions import new_token
from partnerships.records.forms import RecordForm, form_field
from partnerships.records.pages import Look
from partnerships.records.steps import Mark, Step, StepPage, marks
from partnerships.values.forms import FieldsOnly, TextField
from partnerships.visits.models import Participant, Visit, VisitStatus, VisitStep
from partnerships.visits.steps import STEPS, WAY, leaders, steps_from, take_step

WENT = [("as_planned", "as planned"), ("otherwise", "not as planned")]


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
        if "reason" in self.fields and not step.why:
            self.fields["reason"].label = "Why, or a remark"
        for name in {"went_well", "went_otherwise"} & set(self.fields):
            self.fields[name].widget.attrs["rows"] = 2
        self.helper = FieldsOnly()


def asked_of(step: Step, visit: Visit, user, today) -> list[str]:
    """The fields of a step that are still to be asked for."""
    first = visit.happens_on.earliest
    known = {
        "kind": visit.kind_id is not None,
        "happens_on": first is not None and not (step.name == "happen" and first > today),
        "leader": "leader" in step.asks and bool(leaders(visit, user)),
    }
    return [name for name in step.asks if not known.get(name)]


def way_of(visit: Visit) -> list[Mark]:
    """How far a visit has come."""
    return marks(WAY, VisitStatus(visit.status))


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
        "is_to_come": visit.status in (VisitStatus.APPROVED, VisitStatus.PLANNED) and not is_past(visit, look.today),
        "is_time": bool(forms_of) and not early,  # otherwise no step is pressing, and all stay folded
        "token": new_token() if forms_of else "",
    }


def is_past(visit: Visit, today: date) -> bool:
    """Whether the last day that its date can mean lies behind."""
    last = visit.happens_on.latest
    return last is not None and last < today


class VisitStepPage(StepPage):
    """`/visits/<id>/<step>/`."""

    kind, template = "visit", "visits/step.html"

    def form(self, request: HttpRequest, record: Visit, *given) -> StepForm:
        """What the step asks for."""
        return StepForm(*given, instance=record, step=self.step, user=request.user, today=timezone.localdate())

    def take(self, request: HttpRequest, record: Visit, form: StepForm) -> str:
        """Take the step with what was typed."""
        given = form.cleaned_data
        if "went" in given:
            record.not_as_planned = given["went"] == "otherwise"
        take_step(
            visit=record,
            step=self.step,
            version=request.POST.get("version", ""),
            user=request.user,
            today=timezone.localdate(),
            reason=given.get("reason", ""),
            leader=given.get("leader"),
        )
        return f"{record} now stands at “{record.get_status_display()}”."

    def about(self, record: Visit) -> dict:
        """How far it has come."""
        return {"way": way_of(record)}


def step_routes() -> list[URLPattern]:
    """The address of each step, with who may take it."""
    return [
        route(f"visits/<bigid:pk>/{step.name}/", VisitStepPage.as_view(step=step), step.role, f"visit-{step.name}")
        for step in STEPS.values()
    ]
