"""Conditions on honest dates: which of them lie in a span for certain, and which can't."""

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from partnerships.values.dates import HonestDate, parse_typed


class When(forms.CharField):
    """A date as people type it, read as the span of days that it means."""

    def clean(self, value) -> HonestDate | None:
        """Return the date with a known year, or None; a ValidationError says what is accepted."""
        text = super().clean(value)
        if not text:
            return None
        try:
            when = parse_typed(text)
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from wrong
        if when.earliest is None or when.latest is None:
            raise ValidationError("Enter a date with its year, such as 2022 or May 2024.")
        return when


class SpanEnd(django_filters.Filter):
    """One end of a span of dates; the FilterSet itself brings both ends together."""

    field_class = When

    def filter(self, rows: QuerySet, value) -> QuerySet:
        """Nothing by itself: see `RecordFilter.in_spans`."""
        return rows


class Possible(django_filters.ChoiceFilter):
    """Whether rows that may lie in the span, as their year isn't known, are shown as well."""

    def __init__(self, label: str):
        super().__init__(label=label, choices=(("yes", "certain and possible"),), empty_label="certain only")

    def filter(self, rows: QuerySet, value) -> QuerySet:
        """Nothing by itself: see `RecordFilter.in_spans`."""
        return rows


def certainly(name: str, start, end) -> Q:
    """The whole date lies in the span, as far as its bounds tell; NULL bounds never do."""
    inside = Q()
    if start:
        inside &= Q(**{f"{name}_earliest__gte": start})
    if end:
        inside &= Q(**{f"{name}_latest__lte": end})
    if not start:
        inside &= Q(**{f"{name}_earliest__isnull": False}) | Q(**{f"{name}_edtf__startswith": "../"})
    if not end:
        inside &= Q(**{f"{name}_latest__isnull": False}) | Q(**{f"{name}_edtf__endswith": "/.."})
    return inside


def impossibly(name: str, start, end) -> Q:
    """The date is known to lie outside the span."""
    outside = Q(pk__in=[])
    if start:
        outside |= Q(**{f"{name}_latest__isnull": False, f"{name}_latest__lt": start})
    if end:
        outside |= Q(**{f"{name}_earliest__isnull": False, f"{name}_earliest__gt": end})
    for month in months_outside(start, end):
        outside |= Q(**{f"{name}_edtf__startswith": f"XXXX-{month:02}"})
    return outside


def months_outside(start, end) -> list[int]:
    """The months, 1 to 12, of which no day lies in a span; none where the span is open or holds every month."""
    if not (start and end):
        return []
    first, last = start.year * 12 + start.month, end.year * 12 + end.month
    inside = {month % 12 for month in range(first, min(last, first + 11) + 1)}
    return [month for month in range(1, 13) if month % 12 not in inside]
