"""What happened to one record, told as a person reads it: who, when, why, and each field before and after.

A fixed number of queries: two for the changes, one for the users, one for each kind of record that fields point at.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import CharField, Max, Model, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .models import Change
from .showing import shown_fields
from .tracking import declaring_model, models_by_kind

Ids = dict[type[Model], set]
Titles = dict[type[Model], dict[Any, str]]
Narrow = Callable[[QuerySet], QuerySet]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field, with its value before and after in words; empty where there was none."""

    label: str
    before: str
    after: str


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
    outside it are not told, nor are rows that are gone and pointed at what the reader may not see.
    """
    models, groups = models_by_kind(), _groups(record_kind, record_id, limit, before_id)
    if seen is not None:
        groups = _narrowed(groups, (record_kind, record_id), models, seen)
    changes = [change for group in groups for change in group]
    titles = _titles(_references(changes, models), seen)
    users = _user_names({change.user_id for change in changes if change.user_id is not None})
    return [_entry(group, record_kind, record_id, models, titles, users) for group in groups]


def _narrowed(groups: list[list[Change]], record: tuple[str, int], models: dict, seen: Narrow) -> list[list[Change]]:
    """The groups without the child rows that the reader may not see."""
    children = [change for group in groups for change in group if (change.kind, change.row_id) != record]
    wanted: Ids = defaultdict(set)
    for change in children:
        if change.kind in models:
            wanted[models[change.kind]].add(change.row_id)
    present = {model: set(_present(model._base_manager.all(), ids)) for model, ids in wanted.items()}
    hidden_rows = {model: ids - set(_present(seen(model._base_manager.all()), ids)) for model, ids in present.items()}
    pointed_at = _references(children, models)
    hidden = {
        model: set(_present(model._base_manager.all(), ids)) - set(_present(seen(model._base_manager.all()), ids))
        for model, ids in pointed_at.items()
    }

    def is_told(change: Change) -> bool:
        model = models.get(change.kind)
        if model is None or (change.kind, change.row_id) == record:
            return True
        if change.row_id in present[model]:
            return change.row_id not in hidden_rows[model]
        return not any(ids & hidden[of] for of, ids in _references([change], models).items())

    told = [[change for change in group if is_told(change)] for group in groups]
    return [group for group in told if group]


def _present(rows: QuerySet, ids: set) -> QuerySet:
    return rows.filter(pk__in=ids).values_list("pk", flat=True) if ids else rows.none()


def _groups(kind: str, pk: int, limit: int, before_id: int | None) -> list[list[Change]]:
    """The record's changes by request, newest first; a change without a request stands alone."""
    key = Coalesce(NullIf("request_id", Value("")), Cast("pk", CharField()))
    mine = Change.objects.filter(Q(record_kind=kind, record_id=pk) | Q(left_kind=kind, left_id=pk)).annotate(key=key)
    older = mine if before_id is None else mine.filter(pk__lt=before_id)
    newest = older.order_by().values("key").annotate(last=Max("pk")).order_by("-last")[:limit]
    keys = [group["key"] for group in newest]
    groups: dict[str, list[Change]] = {key: [] for key in keys}
    for change in older.filter(key__in=keys).order_by("pk") if keys else ():
        groups[change.key].append(change)
    return list(groups.values())


def _entry(
    group: list[Change], kind: str, pk: int, models: dict, titles: Titles, users: dict[int, str]
) -> Entry:
    newest = group[-1]
    return Entry(
        at=newest.at,
        user=_name(newest.user_id, users),
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
            yield FieldChange(column, _plain(before.get(column)), _plain(after.get(column)))
        return
    for shown in shown_fields(model):
        was, now = before.get(shown.column), after.get(shown.column)
        if shown.column in before or shown.column in after:
            words = [_words(shown, value, titles) for value in (was, now)]
            if words[0] != words[1]:
                yield FieldChange(shown.label, *words)


def _words(shown: Any, value: Any, titles: Titles) -> str:
    if value is None:
        return ""
    if shown.related is None:
        return shown.words(value)
    return titles[shown.related].get(value) or _("(no longer there, or not shown to you)")


def _references(changes: Iterable[Change], models: dict) -> Ids:
    """The ids that fields point at, by the model they point at."""
    wanted: Ids = defaultdict(set)
    for change in changes:
        for shown in shown_fields(models[change.kind]) if change.kind in models else ():
            if shown.related:
                values = {(side or {}).get(shown.column) for side in (change.before, change.after)}
                wanted[shown.related] |= values - {None}
    return wanted


def _titles(wanted: Ids, seen: Narrow | None) -> Titles:
    titles: Titles = {}
    for model, ids in wanted.items():
        rows = model._base_manager.all()
        rows = rows if seen is None else seen(rows)
        titles[model] = {row.pk: str(row) for row in rows.filter(pk__in=ids)} if ids else {}
    return titles


def _user_names(ids: set[int]) -> dict[int, str]:
    """The full name of each user, or the name they sign in by."""
    if not ids:
        return {}
    users = get_user_model()._base_manager.filter(pk__in=ids)
    return {user.pk: user.get_full_name() or user.get_username() for user in users}


def _name(user_id: int | None, users: dict[int, str]) -> str:
    """Who it was; empty where nobody was signed in."""
    if user_id is None:
        return ""
    return users.get(user_id) or _("former user %(id)s") % {"id": user_id}


def _label(model: type[Model] | None, kind: str) -> str:
    """What a row is called on screen; a row of an automatic many-to-many table goes by the field's name."""
    if model is None:
        return kind
    if source := declaring_model(model):
        field = next(field for field in source._meta.local_many_to_many if field.remote_field.through is model)
        return str(capfirst(field.verbose_name))
    return str(capfirst(model._meta.verbose_name))


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
