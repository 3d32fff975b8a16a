"""Notes in the workshop."""

from django.contrib import admin

from partnerships.notes.models import Note, NotePerson
from partnerships.records.workshop import ChildAdmin, Table
from partnerships.records.workshop_lists import KindFilter
from partnerships.records.workshop_rows import WorkshopForm


@admin.register(Note)
class NoteAdmin(Table):
    """Notes on any record; they are written on its page."""

    form = WorkshopForm
    list_display = ["__str__", "kind", "record_kind", "record_id", "written_by", "written_at", "visibility"]
    list_filter = ["kind", KindFilter, "visibility"]
    list_select_related = ["written_by"]
    readonly_fields = ["record_kind", "record_id", "written_by", "written_at", "version"]

    def has_add_permission(self, request) -> bool:
        """Only on the page of a record."""
        return False


@admin.register(NotePerson)
class NotePersonAdmin(ChildAdmin):
    """The people that notes were made with."""
