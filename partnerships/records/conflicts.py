"""A stale save: what it was, what they saved and what I typed, side by side, for the record and each of its rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db.models import QuerySet

from partnerships.access.roles import role_of
from partnerships.access.scoping import scope
from partnerships.memory.history import Entry, FieldChange, RowChange, since
from partnerships.memory.models import Action
from partnerships.memory.tracking import declared_by, models_by_kind
from partnerships.memory.versions import StaleRecord
from partnerships.records.kinds import Kind
from partnerships.values.draw import plain
from partnerships.values.fields import honest_dates

EMPTY, UNKNOWN, ELSEWHERE = "empty", "not known", "not on this form; it stays as they saved it"
SAID = {Action.CREATED: "added by them", Action.CHANGED: "changed by them", Action.DELETED: "removed by them"}


@dataclass(frozen=True)
class Difference:
    """One field in three versions."""

    label: str
    before: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Differing:
    """What differs in one row of the record, or in the record itself, which has no title."""

    title: str
    differences: list[Difference]


@dataclass(frozen=True)
class Conflict:
    """Who changed the record meanwhile, and what; `version` is the one to save over knowingly."""

    version: int | None
    by: list[str]
    at: datetime | None
    parts: list[Differing]


def conflict_of(kind: Kind, form, formsets: list, gone: dict, stale: StaleRecord) -> Conflict:
    """The three versions of every field, of the record and of its rows, that somebody changed since it was opened.

    `gone` maps the (kind, id) of rows that are no longer there to the prefix of the form that holds what was typed.
    """
    if stale.opened is None or stale.current is None or stale.opened > stale.current:
        return Conflict(stale.current, [], None, list(what_i_would_change(form, formsets)))
    entries = since(kind.name, form.instance.pk, stale.opened, seen=partial(scope, form.user), level=role_of(form.user))
    typed = {(row.instance._meta.model_name, row.instance.pk): row for rows in formsets for row in rows.forms}
    prefixes = {row.prefix: row for rows in formsets for row in rows.forms}
    typed |= {row: prefixes[prefix] for row, prefix in gone.items()}
    return Conflict(
        version=stale.current,
        by=sorted({entry.user for entry in entries} - {""}),
        at=entries[0].at if entries else None,
        parts=[part for row in folded(entries) if (part := differing(row, form, typed)).differences],
    )


def folded(entries: list[Entry]) -> list[RowChange]:
    """One change for each row, from how it was first to how it is last; what was changed back is left out."""
    rows: dict[tuple[str, int], list[RowChange]] = {}
    for entry in reversed(entries):
        for row in entry.rows:
            rows.setdefault((row.kind, row.row_id), []).append(row)
    return [one for changes in rows.values() if (one := fold(changes)) is not None]


def fold(changes: list[RowChange]) -> RowChange | None:
    """The changes of one row as one; None where a row came and went."""
    first, last = changes[0], changes[-1]
    if first.action == Action.CREATED and last.action == Action.DELETED:
        return None
    fields: dict[str, FieldChange] = {}
    for one in (one for change in changes for one in change.fields):
        before = fields[one.column].before if one.column in fields else one.before
        fields[one.column] = FieldChange(one.label, before, one.after, one.column)
    action = first.action if first.action == Action.CREATED else last.action
    kept = [one for one in fields.values() if one.before != one.after]
    return RowChange(last.kind, last.row_id, last.label, action, last.action_label, last.is_record, last.left, kept)


def differing(row: RowChange, form, typed: dict) -> Differing:
    """What differs in a row, beside what was typed for it."""
    mine = form if row.is_record else typed.get((row.kind, row.row_id))
    telling = [one for one in row.fields if row.action == Action.CHANGED or one.column != "order"]
    return Differing(
        "" if row.is_record else f"{row.label}: {SAID[Action(row.action)]}",
        [
            Difference(one.label, one.before or EMPTY, one.after or EMPTY, typed_for(row, one.column, mine, form))
            for one in telling
            if row.is_record or not points_at_parent(row, one.column, form)
        ],
    )


def points_at_parent(row: RowChange, column: str, form) -> bool:
    """Whether a column of a row only says which record it belongs to."""
    model = models_by_kind().get(row.kind)
    found = next((one for one in model._meta.concrete_fields if one.column == column), None) if model else None
    return found is not None and found.related_model is type(form.instance)


def typed_for(row: RowChange, column: str, mine, form) -> str:
    """What I typed for a column of a row, in words."""
    if mine is not None:
        return "removed" if mine_is_removed(mine) else mine_of(mine, column)
    relation = declared_by(models_by_kind()[row.kind]) if row.kind in models_by_kind() else None
    return in_words(form, relation.name) if relation is not None and relation.name in form.fields else ELSEWHERE


def mine_is_removed(form) -> bool:
    """Whether I ticked the row for removal, and it is still there to be removed."""
    return form.instance.pk is not None and bool(getattr(form, "cleaned_data", {}).get("DELETE"))


def mine_of(form, column: str) -> str:
    """What was typed for a column: the form's own value, in words."""
    for date in honest_dates(type(form.instance)):
        if column.startswith(f"{date}_"):
            column = date
    name = form.entry_of(column.removesuffix("_id") if column not in form.fields else column)
    return in_words(form, name) if name in form.fields else ELSEWHERE


def in_words(form, name: str) -> str:
    """The typed value of a field in words; what could not be read stands as it was typed."""
    value = getattr(form, "cleaned_data", {}).get(name, form[name].value())
    if isinstance(value, list | tuple | QuerySet):
        return ", ".join(str(plain(one)) for one in value) or EMPTY
    choices = dict(getattr(form.fields[name], "choices", ())) if isinstance(value, str) else {}
    return str(choices.get(value, plain(value))) if value not in (None, "") else EMPTY


def what_i_would_change(form, formsets: list) -> Iterator[Differing]:
    """Where a form doesn't say what it started from: what it would change in what is there now."""
    for title, one in [("", form), *((row.prefix, row) for rows in formsets for row in rows.initial_forms)]:
        fresh = type(one)(instance=type(one.instance)._default_manager.get(pk=one.instance.pk), user=form.user)
        differences = [
            Difference(str(one.fields[name].label), UNKNOWN, in_words(fresh, name), in_words(one, name))
            for name in one.changed_data
            if name in fresh.fields
        ]
        if differences:
            label = str(one.instance._meta.verbose_name).capitalize()
            yield Differing(f"{label}: {fresh.instance}" if title else "", differences)
