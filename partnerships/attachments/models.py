"""The files that belong to a record: what each one is, by its content, and where it is kept."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from partnerships.access.models import OfAnyRecord, new_handle
from partnerships.attachments.types import LONGEST_NAME, TYPES
from partnerships.values.columns import LineField


class FileSort(models.TextChoices):
    """What a file is to its record; a signed copy stays for good."""

    DRAFT = "draft", "draft"
    SIGNED = "signed", "signed copy"
    ANNEX = "annex", "annex"
    TRANSLATION = "translation", "translation"


class AttachmentRows(models.QuerySet):
    """Attachments by their versions; whichever way rows are deleted, their files go once that is certain."""

    def newest(self):
        """The version of each attachment that is shown."""
        later = Attachment.objects.filter(series=OuterRef("series"), number__gt=OuterRef("number"))
        return self.filter(~Exists(later))

    def delete(self):
        """Delete the rows, and their files after the commit."""
        names = list(self.order_by().values_list("stored_as", flat=True))
        deleted = super().delete()
        transaction.on_commit(lambda: [default_storage.delete(name) for name in names])
        return deleted


class Attachment(OfAnyRecord):
    """One version of a file on any record. The file lies outside the web root, under a name that tells nothing."""

    name = LineField("file", max_length=LONGEST_NAME, help_text="As it was called where it came from.")
    media_type = LineField("type", max_length=100, help_text="By its content.")
    size = models.PositiveBigIntegerField("size in bytes")
    sha256 = LineField("SHA-256", max_length=64)
    description = LineField("what it is", max_length=300)
    sort = models.CharField("which sort", max_length=20, choices=FileSort, blank=True, default="")
    language = LineField(max_length=40, blank=True, default="")
    series = models.CharField(max_length=12, default=new_handle, editable=False)
    number = models.PositiveIntegerField("version", default=1)
    stored_as = models.CharField(max_length=64, unique=True, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="attachments_added"
    )
    added_at = models.DateTimeField(auto_now_add=True)

    objects = AttachmentRows.as_manager()

    class Meta:
        verbose_name = "file"
        base_manager_name = "objects"  # so that whatever deletes rows deletes their files
        ordering = ["-pk"]
        indexes = [models.Index(fields=["record_kind", "record_id"], name="attachment_of_record")]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="a_version_is_numbered_once"),
            models.CheckConstraint(condition=Q(size__gt=0), name="a_file_is_not_empty"),
            models.CheckConstraint(condition=Q(number__gt=0), name="versions_count_from_one"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def type_words(self) -> str:
        """What it is called on screen."""
        return next((one.label for one in TYPES if one.media_type == self.media_type), self.media_type)

    def get_absolute_url(self) -> str:
        """Where it is downloaded."""
        return f"/attachments/{self.pk}/"

    def delete(self, *args, **kwargs):
        """Delete the row, and its file after the commit."""
        return type(self).objects.filter(pk=self.pk).delete()
