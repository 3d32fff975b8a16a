"""The pattern page: every component of the register in every state, drawn by the code that draws it everywhere else.

Admins open it to see what a page may be made of, and to notice when a change of style breaks something elsewhere.
"""

from datetime import date
from decimal import Decimal

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from partnerships.values.dates import HonestDate
from partnerships.values.draw import (
    draw_basis,
    draw_bool,
    draw_date,
    draw_gap,
    draw_link,
    draw_money,
    draw_name,
    draw_number,
    draw_status,
    draw_text,
)
from partnerships.values.forms import HonestDateFormField, TextField
from partnerships.values.models import GapState
from partnerships.values.money import Money

TONES = {
    "ok": ("Active", "in order"),
    "due": ("Expiring", "to be looked at"),
    "stop": ("Expired", "at an end"),
    "unk": ("Unknown", "not known: work to be done"),
    "mut": ("Not yet effective", "of no concern now"),
}
DATES = ["2024-05-12", "2024-05", "2024", "XXXX-05", "2024~", "2021-09/2024", "2022/..", "../2026"]
GAPS = [None, *GapState.values]
BASES = ["stated", "implied", "context", "not_stated", "general_knowledge", "differ"]
LEVELS = {
    constants.SUCCESS: "Visit of May was recorded.",
    constants.INFO: "A page holds at most 200 rows.",
    constants.WARNING: "The agreement was changed since you opened this page.",
    constants.ERROR: "Something depends on it, so nothing was deleted.",
}


class PatternForm(forms.Form):
    """One field of each kind."""

    name = TextField(label="A text that is required", help_text="The hint stands between label and box.")
    remarks = TextField(label="A longer text", multiline=True, required=False)
    when = HonestDateFormField(label="An honest date", required=False)
    day = forms.DateField(label="A plain day", required=False, widget=forms.DateInput({"type": "date"}))
    number = forms.IntegerField(label="A number", required=False)
    choice = forms.ChoiceField(label="One of a few", choices=[("a", "First"), ("b", "Second")])
    radio = forms.ChoiceField(
        label="One of two", choices=[("a", "Inbound"), ("b", "Outbound")], widget=forms.RadioSelect
    )
    several = forms.MultipleChoiceField(
        label="Several", choices=[("a", "Research"), ("b", "Mobility")], widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(label="Yes or no", required=False)
    closed = TextField(label="A field that can't be changed", disabled=True, initial="as it is", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False


@require_safe
def patterns(request: HttpRequest) -> HttpResponse:
    """Draw the pattern page."""
    wrong = PatternForm({"remarks": "Kept as it was typed", "when_date": "32 May", "number": "1.5"}, prefix="wrong")
    wrong.data = {f"wrong-{name}": value for name, value in wrong.data.items()}
    context = {
        "marks": marks(),
        "messages_shown": [Message(level, words) for level, words in LEVELS.items()],
        "form": PatternForm(initial={"choice": "b", "radio": "a", "several": ["a"]}, prefix="as-is"),
        "wrong": wrong,
        "page_obj": Paginator(range(1000), 50).page(3),
    }
    return render(request, "home/patterns.html", context)


def marks() -> list[tuple[str, list[tuple[str, str]]]]:
    """How values and their states are drawn: (group, [(what it is, drawn)])."""
    return [
        ("States", [(means, draw_status(word, tone)) for tone, (word, means) in TONES.items()]),
        ("What is not known", [("why there is no value", draw_gap(state)) for state in GAPS]),
        ("On what a value rests", [(basis.replace("_", " "), draw_basis(basis)) for basis in BASES]),
        ("Dates", [*((one, draw_date(HonestDate.from_notation(one))) for one in DATES), *worded_dates()]),
        ("Money", [(words, draw_money(money)) for words, money in sums().items()]),
        ("Texts", texts()),
    ]


def worded_dates() -> list[tuple[str, str]]:
    """Dates of which the words of a source are all, or more, that is known."""
    return [
        ("words alone", draw_date(HonestDate(wording="last year"))),
        ("a date and its words", draw_date(HonestDate.from_notation("2022", "in early 2022"))),
        ("a plain day", draw_date(date(2026, 2, 1))),
    ]


def sums() -> dict[str, Money]:
    """Sums as sources state them."""
    return {
        "exact": Money(Decimal(2_700_000), "GBP"),
        "with the words of the source": Money(Decimal(2_700_000), "GBP", as_stated="£2.7 million"),
        "words alone": Money(None, "", as_stated="further funding"),
    }


def texts() -> list[tuple[str, str]]:
    """Names, numbers, links and words of a source."""
    return [
        ("a name in two scripts", draw_name("Southeast University", "东南大学")),
        ("a number", draw_number(1_422_000)),
        ("yes and no", format_html("{} · {}", draw_bool(True), draw_bool(False))),
        ("a link", draw_link("/agreements/", "Agreements")),
        ("an address that is no link", draw_link("javascript:x", "not a link")),
        ("words of a source", format_html("<q>{}</q>", draw_text("to strengthen our cooperation"))),
    ]
