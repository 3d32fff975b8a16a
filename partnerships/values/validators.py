"""Validators that models and forms share."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from .text import refuse_unreadable


def no_control_characters(value: str) -> None:
    """Refuse NUL, lone surrogates, control characters, bidi overrides and piles of accents (hardening F01, F05)."""
    try:
        refuse_unreadable(value)
    except ValueError as error:
        raise ValidationError(str(error), code="characters") from error


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
