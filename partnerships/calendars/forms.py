"""The forms of calendars."""

from crispy_forms.helper import FormHelper
from django import forms

from partnerships.calendars.models import Feed


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
