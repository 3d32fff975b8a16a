"""The base of every form, and the child rows that are edited on their parent's form."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import Field, Fieldset, Layout
from django import forms
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.models import ModelFormMetaclass
from django.utils.text import capfirst

from partnerships.access.colleagues import may_be_named, not_a_colleague
from partnerships.access.models import Record
from partnerships.access.roles import Role, role_of
from partnerships.access.scoping import scope
from partnerships.records.kinds import kind_of
from partnerships.records.picking import PickMany, PickSelect
from partnerships.values.columns import LineField
from partnerships.values.fields import honest_dates
from partnerships.values.forms import FieldsOnly, HonestDateFormField, HonestDatesForm, TextField
from partnerships.values.gaps import gaps_for
from partnerships.values.models import Gap, GapState
from partnerships.values.terms import Term

LARGEST_NUMBER = 2_147_483_647
LONGEST_ID = 18
WRAPPED = 300  # from this length on a line may be too long for a box of one line


class Several(forms.ModelMultipleChoiceField):
    """Several of the records on offer; what is no id that a database holds is no choice."""

    def clean(self, value):
        """Return the chosen records, or raise a ValidationError that names what is no choice."""
        for one in value or ():
            text = str(one)
            if not (text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID):
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], "invalid_choice", {"value": text[:40]}
                )
        return super().clean(value)


def form_field(column: models.Field, **more) -> forms.Field | None:
    """The form field for a column: cleaned text, type-ahead for records, plain choices for the rest."""
    if isinstance(column, models.ForeignKey) and issubclass(column.related_model, Record):
        more["widget"] = PickSelect(column.related_model.path)
        return column.formfield(**more)
    if isinstance(column, models.TextField):
        return column.formfield(widget=forms.Textarea({"rows": 3}), **more)
    if isinstance(column, models.DateField):
        return column.formfield(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **more)
    if isinstance(column, models.TimeField):
        return column.formfield(widget=forms.TimeInput({"type": "time"}, format="%H:%M"), **more)
    if isinstance(column, models.ManyToManyField) and issubclass(column.related_model, Record):
        return column.formfield(form_class=Several, widget=PickMany(column.related_model.path), **more)
    if isinstance(column, models.ManyToManyField):
        return column.formfield(form_class=Several, widget=forms.SelectMultiple({"data-pick": ""}), **more)
    if isinstance(column, models.IntegerField) and not column.choices:
        more.setdefault("max_value", LARGEST_NUMBER)  # SQLite itself sets no limit below its own
    if isinstance(column, LineField) and (column.max_length or 0) >= WRAPPED:
        more.setdefault("widget", forms.Textarea({"rows": 1, "data-line": True}))
    return worded(column.formfield(**more))


def worded(field: forms.Field | None) -> forms.Field | None:
    """The field, with words where it would offer a row of dashes for no choice."""
    words = "Choose one" if field and field.required else "None chosen"
    if isinstance(field, forms.ModelChoiceField) and field.empty_label:
        field.empty_label = words
    elif isinstance(field, forms.ChoiceField):
        field.choices = [("", words) if one == BLANK_CHOICE_DASH[0] else one for one in field.choices]  # type: ignore[misc]
    return field


class RecordFormMeta(ModelFormMetaclass):
    """Lets `Meta.fields` name honest dates, and gives every column the register's form field."""

    def __new__(mcs, name, bases, attrs):
        """Declare an entry for each honest date that `Meta.fields` names."""
        meta = attrs.get("Meta")
        if meta is not None:
            meta.fields = tuple(meta.fields)  # Django would add the parent to a list, for good and for every form
            meta.formfield_callback = staticmethod(form_field)
            for date in honest_dates(meta.model):
                if date in meta.fields and date not in attrs:
                    label = capfirst(str(vars(meta.model)[date].verbose_name))
                    attrs[date] = HonestDateFormField(label=label, required=False)
        return super().__new__(mcs, name, bases, attrs)


@dataclass(frozen=True)
class Notice:
    """A word of care that stands in a row where it `holds`; a page looks for the pattern `words` in the fields `of`."""

    of: tuple[str, ...]
    words: str
    sentence: str
    holds: Callable[[Any], bool]


