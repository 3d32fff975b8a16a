"""The conditions of a list: a django-filter FilterSet that refuses what it does not know."""

from collections.abc import Callable

import django_filters
from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet

from partnerships.access.models import Entry
from partnerships.access.scoping import scope
from partnerships.records.kinds import kind_of
from partnerships.records.options import terms_of
from partnerships.records.picking import PickSelect
from partnerships.records.spans import Possible, SpanEnd, certainly, impossibly
from partnerships.values.models import Gap, GapState
from partnerships.values.text import clean_text, normalise

LONGEST_QUESTION = 200
UNKNOWN = "unknown"
YES_NO = (("yes", "yes"), ("no", "no"))


def once(rows: QuerySet, condition: Q) -> QuerySet:
    """The rows that meet a condition over several other rows, each of them once."""
    return rows.filter(pk__in=rows.model._default_manager.filter(condition).order_by().values("pk"))


class WordsField(forms.CharField):
    """Words to look for; control characters are refused."""

    def clean(self, value):
        """Return the cleaned text, or raise a ValidationError that says what is wrong."""
        try:
            return clean_text(super().clean(value))
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from wrong


class Words(django_filters.CharFilter):
    """Exact containment, after normalising both, in the names a record is listed by; or in all that it is found by."""

    field_class = WordsField

    def __init__(self, *, everywhere: bool = False, **more):
        label = "Words in the name, or in what is recorded" if everywhere else "Words in the name"
        self.everywhere = everywhere
        super().__init__(label=label, max_length=LONGEST_QUESTION, strip=True, **more)

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        """Rows whose catalogue line contains the words; words that normalise to nothing match nothing."""
        if not value:
            return rows
        key = normalise(value)
        holds = Q(names_key__contains=key) | (Q(words_key__contains=key) if self.everywhere else Q())
        found = Entry.objects.filter(holds, kind=rows.model._meta.model_name)
        return rows.filter(pk__in=found.values("record_id")) if key else rows.none()


class Choice(django_filters.MultipleChoiceFilter):
    """Any of some fixed choices, drawn as boxes to tick; `unknown` finds rows that have none."""

    def __init__(self, field_name: str, choices, label: str, *, unknown: str = "", method=None):
        options = list(getattr(choices, "choices", choices))
        options += [(UNKNOWN, unknown)] if unknown else []
        super().__init__(
            field_name=field_name, choices=options, label=label, widget=forms.CheckboxSelectMultiple, method=method
        )

    def filter(self, rows: QuerySet, value: list[str]) -> QuerySet:
        """Rows that have one of the values."""
        if not value:
            return rows
        condition = self.condition(rows, value)
        return once(rows, condition) if self.may_repeat(rows) else rows.filter(condition)

    def may_repeat(self, rows: QuerySet) -> bool:
        """Whether the condition reaches several rows for one, which would then be listed several times."""
        many = {one.name for one in rows.model._meta.many_to_many}
        return "__" in self.field_name or self.field_name in many

    def condition(self, rows: QuerySet, value: list[str]) -> Q:
        """One of the values, or none at all where `unknown` is among them."""
        known = [one for one in value if one != UNKNOWN]
        asked = Q(**{f"{self.field_name}__in": known})
        return asked | Q(**{self.field_name: ""}) if UNKNOWN in value else asked


class TermChoice(Choice):
    """Any of the terms of a vocabulary, by their codes; the options are read once per change of the vocabulary."""

    def __init__(self, field_name: str, model: str, label: str, *, unknown: str = "", where: str = "", method=None):
        django_filters.MultipleChoiceFilter.__init__(
            self,
            field_name=field_name,
            choices=lambda: terms_of(model, where) + ([(UNKNOWN, unknown)] if unknown else []),
            label=label,
            widget=forms.CheckboxSelectMultiple,
            method=method,
        )
        self.by = "handle" if where else "code"

    def condition(self, rows: QuerySet, value: list[str]) -> Q:
        """One of the terms, or none at all where `unknown` is among them."""
        known = [one for one in value if one != UNKNOWN]
        asked = Q(**{f"{self.field_name}__{self.by}__in": known})
        return asked | Q(**{f"{self.field_name}__isnull": True}) if UNKNOWN in value else asked


class Pick(django_filters.ModelChoiceFilter):
    """One record of another kind, found by type-ahead; one that may not be seen is no choice."""

    def __init__(self, model, label: str, *, field_name: str = "", where: Callable | None = None, method=None):
        self.where = where
        super().__init__(
            field_name=field_name or None,
            method=method,
            queryset=lambda request: scope(request.user, model.objects.all()),
            label=label,
            widget=PickSelect(model.path),
        )

    def filter(self, rows: QuerySet, value) -> QuerySet:
        """Rows that have to do with the record."""
        if value is None:
            return rows
        if self.where:
            return once(rows, self.where(value))
        return super().filter(rows, value)


class YesNo(django_filters.ChoiceFilter):
    """A claim that holds or doesn't."""

    def __init__(self, label: str, condition: Q | None = None, *, method=None):
        self.claim = condition
        super().__init__(label=label, choices=YES_NO, empty_label="either", method=method)

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        """Rows for which the claim holds, or does not."""
        if not value:
            return rows
        return rows.filter(self.claim) if value == "yes" else rows.exclude(self.claim)


