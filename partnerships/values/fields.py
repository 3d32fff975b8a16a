"""Honest dates on a model: one attribute in Python, four ordinary columns in the database.

    signed_on = HonestDateField("signed on")      # signed_on_edtf, _wording, _earliest, _latest
    Agreement(signed_on="2015-09").signed_on      # HonestDate("2015-09", "", date(2015, 9, 1), date(2015, 9, 30))

Only the four columns appear in migrations, as Django's own classes. `update()` and raw fixture loading bypass the
bounds: write all four columns, or call `rebuild_dates(model)` afterwards.
"""

import contextlib

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .columns import LineField, Ordinary
from .dates import EARLIEST, LATEST, NOTATION, SUFFIXES, WORDING, HonestDate, bounds_of


def valid_notation(value: str) -> None:
    """Validator: the notation is of the subset that the register keeps."""
    try:
        bounds_of(value)
    except ValueError as error:
        raise ValidationError(str(error), code="date") from error


class NotationColumn(Ordinary, models.CharField):
    """The notation as written; checked whenever the model is validated."""

    default_validators = [valid_notation]

    def save_form_data(self, instance, data):
        """Also bring the bounds in line, so that rules about them are checked before the row is saved."""
        super().save_form_data(instance, data)
        with contextlib.suppress(ValueError):
            setattr(instance, self.name.removesuffix(NOTATION), data)


class BoundColumn(Ordinary, models.DateField):
    """The earliest or latest day, computed from the notation each time the row is saved."""

    def pre_save(self, model_instance, add):
        name, _suffix, bound = self.name.rpartition("_")
        earliest, latest = bounds_of(getattr(model_instance, name + NOTATION))
        value = earliest if bound == "earliest" else latest
        setattr(model_instance, self.attname, value)
        return value


class HonestDateProperty(property):
    """The Python side of an honest date. A property, so that `Model(signed_on=…)` works; it knows its own label."""

    def __init__(self, name: str, verbose_name="", help_text=""):
        columns = [name + suffix for suffix in SUFFIXES]

        def read(record) -> HonestDate:
            return HonestDate(*(getattr(record, column) for column in columns))

        def write(record, value) -> None:
            date = _as_date(value, read(record))
            for column, part in zip(columns, (date.notation, date.wording, *bounds_of(date.notation)), strict=True):
                setattr(record, column, part)

        super().__init__(read, write)
        self.name, self.verbose_name, self.help_text = name, verbose_name, help_text


class HonestDateField:
    """Declares an honest date on a model or an abstract base: adds its four columns and the property of its name.

    Reading gives an `HonestDate`. Writing takes an `HonestDate`, a notation or None; a bare notation keeps the wording
    of a date that had no other notation yet, and clears the wording of the date it replaces.
    """

    def __init__(self, verbose_name, help_text=""):
        def label(part):
            return format_lazy("{} ({})", verbose_name, part)

        self.verbose_name, self.help_text = verbose_name, help_text
        self.columns = {  # made here, so that they stand in the model in the order of declaration
            NOTATION: NotationColumn(label(_("notation")), max_length=40, blank=True, default="", help_text=help_text),
            WORDING: LineField(label(_("wording")), max_length=200, blank=True, default=""),
            EARLIEST: BoundColumn(label(_("earliest")), null=True, blank=True, editable=False),
            LATEST: BoundColumn(label(_("latest")), null=True, blank=True, editable=False),
        }

    def contribute_to_class(self, model, name):
        """Add to `model` whichever of the columns it does not declare itself."""
        declared = {field.name for field in model._meta.local_fields}
        for suffix, column in self.columns.items():
            if name + suffix not in declared:
                model.add_to_class(name + suffix, column)
        setattr(model, name, HonestDateProperty(name, self.verbose_name, self.help_text))


def honest_dates(model) -> list[str]:
    """The names of the honest dates of `model`, inherited ones included, in the order of their columns."""
    return [field.name.removesuffix(NOTATION) for field in model._meta.fields if isinstance(field, NotationColumn)]


def bounds_in_order(name: str) -> models.CheckConstraint:
    """The constraint that the earliest day of the honest date `name` is not after its latest; NULL passes."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{name}{EARLIEST}__lte": models.F(f"{name}{LATEST}")})
        | models.Q(**{f"{name}{EARLIEST}": None})
        | models.Q(**{f"{name}{LATEST}": None}),
        name=f"%(class)s_{name}_bounds_in_order",
    )


def in_order(start: str, end: str, message: str) -> models.CheckConstraint:
    """The constraint that the honest date `end` is not certainly before `start`; what may be in order passes."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{start}{EARLIEST}__isnull": True})
        | models.Q(**{f"{end}{LATEST}__isnull": True})
        | models.Q(**{f"{start}{EARLIEST}__lte": models.F(f"{end}{LATEST}")}),
        name=f"%(class)s_{start}_before_{end}",
        violation_error_message=message,
    )


def rebuild_dates(model) -> int:
    """Recompute the bounds of all rows of `model`, e.g. after raw fixture loading; how many rows changed."""
    names = honest_dates(model)
    if not names:
        return 0
    bounds = [name + suffix for name in names for suffix in (EARLIEST, LATEST)]
    columns = [name + NOTATION for name in names] + bounds
    changed = [row for row in model._base_manager.only("pk", *columns).iterator(2000) if _rebuild_row(row, names)]
    model._base_manager.bulk_update(changed, bounds, batch_size=200)
    return len(changed)


def _rebuild_row(row, names: list[str]) -> bool:
    """Set the bounds of one row; whether any differed."""
    differs = False
    for name in names:
        try:
            right = bounds_of(getattr(row, name + NOTATION))
        except ValueError as error:
            raise ValueError(f"{row._meta.label} {row.pk}, {name}: {error}") from error
        for suffix, day in zip((EARLIEST, LATEST), right, strict=True):
            differs |= getattr(row, name + suffix) != day
            setattr(row, name + suffix, day)
    return differs


def _as_date(value, current: HonestDate) -> HonestDate:
    """What a setter was given, as a date."""
    if value is None or isinstance(value, HonestDate):
        return value or HonestDate()
    if not isinstance(value, str):
        raise TypeError(f"An honest date is an HonestDate, a notation or None, not {type(value).__name__}.")
    return HonestDate(value, current.wording if current.notation in ("", value) else "")
