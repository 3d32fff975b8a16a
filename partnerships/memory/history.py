"""What happened to one record, told as a person reads it: who, when, why, and each field before and after.

A fixed number of queries: two for the changes, one for the users, one for each kind of record that fields point at.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import CharField, Max, Model, Q, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .models import Change
from .narrowing import Ids, Narrow, narrowed, references
from .showing import Shown, shown_fields
from .tracking import declared_by, models_by_kind

Titles = dict[type[Model], dict[Any, str]]
MOST_SINCE = 200  # entries that a stale save is told of


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, with its value before and after in words; empty where there was none."""

    label: str
    before: str
    after: str
    column: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class RowChange:
    """What was done to one row of the record: the record itself, or a child row of the kind `label`."""

    kind: str
    row_id: int
    label: str
    action: str
    action_label: str
    is_record: bool
    left: bool
    fields: list[FieldChange]


@dataclass(frozen=True, slots=True)
class Entry:
    """All that one request did to the record. `before_id` is where the next page of history starts."""

    at: datetime
    user: str
    user_id: int | None
    reason: str
    request_id: str
    rows: list[RowChange]
    before_id: int


def history(
    record_kind: str, record_id: int, limit: int = 20, before_id: int | None = None, seen: Narrow | None = None
) -> list[Entry]:
    """The newest `limit` entries of a record's history, before a change's id where one is given.

    `seen` narrows any queryset to what the reader may see, such as `partial(scope, user)`: child rows and titles
    outside it are not told, nor are rows that are gone and pointed at what the reader may not see. That asks up to
    two questions more for each kind of row and of title.
    """
    span = Q() if before_id is None else Q(pk__lt=before_id)
    return _entries(record_kind, record_id, limit, span, seen)


def since(record_kind: str, record_id: int, version: int, seen: Narrow | None = None) -> list[Entry]:
    """What happened to a record after the version that somebody opened, newest first, as `history` tells it."""
    known = Change.objects.filter(record_kind=record_kind, record_id=record_id, record_version__lte=version)
    last = known.aggregate(last=Max("pk"))["last"] or 0
    return _entries(record_kind, record_id, MOST_SINCE, Q(pk__gt=last), seen)


def _entries(record_kind: str, record_id: int, limit: int, span: Q, seen: Narrow | None) -> list[Entry]:
    models, groups = models_by_kind(), _groups(record_kind, record_id, limit, span)
    if seen is not None:
        groups = narrowed(groups, (record_kind, record_id), models, seen)
    changes = [change for group in groups for change in group]
    titles = _titles(references(changes, models), seen)
    users = user_names({change.user_id for change in changes if change.user_id is not None})
    return [_entry(group, record_kind, record_id, models, titles, users) for group in groups]


def _groups(kind: str, pk: int, limit: int, span: Q) -> list[list[Change]]:
    """The record's changes within a span by request, newest first; a change without a request stands alone."""
    key = Coalesce(NullIf("request_id", Value("")), Cast("pk", CharField()))
    mine = Change.objects.filter(Q(record_kind=kind, record_id=pk) | Q(left_kind=kind, left_id=pk)).annotate(key=key)
    within = mine.filter(span)
    newest = within.order_by().values("key").annotate(last=Max("pk")).order_by("-last")[:limit]
    keys = [group["key"] for group in newest]
    groups: dict[str, list[Change]] = {key: [] for key in keys}
    for change in within.filter(key__in=keys).order_by("pk") if keys else ():
        groups[change.key].append(change)
    return list(groups.values())


def _entry(group: list[Change], kind: str, pk: int, models: dict, titles: Titles, users: dict[int, str]) -> Entry:
    newest = group[-1]
    return Entry(
        at=newest.at,
        user=name_of(newest.user_id, users),
        user_id=newest.user_id,
        reason=newest.reason,
        request_id=newest.request_id,
        rows=[_row(change, kind, pk, models.get(change.kind), titles) for change in group],
        before_id=group[0].pk,
    )


def _row(change: Change, kind: str, pk: int, model: type[Model] | None, titles: Titles) -> RowChange:
    return RowChange(
        kind=change.kind,
        row_id=change.row_id,
        label=_label(model, change.kind),
        action=change.action,
        action_label=change.get_action_display(),
        is_record=(change.kind, change.row_id) == (kind, pk),
        left=(change.left_kind, change.left_id) == (kind, pk),
        fields=list(_fields(change, model, titles)),
    )


def _fields(change: Change, model: type[Model] | None, titles: Titles) -> Iterator[FieldChange]:
    before, after = change.before or {}, change.after or {}
    if model is None:
        for column in before | after:
            yield FieldChange(column, _plain(before.get(column)), _plain(after.get(column)), column)
        return
    for shown in shown_fields(model):
        was, now = before.get(shown.column), after.get(shown.column)
        if shown.column in before or shown.column in after:
            first, last = _words(shown, was, titles), _words(shown, now, titles)
            if first != last:
                yield FieldChange(shown.label, first, last, shown.column)


def _words(shown: Shown, value: Any, titles: Titles) -> str:
    if value is None:
        return ""
    if shown.related is None:
        return shown.words(value)
    return titles[shown.related].get(value) or _("(no longer there, or not shown to you)")


def _titles(wanted: Ids, seen: Narrow | None) -> Titles:
    titles: Titles = {}
    for model, ids in wanted.items():
        rows = model._base_manager.all()
        rows = rows if seen is None else seen(rows)
        titles[model] = {row.pk: str(row) for row in rows.filter(pk__in=ids)} if ids else {}
    return titles


def user_names(ids: set[int]) -> dict[int, str]:
    """The full name of each user, or the name they sign in by."""
    if not ids:
        return {}
    users = get_user_model()._base_manager.filter(pk__in=ids)
    return {user.pk: user.get_full_name() or user.get_username() for user in users}


def name_of(user_id: int | None, users: dict[int, str]) -> str:
    """Who it was; empty where nobody was signed in."""
    if user_id is None:
        return ""
    return users.get(user_id) or _("former user %(id)s") % {"id": user_id}


def _label(model: type[Model] | None, kind: str) -> str:
    """What a row is called on screen; a row of an automatic many-to-many table goes by the field's name."""
    if model is None:
        return kind
    if field := declared_by(model):
        return str(capfirst(field.verbose_name))
    return str(capfirst(model._meta.verbose_name))


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
