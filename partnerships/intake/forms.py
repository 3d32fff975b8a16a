"""What is asked beside the lines: the text itself, the frame of the visit, words that somebody chose, what is to be done."""

from dataclasses import replace
from datetime import date

from django import forms
from django.db import models

from partnerships.access.scoping import scope
from partnerships.intake.child import SECONDS, Refused
from partnerships.intake.line import Around
from partnerships.intake.lines import LABELS, LONGEST_VALUE, MOST_LINES
from partnerships.intake.reading import LARGEST, LARGEST_PLAIN, LONGEST, TAKEN, fit, text_of
from partnerships.intake.reading.parsing import MOST_PAGES
from partnerships.intake.recognition.proposals import MOST_READ
from partnerships.organisations.models import Organisation
from partnerships.records.picking import PickSelect
from partnerships.records.rows import Rows
from partnerships.values.forms import FieldsOnly, HonestDateFormField, TextField
from partnerships.visits.forms import LOGGED_AS, FollowUpRules
from partnerships.visits.models import Direction, FollowUp, Visit, VisitStatus

MEGABYTE = 2**20
OF_TEXTS = (
    f"At most {LONGEST:,} characters. Its first {MOST_READ:,} are searched, and {MOST_LINES} lines proposed at most."
)
OF_FILES = (
    f"{TAKEN}: up to {LARGEST // MEGABYTE} MB (txt and html {LARGEST_PLAIN // MEGABYTE} MB) and {MOST_PAGES} pages, "
    f"read within {SECONDS} seconds. No macros, no password, no pictures of pages."
)


class TextForm(forms.Form):
    """A text, pasted or as a file."""

    text = forms.CharField(
        label="The text", required=False, strip=False, widget=forms.Textarea({"rows": 12}), help_text=OF_TEXTS
    )
    file = forms.FileField(label="Or a file", required=False, allow_empty_file=True, help_text=OF_FILES)
    title = TextField(
        label="What it is", max_length=300, required=False, help_text="Left empty, it is called by its first line."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FieldsOnly()

    def clean(self) -> dict:
        """One text, fit to be kept, as `cleaned_data["read"]`."""
        cleaned = super().clean()
        file, typed = cleaned.get("file"), cleaned.get("text") or ""
        if file and typed.strip():
            self.add_error("file", "Give the text or a file, not both.")
            return cleaned
        if not file and not typed.strip() and "file" not in self.errors:
            self.add_error("text", "Paste the text here, or choose a file below.")
            return cleaned
        try:
            cleaned["read"] = text_of(file.name, file.read()) if file else fit(typed)
        except Refused as refused:
            self.add_error("file" if file else "text", str(refused))
        return cleaned


class FrameForm(forms.Form):
    """What a visit needs at least: whose it is, which way it went; and which lines say with whom, when and where."""

    home = forms.ModelChoiceField(
        Organisation.objects.homes(), empty_label="Choose one of our own", help_text="Who “we” are in the text."
    )
    direction = forms.ChoiceField(choices=[("", "Choose"), *Direction.choices], help_text="Seen from the home.")
    partner = forms.ChoiceField(required=False, help_text="Who came, or who was visited.")
    when = forms.ChoiceField(required=False, help_text="A date of the text, which you then keep below.")
    happens_on = HonestDateFormField(label="Or when, as you know it", required=False)
    where = forms.ChoiceField(required=False, help_text="A place of the text, which you then keep below.")
    status = forms.ChoiceField(
        label="How far it has come", choices=[(one, one.label) for one in LOGGED_AS], initial=VisitStatus.HAPPENED
    )
    after = forms.ModelChoiceField(
        Visit.objects.all(),
        label="After the visit",
        required=False,
        widget=PickSelect(Visit.path),
        help_text="The earlier visit that this one follows.",
    )
    title = TextField(
        label="Title of the visit", max_length=300, required=False, help_text="Left empty, it is made of the two names."
    )

    def __init__(self, *args, around: Around, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper, self.today = FieldsOnly(), today
        for name, kind in (("partner", "organisation"), ("when", "date"), ("where", "place")):
            self.fields[name].choices = [("", "Not stated"), *around.named(kind)]
        for name in ("home", "after"):
            self.fields[name].queryset = scope(around.user, self.fields[name].queryset)
        self.fields["after"].widget.by_name = True

    def clean(self) -> dict:
        """One date, and none that is still to come for what happened."""
        cleaned = super().clean()
        typed = cleaned.get("happens_on")
        if typed and cleaned.get("when"):
            self.add_error("happens_on", "A date of the text is chosen as well. Keep one of the two.")
        if typed and typed.earliest and typed.earliest > self.today and cleaned.get("status") == VisitStatus.HAPPENED:
            self.add_error("status", f"{typed.words} is still to come: choose “{VisitStatus.PLANNED.label}”.")
        return cleaned


class WordsForm(forms.Form):
    """Words of the text that somebody chose, and what they are; asked for only where a line is added."""

    kind = forms.ChoiceField(label="Use as", choices=[("", "Choose"), *LABELS.items()], required=False)
    paragraph = forms.IntegerField(min_value=1, max_value=9_999, required=False)
    words = TextField(max_length=LONGEST_VALUE, exact=True, widget=forms.TextInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, prefix="own", **kwargs)
        self.helper = FieldsOnly()

    def clean(self) -> dict:
        """All three are needed."""
        cleaned = super().clean()
        needed = {
            "kind": "Say what the words are.",
            "paragraph": "Give the number of their paragraph.",
            "words": "Select words in the text, or copy them here.",
        }
        for name, sentence in needed.items():
            if name not in self.errors and not cleaned.get(name):
                self.add_error(name, sentence)
        return cleaned


class ToDoForm(FollowUpRules):
    """What is to be done after the visit."""

    class Meta:
        model = FollowUp
        fields = ["what", "owner", "due_on"]


TO_DO = Rows(
    FollowUp,
    ToDoForm,
    "Follow-ups",
    "follow-up",
    extra=0,
    hint="What is to be done, by whom and until when.",
    joins=("owner",),
)


def follow_ups(user, *given, kept: list[dict] | None = None) -> forms.BaseFormSet:
    """The rows of what is to be done; without anything given, those that were kept with the draft."""
    rows = replace(TO_DO, extra=len(kept or []))
    more: dict[str, models.Model | list] = {"instance": Visit()}
    return rows.formset(Visit, *given, user=user, initial=kept or [], **more)
