"""How remembered columns are shown: under which label, and in which words."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import DecimalField, Field, ForeignKey, Model
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from partnerships.values.dates import to_words
from partnerships.values.fields import NOTATION, NotationColumn

from .tracking import declared_by, derived_fields


@dataclass(frozen=True, slots=True)
class Shown:
    """A column that history shows. `related` is the model its ids point at; else `words` turns a value into text."""

    column: str
    field: Field
    related: type[Model] | None

    @property
    def label(self) -> str:
        """The field's name on screen; an honest date goes by the name of the whole date."""
        if isinstance(self.field, NotationColumn):
            return str(capfirst(getattr(self.field.model, self.field.name.removesuffix(NOTATION)).verbose_name))
        return str(capfirst(self.field.verbose_name))

    def words(self, value: Any) -> str:
        """A remembered value as a person reads it; one that the field no longer understands stays as it is."""
        if value is None:
            return ""
        if self.field.flatchoices:
            return str(dict(self.field.flatchoices).get(value, value))
        try:
            return _wording(self.field)(value)
        except (ValueError, TypeError, ArithmeticError, ValidationError):
            return str(value)


@cache
def shown_fields(model: type[Model]) -> tuple[Shown, ...]:
    """The fields of a model that history shows: those that a person fills in."""
    hidden: set[Any] = {model._meta.pk, *derived_fields(model)}
    if field := declared_by(model):
        hidden.add(model._meta.get_field(field.m2m_field_name()))
    return tuple(
        Shown(str(field.column), field, field.related_model if isinstance(field, ForeignKey) else None)
        for field in model._meta.local_concrete_fields
        if field not in hidden and field.editable
    )


def _wording(field: Field) -> Callable[[Any], str]:
    if isinstance(field, NotationColumn):
        return lambda value: to_words(value) if value else ""
    if isinstance(field, DecimalField):
        return lambda value: formats.number_format(field.to_python(str(value)), field.decimal_places)
    return lambda value: _in_words(field.to_python(value))


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value) if timezone.is_aware(value) else value, "DATETIME_FORMAT")
    if isinstance(value, date):
        return to_words(value.isoformat())
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return "" if value is None else str(value)
