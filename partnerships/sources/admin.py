"""Sources and statements in the workshop."""

from django.contrib import admin

from partnerships.records.workshop import RecordAdmin
from partnerships.records.workshop_lists import KindFilter
from partnerships.sources.models import Source, Statement


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    """Sources; what they say is a table of its own, since it may be long."""

    list_display = ["title", "file_name", "publisher", "speaks_for", "dated_on_edtf"]
    list_filter = ["visibility"]
    list_select_related = ["publisher", "speaks_for"]
    autocomplete_fields = ["publisher", "speaks_for"]
    readonly_fields = [*RecordAdmin.readonly_fields, "text_sha256"]

    def get_queryset(self, request):
        """Without the full texts, which the workshop doesn't show."""
        return super().get_queryset(request).defer("text")


@admin.register(Statement)
class StatementAdmin(RecordAdmin):
    """Statements about any record."""

    list_display = ["__str__", "source", "paragraph", "record_kind", "record_id", "field", "basis", "kind"]
    list_filter = ["basis", "kind", "rank", KindFilter, "visibility"]
    list_select_related = ["source"]
    autocomplete_fields = ["source", "said_by"]
