"""Files in the workshop: looked at and deleted, never changed."""

from django.contrib import admin
from django.forms import ModelForm

from partnerships.attachments.models import Attachment
from partnerships.notes.admin import OfAnyRecordAdmin


@admin.register(Attachment)
class AttachmentAdmin(OfAnyRecordAdmin):
    """The rows of files; the files themselves are downloaded."""

    form = ModelForm
    list_display = ["name", "description", "number", "media_type", "size", "record_kind", "record_id", "added_at"]
    list_filter = ["media_type", "record_kind"]
    search_fields = ["name", "description", "sha256"]
    search_help_text = "Part of a name or a description, or a SHA-256."
    readonly_fields: list[str] = []

    def has_change_permission(self, request, obj=None) -> bool:
        """A file is replaced by a new version, on the page of its record."""
        return False
