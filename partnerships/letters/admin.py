"""The outbox in the workshop: to see what was sent, what waits and what was refused; never to be written."""

from django.contrib import admin

from partnerships.letters.models import Letter
from partnerships.records.workshop import Table


class Standing(admin.SimpleListFilter):
    """How far a letter has come."""

    title = "standing"
    parameter_name = "standing"

    def lookups(self, request, model_admin) -> list[tuple[str, str]]:
        """The three that a letter can have."""
        return [("sent", "sent"), ("waiting", "waits for the next try"), ("refused", "given up")]

    def queryset(self, request, queryset):
        """Those of the chosen standing."""
        conditions = {
            "sent": {"sent_at__isnull": False},
            "waiting": {"sent_at__isnull": True, "next_try_at__isnull": False},
            "refused": {"sent_at__isnull": True, "next_try_at__isnull": True},
        }
        return queryset.filter(**conditions[self.value()]) if self.value() in conditions else queryset


@admin.register(Letter)
class LetterAdmin(Table):
    """Letters, the newest first."""

    list_display = ["subject", "to", "made_at", "sent_at", "tries", "next_try_at", "last_error"]
    list_filter = [Standing]
    list_select_related = ["to"]

    def has_add_permission(self, request) -> bool:
        """The register writes them."""
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        """They are read here."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        """A letter that is deleted might be written again."""
        return False
