"""A stale save: what I typed, what they saved and what it was before, side by side."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model

from partnerships.access.scoping import scope
from partnerships.memory.versions import StaleRecord, what_changed_since
from partnerships.records.kinds import Kind
from partnerships.values.draw import plain
from partnerships.values.fields import honest_dates


@dataclass(frozen=True)
class Difference:
    """One field in three versions."""

    label: str
    before: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Conflict:
    """Who changed the record meanwhile, and what; `version` is the one to save over knowingly."""

    version: int | None
    by: list[str]
    at: datetime | None
    differences: list[Difference]
    rows: list[str]


def conflict_of(kind: Kind, form, stale: StaleRecord) -> Conflict:
    """The three versions of every field that somebody changed since the form was opened."""
    if stale.opened is None:
        return Conflict(stale.current, [], None, [], [])
    changed = what_changed_since(kind.name, form.instance.pk, stale.opened)
    users = {one["by"] for one in changed.columns.values()} | {row.user_id for row in changed.rows}
    names = get_user_model().objects.filter(pk__in=users - {None}).values_list("username", flat=True)
    moments = [one["at"] for one in changed.columns.values()] + [row.at for row in changed.rows]
    return Conflict(
        version=stale.current,
        by=list(names),
        at=max(moments, default=None),
        differences=[
            Difference(
                label_of(kind, column),
                in_words(kind, column, one["was"], form.user),
                in_words(kind, column, one["now"], form.user),
                mine_of(form, column),
            )
            for column, one in changed.columns.items()
        ],
        rows=[f"{row.kind} {row.get_action_display()}" for row in changed.rows],
    )


def column_of(kind: Kind, column: str):
    """The model's field behind a database column, or None."""
    return next((one for one in kind.model._meta.concrete_fields if one.column == column), None)


def label_of(kind: Kind, column: str) -> str:
    """What a column is called on the form."""
    found = column_of(kind, column)
    return str(found.verbose_name).capitalize() if found else column


def in_words(kind: Kind, column: str, value, user) -> str:
    """A remembered value as this person may read it."""
    found = column_of(kind, column)
    if value in (None, ""):
        return "empty"
    if found is not None and found.related_model:
        row = scope(user, found.related_model._default_manager.all()).filter(pk=value).first()
        return str(row) if row else str(value)
    if found is not None and found.choices:
        return str(dict(found.flatchoices).get(value, value))
    return str(value)


def mine_of(form, column: str) -> str:
    """What was typed for a column: the form's own value, in words."""
    for date in honest_dates(type(form.instance)):
        if column.startswith(f"{date}_"):
            column = date
    name = column.removesuffix("_id") if column not in form.fields else column
    if name not in form.fields:
        return "not on this form"
    value = form.cleaned_data.get(name, form[name].value()) if hasattr(form, "cleaned_data") else form[name].value()
    return str(plain(value)) if value not in (None, "") else "empty"
