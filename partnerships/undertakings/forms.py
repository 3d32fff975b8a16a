"""How an undertaking is entered: its words, how firm it is, and the one record that it belongs to."""

from partnerships.records.forms import MainForm
from partnerships.undertakings.models import OWNERS, Undertaking


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
        sections = [
            ("What it is", ["wording", "standing", "detail"]),
            ("What it belongs to: choose exactly one", [*OWNERS]),
            ("In which field", ["activities", "subjects"]),
            ("Who and how", ["by", "channel", "evidence"]),
            ("In the office", ["owner", "due_on", "visibility", "notes"]),
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Exactly one of these has a value, so that the others are no gaps.
        self.gap_names = [name for name in self.gap_names if name not in OWNERS]
        for name in OWNERS:
            del self.fields[f"gap_{name}"]