class Mine(YesNo):
    """Whether the reader owns it, by the name of the foreign key to the owner."""

    def __init__(self, owner: str, label: str = "It is mine"):
        super().__init__(label)
        self.owner = owner

    def filter(self, rows: QuerySet, value: str) -> QuerySet:
        """Those of the reader, or those of others and of nobody."""
        self.claim = Q(**{self.owner: self.parent.request.user})
        return super().filter(rows, value)


def facts_of(name: str) -> list[tuple[str, str]]:
    """The fields of a kind of record that a gap may speak of, with their words."""
    kind = kind_of(name)
    return sorted({column.field: column.head for column in (*kind.columns, *kind.facts) if column.field}.items())


class NotStated(Choice):
    """Fields of which it is recorded that no source states them."""

    def __init__(self, model, **more):
        name = model._meta.model_name
        django_filters.MultipleChoiceFilter.__init__(
            self,
            field_name="pk",
            choices=lambda: facts_of(name),
            label="Not stated by any source",
            widget=forms.CheckboxSelectMultiple,
            **more,
        )

    def condition(self, rows: QuerySet, value: list[str]) -> Q:
        """Rows with such a gap in one of the fields."""
        gaps = Gap.objects.filter(
            record_kind=rows.model._meta.model_name, state=GapState.NOT_STATED.value, field__in=value
        )
        return Q(pk__in=gaps.values("record_id"))


class RecordFilter(django_filters.FilterSet):
    """Base of every list's conditions. `spans` gives `<name>_from`, `<name>_to` and `<name>_possible` for a date.

    Every list can also be asked for the records of which a source is known to leave a field open.
    """

    base_filters: dict[str, django_filters.Filter]
    spans: dict[str, tuple[str, str]] = {}
    # Whether each row has a date, so that one without any record of it may still lie in a span.
    undated_is_possible = True

    def __init__(self, data=None, *args, only=None, **more):
        """All conditions, or `only` those of these names: to build them all costs more than to ask most questions."""
        if only is not None:
            self.base_filters = {name: one for name, one in self.base_filters.items() if name in only}
        super().__init__(data, *args, **more)

    @classmethod
    def get_filters(cls):
        """The declared filters, `q` first, then what is not stated, and three for every span."""
        filters = super().get_filters()
        found = {"q": Words()} | dict(filters)
        if cls._meta.model:
            found["not_stated"] = NotStated(cls._meta.model)
        for name, (_, label) in cls.spans.items():
            found[f"{name}_from"] = SpanEnd(label=f"{label} from", required=False)
            found[f"{name}_to"] = SpanEnd(label=f"{label} to", required=False)
            found[f"{name}_possible"] = Possible(f"{label}, where the year is unknown")
        return found

    @property
    def helper(self) -> FormHelper:
        """How crispy draws the conditions: in the list's rail, without a form tag of its own."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    def get_form_class(self):
        """A form that also refuses a span that ends before it starts."""
        spans, plain = self.spans, super().get_form_class()

        class Conditions(plain):  # type: ignore[valid-type, misc]
            def clean(self):
                cleaned = super().clean()
                for name in spans:
                    start, end = cleaned.get(f"{name}_from"), cleaned.get(f"{name}_to")
                    if start and end and start.earliest > end.latest:
                        self.add_error(f"{name}_to", "The span ends before it starts. Exchange the two dates.")
                return cleaned

        return Conditions

    def filter_queryset(self, rows: QuerySet) -> QuerySet:
        """Apply every condition that is given; date spans come last."""
        for name, value in self.form.cleaned_data.items():
            rows = self.filters[name].filter(rows, value)
        self.without_spans = rows
        return self.in_spans(rows)

    def asked_spans(self) -> dict[str, tuple]:
        """The spans that were asked for: name -> (column, first day, last day, whether possible rows are shown)."""
        asked = {}
        for name, (column, _) in self.spans.items():
            start, end = (self.form.cleaned_data.get(f"{name}_{end}") for end in ("from", "to"))
            if start or end:
                shown = self.form.cleaned_data.get(f"{name}_possible") == "yes"
                asked[name] = (column, start and start.earliest, end and end.latest, shown)
        return asked

    def in_spans(self, rows: QuerySet) -> QuerySet:
        """Rows in every span: the certain ones, and the possible ones where they are asked for."""
        for column, start, end, shown in self.asked_spans().values():
            outside = self.ruled_out(column, start, end)
            rows = rows.exclude(outside) if shown else rows.filter(certainly(column, start, end))
        return rows

    def ruled_out(self, column: str, start, end) -> Q:
        """The rows that can't lie in a span."""
        outside = impossibly(column, start, end)
        if self.undated_is_possible:
            return outside
        return outside | Q(**{f"{column}_edtf": "", f"{column}_wording": ""})

    def certain_and_possible(self) -> tuple[int, int] | None:
        """How many rows are certainly in the spans, and how many more may be; None where no span was asked for."""
        asked = self.asked_spans()
        if not asked:
            return None
        certain, impossible = Q(), Q(pk__in=[])
        for column, start, end, _ in asked.values():
            certain &= certainly(column, start, end)
            impossible |= self.ruled_out(column, start, end)
        found = self.without_spans.aggregate(sure=Count("pk", filter=certain), possible=Count("pk", filter=~impossible))
        return found["sure"], found["possible"] - found["sure"]
