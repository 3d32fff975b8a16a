"""Notes on a record's page: read by everybody who sees the record, written in place by staff."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views import View

from partnerships.access.roles import Role, manages_or_owns
from partnerships.access.scoping import scope
from partnerships.memory.submissions import TokenRefused, digest_of, new_token, once
from partnerships.memory.versions import StaleRecord, claim
from partnerships.notes.forms import NoteForm
from partnerships.notes.models import Note, NotePerson
from partnerships.records.kinds import Kind, kind_of
from partnerships.records.pages import Look
from partnerships.records.parts import PartPage
from partnerships.records.saving import found, held, refuse_twice
from partnerships.values.draw import draw_date


class NotesPage(PartPage):
    """`/<path>/<id>/notes/`: the notes, the newest first, and for staff the form of another."""

    template = "notes/notes.html"

    def context(self, record, look: Look, asked: dict, page: int) -> dict:
        """The notes of the page with the people whom the reader may see."""
        people = look.seen(NotePerson.objects.select_related("person").order_by("pk"))
        rows = look.seen(Note.objects.filter(record_kind=self.kind.name, record_id=record.pk))
        rows = rows.select_related("written_by").prefetch_related(Prefetch("with_whom", people)).order_by("-pk")
        notes, more = self.of_page(rows, page)
        for note in notes:
            note.may_change, note.when = manages_or_owns(look.user, note.written_by_id), draw_date(note.happened_on)
        writes = look.role >= Role.STAFF
        form = {"form": NoteForm(user=look.user), "token": new_token()} if writes else {}
        return {"notes": notes, "more": more, "writes": writes} | form


class WriteNotePage(View):
    """`/<path>/<id>/notes/new/`: a note is added, once, and the record's page shows it."""

    kind: Kind = None  # type: ignore[assignment]  # given by as_view

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The empty form."""
        return self.page(request, found(self.kind, request.user, pk), NoteForm(user=request.user))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save the note, or draw the form again with what was typed."""
        refuse_twice([NoteForm], request.POST)
        try:
            with once(request.user, request.POST.get("token"), digest_of(request)) as submitted:
                if submitted.repeated:
                    return HttpResponseRedirect(submitted.url, status=303)
                record = held(self.kind, request.user, pk)
                note = Note(record_kind=self.kind.name, record_id=record.pk, written_by=request.user)
                form = NoteForm(request.POST, instance=note, user=request.user)
                if not form.is_valid():
                    return self.page(request, record, form, request.POST["token"], status=422)
                form.save()
                submitted.url = f"{record.get_absolute_url()}#notes"
                messages.success(request, "The note was added.")
                return HttpResponseRedirect(submitted.url, status=303)
        except TokenRefused as refused:
            form = NoteForm(request.POST, user=request.user)
            form.add_error(None, f"{refused} This was not saved.")
            return self.page(request, found(self.kind, request.user, pk), form, status=refused.status)

    def page(self, request: HttpRequest, record, form: NoteForm, token="", status=200) -> HttpResponse:
        """Draw the form on a page of its own."""
        context = {"kind": self.kind, "record": record, "form": form, "token": token or new_token()}
        return render(request, "notes/form.html", context, status=status)


class OneNotePage(View):
    """What editing and deleting a note share: only its writer and managers do it, from the version they saw."""

    def note(self, request: HttpRequest, pk: int) -> Note:
        """The note if the user sees it, with its record; PermissionDenied where somebody else wrote it."""
        note = scope(request.user, Note.objects.filter(pk=pk)).select_related("written_by").first()
        kind = kind_of(note.record_kind) if note else None
        if note is None or kind is None:
            raise Http404("There is no such note.")
        if not manages_or_owns(request.user, note.written_by_id):
            raise PermissionDenied("Only who wrote a note, or a manager, may change or delete it.")
        self.kind, self.record = kind, found(kind, request.user, note.record_id)
        return note

    def is_stale(self, request: HttpRequest, note: Note) -> bool:
        """Whether the note isn't any more what was opened; otherwise it is held until the transaction ends."""
        try:
            claim(Note, note.pk, request.POST.get("version", ""))
        except StaleRecord:
            return True
        return False

    def back(self) -> HttpResponse:
        """To the notes on the record's page."""
        return HttpResponseRedirect(f"{self.record.get_absolute_url()}#notes", status=303)


class EditNotePage(OneNotePage):
    """`/notes/<id>/edit/`."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The filled form."""
        note = self.note(request, pk)
        return self.page(request, note, NoteForm(instance=note, user=request.user), note.version)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Save it, unless somebody saved it meanwhile."""
        refuse_twice([NoteForm], request.POST)
        note = self.note(request, pk)
        now, stale = str(note.text), self.is_stale(request, note)
        form = NoteForm(request.POST, instance=note, user=request.user)
        valid = form.is_valid()
        if stale:
            return self.page(request, note, form, Note.objects.get(pk=pk).version, now, status=409)
        if not valid:
            return self.page(request, note, form, request.POST["version"], status=422)
        with transaction.atomic():
            form.save()
        messages.success(request, "The note was saved.")
        return self.back()

    def page(self, request: HttpRequest, note: Note, form: NoteForm, opened, theirs="", status=200) -> HttpResponse:
        """Draw the form; `theirs` is the text that somebody else saved."""
        context = {
            "kind": self.kind, "record": self.record, "note": note, "form": form, "opened": opened, "theirs": theirs
        }  # fmt: skip
        return render(request, "notes/form.html", context, status=status)


class DeleteNotePage(OneNotePage):
    """`/notes/<id>/delete/`."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask."""
        return self.page(request, self.note(request, pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Delete it; its history stays with the record."""
        note = self.note(request, pk)
        if self.is_stale(request, note):
            messages.warning(request, "The note was changed since you opened this page. Look again before deleting.")
            return self.page(request, note, status=409)
        note.delete()
        messages.success(request, "The note was deleted. Its history is kept.")
        return self.back()

    def page(self, request: HttpRequest, note: Note, status=200) -> HttpResponse:
        """Draw the question."""
        context = {"kind": self.kind, "record": self.record, "note": note}
        return render(request, "notes/delete.html", context, status=status)
