"""The memory in the workshop: to be read, never to be written."""

from django.contrib import admin

from partnerships.memory.models import Change


@admin.register(Change)
class ChangeAdmin(admin.ModelAdmin):
    """Every change of every table, newest first."""

    list_display = ["at", "kind", "row_id", "action", "user_id", "reason", "request_id"]
    list_filter = ["action", "kind"]
    search_fields = ["=request_id", "=row_id"]
    ordering = ["-id"]
    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request) -> bool:
        """Only the database adds changes."""
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        """A change is never rewritten."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        """A change is never taken out."""
        return False
