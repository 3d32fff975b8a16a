"""How an undertaking is entered: its words, how firm it is, the one record that it belongs to, and its evidence."""

import json

from django import forms

from partnerships.records.forms import MainForm, RecordForm
from partnerships.records.kinds import kind_of
from partnerships.records.picking import PickSelect
from partnerships.records.rows import Rows
from partnerships.undertakings.models import EVIDENCE_OF, OWNERS, Evidence, Undertaking, kind_behind


class UndertakingForm(MainForm):
    """One line of cooperation."""

    class Meta:
        model = Undertaking
        fields = [
            "wording",
            "standing",
            "detail",
            *OWNERS,
            "activities",
            "subjects",
            "by",
            "channel",
            "owner",
            "due_on",
            "evidence",
            "visibility",
            "notes",
        ]
        never_unknown = (*OWNERS, "detail", "by", "channel")  # exactly one of the owners has a value
        sections = [
            ("What it is", ["wording", "standing", "detail"]),
            ("What it belongs to: choose exactly one", [*OWNERS]),
            ("In which field", ["activities", "subjects"]),
            ("Who and how", ["by", "channel", "evidence"]),
            ("In the office", ["owner", "due_on", "visibility", "notes"]),
        ]


RECORDS = tuple(name for name in EVIDENCE_OF if name != "note")


class EvidenceForm(RecordForm):
    """A record that shows what an undertaking came to: first its kind, then which one of that kind."""

    of = forms.ChoiceField(label="Kind of record")
    record = forms.ModelChoiceField(
        Evidence.objects.none(),
        label="Which one",
        error_messages={"required": "Choose the record that shows it, or remove this row."},
    )

    class Meta:
        model = Evidence
        fields = ["words"]

    field_order = ["of", "record", "words"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.note_id:
            del self.fields["of"], self.fields["record"]
            self.fields["words"].help_text = f"What shows it is the note “{self.instance.note}”."
            return
        self.initial["of"] = next((name for name in RECORDS if getattr(self.instance, f"{name}_id")), RECORDS[0])
        self.initial["record"] = self.instance.record and self.instance.record.pk
        kinds = {name: kind_of(kind_behind(name)) for name in RECORDS}
        self.fields["of"].choices = [(name, kind.singular) for name, kind in kinds.items()]
        said = self.data.get(self.add_prefix("of")) if self.is_bound else None
        self.offer(kinds[said if said in kinds else self.initial["of"]])
        picks = {name: [f"/{kind.path}/pick/", self.adds(kind), kind.singular] for name, kind in kinds.items()}
        self.fields["of"].widget.attrs["data-picks"] = json.dumps(picks)

    def offer(self, kind) -> None:
        """Let the type-ahead find the records of this kind."""
        field = self.fields["record"]
        field.widget = PickSelect(kind.path)
        field.widget.by_name = True
        field.queryset = self.offered("record", kind.model.objects.all())
        self.offer_creation(field)
        if isinstance(self.instance.record, kind.model):
            field.widget.shown = {str(self.instance.record.pk): str(self.instance.record)}

    def clean(self) -> dict:
        """The one record that was chosen, and no other."""
        cleaned = super().clean()
        for name in RECORDS if cleaned.get("record") else ():
            setattr(self.instance, name, cleaned["record"] if name == cleaned["of"] else None)
        return cleaned

    def entry_of(self, name: str) -> str:
        """Whichever record it is, it is chosen in one place."""
        return "record" if name in RECORDS else name


UNDERTAKING_ROWS = (
    Rows(
        Evidence,
        EvidenceForm,
        "Evidence",
        "piece",
        extra=0,
        hint="One record in each row: what shows that it happened.",
        joins=(*EVIDENCE_OF, "cohort__programme"),
    ),
)
