"""Related records and child rows in the workshop's forms: as many as a page can carry, without a query for each."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.contrib.auth import get_user_model

from partnerships.access.colleagues import colleagues, not_a_colleague
from partnerships.memory.versions import StaleRecord, claim
from partnerships.records.deleting import page_of
from partnerships.records.forms import LONGEST_ID
from partnerships.records.rows import RemovingRows
from partnerships.values.forms import HonestDatesForm

SHOWN_ROWS = 30


def ids_among(values) -> list[str]:
    """Those of the values that can be the id of a row."""
    texts = [str(one) for one in values or ()]
    return [one for one in texts if one.isascii() and one.isdecimal() and len(one) <= LONGEST_ID]


class OneByName(AutocompleteSelect):
    """A type-ahead that knows the words of what is chosen already, and asks for no id that can't be one."""

    shown: dict[str, str] = {}

    def optgroups(self, name, value, attr=None):
        """The empty option and the chosen one."""
        chosen = ids_among(value)
        if not chosen or chosen[0] not in self.shown:
            return super().optgroups(name, chosen, attr)
        empty = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        told = self.create_option(name, chosen[0], self.shown[chosen[0]], True, len(empty))
        return [(None, [*empty, told], 0)]


class SeveralByName(AutocompleteSelectMultiple):
    """The same for several."""

    def optgroups(self, name, value, attr=None):
        """The chosen ones."""
        return super().optgroups(name, ids_among(value), attr)


class NamingForm(HonestDatesForm):
    """A form that names nobody anew who may only read as the one who sees to something."""

    def clean(self):
        """Look at each account that was chosen now, where there need be none; who was named before may stay."""
        given = super().clean()
        for name in self.changed_data:
            chosen = self.cleaned_data.get(name)
            sees_to_it = isinstance(chosen, get_user_model()) and self._meta.model._meta.get_field(name).null
            if sees_to_it and not colleagues().filter(pk=chosen.pk).exists():
                self.add_error(name, not_a_colleague(str(self.fields[name].label)))
        return given


class RowForm(NamingForm):
    """A child row; related records that were read with it are named without being asked for again."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, one in self.fields.items():
            widget = getattr(one.widget, "widget", one.widget)
            if isinstance(widget, OneByName) and self.instance._state.fields_cache.get(name) is not None:
                chosen = getattr(self.instance, name)
                widget.shown = {str(chosen.pk): str(chosen)}


class WorkshopForm(NamingForm):
    """A form of the workshop that refuses to save over what somebody else saved meanwhile."""

    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.record = self.held()
        if self.record.pk:
            self.initial["opened"] = self.record.version

    def held(self) -> Any:
        """The record whose version counts: the one that the form is about."""
        return self.instance

    def clean(self):
        """Hold the record while it is saved, if it is still what was opened."""
        if self.record.pk:
            try:
                claim(type(self.record), self.record.pk, self.data.get("opened", ""))
            except StaleRecord as stale:
                raise forms.ValidationError(
                    "Somebody changed this record after you had opened it, so nothing was saved. "
                    "Open it again to see what it is now, and repeat your change."
                ) from stale
        return super().clean()


class RowOfRecordForm(WorkshopForm):
    """A child row on a form of its own; refused if somebody else saved its record meanwhile."""

    def held(self) -> Any:
        """The record that the row belongs to."""
        return page_of(self.instance)

    def _get_validation_exclusions(self) -> set[str]:
        """What the row may be only once within its record is judged too, though the record isn't asked for."""
        parents = self.instance.belongs_to
        return super()._get_validation_exclusions() - {*([parents] if isinstance(parents, str) else parents)}


class ShownRows(RemovingRows):
    """The first rows of a record, as many as a form can carry; the rest stands in the rows' own table."""

    is_cut = False

    def get_queryset(self):
        """The rows, read once."""
        if not hasattr(self, "rows"):
            found = list(super().get_queryset()[: SHOWN_ROWS + 1])
            self.rows, self.is_cut = found[:SHOWN_ROWS], len(found) > SHOWN_ROWS
        return self.rows
