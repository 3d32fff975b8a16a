"""Files on a record's page: attached by staff, downloaded by everybody who sees the record, and by nobody else."""

import hashlib
import logging

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views import View

from partnerships.access.roles import Role, manages_or_owns
from partnerships.access.scoping import scope
from partnerships.attachments.actions import attach, storing
from partnerships.attachments.forms import FileForm
from partnerships.attachments.models import Attachment, FileSort
from partnerships.attachments.refusing import tell_refused
from partnerships.memory.submissions import TokenRefused, digest_of, new_token, once
from partnerships.records.kinds import Kind, kind_of
from partnerships.records.pages import Look
from partnerships.records.parts import PartPage
from partnerships.records.saving import found, held, refuse_twice

logger = logging.getLogger("partnerships.attachments")


def seen(user, pk: int) -> Attachment:
    """The attachment if the user sees its record; otherwise it is as if it weren't there."""
    attachment = scope(user, Attachment.objects.filter(pk=pk)).first()
    if attachment is None or kind_of(attachment.record_kind) is None:
        raise Http404("There is no such file.")
    return attachment


def may_delete(user, attachment: Attachment) -> bool:
    """Whether the user may delete a file here; a signed copy stays, unless an admin takes it out in the workshop."""
    return attachment.sort != FileSort.SIGNED and manages_or_owns(user, attachment.added_by_id)


class FilesPage(PartPage):
    """`/<path>/<id>/files/`: the shown version of each file with its older ones, and for staff the form of another."""

    template = "attachments/files.html"

    def context(self, record, look: Look, asked: dict, page: int) -> dict:
        """The files of the page, each with its older versions."""
        rows = look.seen(Attachment.objects.filter(record_kind=self.kind.name, record_id=record.pk))
        files, more = self.of_page(rows.newest().select_related("added_by").order_by("-pk"), page)
        older = rows.filter(series__in=[one.series for one in files]).exclude(pk__in=[one.pk for one in files])
        by_series: dict[str, list[Attachment]] = {}
        for one in older.select_related("added_by").order_by("-number") if files else ():
            by_series.setdefault(one.series, []).append(one)
        for one in files:
            one.older = by_series.get(one.series, [])
            for version in (one, *one.older):
                version.may_delete = may_delete(look.user, version)
        writes = look.role >= Role.STAFF
        form = {"form": FileForm(record=record), "token": new_token()} if writes else {}
        return {"files": files, "more": more, "writes": writes} | form


