"""The next step of an agreement: a small form beside the steps that were taken, and on a page of its own."""

from dataclasses import dataclass

from crispy_forms.layout import Div, Field, Fieldset, Layout
from django import forms
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils import timezone

from partnerships.access.roles import Role, role_of
from partnerships.access.routes import route
from partnerships.access.scoping import scope
from partnerships.agreements.models import (
    Agreement,
    AgreementStep,
    Decision,
    Party,
    StepAnswer,
    StepQuestion,
    WorkflowStep,
)
from partnerships.agreements.questions import Answer, choices_of, questions_of
from partnerships.agreements.signatures import Signed, is_stated
from partnerships.agreements.steps import Given, Standing, check_step, standing_of, steps_from, take_step
from partnerships.agreements.submitters import refusal_to_submitters, submitters
from partnerships.agreements.trail import keeping_refusals
from partnerships.agreements.way import OPEN, STEPS, WAY, Step
from partnerships.memory.submissions import new_token
from partnerships.records.forms import form_field
from partnerships.records.kinds import kind_of
from partnerships.records.pages import Look
from partnerships.records.parts import PartPage
from partnerships.records.picking import PickSelect
from partnerships.records.steps import Mark, StepPage, marks
from partnerships.values.forms import DayField, FieldsOnly, HonestDateFormField, TextField

LONGEST = AgreementStep._meta.get_field("reason").max_length
VERBS = {
    Decision.APPROVE: "Approve it",
    Decision.CONDITIONS: "Approve it with conditions",
    Decision.RETURN: "Return it, to be changed and proposed anew",
    Decision.DECLINE: "Decline it",
}
WHO = {Role.STAFF: "the staff", Role.MANAGER: "a manager"}


def a_line() -> forms.Textarea:
    """A box for one line of text that grows where the line is long."""
    return forms.Textarea({"rows": 1, "data-line": True})


