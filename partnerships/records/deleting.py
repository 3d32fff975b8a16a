"""Deleting a record: refused with a list of what depends on it, or confirmed after a preview of what goes with it."""

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Model
from django.db.models.deletion import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views import View

from partnerships.memory.versions import StaleRecord, claim
from partnerships.records.kinds import Kind
from partnerships.records.removing import delete_record, removal
from partnerships.records.saving import found

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
        title = str(record)
        try:
            claim(type(record), pk, request.POST.get("version", ""))
            delete_record(record)
        except StaleRecord:
            messages.warning(request, f"{title} was changed since you opened this page. Look again before deleting.")
        except (ProtectedError, IntegrityError):
            messages.warning(request, f"{title} is in use, so nothing was deleted.")
        else:
            messages.success(request, f"{title} was deleted. Its history is kept.")
            return HttpResponseRedirect(f"/{self.kind.path}/", status=303)
        return self.page(request, found(self.kind, request.user, pk), status=409)

    def page(self, request: HttpRequest, record, status=200) -> HttpResponse:
        """Draw the preview."""
        going, kept_by = consequences(record)
        context = {"kind": self.kind, "record": record, "going": going, "kept_by": kept_by}
        return render(request, "records/delete.html", context, status=status)


def consequences(record: Model) -> tuple[list[tuple[str, int, list[str]]], list[tuple[str, list[Model]]]]:
    """What would be deleted with a record, and what depends on it: by kind, at most 30 of each named.

    What goes is (noun, how many, titles); what depends is (noun, records to look at).
    """
    found = removal(record)
    going = []
    for model, ids in found.going.items():
        others = ids - {record.pk} if model is type(record) else ids
        if others and not model._meta.auto_created:
            shown = model._base_manager.filter(pk__in=sorted(others)[:SHOWN])
            going.append((str(model._meta.verbose_name_plural), len(others), [str(row) for row in shown]))
    depends: dict[str, list[Model]] = {}
    for row in found.kept_by[:SHOWN]:
        depends.setdefault(str(row._meta.verbose_name_plural), []).append(page_of(row))
    return going, list(depends.items())


def page_of(row: Model) -> Model:
    """The record on whose page a row stands: itself, or the parent of a child row."""
    names = getattr(row, "belongs_to", ())
    for name in (names,) if isinstance(names, str) else names:
        parent = getattr(row, name, None)
        if parent is not None:
            return parent
    return row
