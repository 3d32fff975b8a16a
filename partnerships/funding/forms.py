"""How money and projects are entered: a sum as people write it, with the words of the source beside it."""

from decimal import Decimal

from django import forms

from partnerships.funding.models import Funding, Project, ProjectPartner
from partnerships.organisations.models import Organisation
from partnerships.records.forms import MainForm, RecordForm
from partnerships.records.rows import Rows
from partnerships.undertakings.models import Undertaking
from partnerships.values.currencies import CHOICES, CURRENCIES
from partnerships.values.forms import TextField
from partnerships.values.money import LONGEST, Money, read_typed
from partnerships.values.readback import ReadBackInput


class FundingForm(MainForm):
    """Money to or for a body or programme; amount and currency may be unknown."""

    amount = TextField(
        label="Amount",
        required=False,
        max_length=LONGEST,
        help_text="With its currency, as people write it: £2.7m, RMB 1,422 billion, about 5m EUR.",
        widget=ReadBackInput("money"),
    )
    currency = forms.ChoiceField(label="Currency", required=False, choices=[("", "not stated"), *CHOICES])

    class Meta:
        model = Funding
        fields = [
            "title",
            "kind",
            "funder",
            "recipient",
            "amount",
            "currency",
            "is_approximate",
            "amount_stated",
            "given_on",
            "purpose",
            "stage",
            "agreement",
            "programme",
            "project",
            "visit",
            "visibility",
            "notes",
        ]
        never_unknown = ("amount_stated", "agreement", "programme", "project", "visit")
        folded = ("What it belongs to", "In the office")
        sections = [
            ("What it is", ["title", "kind", "funder", "recipient"]),
            ("How much", ["amount", "currency", "is_approximate", "amount_stated"]),
            ("When and what for", ["given_on", "purpose", "stage"]),
            ("What it belongs to", ["agreement", "programme", "project", "visit"]),
            ("In the office", ["visibility", "notes"]),
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.typed = Money()
        kept = self.instance.currency
        if kept and kept not in CURRENCIES:
            self.fields["currency"].choices = [*self.fields["currency"].choices, (kept, f"{kept}, no longer in use")]
        if isinstance(self.initial.get("amount"), Decimal):
            self.initial["amount"] = f"{self.initial['amount']:,.2f}".removesuffix(".00")

    def clean_amount(self) -> Decimal | None:
        """The figure; a currency and an “about” that stand beside it are kept for `clean`."""
        try:
            self.typed = read_typed(self.cleaned_data["amount"], str(self.data.get(self.add_prefix("currency"), "")))
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        return self.typed.amount

    def clean(self):
        """An amount has one currency, typed with it or chosen."""
        cleaned = super().clean()
        chosen, typed = cleaned.get("currency", ""), self.typed.currency
        cleaned["is_approximate"] = cleaned.get("is_approximate", False) or self.typed.approximate
        if typed and chosen and typed != chosen:
            self.add_error("currency", f"The amount is typed in {typed}, and {chosen} is chosen. Make them agree.")
        elif typed:
            cleaned["currency"] = typed
        elif cleaned.get("amount") is not None and not chosen and "currency" not in self.errors:
            self.add_error("currency", "An amount needs its currency. Choose it, or type it with the amount: GBP 2.7m.")
        return cleaned


class ProjectForm(MainForm):
    """A project, or a number of unnamed ones."""

    home = forms.ModelChoiceField(Organisation.objects.homes(), label="Home", required=False, empty_label="None chosen")

    class Meta:
        model = Project
        fields = [
            "title",
            "stands_for",
            "how_many",
            "kind",
            "home",
            "agreement",
            "status",
            "aims",
            "subjects",
            "places",
            "starts_on",
            "ends_on",
            "visibility",
            "notes",
        ]
        folded = ("In the office",)
        sections = [
            ("What it is", ["title", "stands_for", "how_many", "kind", "home", "agreement"]),
            ("What for and where", ["aims", "subjects", "places"]),
            ("How it stands", ["status", "starts_on", "ends_on"]),
            ("In the office", ["visibility", "notes"]),
        ]


class ProjectPartnerForm(RecordForm):
    """An organisation that takes part."""

    class Meta:
        model = ProjectPartner
        fields = ["organisation", "role"]


class AreaForm(RecordForm):
    """One line of what the project does."""

    class Meta:
        model = Undertaking
        fields = ["wording", "detail", "standing", "activities", "subjects", "evidence"]


PROJECT_ROWS = (
    Rows(ProjectPartner, ProjectPartnerForm, "Partners", "partner", joins=("organisation",)),
    Rows(
        Undertaking,
        AreaForm,
        "Lines of work",
        "line",
        extra=0,
        hint="One line each, in the source's own words.",
    ),
)
