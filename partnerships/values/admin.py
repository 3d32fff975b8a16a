"""Gaps in the workshop: what is known of values that are not there."""

from django.contrib import admin

from partnerships.records.workshop import Table
from partnerships.records.workshop_lists import KindFilter
from partnerships.values.models import Gap


@admin.register(Gap)
class GapAdmin(Table):
    """Gaps, to be put right or taken out; they are made on the form of their record."""

    list_display = ["__str__", "state", "note", "set_at"]
    list_filter = ["state", KindFilter]
    fields = ["record_kind", "record_id", "field", "state", "note", "set_at"]
    readonly_fields = ["record_kind", "record_id", "field", "set_at"]

    def has_add_permission(self, request) -> bool:
        """Made on the form of the record."""
        return False
