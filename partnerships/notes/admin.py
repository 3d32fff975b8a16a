"""Notes in the workshop."""

from django.contrib import admin
from django.shortcuts import redirect

from partnerships.notes.models import Note
from partnerships.records.kinds import kind_of
from partnerships.records.workshop import RecordAdmin


class OfAnyRecordAdmin(RecordAdmin):
    """What belongs to any record; it is added on the record's page, and its history is the record's."""

    def has_add_permission(self, request) -> bool:
        """Only on the page of a record."""
        return False

    def history_view(self, request, object_id, extra_context=None):
        """Lead to the history of the record that it belongs to."""
        row = self.get_object(request, object_id)
        kind = kind_of(row.record_kind) if row else None
        return redirect(f"/{kind.path}/{row.record_id}/history/" if kind else "..")


@admin.register(Note)
class NoteAdmin(OfAnyRecordAdmin):
    """Notes on any record."""

    list_display = ["__str__", "kind", "record_kind", "record_id", "written_by", "written_at", "visibility"]
    list_filter = ["kind", "record_kind", "visibility"]
    list_select_related = ["written_by"]
    search_fields = ["text"]
    search_help_text = "Part of a note."
    readonly_fields = ["record_kind", "record_id", "written_by", "written_at", "version"]
