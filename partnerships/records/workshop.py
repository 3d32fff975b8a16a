"""What every table of the workshop (Django's admin) shares: no unbounded drop-down, no needless count, one history."""

from collections import Counter
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError, Q, QuerySet
from django.http import Http404
from django.shortcuts import redirect
from django.utils.text import capfirst

from partnerships.access.models import Entry
from partnerships.records.deleting import consequences, page_of
from partnerships.records.forms import LONGEST_ID, Several
from partnerships.records.kinds import kind_of
from partnerships.records.removing import delete_record
from partnerships.records.workshop_lists import CappedPaginator
from partnerships.records.workshop_rows import (
    OneByName,
    RowForm,
    RowOfRecordForm,
    SeveralByName,
    ShownRows,
    WorkshopForm,
)
from partnerships.values.draw import draw_link
from partnerships.values.text import normalise

AT_ONCE = 50
LONGEST_SEARCH = 200


def named(kinds: list[str], typed: str) -> QuerySet:
    """The ids of the records of these kinds whose names hold the words; words without a letter or figure find none."""
    key = normalise(typed) if len(typed) <= LONGEST_SEARCH else ""
    lines = Entry.objects.filter(kind__in=kinds, names_key__contains=key) if key else Entry.objects.none()
    return lines.values("record_id")


def history_address(kind: str, record_id: int) -> str:
    """Where the register tells what happened to a record, or to a row that is no record."""
    declared = kind_of(kind)
    if declared:
        return f"/{declared.path}/{record_id}/history/"
    return f"/admin/partnerships/change/?{urlencode({'record_kind': kind, 'record_id': record_id})}"


class OneMemory:
    """The register's memory keeps what is done in the workshop: nothing is noted a second time."""

    def log_addition(self, request, obj, message):
        """The register's memory keeps it already."""

    def log_change(self, request, obj, message):
        """The register's memory keeps it already."""

    def log_deletions(self, request, queryset):
        """The register's memory keeps it already."""

    def history_view(self, request, object_id, extra_context=None):
        """Lead to the register's history, which knows changes from every path."""
        row = self.get_object(request, object_id) if len(object_id) <= LONGEST_ID else None
        if row is None:
            raise Http404("There is no such row.")
        if getattr(row, "belongs_to_link", False):
            return redirect(history_address(row.record_kind, row.record_id))
        record = page_of(row)
        return redirect(history_address(str(record._meta.model_name), record.pk))


