"""The child rows that are edited on their parent's form."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import BadRequest
from django.db import models
from django.forms import BaseInlineFormSet, inlineformset_factory

from partnerships.access.models import Record
from partnerships.access.scoping import scope
from partnerships.records.forms import RecordForm
from partnerships.records.removing import delete_record

MOST_ROWS = 200


class RemovingRows(BaseInlineFormSet):
    """Child rows of which a record of its own goes with all that hangs on it, as from its own page.

    What rows must observe together, their model says in `at_odds`: it takes the rows that stay, and gives those that
    can't stand beside the others with the field and a sentence.
    """

    def clean(self):
        """Say of each row that can't stand beside the others why, before the database refuses it."""
        valid = [form for form in self.forms if form.is_valid() and form.has_changed() | bool(form.instance.pk)]
        staying = {id(form.instance): form for form in valid if not self._should_delete_form(form)}
        at_odds = getattr(self.model, "at_odds", lambda rows: ())
        for row, field, sentence in at_odds([form.instance for form in staying.values()]):
            staying[id(row)].add_error(field, sentence)
        super().clean()

    def delete_existing(self, obj, commit=True):
        """Delete a row."""
        if commit and isinstance(obj, Record):
            delete_record(obj)
        else:
            super().delete_existing(obj, commit)


class ChildRows(RemovingRows):
    """Child rows on their parent's form, kept in the order in which they stand."""

    default_error_messages = RemovingRows.default_error_messages | {
        "missing_management_form": "The form arrived incomplete, so nothing was saved. Open it again."
    }

    def get_unique_error_message(self, unique_check):
        """What two rows have in common, by the words that stand over it."""
        fields = (self.form.base_fields[name].label.lower() for name in unique_check if name in self.form.base_fields)
        return f"{self.about.title}: two rows have the same {' and '.join(fields)}. Change one of them, or remove it."

    def get_form_error(self):
        """The same beside the later of the two."""
        return "This row repeats one above it. Change it, or remove it."

    def get_form_kwargs(self, index):
        """Hand the user on to each row."""
        return super().get_form_kwargs(index) | {"user": self.user}

    def clean(self):
        """Refuse a row that is none of this record's, in place of passing over it."""
        super().clean()
        if any(form.instance.pk is None for form in self.initial_forms):
            raise forms.ValidationError("One of these rows is none of this record's. Open the form again.")

    def unseen(self) -> int:
        """How many rows the record has that this user may not see; they stay as they are."""
        if self.instance.pk is None:
            return 0
        rows = self.model._default_manager.filter(**{self.fk.name: self.instance})
        return rows.count() - scope(self.user, rows).count()

    def save(self, commit=True):
        """Save the rows, numbered in their order; what goes or is given up goes first, so that others may have it."""
        for position, form in enumerate(self.ordered_forms, 1):
            if form.instance.order != position:
                form.instance.order = position
                form.changed_data.append("order")
        for form in self.initial_forms:
            if form in self.deleted_forms:
                self.delete_existing(form.instance)
            elif form.gives_up():
                form.save()
        return super().save(commit)


@dataclass(frozen=True)
class Rows:
    """Child rows that a record's form edits: the model, the form of a row, and how many there must be."""

    model: type[models.Model]
    form: type[RecordForm]
    title: str
    noun: str
    least: int = 0
    extra: int = 1
    hint: str = ""
    joins: tuple[str, ...] = ()
    fk: str = ""
    # The fields of a row that is asked for even where the record is added from another's form.
    brief: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        """The start of the names of its inputs."""
        return f"{self.model._meta.model_name}s"

    def formset(self, parent_model, *args, user, instance, blank=0, **kwargs):
        """The bound or empty rows for a parent; raises BadRequest for more of them than are taken at once."""
        said = args[0].get(f"{self.prefix}-TOTAL_FORMS", "") if args else ""
        if said.isascii() and said.isdecimal() and (len(said) > 9 or int(said) > MOST_ROWS):
            raise BadRequest(f"{self.title}: at most {MOST_ROWS} can be sent at once. Nothing was saved.")
        made = inlineformset_factory(
            parent_model,
            self.model,
            form=self.form,
            formset=ChildRows,
            fk_name=self.fk or parent_model._meta.model_name,
            extra=max(self.extra, blank, self.least if instance.pk is None else 0),
            min_num=0,
            can_order=True,
            can_delete=True,
            max_num=MOST_ROWS,
            validate_max=True,
            absolute_max=MOST_ROWS,
        )
        made.user = user
        rows = self.model._default_manager.select_related(*self.joins).order_by(*self.model._meta.ordering)
        formset = made(*args, instance=instance, prefix=self.prefix, queryset=scope(user, rows), **kwargs)
        formset.about = self
        formset.add_words = f"Add {'an' if self.noun[0] in 'aeiou' else 'a'} {self.noun}"
        return formset

    def filled(self, parent_model, given: list[dict], user, record):
        """Rows of a new record that stand filled; the names of chosen records are shown without being asked for.

        Each of `given` takes the fields of a row to values: plain ones, or records that `user` sees.
        """
        plain = [{name: getattr(value, "pk", value) for name, value in one.items()} for one in given]
        formset = self.formset(parent_model, user=user, instance=record, blank=len(plain), initial=plain)
        for form, one in zip(formset.forms, given, strict=False):
            for name, value in one.items():
                if isinstance(value, models.Model):
                    form.fields[name].widget.shown = {str(value.pk): str(value)}
        return formset
