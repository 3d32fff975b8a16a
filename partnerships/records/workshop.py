"""What every table of the workshop (Django's admin) shares: no unbounded drop-down, no needless count, one history."""

from django import forms
from django.contrib import admin, messages
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.http import Http404
from django.shortcuts import redirect

from partnerships.memory.versions import StaleRecord, claim
from partnerships.records.forms import RemovingRows
from partnerships.records.kinds import kind_of
from partnerships.records.removing import delete_record
from partnerships.values.forms import HonestDatesForm


class WorkshopForm(HonestDatesForm):
    """A form of the workshop that refuses to save over what somebody else saved meanwhile."""

    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["opened"] = self.instance.version

    def clean(self):
        """Hold the record while it is saved, if it is still what was opened."""
        if self.instance.pk:
            try:
                claim(type(self.instance), self.instance.pk, self.data.get("opened", ""))
            except StaleRecord as stale:
                raise forms.ValidationError(
                    "Somebody changed this record after you had opened it, so nothing was saved. "
                    "Open it again to see what it is now, and repeat your change."
                ) from stale
        return super().clean()


class RecordAdmin(admin.ModelAdmin):
    """A record in the workshop; its history is the register's own."""

    form = WorkshopForm
    list_per_page = 50
    show_full_result_count = False
    readonly_fields = ["handle", "version"]
    search_help_text = "Part of a name, or a handle."

    def history_view(self, request, object_id, extra_context=None):
        """Lead to the register's history, which knows changes from every path."""
        kind = kind_of(self.model._meta.model_name)
        if kind is None or not str(object_id).isdigit():
            raise Http404("There is no such record.")
        return redirect(f"/{kind.path}/{object_id}/history/")

    def delete_view(self, request, object_id, extra_context=None):
        """Delete a record, unless something came to depend on it just now."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except (IntegrityError, ProtectedError):
            return self.in_use(request)

    def changelist_view(self, request, extra_context=None):
        """The table, with its action that deletes several records: all of them or none."""
        try:
            with transaction.atomic():
                return super().changelist_view(request, extra_context)
        except (IntegrityError, ProtectedError):
            return self.in_use(request)

    def in_use(self, request):
        """Lead back to the table, saying that nothing was deleted."""
        self.message_user(request, "Something depends on what you chose, so nothing was deleted.", messages.ERROR)
        return redirect(f"admin:partnerships_{self.model._meta.model_name}_changelist")

    def delete_model(self, request, obj):
        """Delete the record as its own page does."""
        delete_record(obj)

    def delete_queryset(self, request, queryset):
        """Delete each record as its own page does."""
        for record in queryset:
            delete_record(record)

    def log_addition(self, request, obj, message):
        """The register's memory keeps it already."""

    def log_change(self, request, obj, message):
        """The register's memory keeps it already."""

    def log_deletions(self, request, queryset):
        """The register's memory keeps it already."""


class ChildInline(admin.TabularInline):
    """Child rows of a record."""

    extra = 0
    formset = RemovingRows
    form = HonestDatesForm

    def get_queryset(self, request):
        """With the related records whose names the rows show."""
        return super().get_queryset(request).select_related(*self.autocomplete_fields)


class TermAdmin(admin.ModelAdmin):
    """A vocabulary: a code that is in use is retired, never deleted."""

    list_display = ["label", "code", "definition", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["label", "code"]
    show_full_result_count = False

    def has_delete_permission(self, request, obj=None) -> bool:
        """Untick “in use” instead."""
        return False
