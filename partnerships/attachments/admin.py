"""Files in the workshop: looked at and deleted, never changed."""

from django.contrib import admin

from partnerships.attachments.models import Attachment
from partnerships.records.workshop import Table
from partnerships.records.workshop_lists import KindFilter


@admin.register(Attachment)
class AttachmentAdmin(Table):
    """The rows of files; the files themselves are downloaded."""

    list_display = ["name", "description", "number", "media_type", "size", "record_kind", "record_id", "added_at"]
    list_filter = [KindFilter]

    def has_add_permission(self, request) -> bool:
        """Only on the page of a record."""
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        """A file is replaced by a new version, on the page of its record."""
        return False
