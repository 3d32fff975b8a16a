"""How a source is entered, and what it says about a record."""

import re

from django import forms

from partnerships.access.scoping import scope
from partnerships.records.forms import MainForm
from partnerships.records.kinds import Kind, kind_of, kinds
from partnerships.sources.actions import misquoted
from partnerships.sources.models import LONGEST_QUOTATION, Source, Statement
from partnerships.values.currencies import CHOICES
from partnerships.values.forms import TextField

# A number, or the address of a record's page, which ends in its number.
RECORD = re.compile(r"(?:.*/(?P<path>[a-z-]+)/)?(?P<number>[1-9][0-9]{0,17})/?")


class SourceForm(MainForm):
    """A source; its full text is attached by a command, not typed."""

    class Meta:
        model = Source
        fields = ["title", "publisher", "speaks_for", "dated_on", "file_name", "url", "visibility", "notes"]
        help_texts = {
            "speaks_for": "Who “we” and “the University” are in it.",
            "file_name": "The name alone, without a folder: by it the full text is attached.",
        }
        folded = ("In the office",)
        sections = [
            ("What it is", ["title", "publisher", "speaks_for", "dated_on"]),
            ("Where it is", ["file_name", "url"]),
            ("In the office", ["visibility", "notes"]),
        ]

    def clean_file_name(self) -> str:
        """A bare name: the command that attaches texts must not be led out of its folder."""
        name = self.cleaned_data["file_name"]
        if "/" in name or "\\" in name or name in {".", ".."}:
            raise forms.ValidationError("Give the file's name without a folder.")
        return name


def kind_choices() -> list[tuple[str, str]]:
    """The kinds of record that a statement may speak of; not of another statement."""
    return [("", "Choose a kind"), *((kind.name, kind.singular) for kind in kinds() if kind.model is not Statement)]


class StatementForm(MainForm):
    """What a source says about one record; opened from a record's page, it speaks of that one."""

    record_kind = forms.ChoiceField(label="What it speaks of", choices=kind_choices)
    record_id = forms.CharField(
        label="Which one", max_length=200, help_text="Its number, or the address of its page, such as /agreements/3/."
    )
    is_fixed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    quotation = TextField(
        exact=True,
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=f"At most {LONGEST_QUOTATION} words, exactly as printed, misprints included.",
    )
    currency = forms.ChoiceField(choices=[("", "no currency"), *CHOICES], required=False)

    class Meta:
        model = Statement
        fields = [
            "record_kind",
            "record_id",
            "source",
            "paragraph",
            "quotation",
            "basis",
            "text",
            "kind",
            "field",
            "said_by",
            "rank",
            "number",
            "bound",
            "unit",
            "currency",
            "happened_on",
            "note",
            "visibility",
            "notes",
        ]
        never_unknown = fields  # what a statement leaves out, its source leaves out
        folded = ("What it counts, if it does", "In the office")
        sections = [
            ("About which record", ["about", "record_kind", "record_id", "is_fixed", "field"]),
            ("Where it stands", ["source", "paragraph", "quotation", "basis"]),
            ("What it says", ["text", "kind", "said_by", "rank", "note"]),
            ("What it counts, if it does", ["number", "bound", "unit", "currency", "happened_on"]),
            ("In the office", ["visibility", "notes"]),
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        given = self.data if self.is_bound else self.initial
        if self.instance.pk or not self.is_bound or given.get("is_fixed"):
            self.fix(kind_of(given.get("record_kind") or ""), given.get("record_id"))

    def fix(self, kind: Kind | None, number) -> None:
        """Speak of this record: its name is shown, and its kind and number are no longer asked for."""
        record = self.found(kind, str(number)) if kind and kind.model is not Statement and number else None
        if record is None:
            return
        self.initial["is_fixed"] = True
        for name in ("record_kind", "record_id"):
            self.fields[name].widget = forms.HiddenInput()
        noun = kind.singular
        self.fields["about"] = forms.CharField(
            label="Speaks of",
            initial=f"{noun} “{record}”",
            disabled=True,
            required=False,
            widget=forms.Textarea({"rows": 1, "data-line": True}),
        )
        own = self.instance.field
        named = kind.labels | ({own: kind.label_of(own)} if own else {})
        self.fields["field"].widget = forms.Select(choices=[("", "the whole record"), *named.items()])
        self.fields["field"].help_text = ""
        self.helper.layout = self.layout()

    def clean(self) -> dict:
        """A quotation stands in the text of its source, where that is kept."""
        cleaned = super().clean()
        source, paragraph, quotation = (cleaned.get(name) for name in ("source", "paragraph", "quotation"))
        if source and paragraph and quotation and (wrong := misquoted(source, paragraph, quotation)):
            self.add_error("quotation", wrong)
        return cleaned

    def found(self, kind: Kind, typed: str):
        """The record of this kind and number that the user may see, or None."""
        number = RECORD.fullmatch(typed.strip())
        if number is None or number["path"] not in (None, kind.path):
            return None
        rows = kind.model.objects.filter(pk=number["number"])
        return (scope(self.user, rows) if self.user else rows).first()

    def clean_record_id(self) -> int:
        """The number of a record that is there, whether it was typed alone or as the address of its page."""
        kind = kind_of(self.cleaned_data.get("record_kind") or "")
        if kind is None:
            raise forms.ValidationError("Choose first what it speaks of.")
        record = self.found(kind, self.cleaned_data["record_id"])
        if record is None:
            raise forms.ValidationError(f"There is no {kind.singular} of this number: look at its page's address.")
        return record.pk
