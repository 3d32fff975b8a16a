"""What every table of the workshop (Django's admin) shares: no unbounded drop-downs, no needless counts, one history."""

from django.contrib import admin
from django.http import Http404
from django.shortcuts import redirect

from partnerships.records.kinds import kind_of


class RecordAdmin(admin.ModelAdmin):
    """A record in the workshop; its history is the register's own."""

    list_per_page = 50
    show_full_result_count = False
    readonly_fields = ["handle", "version"]
    search_help_text = "Part of a name, or a handle."

    def history_view(self, request, object_id, extra_context=None):
        """Lead to the register's history, which knows changes from every path."""
        kind = kind_of(self.model._meta.model_name)
        if kind is None or not str(object_id).isdigit():
            raise Http404
        return redirect(f"/{kind.path}/{object_id}/history/")

    def log_addition(self, request, obj, message):
        """The register's memory keeps it already."""

    log_change = log_addition

    def log_deletions(self, request, queryset):
        """The register's memory keeps it already."""


class ChildInline(admin.TabularInline):
    """Child rows of a record."""

    extra = 0
    show_change_link = False

    def get_queryset(self, request):
        """With the related records whose names the rows show."""
        return super().get_queryset(request).select_related(*self.autocomplete_fields)


class TermAdmin(admin.ModelAdmin):
    """A vocabulary: a code that is in use is retired, never deleted."""

    list_display = ["label", "code", "definition", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["label", "code"]

    def has_delete_permission(self, request, obj=None) -> bool:
        """Untick “in use” instead."""
        return False
