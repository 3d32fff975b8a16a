"""The forms of calendars."""

from crispy_forms.helper import FormHelper
from django import forms

from partnerships.attachments.types import MEGABYTE
from partnerships.calendars.models import Feed

LARGEST = MEGABYTE


class FeedForm(forms.ModelForm):
    """What a feed is called in the programme that reads it."""

    class Meta:
        model = Feed
        fields = ["name"]
        help_texts = {"name": "How your calendar programme shows it."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


class CalendarFileForm(forms.Form):
    """A calendar file, of which only what is read in this moment is taken."""

    file = forms.FileField(
        label="Calendar file",
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".ics,text/calendar"}),
        help_text=f"As calendar programmes export it (.ics), at most {LARGEST // MEGABYTE} MB and 200 events.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_file(self):
        """Keep the name and the bytes; refuse what is too large or empty."""
        sent = self.cleaned_data["file"]
        self.name, self.content = sent.name[:80], sent.read(LARGEST + 1)
        if len(self.content) > LARGEST:
            raise forms.ValidationError(
                f"“{self.name}” is larger than {LARGEST // MEGABYTE} MB. Export a shorter time."
            )
        if not self.content.strip():
            raise forms.ValidationError(f"“{self.name}” is empty. Choose the file that your calendar exported.")
        return sent