class RecordForm(HonestDatesForm, metaclass=RecordFormMeta):
    """A form for a record or a child row: honest dates as one entry, related records narrowed to the user's."""

    notices: tuple[Notice, ...] = ()

    def __init__(self, *args, user=None, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)
        for name, one in self.fields.items():
            if isinstance(one, forms.ModelChoiceField) and one.queryset is not None:
                one.queryset = self.offered(name, one.queryset)
            if isinstance(one.widget, PickSelect):
                one.widget.by_name = True
                self.show_chosen(name, one.widget)
            if isinstance(one.widget, PickSelect | PickMany):
                self.offer_creation(one)
        for name in self.withheld():
            del self.fields[name]

    def withheld(self) -> list[str]:
        """Fields that this user isn't shown, and so can't change: who sees it, and what is chosen but hidden."""
        if self.user is None or role_of(self.user) >= Role.MANAGER:
            return []
        names = [name for name in self.fields if name == "visibility"]
        for name, one in self.fields.items():
            if isinstance(one.widget, PickSelect) and getattr(self.instance, f"{name}_id", None):
                chosen = getattr(self.instance, name)
                if not scope(self.user, type(chosen).objects.filter(pk=chosen.pk)).exists():
                    names.append(name)
        return names

    def _save_m2m(self):
        """Save relations to many, and keep those to records that this user may not see."""
        hidden = []
        for name, one in self.fields.items():
            if isinstance(one, forms.ModelMultipleChoiceField) and self.user is not None:
                kept = getattr(self.instance, name)
                seen = scope(self.user, kept.all()).values("pk")
                hidden.append((kept, list(kept.exclude(pk__in=seen))))
        super()._save_m2m()
        for kept, rows in hidden:
            kept.add(*rows)

    def offered(self, name: str, rows: models.QuerySet) -> models.QuerySet:
        """What may be chosen: what the user may see; of terms and accounts those in use, and what was chosen before."""
        if name in {one.name for one in self._meta.model._meta.fields}:
            chosen = getattr(self.instance, f"{name}_id", None)
            if issubclass(rows.model, Term):
                rows = rows.filter(models.Q(is_active=True) | models.Q(pk=chosen))
            elif rows.model is get_user_model():
                rows = may_be_named(chosen)
                self.fields[name].error_messages["invalid_choice"] = not_a_colleague(str(self.fields[name].label))
        return scope(self.user, rows) if self.user is not None else rows

    def offer_creation(self, field) -> None:
        """Let the type-ahead add a record that isn't there, for those who may."""
        kind = kind_of(field.queryset.model._meta.model_name)
        if kind and (address := self.adds(kind)):
            field.widget.attrs |= {"data-pick-add": address, "data-pick-noun": kind.singular}

    def adds(self, kind) -> str:
        """The address at which this user adds a record of a kind from another's form; "" for who may not."""
        return f"/{kind.path}/add/" if self.user is not None and role_of(self.user) >= kind.may_create else ""

    def entry_of(self, name: str) -> str:
        """The name of the field in which a column is entered."""
        return name

    def gives_up(self) -> bool:
        """Whether a row lets go of what only one row may have, so that another can take it."""
        return False

    def noticed(self) -> list[tuple[Notice, bool]]:
        """The sentences of care of a row, each with whether it holds."""
        return [(notice, notice.holds(self.instance)) for notice in self.notices]

    def show_chosen(self, name: str, widget: PickSelect) -> None:
        """Give the type-ahead the words of the record that is chosen already, without asking for it."""
        if getattr(self.instance, f"{name}_id", None):
            chosen = getattr(self.instance, name)
            widget.shown = {str(chosen.pk): str(chosen)}


