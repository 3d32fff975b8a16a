"""How a file is attached: the file itself, what it is, and of which other it is a new version."""

from django import forms

from partnerships.attachments.models import Attachment, FileSort
from partnerships.attachments.types import ENDINGS, LARGEST, MEGABYTE, Unfit, clean_name, kept_types, type_of
from partnerships.values.forms import FieldsOnly, TextField

OF_PAPER = ("application/pdf", "image/")
UNFIT, NOT_PAPER, REPLACES_SIGNED = "unfit", "not_paper", "replaces_signed"  # by which rule a file is refused


class FileForm(forms.Form):
    """A file for a record; an unfit one is refused by its name and the rule."""

    file = forms.FileField(
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ",".join(ENDINGS)}),
        help_text=f"{kept_types()}; at most {LARGEST // MEGABYTE} MB.",
    )
    description = TextField(label="What it is", max_length=300)
    sort = forms.ChoiceField(
        label="Which sort",
        choices=[("", "none of these"), *FileSort.choices],
        required=False,
        help_text="A signed copy stays for good: it can be followed, never replaced or deleted.",
    )
    language = TextField(max_length=40, required=False, help_text="Such as English, Chinese or both.")
    replaces = forms.ModelChoiceField(
        Attachment.objects.none(),
        required=False,
        label="A new version of",
        empty_label="no other: it is a file of its own",
        help_text="The older version stays listed below it.",
    )

    def __init__(self, *args, record, **kwargs):
        kwargs.setdefault("auto_id", "attach_%s")
        super().__init__(*args, **kwargs)
        self.of_record = Attachment.objects.filter(record_kind=record._meta.model_name, record_id=record.pk)
        shown = self.of_record.newest()
        self.fields["replaces"].queryset = shown
        self.helper = FieldsOnly()

    def clean_file(self):
        """Find out what the file is; keep its cleaned name as `file_name`, its bytes and type beside it."""
        sent = self.cleaned_data["file"]
        try:
            self.file_name = clean_name(sent.name)
            self.content = sent.read(LARGEST + 1)
            self.type = type_of(self.file_name, self.content)
        except Unfit as unfit:
            raise forms.ValidationError(f"“{sent.name[:80]}” was not kept. {unfit}", UNFIT) from unfit
        return sent

    def clean(self):
        """A signed copy is a picture of paper, and only another signed copy comes after it."""
        given = super().clean()
        signed = given.get("sort") == FileSort.SIGNED
        if signed and "file" in given and not self.type.media_type.startswith(OF_PAPER):
            why = f"A signed copy is a PDF or a picture; {self.type.label} can still be changed."
            self.add_error("file", forms.ValidationError(why, NOT_PAPER))
        older = given.get("replaces")
        if older and older.sort == FileSort.SIGNED and not signed:
            why = f"“{older}” is a signed copy: only another signed copy can follow it."
            self.add_error("replaces", forms.ValidationError(why, REPLACES_SIGNED))
        return given

    def refusal(self) -> str:
        """Which rule about signed copies was broken, in a sentence; "" where none was."""
        rules = {NOT_PAPER, REPLACES_SIGNED} | ({UNFIT} if self.data.get("sort") == FileSort.SIGNED else set())
        found = (one for errors in self.errors.as_data().values() for one in errors if one.code in rules)
        return next((one.message for one in found), "")
