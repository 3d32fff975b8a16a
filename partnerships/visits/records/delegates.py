"""The page on which delegates are pasted, looked at and added to a visit."""

from hashlib import sha256

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from partnerships.intake.child import Refused, run_apart
from partnerships.memory.submissions import TokenRefused, digest_of, new_token, once
from partnerships.records.saving import ToldWhereToGo, found, held, refuse_twice
from partnerships.visits.delegates import DelegatesForm, lines_of
from partnerships.visits.models import Side
from partnerships.visits.pasting import MOST_LINES, Delegate, Holds, Sheet, Unreadable, delegate_of, read
from partnerships.visits.records.visits import VISITS

CHANGED = "What was pasted, or what a column holds, was changed. Look at it as it is read now, then add it."
MOST_FILE = 2 * 2**20


class PasteForm(forms.Form):
    """The rows, and what holds for all of them."""

    text = forms.CharField(
        label="Rows of delegates",
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}),
        help_text=f"Copied from a spreadsheet, columns in any order, with heads or without; at most {MOST_LINES}.",
    )
    file = forms.FileField(
        label="Or a file", required=False, help_text="CSV or Excel (.xlsx); its rows are then shown above."
    )
    side = forms.ChoiceField(label="They take part as", choices=Side.choices, initial=Side.VISITOR)
    family_first = forms.BooleanField(
        label="In these names the family name stands first, as in Zhang Wei", required=False
    )

    def clean_file(self) -> str:
        """The rows of an uploaded file as text."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > MOST_FILE:
            raise forms.ValidationError("This file is larger than 2 MB. Paste the rows instead.")
        return text_of(file.read())

    def columns(self, sheet: Sheet) -> tuple[Holds, ...]:
        """What each column holds: as was said for this very text, else as it looks."""
        said = [self.data.get(f"column-{number}") for number in range(len(sheet.holds))]
        known = self.data.get("read") == digest(self.data.get("text", ""))
        return tuple(Holds(one) for one in said) if known and set(said) <= set(Holds.values) else sheet.holds


def text_of(content: bytes) -> str:
    """The rows of a file, its cells parted by tabs or as it parts them."""
    if content.startswith(b"PK"):
        try:
            return run_apart("partnerships.visits.workbooks:rows_as_text", content)
        except Refused as refused:
            raise forms.ValidationError(f"{refused} Copy the rows in the spreadsheet and paste them.") from refused
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise forms.ValidationError("The letters of this file can’t be read. Save it as CSV in UTF-8, or paste the rows.")


def digest(*parts) -> str:
    """A few signs that tell whether something was changed; line ends don't count."""
    return sha256("\x1f".join(map(str, parts)).replace("\r\n", "\n").encode(errors="replace")).hexdigest()[:20]


def column(sheet: Sheet, number: int) -> forms.ChoiceField:
    """What a column holds, asked with its head and its first value."""
    first = next((row.cells[number] for row in sheet.rows if row.cells[number]), "")
    label = sheet.heads[number] or f"Column {number + 1}"
    return forms.ChoiceField(label=label, choices=Holds.choices, required=False, help_text=first[:40])