class Related:
    """Related records are chosen by typing."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """A type-ahead where the related table can be large."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", OneByName(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """The same for several, which refuses what is no id."""
        kwargs.setdefault("form_class", Several)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SeveralByName(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class Table(Related, OneMemory, admin.ModelAdmin):
    """A table that may be large: bounded pages and counts, the newest first; an unknown condition is refused."""

    list_per_page = 50
    list_max_show_all = 0
    ordering = ["-pk"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # they count every value of every condition

    def get_paginator(self, request, queryset, per_page, orphans=0, allow_empty_first_page=True):
        """Pages that are counted no further than needed."""
        asked = request.GET.get("p") or request.GET.get("page") or ""
        page = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1
        return CappedPaginator(queryset, per_page, orphans, allow_empty_first_page, asked=page)

    def get_changelist_instance(self, request):
        """The table; Django would answer a condition it doesn't know with everything."""
        try:
            return super().get_changelist_instance(request)
        except IncorrectLookupParameters as wrong:
            raise BadRequest("This table has no such condition or page. Open it again and choose anew.") from wrong

    def delete_view(self, request, object_id, extra_context=None):
        """Delete a row, unless something came to depend on it just now."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except (IntegrityError, ProtectedError):
            return self.in_use(request)

    def changelist_view(self, request, extra_context=None):
        """The table, with its action that deletes several rows: all of them or none."""
        try:
            with transaction.atomic():
                return super().changelist_view(request, extra_context)
        except (IntegrityError, ProtectedError):
            return self.in_use(request)

    def in_use(self, request):
        """Lead back to the table, saying that nothing was deleted."""
        self.message_user(request, "Something depends on what you chose, so nothing was deleted.", messages.ERROR)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def get_deleted_objects(self, objs, request):
        """What goes with the rows and what stands in the way, as a record's own delete page tells it."""
        chosen = list(objs[: AT_ONCE + 1])
        if len(chosen) > AT_ONCE:
            return [], {}, set(), [f"More than {AT_ONCE} are marked. Mark fewer, so that you can see what goes."]
        going, counts, kept_by = [], Counter({str(self.opts.verbose_name_plural): len(chosen)}), []
        for row in chosen:
            taken, depends = consequences(row)
            counts.update({noun: count for noun, count, _ in taken})
            named = [[f"{capfirst(noun)}: {count}", titles] for noun, count, titles in taken]
            going += [str(row), [part for pair in named for part in pair]]
            kept_by += [draw_link(one.get_absolute_url(), str(one)) for _, others in depends for one in others]
        return going, counts, set(), list(dict.fromkeys(kept_by))


class RecordAdmin(Table):
    """A record in the workshop; its history is the register's own."""

    form = WorkshopForm
    readonly_fields = ["handle", "version"]
    search_fields = ["handle"]
    search_help_text = "Part of a name, or a whole handle."

    def get_search_results(self, request, queryset, search_term):
        """The record of this handle, or those whose names hold the words, as in the register's own lists."""
        typed = search_term.strip()
        if not typed:
            return queryset, False
        exact = queryset.filter(handle=typed)
        if exact.exists():
            return exact, False
        return queryset.filter(pk__in=named([str(self.opts.model_name)], typed)), False

    def delete_model(self, request, obj):
        """Delete the record as its own page does."""
        delete_record(obj)

    def delete_queryset(self, request, queryset):
        """Delete each record as its own page does."""
        for record in queryset:
            delete_record(record)


class ChildAdmin(Table):
    """The table of child rows, which are added on the form of the record they belong to, and never moved to another."""

    form = RowOfRecordForm
    search_fields = ["pk"]  # only so that Django draws the search: see `get_search_results`
    search_help_text = "Part of the name of the record that a row belongs to."

    def __init__(self, model, admin_site):
        self.parents = [model.belongs_to] if isinstance(model.belongs_to, str) else list(model.belongs_to)
        self.list_select_related = [one.name for one in model._meta.fields if one.is_relation]
        self.list_display = ["__str__", *self.parents]
        self.readonly_fields = self.parents
        self.autocomplete_fields = [name for name in self.list_select_related if name not in self.parents]
        super().__init__(model, admin_site)

    def get_search_results(self, request, queryset, search_term):
        """The rows of the records whose names hold the words."""
        if not search_term.strip():
            return queryset, False
        found = Q()
        for name in self.parents:
            kind = self.opts.get_field(name).related_model._meta.model_name
            found |= Q(**{f"{name}__in": named([str(kind)], search_term)})
        return queryset.filter(found), False

    def has_add_permission(self, request) -> bool:
        """Added on the form of its record."""
        return False

    def delete_model(self, request, obj):
        """Delete a row, if its record can do without it."""
        self.delete_queryset(request, self.model._base_manager.filter(pk=obj.pk))

    def delete_queryset(self, request, queryset):
        """Delete rows, if their records can do without them: what the database refuses is refused at once."""
        checked = [table for name in self.parents for table in self.opts.get_field(name).related_model.checked_with]
        with transaction.atomic():
            self.model._base_manager.filter(pk__in=list(queryset.values_list("pk", flat=True))).delete()
            connection.check_constraints(table_names=[self.opts.db_table, *checked])


class ChildInline(Related, admin.TabularInline):
    """Child rows of a record: the first of them, and a way to the table of all."""

    extra = 0
    form = RowForm
    formset = ShownRows
    template = "admin/rows.html"

    def get_queryset(self, request):
        """With the related records whose names the rows show."""
        return super().get_queryset(request).select_related(*self.autocomplete_fields)


class TermAdmin(Table):
    """A vocabulary: a code that is in use is retired, never deleted."""

    list_display = ["label", "code", "definition", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["label", "code"]
    search_help_text = "Part of a label or of a code."
    ordering = ["label"]

    def has_delete_permission(self, request, obj=None) -> bool:
        """Untick “in use” instead."""
        return False
