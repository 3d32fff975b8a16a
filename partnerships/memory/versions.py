"""No silent lost update: a save names the version it started from, and a stale one is told what changed since."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max, Model, Q

from .models import Action, Change

LARGEST = 2**63 - 1


class StaleRecord(Exception):
    """The record isn't any more what the user opened; `current` is its version now, None if it is gone."""

    def __init__(self, current: int | None, opened: int | None = None) -> None:
        super().__init__(f"Opened at version {opened}, now at {current}.")
        self.current, self.opened = current, opened


class VersionMissing(StaleRecord):
    """The form didn't say which version it started from, or said it unreadably."""


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """What others changed: columns of the record itself, the changes of its child rows, and whether it was deleted."""

    columns: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: list[Change] = field(default_factory=list)
    deleted: bool = False


def claim(record: Model | type[Model], pk: Any, version: Any) -> None:
    """Hold a record until the transaction ends, if it is still at the `version` that the user opened.

    Raises StaleRecord with the version it has now, VersionMissing where `version` is no positive integer.
    Must be called inside a transaction.
    """
    model = record if isinstance(record, type) else type(record)
    rows = model._base_manager.select_for_update(no_key=True).order_by().filter(pk=pk)  # no joins for an order
    current = rows.values_list("version", flat=True).first()
    opened = _integer(version)
    if opened is None:
        raise VersionMissing(current)
    if current != opened:
        raise StaleRecord(current, opened)


def what_changed_since(kind: str, pk: int, version: int) -> ChangedSince:
    """What happened to a record after the version that somebody opened, in two queries.

    `columns` maps each column that differs from then to {"was", "now", "by", "at"}: its value at the opened version,
    its value now, and the user's id and the moment of its last change.
    """
    of_record = Change.objects.filter(record_kind=kind, record_id=pk)
    base = of_record.filter(record_version__lte=version).aggregate(last=Max("pk"))["last"] or 0
    newer = Change.objects.filter(Q(record_kind=kind, record_id=pk) | Q(left_kind=kind, left_id=pk), pk__gt=base)
    changes = list(newer.order_by("pk"))
    own = [change for change in changes if (change.kind, change.row_id) == (kind, pk)]
    return ChangedSince(
        columns=_columns([change for change in own if change.action == Action.CHANGED]),
        rows=[change for change in changes if (change.kind, change.row_id) != (kind, pk)],
        deleted=any(change.action == Action.DELETED for change in own),
    )


def three_way(base: ChangedSince, mine: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Those columns that both sides changed to different ends: what it was, what it is now, and what I typed.

    `mine` maps columns to the values I want to save, in the form that changes hold them (as JSON has it).
    """
    return {
        column: {**theirs, "mine": mine[column]}
        for column, theirs in base.columns.items()
        if column in mine and mine[column] not in (theirs["was"], theirs["now"])
    }


def _columns(changes: list[Change]) -> dict[str, dict[str, Any]]:
    """First `before` and last `after` of each column; one that was changed back is left out."""
    columns: dict[str, dict[str, Any]] = {}
    for change in changes:
        at: datetime = change.at
        for column, now in (change.after or {}).items():
            was = columns[column]["was"] if column in columns else (change.before or {}).get(column)
            columns[column] = {"was": was, "now": now, "by": change.user_id, "at": at}
    return {column: seen for column, seen in columns.items() if seen["was"] != seen["now"]}


def _integer(version: Any) -> int | None:
    """A version as forms send it: ASCII figures only, and no more than a database holds."""
    text = str(version)
    if isinstance(version, bool) or not (text.isascii() and text.isdecimal() and len(text) <= 19):
        return None
    return int(text) if 0 < int(text) <= LARGEST else None
