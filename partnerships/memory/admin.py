"""The memory in the workshop: to be read, never to be written."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import redirect
from django.utils.text import capfirst

from partnerships.memory.models import Change
from partnerships.memory.tracking import models_by_kind, tracked_tables
from partnerships.records.forms import LONGEST_ID
from partnerships.records.kinds import kind_of
from partnerships.records.workshop import Table, history_address
from partnerships.records.workshop_lists import DayFilter, KindFilter, TypedFilter
from partnerships.values.draw import draw_link


class ChangedKindFilter(KindFilter):
    """The kind of record that was changed, vocabularies and accounts among them."""

    def lookups(self, request, model_admin) -> list[tuple[str, str]]:
        """Every kind whose rows belong to no other."""
        models = models_by_kind().items()
        owned = {table.kind for table in tracked_tables() if table.owners}
        return [(name, capfirst(str(model._meta.verbose_name_plural))) for name, model in models if name not in owned]


class UserFilter(TypedFilter):
    """Who did it, by the name they sign in with."""

    title = "user"
    parameter_name = "user"

    def narrowed(self, rows, typed):
        """What that user did; a name that nobody has did nothing."""
        users = get_user_model().objects.filter(username=typed).values_list("pk", flat=True)
        return rows.filter(user_id__in=list(users))


class RequestFilter(TypedFilter):
    """What one request did."""

    title = "request"
    parameter_name = "request_id"

    def narrowed(self, rows, typed):
        """The changes of that request."""
        return rows.filter(request_id=typed)


@admin.register(Change)
class ChangeAdmin(Table):
    """Every change of every table, newest first."""

    list_display = ["at", "kind", "row_id", "action", "record", "user", "reason", "request_id"]
    list_filter = ["action", ChangedKindFilter, UserFilter, DayFilter, RequestFilter]
    ordering = ["-id"]
    sortable_by: list[str] = []

    def get_queryset(self, request):
        """With the name of who did it."""
        who = get_user_model().objects.filter(pk=OuterRef("user_id")).values("username")
        return super().get_queryset(request).annotate(username=Subquery(who))

    @admin.display(description="history of")
    def record(self, change):
        """The way to the history of the record that was changed."""
        kind = kind_of(change.record_kind)
        noun = kind.singular if kind else change.record_kind
        return draw_link(history_address(change.record_kind, change.record_id), f"{noun} {change.record_id}")

    @admin.display(description="user")
    def user(self, change) -> str:
        """Who did it."""
        return change.username or (f"former user {change.user_id}" if change.user_id else "")

    def history_view(self, request, object_id, extra_context=None):
        """Lead to the history of the record that was changed."""
        change = self.get_object(request, object_id) if len(object_id) <= LONGEST_ID else None
        if change is None:
            raise Http404("There is no such change.")
        return redirect(history_address(change.record_kind, change.record_id))

    def has_add_permission(self, request) -> bool:
        """Only the database adds changes."""
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        """A change is never rewritten."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        """A change is never taken out."""
        return False
