"""How a note is written: what kind, what was said, when, and with whom."""

from django.utils import timezone

from partnerships.access.models import Visibility
from partnerships.access.roles import role_of
from partnerships.notes.models import Note
from partnerships.records.forms import RecordForm
from partnerships.values.dates import HonestDate
from partnerships.values.forms import FieldsOnly


class NoteForm(RecordForm):
    """A note on a record; a new one offers today."""

    class Meta:
        model = Note
        fields = ["kind", "text", "happened_on", "people", "visibility"]

    def __init__(self, *args, user, **kwargs):
        kwargs.setdefault("auto_id", "note_%s")
        super().__init__(*args, user=user, **kwargs)
        self.fields["visibility"].choices = [one for one in Visibility.choices if one[0] <= role_of(user)]
        self.fields["visibility"].required = False
        self.fields["text"].widget.attrs["rows"] = 4
        if self.instance.pk is None:
            self.initial["happened_on"] = HonestDate.from_notation(timezone.localdate().isoformat())
        self.helper = FieldsOnly()

    def withheld(self) -> list[str]:
        """Whoever writes a note may narrow it, to those among whom they are."""
        return [name for name in super().withheld() if name != "visibility"]

    def clean_visibility(self) -> int:
        """As wide as the record where nothing is chosen."""
        return self.cleaned_data["visibility"] or Visibility.EVERYONE
