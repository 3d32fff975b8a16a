"""What a decision is made of."""

from django import forms

from partnerships.access.colleagues import may_be_named, not_a_colleague
from partnerships.agreements.models import Agreement
from partnerships.agreements.states import FOR_GOOD
from partnerships.reviews.actions import Asked
from partnerships.reviews.models import LONGEST_REASON, Decision, Review
from partnerships.values.draw import plain
from partnerships.values.forms import DayField, FieldsOnly, TextField
from partnerships.visits.models import FollowUp

LONGEST_ASK = FollowUp._meta.get_field("what").max_length


class DecisionForm(forms.Form):
    """A decision with its reason, when it comes up again, and what the owner is asked for."""

    decision = forms.ChoiceField(label="Decision", choices=Decision.choices, widget=forms.RadioSelect)
    reason = TextField(label="Why", multiline=True, max_length=LONGEST_REASON, help_text="One sentence is enough.")
    conditions = TextField(label="On which conditions", multiline=True, max_length=LONGEST_REASON, required=False)
    dissent = TextField(
        label="Who disagrees, and why", multiline=True, max_length=LONGEST_REASON, required=False
    )  # fmt: skip
    next_on = DayField(label="Next review", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), required=False)
    owner = forms.ModelChoiceField(None, label="Owner", empty_label="nobody yet", required=False)
    reviewer = forms.ModelChoiceField(None, label="Reviewer", empty_label="nobody yet", required=False)
    asks = forms.BooleanField(label="Ask the owner as well for what is missing", required=False)
    ask_what = TextField(
        label="What is missing", max_length=LONGEST_ASK, required=False, widget=forms.Textarea({"rows": 3})
    )
    ask_owner = forms.ModelChoiceField(None, label="Who is asked", empty_label="the owner chosen above", required=False)
    ask_on = DayField(label="By when", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), required=False)

    def __init__(self, *args, agreement: Agreement, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.agreement, self.today = agreement, today
        named = {"owner": agreement.owner_id, "reviewer": agreement.reviewer_id, "ask_owner": None}
        for name, chosen in named.items():
            self.fields[name].queryset = may_be_named(chosen)
            self.fields[name].error_messages["invalid_choice"] = not_a_colleague(self.fields[name].label)
        for name in ("reason", "conditions", "dissent"):
            self.fields[name].widget.attrs["rows"] = 2
        self.helper = FieldsOnly()

    def clean(self) -> dict:
        """A decision comes up again on a day before it is too late; what is asked is asked of somebody, by a day."""
        given = super().clean()
        if given.get("decision") not in FOR_GOOD and not given.get("next_on") and "next_on" not in self.errors:
            self.add_error("next_on", "Say when the agreement is to be reviewed next.")
        if given.get("next_on") and (wrong := self.too_early_or_late(given["next_on"], given.get("decision"))):
            self.add_error("next_on", wrong)
        if self.is_asking(given):
            self.clean_ask(given)
        return given

    def too_early_or_late(self, day, decision: str | None) -> str:
        """Why a day is none on which an agreement can be reviewed next; '' where it is."""
        if day <= self.today:
            return "Give a day that is still to come."
        ends, notice = self.agreement.ends_on.earliest, self.agreement.notice_on
        if decision in FOR_GOOD:
            return ""
        if notice and self.today <= notice < day:
            return f"That is after the last day for notice, {plain(notice)}: give an earlier day."
        if ends and self.today <= ends < day:
            return f"The agreement may have ended by then: {self.agreement.ends_on.words}. Give an earlier day."
        return ""

    def is_asking(self, given: dict) -> bool:
        """Whether somebody is asked for something."""
        return given.get("decision") == Decision.ASK or bool(given.get("asks"))

    def clean_ask(self, given: dict) -> None:
        """What, of whom (the owner, where nobody else is named), by when."""
        if not given.get("ask_owner") and "ask_owner" not in self.errors and (owner := given.get("owner")):
            given["ask_owner"] = self.fields["ask_owner"].queryset.filter(pk=owner.pk).first()
        for name, words in (
            ("ask_what", "Say what is missing."),
            ("ask_owner", "Choose an owner, or who else is asked."),
            ("ask_on", "Say by when."),
        ):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, words)
        if given.get("ask_on") and given["ask_on"] < self.today:
            self.add_error("ask_on", "Give today or a day that is still to come.")

    def asked(self) -> Asked | None:
        """What is asked; none where nothing is."""
        given = self.cleaned_data
        return Asked(given["ask_what"], given["ask_owner"], given["ask_on"]) if self.is_asking(given) else None

    def review(self, snapshot: dict, sha256: str) -> Review:
        """The decision, not saved yet, with what was shown."""
        names = ("decision", "reason", "conditions", "dissent", "next_on")
        return Review(**{name: self.cleaned_data[name] for name in names}, snapshot=snapshot, sha256=sha256)
