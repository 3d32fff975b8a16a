"""What of a record's history its reader may be told."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, QuerySet

from .models import Action, Change
from .showing import shown_fields

Ids = dict[type[Model], set]
Narrow = Callable[[QuerySet], QuerySet]
Record = tuple[str, int]


def references(changes: Iterable[Change], models: dict[str, type[Model]]) -> Ids:
    """The ids that the fields of changed rows point at, by the model they point at."""
    wanted: Ids = defaultdict(set)
    for change in changes:
        for shown in shown_fields(models[change.kind]) if change.kind in models else ():
            if shown.related:
                values = {(side or {}).get(shown.column) for side in (change.before, change.after)}
                wanted[shown.related] |= values - {None}
    return wanted


def narrowed(
    groups: list[list[Change]], record: Record, models: dict[str, type[Model]], seen: Narrow, level: int
) -> list[list[Change]]:
    """The groups without changes of child rows that the reader may not see, and without groups left empty.

    A row that is gone is judged by who saw it (up to the reader's `level`) and what it pointed at when it went; one
    whose end isn't known is not told.
    """
    children = {row for group in groups for change in group if (row := _row(change)) != record}
    told = {record} | {row for row in children if row[0] not in models} | _told(children, record, models, seen, level)
    kept = [[change for change in group if _row(change) in told] for group in groups]
    return [group for group in kept if group]


def _told(
    children: set[Record], record: Record, models: dict[str, type[Model]], seen: Narrow, level: int
) -> set[Record]:
    ids: dict[str, set] = defaultdict(set)
    for kind, pk in children:
        if kind in models:
            ids[kind].add(pk)
    present = {(kind, pk) for kind in ids for pk in _pks(models[kind]._base_manager.all(), ids[kind])}
    visible = {(kind, pk) for kind in ids for pk in _pks(seen(models[kind]._base_manager.all()), ids[kind])}
    return visible | _gone_and_told(children - present, record, models, seen, level)


def _gone_and_told(
    gone: set[Record], record: Record, models: dict[str, type[Model]], seen: Narrow, level: int
) -> set[Record]:
    """Of the rows that are gone, those that the reader saw, that pointed at nothing hidden and at no row untold."""
    if not gone:
        return set()
    kind, pk = record
    ends = Change.objects.filter(record_kind=kind, record_id=pk, action=Action.DELETED, before__isnull=False)
    last = [end for end in ends.filter(row_id__in={pk for _, pk in gone}) if _row(end) in gone]
    hidden = {
        model: set(_pks(model._base_manager.all(), ids)) - set(_pks(seen(model._base_manager.all()), ids))
        for model, ids in references(last, models).items()
    }
    told = {
        _row(end)
        for end in last
        if (end.before or {}).get("visibility", 0) <= level
        and not any(ids & hidden[model] for model, ids in references([end], models).items())
    }
    untold = gone - told
    return {
        _row(end)
        for end in last
        if _row(end) in told
        and not any(
            (str(model._meta.model_name), one) in untold
            for model, ids in references([end], models).items()
            for one in ids
        )
    }


def _row(change: Change) -> Record:
    return change.kind, change.row_id


def _pks(rows: QuerySet, ids: set[Any]) -> QuerySet:
    return rows.filter(pk__in=ids).values_list("pk", flat=True) if ids else rows.none().values_list("pk", flat=True)