class AttachPage(View):
    """`/<path>/<id>/files/new/`: a file is attached, once; its transaction is its own, so that no file outlives it."""

    kind: Kind = None  # type: ignore[assignment]  # given by as_view
    template = "attachments/form.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The empty form."""
        record = found(self.kind, request.user, pk)
        return self.page(request, record, self.form(request, record))

    def form(self, request: HttpRequest, record, *given):
        """What asks for the file; once valid, it has its `file_name`, `content` and `type`."""
        return FileForm(*given, record=record)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Store the file and its row together, or neither, and say why."""
        refuse_twice([FileForm], request.POST, request.FILES)
        try:
            with storing() as stored, once(request.user, request.POST.get("token"), digest_of(request)) as submitted:
                if submitted.repeated:
                    return HttpResponseRedirect(submitted.url, status=303)
                record = held(self.kind, request.user, pk)
                form = self.form(request, record, request.POST, request.FILES)
                if not form.is_valid():
                    self.tell(request, record, form)
                    return self.page(request, record, form, request.POST["token"], status=422)
                made = self.attach(request, stored, record, form)
                submitted.url = f"{record.get_absolute_url()}#files"
        except TokenRefused as refused:
            record = found(self.kind, request.user, pk)
            form = self.form(request, record, request.POST, request.FILES)
            form.add_error(None, f"{refused} This was not attached.")
            return self.page(request, record, form, status=refused.status)
        messages.success(request, f"“{made}” was attached.")
        return HttpResponseRedirect(submitted.url, status=303)

    def tell(self, request: HttpRequest, record, form) -> None:
        """Tell whoever keeps a trail that a signed copy was refused."""
        if isinstance(form, FileForm):
            tell_refused(self.kind.name, record, "Attach a signed copy", request.user, form.refusal())

    def attach(self, request: HttpRequest, stored: list[str], record, form) -> Attachment:
        """Store what the form found fit."""
        about = self.about(record, form)
        return attach(
            stored, record=record, name=form.file_name, content=form.content, kind=form.type, user=request.user, **about
        )

    def about(self, record, form) -> dict:
        """What is kept with the file: of which it is a new version, what it is, which sort and in which language."""
        return {name: form.cleaned_data[name] for name in ("replaces", "description", "sort", "language")}

    def page(self, request: HttpRequest, record, form, token="", status=200) -> HttpResponse:
        """Draw the form on a page of its own."""
        context = {"kind": self.kind, "record": record, "form": form, "token": token or new_token()}
        return render(request, self.template, context, status=status)


class DownloadPage(View):
    """`/attachments/<id>/`: the one way to a file, for those who see its record; always a download, never a page."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The file exactly as it was attached, or a page that says that it is damaged."""
        attachment = seen(request.user, pk)
        content = self.content(attachment)
        if content is None:
            return render(request, "attachments/damaged.html", {"attachment": attachment}, status=503)
        charset = "; charset=utf-8" if attachment.media_type.startswith("text/") else ""
        answer = HttpResponse(content, content_type=f"{attachment.media_type}{charset}")
        answer["Content-Length"] = len(content)
        answer["Content-Disposition"] = content_disposition_header(True, attachment.name)
        answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
        answer["X-Content-Type-Options"] = "nosniff"
        answer["ETag"] = f'"{attachment.sha256}"'
        return get_conditional_response(request, etag=answer["ETag"], response=answer)

    def content(self, attachment: Attachment) -> bytes | None:
        """The stored bytes, or None where they are missing or are not those that were attached."""
        try:
            with default_storage.open(attachment.stored_as) as stored:
                content = stored.read()
        except OSError:
            logger.error("The file of attachment %s is missing.", attachment.pk)
            return None
        if hashlib.sha256(content).hexdigest() != attachment.sha256:
            logger.error("The file of attachment %s is not what was attached.", attachment.pk)
            return None
        return content


class DeleteFilePage(View):
    """`/attachments/<id>/delete/`: one version of a file."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask."""
        attachment, kind, record = self.attachment(request, pk)
        if attachment.sort == FileSort.SIGNED:
            return self.stays(request, kind, record)
        context = {"kind": kind, "record": record, "attachment": attachment}
        return render(request, "attachments/delete.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Delete the row, and the file once that is certain; what it was stays in the record's history."""
        attachment, kind, record = self.attachment(request, pk)
        if attachment.sort == FileSort.SIGNED:
            return self.stays(request, kind, record)
        attachment.delete()
        messages.success(request, f"“{attachment}” was deleted. What it was stays in the history.")
        return HttpResponseRedirect(f"{record.get_absolute_url()}#files", status=303)

    def attachment(self, request: HttpRequest, pk: int) -> tuple:
        """The attachment, the kind of its record and the record; PermissionDenied where somebody else added it."""
        attachment = seen(request.user, pk)
        if attachment.sort != FileSort.SIGNED and not may_delete(request.user, attachment):
            raise PermissionDenied("Only who added a file, or a manager, may delete it.")
        kind = kind_of(attachment.record_kind)
        return attachment, kind, found(kind, request.user, attachment.record_id)

    def stays(self, request: HttpRequest, kind: Kind, record) -> HttpResponse:
        """Say that a signed copy stays, and tell whoever keeps a trail; raised, it would take that back."""
        why = "A signed copy stays. Attach the one that follows it as its new version."
        tell_refused(kind.name, record, "Delete a signed copy", request.user, why)
        return render(request, "403.html", {"reason": why}, status=403)