class StepForm(forms.Form):
    """What a step asks for: a decision with its questions, signatures as far as known, or a reason."""

    decision = forms.ChoiceField(widget=forms.RadioSelect, error_messages={"required": "Choose what was decided."})
    conditions = TextField(
        max_length=LONGEST, required=False, widget=a_line(), help_text="Where it is approved with conditions."
    )
    reason = TextField(label="Why, or a remark", max_length=LONGEST, required=False, widget=a_line())
    decided_on = DayField(label="Decided on", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    content = TextField(required=False, max_length=64)  # the template draws it, as it is `seen` now

    def __init__(self, *args, step: Step, standing: Standing, user, today):
        super().__init__(*args, auto_id=f"{step.name}_%s", initial={"decided_on": today})
        self.step, self.user, self.seen = step, user, standing.hash
        may_decline = role_of(user) >= STEPS["decline"].role
        self.fields["decision"].choices = [
            (one, words) for one, words in VERBS.items() if one != Decision.DECLINE or may_decline
        ]
        asked = {*step.asks, "content"}
        for name in [name for name in self.fields if name not in asked]:
            del self.fields[name]
        if step.why:
            self.fields["reason"].label = "Why"
        self.questions = questions_of(standing.agreement, step.after) if step.is_review else []
        self.parties = unsigned(standing.agreement, user) if "signatures" in step.asks else []
        before = answers_before(standing, step) if self.questions else {}
        rows = [self.add_question(question, before.get(question.pk)) for question in self.questions]
        rows += [self.add_signature(party) for party in self.parties]
        self.helper = FieldsOnly()
        order = ("decision", "conditions", "reason", "decided_on")
        self.helper.layout = Layout(*rows, *(Field(name) for name in order if name in self.fields))

    def add_question(self, question: StepQuestion, before: StepAnswer | None) -> Div:
        """The answer to a question and a remark beside it, filled with what was answered before."""
        answer, remark = f"answer_{question.pk}", f"remark_{question.pk}"
        self.fields[answer] = forms.ChoiceField(
            label=question.words, choices=choices_of(question), widget=forms.RadioSelect, required=False
        )
        self.fields[remark] = TextField(label=f"Remark: {question.words}", max_length=300, required=False)
        self.fields[remark].widget.attrs["placeholder"] = "Remark"
        if before:
            self.initial |= {answer: before.answer, remark: before.remark}
        return Div(Field(answer), Field(remark, wrapper_class="beside"), css_class="question")

    def add_signature(self, party: Party) -> Fieldset:
        """Who signed for a party, when and where, each as far as it is known."""
        names = [f"{name}_{party.pk}" for name in ("signatory", "signed_on", "signed_place")]
        self.fields[names[0]] = self.picked("signatory", "Signed by")
        self.fields[names[1]] = HonestDateFormField(label="Signed", required=False)
        self.fields[names[2]] = self.picked("signed_place", "At")
        return Fieldset(f"How {party} signed, as far as it is known", *map(Field, names), css_class="fs")

    def picked(self, name: str, label: str) -> forms.Field:
        """A type-ahead over what this user may see."""
        one = form_field(Party._meta.get_field(name), label=label, required=False)
        one.queryset = scope(self.user, one.queryset)
        if isinstance(one.widget, PickSelect):
            one.widget.by_name = True
        return one

    def given(self) -> Given:
        """What was typed, as the act takes it."""
        told = self.cleaned_data
        for party in self.parties:
            for name in ("signatory", "signed_on", "signed_place"):
                setattr(party, name, told[f"{name}_{party.pk}"])
        return Given(
            **{name: told[name] for name in ("decision", "conditions", "reason", "decided_on") if name in told},
            content=told["content"],
            answers={
                one.pk: Answer(one, told[f"answer_{one.pk}"], told[f"remark_{one.pk}"])
                for one in self.questions
                if told[f"answer_{one.pk}"]
            },
            signed=tuple(Signed(party) for party in self.parties if is_stated(party)),
        )


def unsigned(agreement: Agreement, user) -> list[Party]:
    """The parties of which nothing says that they signed."""
    parties = scope(user, agreement.parties.select_related("organisation"))
    return [party for party in parties if not is_stated(party)]


def answers_before(standing: Standing, step: Step) -> dict[int, StepAnswer]:
    """The answers of the last decision of this review, by question, so that an approval given anew begins with them."""
    last = next((one for one in reversed(standing.taken) if one.review == step.after), None)
    return {one.question_id: one for one in last.answers.all()} if last else {}


def way_of(agreement: Agreement) -> list[Mark]:
    """How far an agreement has come."""
    return marks(WAY, WorkflowStep(agreement.step) if agreement.step else None)


@dataclass(frozen=True)
class Taken:
    """A step as its page tells it: whether it is an approval that counts, and else what was changed since."""

    step: AgreementStep
    counts: bool
    changed: list[str]

    @property
    def short_hash(self) -> str:
        """Enough of the hash to tell two contents apart."""
        return self.step.content_hash[:8]


def taken_steps(standing: Standing) -> list[Taken]:
    """The steps taken, the newest first."""
    counted = {one.pk: standing.counts(one) for one in standing.approvals.values()}
    return [
        Taken(one, counted.get(one.pk, False), standing.changed_since(one) if counted.get(one.pk) is False else [])
        for one in reversed(standing.taken)
    ]


class StepsPage(PartPage):
    """`/agreements/<id>/steps/`: what is next, with its form for those who may; the steps taken, and those refused."""

    template = "agreements/steps.html"

    def context(self, record, look: Look, asked: dict, page: int) -> dict:
        """Where it stands; at most twelve queries."""
        standing = standing_of(record)
        ahead = [step for step in steps_from(standing, Role.ADMIN) if step.name not in ("decline", "withdraw")]
        did = submitters(record, standing.taken) if look.role >= Role.STAFF else {}
        own = look.user.pk in did
        is_barred = own and ahead and ahead[0].needs_other_eyes
        may = [step for step in steps_from(standing, look.role) if not (own and step.needs_other_eyes)]
        return {
            "next": ahead[0] if ahead else None,
            "who": WHO[ahead[0].role] if ahead else "",
            "is_led": record.step in OPEN,
            "why_not": refusal_to_submitters(did, look.user, ahead[0].role) if is_barred else "",
            "lost": standing.why_lost() if standing.lost else "",
            "forms": [(step, StepForm(step=step, standing=standing, user=look.user, today=look.today)) for step in may],
            "is_on_way": bool(may and ahead and may[0] == ahead[0]),
            "taken": taken_steps(standing),
            "refused": look.seen(record.refused_steps.select_related("tried_by")).order_by("-pk")[: self.per_page],
            "hash": standing.hash[:8],
            "token": new_token(),
        }


class AgreementStepPage(StepPage):
    """`/agreements/<id>/<step>/`."""

    kind, template = "agreement", "agreements/step.html"

    def form(self, request: HttpRequest, record: Agreement, *given) -> StepForm:
        """What the step asks for."""
        standing = standing_of(record)
        return StepForm(*given, step=self.step, standing=standing, user=request.user, today=timezone.localdate())

    def take(self, request: HttpRequest, record: Agreement, form: StepForm) -> str:
        """Take the step with what was typed."""
        take_step(
            agreement=record,
            step=self.step,
            version=request.POST.get("version", ""),
            user=request.user,
            today=timezone.localdate(),
            given=form.given(),
        )
        given = f", with the reference {record.reference}" if record.step == WorkflowStep.REGISTERED else ""
        return f"{record} now stands at “{record.get_step_display()}”{given}."

    def check(self, request: HttpRequest, record: Agreement) -> None:
        """Who may take the step, from where and about what is asked before what is mistyped."""
        sent = request.POST
        given = Given(decision=sent.get("decision", ""), content=sent.get("content", ""))
        check_step(agreement=record, step=self.step, version=sent.get("version", ""), user=request.user, given=given)

    def about(self, record: Agreement) -> dict:
        """How far it has come, and whether the step can be taken."""
        standing = standing_of(record)
        return {
            "way": way_of(record),
            "can": standing.leads(self.step),
            "lost": standing.why_lost() if standing.lost else "",
        }


def step_routes() -> list[URLPattern]:
    """The address of each step and of those taken, with who may use it.

    Whoever is on the staff reaches every step; that another role is needed is said by the act, which keeps who tried.
    Of those who only read it is kept as well.
    """
    part = StepsPage.as_view(kind=kind_of("agreement"))
    return [
        route("agreements/<bigid:pk>/steps/", part, Role.VIEWER, "agreement-steps"),
        *(
            route(
                f"agreements/<bigid:pk>/{step.name}/",
                AgreementStepPage.as_view(step=step),
                Role.STAFF,
                f"agreement-{step.name}",
                keeping_refusals(step.verb),
            )
            for step in STEPS.values()
        ),
    ]
