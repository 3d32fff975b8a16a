"""Deleting a record: refused with a list of what depends on it, or confirmed after a preview of what goes with it."""

from typing import Any

from django.contrib import messages
from django.db import router, transaction
from django.db.models import Model
from django.db.models.deletion import Collector, ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views import View

from partnerships.memory.versions import StaleRecord, claim
from partnerships.records.kinds import Kind
from partnerships.records.saving import found
from partnerships.sources.models import Statement
from partnerships.values.models import Gap

SHOWN = 30


class DeletePage(View):
    """`/<path>/<id>/delete/`."""

    kind: Kind = None  # type: ignore[assignment]  # given by as_view

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What goes with the record, or what stands in the way."""
        return self.page(request, found(self.kind, request.user, pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Delete the record with its own rows and what sources say of it, unless something depends on it."""
        record = found(self.kind, request.user, pk)
        try:
            claim(type(record), record.pk, request.POST.get("version", ""))
        except StaleRecord:
            messages.warning(request, f"{record} was changed since you opened this page. Look again before deleting.")
            return self.page(request, record, status=409)
        title = str(record)
        try:
            delete_record(record)
        except ProtectedError:
            return self.page(request, record, status=409)
        messages.success(request, f"{title} was deleted. Its history is kept.")
        return HttpResponseRedirect(f"/{self.kind.path}/", status=303)

    def page(self, request: HttpRequest, record, status=200) -> HttpResponse:
        """Draw the preview."""
        going, kept_by = consequences(record)
        context = {"kind": self.kind, "record": record, "going": going, "kept_by": kept_by}
        return render(request, "records/delete.html", context, status=status)


def delete_record(record: Model) -> None:
    """Delete a record with its own rows, what sources say of it and what is known of its empty fields.

    Raises ProtectedError where something depends on it; then nothing is deleted.
    """
    with transaction.atomic():
        for model in (Statement, Gap):
            model.objects.filter(record_kind=record._meta.model_name, record_id=record.pk).delete()
        record.delete()


def consequences(record: Model) -> tuple[list[tuple[str, list[str]]], list[tuple[str, list[Model]]]]:
    """What would be deleted with a record, and what depends on it: lists by kind, at most 30 of each named."""
    collector = Collector(using=router.db_for_write(type(record)), origin=record)
    protected: set[Model] = set()
    try:
        collector.collect([record])
    except ProtectedError as refused:
        protected = set(refused.protected_objects)
    going: dict[str, list[str]] = {}
    for model, rows in collector.data.items():
        if model is not type(record):
            going.setdefault(str(model._meta.verbose_name_plural), []).extend(str(row) for row in list(rows)[:SHOWN])
    quick: list[Any] = collector.fast_deletes  # querysets, whatever the stubs say
    for rows in quick:
        if not rows.model._meta.auto_created and (named := [str(row) for row in rows[:SHOWN]]):
            going.setdefault(str(rows.model._meta.verbose_name_plural), []).extend(named)
    for model in (Statement, Gap):
        about = model.objects.filter(record_kind=record._meta.model_name, record_id=record.pk)[:SHOWN]
        if named := [str(row) for row in about]:
            going.setdefault(str(model._meta.verbose_name_plural), []).extend(named)
    depends: dict[str, list[Model]] = {}
    for row in sorted(protected, key=lambda one: (one._meta.model_name, one.pk))[:SHOWN]:
        depends.setdefault(str(row._meta.verbose_name_plural), []).append(page_of(row))
    return list(going.items()), list(depends.items())


def page_of(row: Model) -> Model:
    """The record on whose page a row stands: itself, or the parent of a child row."""
    names = getattr(row, "belongs_to", ())
    for name in (names,) if isinstance(names, str) else names:
        parent = getattr(row, name, None)
        if parent is not None:
            return parent
    return row
