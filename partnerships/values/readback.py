"""How a typed date or sum was understood, said back in words, and the text box that says it."""

from collections.abc import Callable

from django import forms
from django.utils.translation import gettext

from .dates import parse_typed
from .money import read_typed

Said = dict[str, str]


def date_read(typed: str) -> Said:
    """`{"read", "notation"}` of a typed date, or `{"error"}` with a sentence; all empty for nothing typed."""
    try:
        date = parse_typed(typed)
    except ValueError as refused:
        return {"error": str(refused)}
    return {"read": date.words, "notation": date.notation}


def money_read(typed: str) -> Said:
    """`{"read", "notation"}` of a typed sum (“GBP 1,400,000, approximately”), or `{"error"}` with a sentence."""
    try:
        money = read_typed(typed)
    except ValueError as refused:
        return {"error": str(refused)}
    if money.amount is None:
        return {"read": "", "notation": ""}
    figure = f"{money.amount:,.2f}".removesuffix(".00")
    words = f"{money.currency} {figure}" if money.currency else gettext("%s, currency not typed") % figure
    told = gettext("%s, approximately") % words if money.approximate else words
    return {"read": told, "notation": f"{money.currency} {money.amount}".strip()}


READERS: dict[str, Callable[[str], Said]] = {"date": date_read, "money": money_read}


class ReadBackInput(forms.TextInput):
    """A text box under which stands how its words were understood; the page keeps that up to date while one types."""

    template_name = "values/read_back.html"

    def __init__(self, reader: str, attrs=None):
        self.reader = reader
        super().__init__({"autocomplete": "off"} | (attrs or {}))

    def get_context(self, name, value, attrs):
        """Add what was understood, and where to ask for it."""
        context = super().get_context(name, value, attrs)
        said = READERS[self.reader](str(value)) if value else {}
        return context | {"widget": context["widget"] | {"said": said, "address": f"/read/{self.reader}/"}}
