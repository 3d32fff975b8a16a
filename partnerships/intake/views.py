"""The pages: give a text, then decide line by line, then record the visit."""

from hashlib import sha256

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views import View

from partnerships.access.roles import role_of
from partnerships.access.scoping import scope
from partnerships.intake.actions import Unkept, record_visit
from partnerships.intake.forms import FrameForm, TextForm
from partnerships.intake.knowing import gazetteer_for
from partnerships.intake.lines import LABELS, chosen_words, decided, grouped, lines_of, pieces_of
from partnerships.intake.models import Reading
from partnerships.memory.submissions import TokenRefused, digest_of, new_token, once
from partnerships.organisations.models import Organisation


class TextPage(View):
    """`/visits/from-text/`: a new text, and one's own that are not done."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty form."""
        return self.page(request, TextForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the text as a draft and go on to its lines."""
        form = TextForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(request, form, 422)
        try:
            with once(request.user, request.POST.get("token"), digest_of(request)) as submitted:
                if not submitted.repeated:
                    submitted.url = started(form.cleaned_data, request.user).get_absolute_url()
        except TokenRefused as refused:
            form.add_error(None, str(refused))
            return self.page(request, form, refused.status)
        return HttpResponseRedirect(submitted.url, status=303)

    def page(self, request: HttpRequest, form: TextForm, status: int = 200) -> HttpResponse:
        """Draw it."""
        drafts = Reading.objects.filter(owner=request.user, visit=None).defer("text", "lines")[:20]
        return render(
            request, "intake/start.html", {"form": form, "drafts": drafts, "token": new_token()}, status=status
        )


def started(given: dict, user) -> Reading:
    """A draft of the text with the lines that it suggests."""
    text = given["read"]
    lines, chosen = lines_of(text, gazetteer_for(role_of(user)))
    title = given["title"] or text.strip().split("\n")[0].strip()[:300]
    digest = sha256(text.encode()).hexdigest()
    name = given["file"].name[:200] if given["file"] else ""
    return Reading.objects.create(
        owner=user, title=title, text=text, text_sha256=digest, lines=lines, chosen=chosen, file_name=name
    )


class LinesPage(View):
    """`/visits/from-text/<id>/`: the text left, what it would record right."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The draft as it was left."""
        reading = self.reading(request, pk)
        if reading.visit_id:
            return HttpResponseRedirect(reading.visit.get_absolute_url())
        return self.page(request, reading, self.frame(request, reading))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep the decisions; with `save`, record what was kept."""
        reading = self.reading(request, pk)
        if reading.visit_id:
            return HttpResponseRedirect(reading.visit.get_absolute_url(), status=303)
        reading.lines = decided(reading.lines, request.POST)
        reading.chosen = {name: request.POST.get(name, "")[:300] for name in FrameForm.base_fields}
        if own := chosen_words(reading.text, request.POST):
            reading.lines = [*reading.lines, own]
        reading.save()
        if request.POST.get("do") != "save":
            return HttpResponseRedirect(reading.get_absolute_url(), status=303)
        return self.saved(request, reading)

    def saved(self, request: HttpRequest, reading: Reading) -> HttpResponse:
        """The visit's page, or the lines again with what is in the way."""
        frame = self.frame(request, reading, request.POST)
        if not frame.is_valid():
            return self.page(request, reading, frame, 422)
        try:
            with once(request.user, request.POST.get("token"), digest_of(request)) as submitted:
                if not submitted.repeated:
                    reading.visit = record_visit(reading=reading, frame=frame.cleaned_data, user=request.user)
                    reading.save()
                    submitted.url = reading.visit.get_absolute_url()
        except Unkept as refused:
            frame.add_error(None, refused.messages)
            return self.page(request, reading, frame, 422)
        except TokenRefused as refused:
            frame.add_error(None, str(refused))
            return self.page(request, reading, frame, refused.status)
        messages.success(request, "The visit was recorded, each value with its words in the text.")
        return HttpResponseRedirect(submitted.url, status=303)

    def reading(self, request: HttpRequest, pk: int) -> Reading:
        """One's own draft; another's is as if it weren't there."""
        return get_object_or_404(Reading, pk=pk, owner=request.user)

    def frame(self, request: HttpRequest, reading: Reading, *data) -> FrameForm:
        """The frame, its homes narrowed to what the reader may see."""
        form = FrameForm(*data, lines=reading.lines, initial=reading.chosen)
        form.fields["home"].queryset = scope(request.user, Organisation.objects.homes())
        return form

    def page(self, request: HttpRequest, reading: Reading, form: FrameForm, status: int = 200) -> HttpResponse:
        """Draw it."""
        kept = sum(one["decision"] == "keep" for one in reading.lines)
        context = {
            "reading": reading,
            "form": form,
            "paragraphs": pieces_of(reading.text, reading.lines),
            "groups": grouped(reading.lines),
            "labels": LABELS.items(),
            "kept": kept,
            "open": sum(not one["decision"] for one in reading.lines),
            "token": new_token(),
        }
        return render(request, "intake/lines.html", context, status=status)
