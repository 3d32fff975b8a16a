"""Validators that models and forms share."""

from datetime import date
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from .currencies import CURRENCIES, WITHDRAWN
from .text import refuse_unreadable

FIRST_YEAR, LAST_YEAR = 1800, 2200
A_DAY = _lazy("Enter a day as 2026-03-04 or 04/03/2026, its year with four figures, from 1800 to 2200.")


def no_control_characters(value: str) -> None:
    """Refuse NUL, lone surrogates, control characters, bidi overrides and piles of accents (hardening F01, F05)."""
    try:
        refuse_unreadable(value)
    except ValueError as error:
        raise ValidationError(str(error), code="characters") from error


def plausible_day(value: date) -> None:
    """Refuse a day of a year that the office can't mean, such as 0026 (hardening F13)."""
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(A_DAY, code="day")


def known_currency(value: str) -> None:
    """Refuse what isn't the code of a currency, in use or withdrawn."""
    if value not in CURRENCIES and value not in WITHDRAWN:
        raise ValidationError(_("Enter the three letters of a currency, such as GBP or CNY."), code="currency")


def web_address(value: str) -> None:
    """Refuse every address that is not http or https, so that no javascript: link is ever drawn (hardening F09)."""
    no_control_characters(value)
    if not is_web_address(value):
        raise ValidationError(_("Enter a web address that begins with http:// or https://."), code="web_address")


def is_web_address(value: str) -> bool:
    """Whether `value` is a well-formed http or https address."""
    try:
        _http(value)
        return urlsplit(value).scheme.lower() in ("http", "https")
    except (ValidationError, ValueError):
        return False


_http = URLValidator(schemes=["http", "https"])
