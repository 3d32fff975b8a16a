"""By which conditions sources, and what they say, are looked for."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from partnerships.organisations.models import Organisation
from partnerships.people.models import Person
from partnerships.records.filters import Choice, Pick, RecordFilter, TermChoice, WordsField, YesNo
from partnerships.records.kinds import kinds
from partnerships.sources.models import Basis, Rank, Source, Statement, StatementKind

LONGEST_NAME = 60
LARGEST_ID = 10**18 - 1


class SourceFilter(RecordFilter):
    """Conditions on sources."""

    spans = {"dated": ("dated_on", "Dated")}

    publisher = Pick(Organisation, "Publisher", field_name="publisher")
    speaks_for = Pick(Organisation, "Speaks for", field_name="speaks_for")
    has_text = YesNo("The full text is attached", ~Q(text_sha256=""))

    class Meta:
        model = Source
        fields: list[str] = []


class RecordKind(Choice):
    """Any of the kinds of record; read when they are asked for, since rooms declare them later."""

    def __init__(self, field_name: str, label: str):
        django_filters.MultipleChoiceFilter.__init__(
            self,
            field_name=field_name,
            choices=lambda: [(kind.name, kind.plural) for kind in kinds()],
            label=label,
            widget=forms.CheckboxSelectMultiple,
        )


class RecordNumber(django_filters.Filter):
    """The number of a record, as its page's address has it."""

    field_class = forms.IntegerField


class FieldName(django_filters.CharFilter):
    """The whole name of a field, such as `signed_on`."""

    field_class = WordsField

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        """Rows that speak of the field, in whichever case it was typed."""
        return rows.filter(field__iexact=value) if value else rows


class StatementFilter(RecordFilter):
    """Conditions on statements."""

    spans = {"happened": ("happened_on", "Date, of those that have one")}
    undated_is_possible = False  # most statements tell of nothing that has a date

    home = TermChoice("source__speaks_for", "organisation", "The source speaks for", where="is_home")
    source = Pick(Source, "Source", field_name="source")
    kind = Choice("kind", StatementKind, "Kind")
    basis = Choice("basis", Basis, "Basis")
    rank = Choice("rank", Rank, "Rank")
    record_kind = RecordKind("record_kind", "Speaks of")
    record_id = RecordNumber("record_id", label="Number of the record", min_value=1, max_value=LARGEST_ID)
    field = FieldName(label="Field", max_length=LONGEST_NAME)
    said_by = Pick(Person, "Said by", field_name="said_by")
    has_number = YesNo("It gives a number", Q(number__isnull=False))

    class Meta:
        model = Statement
        fields: list[str] = []
