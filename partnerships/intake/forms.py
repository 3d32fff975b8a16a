"""What is asked on the two pages: the text itself, and the frame of the visit that its lines fill."""

from crispy_forms.helper import FormHelper
from django import forms

from partnerships.intake.child import Refused
from partnerships.intake.reading import TAKEN, fit, text_of
from partnerships.organisations.models import Organisation
from partnerships.values.forms import TextField
from partnerships.visits.models import Direction


class TextForm(forms.Form):
    """A text, pasted or as a file."""

    text = forms.CharField(label="The text", required=False, strip=False, widget=forms.Textarea({"rows": 12}))
    file = forms.FileField(label="Or a file", required=False, allow_empty_file=True, help_text=f"{TAKEN}, up to 20 MB.")
    title = TextField(
        label="What it is", max_length=300, required=False, help_text="Left empty, it is called by its first line."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True

    def clean(self) -> dict:
        """One text, fit to be kept, as `cleaned_data["read"]`."""
        cleaned = super().clean()
        file, typed = cleaned.get("file"), cleaned.get("text") or ""
        if file and typed.strip():
            self.add_error("file", "Give the text or a file, not both.")
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
    when = forms.ChoiceField(required=False)
    where = forms.ChoiceField(required=False)
    title = TextField(
        label="Title of the visit", max_length=300, required=False, help_text="Left empty, it is made of the two names."
    )

    def __init__(self, *args, lines: list[dict], **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        for name, kind, empty in (
            ("partner", "organisation", "Not stated"),
            ("when", "date", "Not stated"),
            ("where", "place", "Not stated"),
        ):
            there = [(str(at), one["value"]) for at, one in enumerate(lines) if one["kind"] == kind]
            self.fields[name].choices = [("", empty), *there]
