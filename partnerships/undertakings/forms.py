"""How an undertaking is entered: its words, how firm it is, and the one record that it belongs to."""

from partnerships.records.forms import MainForm, RecordForm, Rows
from partnerships.undertakings.models import EVIDENCE_OF, OWNERS, Evidence, Undertaking


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
    """A record that shows what an undertaking came to."""

    class Meta:
        model = Evidence
        fields = [*RECORDS, "words"]


UNDERTAKING_ROWS = (
    Rows(
        Evidence,
        EvidenceForm,
        "Evidence",
        "piece",
        extra=0,
        hint="Choose one record in each row: what shows that it happened.",
        joins=(*RECORDS, "cohort__programme"),
    ),
)