class MainForm(RecordForm):
    """The form of a record with a page: also says of an empty field why it is empty.

    A room may say in `Meta`: `sections`, titles with names of fields; `folded`, the titles of those that stay closed
    while they are empty; `never_unknown`, optional fields of which nothing is ever unknown; `brief`, the fields that
    suffice where a record is added from another's form.
    """

    GAP_CHOICES = [("", "Not known?"), *GapState.choices]
    NO_GAP = ("visibility", "notes")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = gaps_for(self.instance._meta.model_name, [self.instance.pk]) if self.instance.pk else {}
        never = {*self.NO_GAP, *getattr(self.Meta, "never_unknown", ())}
        self.gap_names = [
            name
            for name, one in self.fields.items()
            if not one.required
            and not isinstance(one, forms.BooleanField)
            and (name not in never or (self.instance.pk, name) in known)
        ]
        for name in self.gap_names:
            self.fields[f"gap_{name}"] = forms.ChoiceField(
                choices=self.GAP_CHOICES,
                required=False,
                label=f"{self.fields[name].label}, if it is not known",
                initial=known.get((self.instance.pk, name), ""),
                widget=forms.Select({"class": "form-select", "data-gap": True}),
            )
        self.fields["change_reason"] = TextField(
            label="Why this change", required=False, max_length=300, help_text="Kept in the history; optional."
        )
        self.helper = FieldsOnly()
        self.helper.layout = self.layout()

    def sections(self) -> list[tuple[str, list[str]]]:
        """The form's sections: title and names of fields."""
        return getattr(self.Meta, "sections", [("", [name for name in self._meta.fields if name in self.fields])])

    def layout(self) -> Layout:
        """The sections that stand open, before the child rows."""
        folded = getattr(self.Meta, "folded", ())
        return Layout(
            *(
                Fieldset(title, *(Field(name) for name in names if name in self.fields), css_class="fs")
                for title, names in self.sections()
                if title not in folded
            )
        )

    def folded(self) -> list[tuple[str, list, bool]]:
        """The sections after the child rows: title, bound fields, and whether one holds a value or an error."""
        found = []
        for title, names in self.sections():
            fields = [self[name] for name in names if name in self.fields]
            if fields and title in getattr(self.Meta, "folded", ()):
                found.append((title, fields, any(self.says_something(field) for field in fields)))
        return found

    def says_something(self, field: forms.BoundField) -> bool:
        """Whether a field holds an error, or another value than that of a new record, or is known to be unknown."""
        fresh = self._meta.model._meta
        usual = fresh.get_field(field.name).get_default() if field.name in {one.name for one in fresh.fields} else None
        value = field.value()
        given = any(value) if isinstance(value, list) else str(value) not in ("", "None", "False", str(usual))
        return bool(field.errors or given or (field.name in self.gap_names and self[f"gap_{field.name}"].value()))

    def brief(self) -> list[forms.BoundField]:
        """The fields that suffice for a new record, the one that names it first."""
        told = getattr(self.Meta, "brief", None)
        if told is None:
            named = next((name for name in self._meta.fields if name in {"name", "title", "what", "wording"}), "")
            needed = [name for name, one in self.fields.items() if one.required and not self.initial.get(name)]
            told = dict.fromkeys(filter(None, [named, *needed]))
        return [self[name] for name in told]

    def given_already(self) -> list[forms.BoundField]:
        """The further fields that must be given and have a value from the start."""
        brief = {one.name for one in self.brief()}
        return [
            self[name]
            for name, one in self.fields.items()
            if one.required and name not in brief and self.initial.get(name)
        ]

    def save_gaps(self) -> list[str]:
        """Keep what is said of empty fields; a field that has a value has no gap, and a sentence says so."""
        kind, record_id = self.instance._meta.model_name, self.instance.pk
        known = gaps_for(kind, [record_id])
        told = []
        for name in self.gap_names:
            said = self.cleaned_data.get(f"gap_{name}") or ""
            value = self.cleaned_data.get(name)
            filled = bool(value.exists() if hasattr(value, "exists") else value) or value == 0
            had = known.get((record_id, name), "")
            if filled and said:
                words = GapState(said).label
                told.append(f"“{self.fields[name].label}” has a value, so that it is no longer kept as {words}.")
            if filled or not said:
                if had:
                    Gap.objects.filter(record_kind=kind, record_id=record_id, field=name).delete()
            elif said != had:
                Gap.objects.update_or_create(
                    record_kind=kind,
                    record_id=record_id,
                    field=name,
                    defaults={"state": said, "set_by_id": self.user and self.user.pk},
                )
        return told
