"""The small forms of what comes after a visit: something is done, thanked for, signed or written down."""

from django import forms

from partnerships.access.scoping import scope
from partnerships.agreements.models import Agreement
from partnerships.records.forms import RecordForm
from partnerships.records.picking import PickSelect
from partnerships.values.forms import DayField, FieldsOnly, TextField
from partnerships.visits.models import FollowUp, Minutes, Visit
from partnerships.visits.models.afterwards import LONGEST_MINUTES


class DoneForm(forms.Form):
    """That a follow-up is done: what was done, and when; today is offered."""

    outcome = TextField(label="What was done", max_length=300)
    done_on = DayField(label="Done on", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))

    def __init__(self, *args, today, number=0, **kwargs):
        super().__init__(*args, initial={"done_on": today}, auto_id=f"done_{number}_%s", **kwargs)
        self.today, self.helper = today, FieldsOnly()

    def clean_done_on(self):
        """Nothing is done on a day to come."""
        if self.cleaned_data["done_on"] > self.today:
            raise forms.ValidationError("This day is still to come. Give the day on which it was done.")
        return self.cleaned_data["done_on"]

    def save(self, follow_up: FollowUp) -> None:
        """Keep both."""
        follow_up.outcome, follow_up.done_on = self.cleaned_data["outcome"], self.cleaned_data["done_on"]
        follow_up.save(update_fields=["outcome", "done_on"])


class SignedForm(forms.Form):
    """That an agreement was signed at a visit; its date is only taken from the visit's where that is ticked."""

    agreement = forms.ModelChoiceField(Agreement.objects.all(), label="Agreement", widget=PickSelect(Agreement.path))
    takes_date = forms.BooleanField(label="", required=False)

    def __init__(self, *args, user, visit: Visit, **kwargs):
        super().__init__(*args, **kwargs)
        self.visit = visit
        self.fields["agreement"].queryset = scope(user, Agreement.objects.all())
        self.fields["agreement"].widget.attrs |= {"data-pick-add": "/agreements/add/", "data-pick-noun": "agreement"}
        self.fields["agreement"].widget.by_name = True
        self.helper = FieldsOnly()
        if visit.happens_on.year_known:  # words such as “earlier this year” hold for their own page alone
            self.fields["takes_date"].label = f"It was signed on the visit’s date: {visit.happens_on.words}"
            self.fields["takes_date"].help_text = "Only for an agreement without a signing date; an existing one stays."
        else:
            del self.fields["takes_date"]

    def date_taken(self) -> bool:
        """Whether the agreement gets the visit's date: it was ticked, and there was none."""
        return bool(self.cleaned_data.get("takes_date") and not self.had_date)

    def clean(self) -> dict:
        """The visit's date must fit the agreement's others."""
        cleaned = super().clean()
        agreement = cleaned.get("agreement")
        self.had_date = bool(agreement and agreement.signed_on)
        if agreement and cleaned.get("takes_date") and not self.had_date:
            agreement.signed_on = self.visit.happens_on
            try:
                agreement.validate_constraints()
            except forms.ValidationError as refused:
                self.add_error("takes_date", refused.messages)
        return cleaned


class MinutesForm(RecordForm):
    """The next version of a visit's minutes, with the number of the version that it started from."""

    text = TextField(label="Minutes", multiline=True, max_length=LONGEST_MINUTES)

    class Meta:
        model = Minutes
        fields = ["text"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 18
        self.helper = FieldsOnly()
