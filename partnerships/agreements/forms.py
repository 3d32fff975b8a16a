"""How an agreement is entered: what it is, its parties and signatures, its areas and relations."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from partnerships.agreements.models import Agreement, AgreementRelation, AgreementStep, Party, WorkflowStep
from partnerships.agreements.signatures import TO_COME, is_to_come
from partnerships.records.forms import MainForm, RecordForm
from partnerships.records.rows import Rows
from partnerships.undertakings.models import Undertaking
from partnerships.values.dates import HonestDate

# What an agreement may be when it is first recorded; every other place is reached by a step.
RECORDED_AS = [("", "Not proposed"), (WorkflowStep.PROPOSED.value, WorkflowStep.PROPOSED.label)]


class SignedForm(RecordForm):
    """What tells when somebody signed, which is never a day to come."""

    def clean_signed_on(self) -> HonestDate:
        """The date, or the error that it lies ahead."""
        signed_on = self.cleaned_data["signed_on"]
        if is_to_come(signed_on, timezone.localdate()):
            raise ValidationError(TO_COME)
        return signed_on


class AgreementForm(SignedForm, MainForm):
    """An agreement."""

    class Meta:
        model = Agreement
        fields = [
            "title",
            "type",
            "signed_on",
            "signed_place",
            "starts_on",
            "ends_on",
            "ending",
            "notice_period",
            "review_on",
            "owner",
            "reviewer",
            "watchers",
            "step",
            "reference",
            "stands_for",
            "how_many",
            "purpose",
            "event",
            "event_on",
            "visibility",
            "notes",
        ]
        never_unknown = ("reference", "owner", "reviewer", "watchers", "step", "event", "event_on")
        folded = ("Who sees to it", "In the office", "Special cases")
        sections = [
            ("What it is", ["title", "type", "purpose"]),
            ("When", ["signed_on", "signed_place", "starts_on", "ends_on", "ending", "notice_period"]),
            (
                "In the office",
                ["owner", "reviewer", "watchers", "review_on", "step", "reference", "visibility", "notes"],
            ),
            ("Special cases", ["stands_for", "how_many", "event", "event_on"]),
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["step"]  # changes by the steps on the agreement's page
        else:
            self.fields["step"].choices = RECORDED_AS

    def save(self, commit=True):
        """Save it; one that is proposed as it is recorded has that as its first step."""
        is_new = self.instance.pk is None
        agreement = super().save(commit)
        if is_new and agreement.step:
            AgreementStep.objects.create(agreement=agreement, after=agreement.step, taken_by=self.user)
        return agreement


class PartyForm(SignedForm):
    """One side and how it signed."""

    class Meta:
        model = Party
        fields = ["organisation", "signatory", "signed_on", "signed_place"]


class AreaForm(RecordForm):
    """One line of what was agreed."""

    class Meta:
        model = Undertaking
        fields = ["wording", "detail", "standing", "activities", "subjects", "evidence"]


class AgreementRelationForm(RecordForm):
    """How this agreement stands to another."""

    class Meta:
        model = AgreementRelation
        fields = ["kind", "to_agreement", "number", "note"]


AGREEMENT_ROWS = (
    Rows(
        Party,
        PartyForm,
        "Parties",
        "party",
        least=2,
        extra=0,
        hint="Two or more. A party need not be known as a signatory.",
        joins=("organisation", "signatory", "signed_place"),
        brief=("organisation",),
    ),
    Rows(
        Undertaking,
        AreaForm,
        "Areas of cooperation",
        "area",
        extra=0,
        hint="One line each, in the agreement's own words.",
    ),
    Rows(AgreementRelation, AgreementRelationForm, "Other agreements", "relation", extra=0, joins=("to_agreement",)),
)
