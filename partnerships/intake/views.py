"""The pages: give a text, then decide line by line, then record the visit."""

from hashlib import sha256

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.text import Truncator
from django.views import View

from partnerships.access.roles import role_of
from partnerships.access.scoping import scope
from partnerships.intake.actions import record_visit
from partnerships.intake.forms import FrameForm, TextForm, WordsForm
from partnerships.intake.knowing import gazetteer_for
from partnerships.intake.lines import NotThere, chosen_words, lines_of, pieces_of
from partnerships.intake.models import DAYS_KEPT, Reading
from partnerships.intake.sheets import ROW, Sheet, heard, said_of
from partnerships.intake.unkept import Unkept
from partnerships.memory.submissions import TokenRefused, answered_once, digest_of, new_token, once
from partnerships.memory.versions import StaleRecord, claim
from partnerships.records.saving import ToldWhereToGo, refuse_twice
from partnerships.sources.models import Source

LONGEST_HEADLINE = 120  # a first line that is longer is none
STALE = (
    "This draft was changed in another window after you had opened it. Below is what you sent now; nothing of it is "
    "kept yet. Look at it, then send it again."
)


class TextPage(View):
    """`/visits/from-text/`: a new text, and one's own that are not done."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty form."""
        return self.page(request, TextForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the text as a draft and go on to its lines."""
        refuse_twice([], request.POST, request.FILES)
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
        context = {"form": form, "drafts": drafts, "days": DAYS_KEPT, "token": new_token()}
        return render(request, "intake/start.html", context, status=status)


def started(given: dict, user) -> Reading:
    """A draft of the text with the lines that it suggests."""
    text, role = given["read"], role_of(user)
    lines, chosen = lines_of(text, gazetteer_for(role), role)
    title = given["title"] or Truncator(text.strip().split("\n")[0].strip()).chars(LONGEST_HEADLINE)
    digest = sha256(text.encode()).hexdigest()
    name = given["file"].name[:200] if given["file"] else ""
    return Reading.objects.create(
        owner=user, title=title, text=text, text_sha256=digest, lines=lines, chosen=chosen, file_name=name
    )


def own_draft(request: HttpRequest, pk: int) -> Reading:
    """One's own draft; another's is as if it weren't there."""
    return get_object_or_404(Reading, pk=pk, owner=request.user)


class LinesPage(ToldWhereToGo):
    """`/visits/from-text/<id>/`: the text left, what it would record right."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The draft as it was left."""
        reading = own_draft(request, pk)
        if reading.visit_id:
            return HttpResponseRedirect(reading.visit.get_absolute_url())
        return self.page(request, Sheet(reading, request.user))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Keep the decisions; unless it is only that, or words are added, record what was kept."""
        refuse_twice([], request.POST)
        try:
            return answered_once(request, lambda: self.answer(request, own_draft(request, pk)))
        except TokenRefused as refused:
            sheet = Sheet(own_draft(request, pk), request.user, request.POST)
            sheet.frame.add_error(None, f"{refused} Nothing of this was recorded now.")
            return self.page(request, sheet, refused.status)

    def answer(self, request: HttpRequest, reading: Reading) -> HttpResponse:
        """What a first submit leads to."""
        if reading.visit_id:
            return HttpResponseRedirect(reading.visit.get_absolute_url(), status=303)
        reading.lines = said_of(reading.lines, request.POST)
        try:
            claim(Reading, reading.pk, request.POST.get("version", ""))
        except StaleRecord:
            sheet = Sheet(reading, request.user, request.POST)
            sheet.frame.add_error(None, STALE)
            return self.page(request, sheet, 409)
        reading.chosen = {**reading.chosen, **frame_of(request)}
        acts = {"draft": self.drafted, "add": self.added}
        return acts.get(request.POST.get("do", ""), self.saved)(request, reading)

    def drafted(self, request: HttpRequest, reading: Reading) -> HttpResponse:
        """The same page again."""
        keep(reading)
        messages.success(request, "The draft is kept. Nothing is recorded yet.")
        return HttpResponseRedirect(reading.get_absolute_url(), status=303)

    def added(self, request: HttpRequest, reading: Reading) -> HttpResponse:
        """The page with the new line, or why there is none."""
        words = WordsForm(request.POST)
        if words.is_valid():
            try:
                line = chosen_words(reading.text, reading.lines, words.cleaned_data, role_of(request.user))
            except NotThere as wrong:
                words.add_error(wrong.field, str(wrong))
            else:
                reading.lines = [*reading.lines, line]
                keep(reading)
                return HttpResponseRedirect(f"{reading.get_absolute_url()}#l{len(reading.lines)}", status=303)
        keep(reading)
        sheet = Sheet(reading, request.user)
        sheet.words = words
        return self.page(request, sheet, 422)

    def saved(self, request: HttpRequest, reading: Reading) -> HttpResponse:
        """The visit's page, or the lines again with what is in the way."""
        sheet = Sheet(reading, request.user, request.POST)
        if not sheet.is_valid():
            return self.refused(request, sheet)
        try:
            reading.visit = record_visit(
                reading=reading,
                frame=sheet.frame.cleaned_data,
                lines=sheet.lines.kept(),
                follow_ups=sheet.follow_ups,
                user=request.user,
            )
        except Unkept as refused:
            sheet.refuse(refused)
            return self.refused(request, sheet)
        keep(reading)
        messages.success(request, "The visit was recorded, each value with its words in the text.")
        return HttpResponseRedirect(reading.visit.get_absolute_url(), status=303)

    def refused(self, request: HttpRequest, sheet: Sheet) -> HttpResponse:
        """The lines with what is in the way, kept as they were sent; a script sends them again as a browser does."""
        if request.headers.get("Accept") != "application/json":
            keep(sheet.reading)
        return self.page(request, sheet, 422)

    def page(self, request: HttpRequest, sheet: Sheet, status: int = 200) -> HttpResponse:
        """Draw it."""
        context = {
            "reading": sheet.reading,
            "form": sheet.words if sheet.words.is_bound else sheet.frame,
            "sheet": sheet,
            "formsets": [sheet.lines, sheet.follow_ups],
            "paragraphs": pieces_of(sheet.reading.text, sheet.reading.lines),
            "before": read_before(sheet.reading, request.user),
            "token": new_token(),
        }
        return render(request, "intake/lines.html", context, status=status)


def read_before(reading: Reading, user) -> Source | None:
    """The source of this very text, where somebody recorded it already and the user sees it."""
    return scope(user, Source.objects.filter(text_sha256=reading.text_sha256)).first()


def frame_of(request: HttpRequest) -> dict[str, str]:
    """What was sent of the frame and of the follow-ups, as it was typed."""
    rows = [name for name in request.POST if name.startswith(f"{ROW}-")][:200]
    names = [name for name in FrameForm.base_fields if name != "happens_on"]
    return heard(request.POST, "", [*names, "happens_on_date", "happens_on_wording", *rows])


def keep(reading: Reading) -> None:
    """Store a draft as its next version."""
    reading.version += 1
    reading.save()


class DropPage(View):
    """`/visits/from-text/<id>/delete/`: a draft that nobody needs any more."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask first."""
        return render(request, "intake/drop.html", {"reading": own_draft(request, pk)})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Delete it; what was recorded from it stays."""
        own_draft(request, pk).delete()
        messages.success(request, "The draft was deleted.")
        return HttpResponseRedirect("/visits/from-text/", status=303)