class DelegatesPage(ToldWhereToGo):
    """`/visits/<id>/delegates/`: paste, look, add."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The empty form."""
        return self.page(request, found(VISITS, request.user, pk), PasteForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what was understood, or keep what was looked at: all of it, once, or nothing."""
        refuse_twice([], request.POST, request.FILES)
        visit, data = found(VISITS, request.user, pk), request.POST.copy()
        paste = PasteForm(data, request.FILES)
        if not paste.is_valid():
            return self.page(request, visit, paste, status=422)
        data["text"] = paste.cleaned_data["file"] or data.get("text", "")
        try:
            sheet = read(data["text"])
        except Unreadable as refused:
            paste.add_error("text", str(refused))
            return self.page(request, visit, paste, status=422)
        return self.with_rows(request, visit, paste, sheet, data)

    def with_rows(self, request, visit, paste: PasteForm, sheet: Sheet, data: QueryDict) -> HttpResponse:
        """Go on with rows that could be read."""
        holds = paste.columns(sheet)
        for number, one in enumerate(holds):
            data[f"column-{number}"] = one.value
        delegates = self.delegates(paste, sheet, holds)
        data["read"] = digest(data["text"])
        as_shown = digest(data["text"], *holds, data["side"], "family_first" in data)
        looked_at, data["shown"] = data.get("shown") == as_shown, as_shown
        stores = data.get("do") != "read" and not paste.errors
        if stores and looked_at:
            return self.store(request, visit.pk, paste, delegates, sheet)
        if stores:
            paste.add_error(None, CHANGED)
        choices = self.choices(request, delegates, visit, data["side"])
        return self.page(request, visit, paste, choices, sheet, status=422 if paste.errors else 200)

    def delegates(self, paste: PasteForm, sheet: Sheet, holds: tuple[Holds, ...]) -> list[Delegate]:
        """Everybody whom the rows name; what is wrong with a row becomes an error of the form."""
        twice = {one for one in holds if one != Holds.OUT and holds.count(one) > 1}
        for one in sorted(twice):
            paste.add_error("text", f"Two columns are said to hold the {one.label}. Leave one of them out.")
        good = []
        for row in sheet.rows:
            try:
                good.append(delegate_of(row, holds, paste.cleaned_data["family_first"]))
            except Unreadable as refused:
                paste.add_error("text", str(refused))
        return good

    def choices(self, request, delegates: list[Delegate], visit, side: str, *given) -> DelegatesForm:
        """What is asked of each line, with what was said of it."""
        lines = lines_of(delegates, visit, request.user)
        return DelegatesForm(*given, lines=lines, visit=visit, side=side, user=request.user)

    def store(self, request, pk: int, paste: PasteForm, delegates: list[Delegate], sheet: Sheet) -> HttpResponse:
        """Add everybody in one transaction, once."""
        side = paste.cleaned_data["side"]
        try:
            with once(request.user, request.POST.get("token"), digest_of(request)) as submitted:
                if submitted.repeated:
                    return HttpResponseRedirect(submitted.url, status=303)
                visit = held(VISITS, request.user, pk)
                choices = self.choices(request, delegates, visit, side, request.POST)
                if not choices.is_valid():
                    return self.page(request, visit, paste, choices, sheet, request.POST["token"], 422)
                self.tell(request, choices, len(choices.save()))
                submitted.url = visit.get_absolute_url()
                return HttpResponseRedirect(submitted.url, status=303)
        except TokenRefused as refused:
            visit = found(VISITS, request.user, pk)
            paste.add_error(None, f"{refused} Look whether they take part already, then add them.")
            choices = self.choices(request, delegates, visit, side)
            return self.page(request, visit, paste, choices, sheet, status=refused.status)

    def tell(self, request, choices: DelegatesForm, count: int) -> None:
        """Say what was kept, and what to take care of."""
        messages.success(request, f"{count} {'person takes' if count == 1 else 'people take'} part besides.")
        if any(
            line.tells_politics and choices.cleaned_data.get(f"post-{line.delegate.line}")
            for line, _ in choices.taken()
        ):
            messages.warning(
                request, "A post may tell of political opinions, which are sensitive personal data (UK GDPR)."
            )

    def page(self, request, visit, paste, choices=None, sheet=None, token="", status=200) -> HttpResponse:
        """Draw the form, and below it what was understood."""
        columns = range(len(sheet.holds)) if sheet else ()
        for number in columns:
            paste.fields[f"column-{number}"] = column(sheet, number)
        context = {
            "visit": visit,
            "form": paste,
            "choices": choices,
            "columns": [paste[f"column-{number}"] for number in columns],
            "token": token or new_token(),
        }
        return render(request, "visits/delegates.html", context, status=status)
