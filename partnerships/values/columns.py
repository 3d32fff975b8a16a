"""Plain columns of a model: text and days, which every form and the workshop check alike.

Migrations see Django's own classes; what is kept is cleaned wherever a record is validated.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models

from . import forms
from .text import clean_text
from .validators import known_currency, plausible_day, web_address

LONGEST_PROSE = 20_000


class Ordinary(models.Field):
    """A column that migrations see as the Django field it extends."""

    def deconstruct(self):
        """Name the Django field in place of this class."""
        name, _path, args, kwargs = super().deconstruct()
        plain = next(base for base in type(self).__mro__ if base.__module__.startswith("django."))
        return name, f"django.db.models.{plain.__name__}", args, kwargs


class CleanText(Ordinary):
    """Text that is cleaned before it is checked; `multiline` keeps lines, `exact` every sign of a quotation."""

    multiline = exact = False

    def clean(self, value, model_instance):
        """The cleaned text, or a ValidationError with a sentence."""
        try:
            text = clean_text(value or "", multiline=self.multiline, exact=self.exact)
        except ValueError as error:
            raise ValidationError(str(error), code="characters") from error
        return super().clean(text, model_instance)

    def formfield(self, **options):
        """A form field that cleans alike."""
        given: dict[str, Any] = {"form_class": forms.TextField, "multiline": self.multiline, "exact": self.exact}
        return super().formfield(**given | options)


class LineField(CleanText, models.CharField):
    """One line of text."""


class QuotationField(LineField):
    """Words of a source, kept sign by sign."""

    exact = True


class CurrencyField(LineField):
    """The three letters of a currency."""

    default_validators = [known_currency]

    def __init__(self, *args, **options):
        options.setdefault("max_length", 3)
        super().__init__(*args, **options)


class ProseField(CleanText, models.TextField):
    """Text of several lines, limited so that one record can't burden every page that shows it."""

    multiline = True

    def __init__(self, *args, **options):
        options.setdefault("max_length", LONGEST_PROSE)
        super().__init__(*args, **options)
        self.validators.append(MaxLengthValidator(self.max_length))


class AddressField(Ordinary, models.URLField):
    """An http or https address, and no other."""

    default_validators = [web_address]

    def formfield(self, **options):
        """A form field that refuses alike."""
        return super().formfield(**{"form_class": forms.WebAddressField} | options)


class DayField(Ordinary, models.DateField):
    """A day that the office itself sets, in a year that it can mean."""

    default_validators = [plausible_day]

    def formfield(self, **options):
        """A form field that takes no other order than day, month, year, or the figures of ISO 8601."""
        return super().formfield(**{"form_class": forms.DayField} | options)
