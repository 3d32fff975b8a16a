"""What the office itself writes down beside a record: calls, e-mails, meetings and remarks."""

from django.conf import settings
from django.db import models

from partnerships.access.models import OfAnyRecord, Visibility
from partnerships.values.columns import ProseField
from partnerships.values.fields import HonestDateField

LONGEST_NOTE = 20_000


class NoteKind(models.TextChoices):
    """What a note keeps."""

    CALL = "call", "call"
    EMAIL = "email", "e-mail"
    MEETING = "meeting", "meeting"
    REMARK = "remark", "remark"


class Note(OfAnyRecord):
    """A note on any record: seen with the record, or by fewer; changed by its writer and by managers."""

    kind = models.CharField(max_length=20, choices=NoteKind, default=NoteKind.REMARK)
    text = ProseField("note", max_length=LONGEST_NOTE)
    happened_on = HonestDateField("when")
    people = models.ManyToManyField(
        "partnerships.Person", through="NotePerson", blank=True, related_name="notes_with", verbose_name="with whom"
    )
    visibility = models.PositiveSmallIntegerField(
        "seen by", choices=Visibility, default=Visibility.EVERYONE, db_default=Visibility.EVERYONE.value
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="notes_written"
    )
    written_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["record_kind", "record_id"], name="note_of_record")]

    def __str__(self) -> str:
        first = self.text.partition("\n")[0]
        return f"{self.get_kind_display().capitalize()}: {first if len(first) <= 80 else first[:79] + '…'}"


class NotePerson(models.Model):
    """Somebody that a note was made with."""

    belongs_to = "note"
    scoped_by = ("note", "person")

    note = models.ForeignKey(Note, models.CASCADE, related_name="with_whom")
    person = models.ForeignKey("partnerships.Person", models.PROTECT, related_name="in_notes")

    class Meta:
        verbose_name = "person of a note"
        verbose_name_plural = "people of notes"
        constraints = [models.UniqueConstraint(fields=["note", "person"], name="a_note_names_a_person_once")]

    def __str__(self) -> str:
        return str(self.person)
