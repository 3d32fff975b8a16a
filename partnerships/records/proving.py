"""What proves a value, given on the record's own form: source, paragraph and words, kept as new statements about it."""

from types import SimpleNamespace

from django import forms
from django.forms import BaseModelFormSet, modelformset_factory

from partnerships.records.forms import LARGEST_NUMBER, RecordForm
from partnerships.records.kinds import Kind
from partnerships.sources.actions import misquoted
from partnerships.sources.models import LONGEST_QUOTATION, Basis, Statement
from partnerships.values.forms import TextField

MOST_PROOFS = 40
ABOUT = SimpleNamespace(
    title="Where was this read?",
    noun="source",
    hint="Which value it proves, and the few words that prove it. Each line is kept as a statement about this record.",
    least=0,
)


class ProofForm(RecordForm):
    """One value of the record, and where it was read."""

    field = forms.ChoiceField(label="Which value it proves", required=False)
    paragraph = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_NUMBER)
    quotation = TextField(
        exact=True,
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=f"At most {LONGEST_QUOTATION} words, exactly as printed.",
    )

    class Meta:
        model = Statement
        fields = ["field", "source", "paragraph", "quotation", "basis"]

    def __init__(self, *args, kind: Kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [("", "the whole record"), *kind.labels.items()]

    def clean(self):
        """Words of a source need source, paragraph and quotation, and stand in its text where that is kept."""
        cleaned = super().clean() or self.cleaned_data
        rests = cleaned.get("basis") in Basis.quoted()
        for name in ("source", "paragraph", "quotation"):
            missing = cleaned.get(name) in (None, "") and name not in self.errors
            if rests and missing:
                self.add_error(name, f"What is {Basis(cleaned['basis']).label} needs its source, paragraph and words.")
            elif not rests and not missing and name not in {"source", *self.errors} and "basis" in cleaned:
                self.add_error(name, f"What is {Basis(cleaned['basis']).label} has no paragraph and no words.")
        if not self.errors and rests and len(cleaned["quotation"].split()) <= LONGEST_QUOTATION:
            wrong = misquoted(cleaned["source"], cleaned["paragraph"], cleaned["quotation"])
            if wrong:
                self.add_error("quotation", wrong)
        return cleaned


NONE_SENT = {"proofs-TOTAL_FORMS": "0", "proofs-INITIAL_FORMS": "0"}  # a form without this part proves nothing


class ProofRows(BaseModelFormSet):
    """New statements about the record that the form saves; earlier ones stay as they are."""

    about = ABOUT
    add_words = "Add a source"
    instance = None

    def unseen(self) -> int:
        """None is hidden: only new ones stand here."""
        return 0

    def save_new(self, form, commit=True):
        """Keep one, as said of the record."""
        form.instance.record_kind, form.instance.record_id = self.instance._meta.model_name, self.instance.pk
        return super().save_new(form, commit)

    @property
    def is_open(self) -> bool:
        """Whether something was typed here."""
        return self.is_bound and any(form.has_changed() for form in self.forms)


def proofs(kind: Kind, data, user) -> list:
    """The rows on a form; none on the form of a statement."""
    if kind.model is Statement:
        return []
    made = modelformset_factory(
        Statement,
        form=ProofForm,
        formset=ProofRows,
        extra=1,
        can_delete=True,
        max_num=MOST_PROOFS,
        validate_max=True,
        absolute_max=MOST_PROOFS,
    )
    sent = data if data is None or "proofs-TOTAL_FORMS" in data else NONE_SENT
    return [made(sent, prefix="proofs", queryset=Statement.objects.none(), form_kwargs={"user": user, "kind": kind})]
