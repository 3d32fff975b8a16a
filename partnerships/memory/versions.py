"""No silent lost update: a save names the version it started from, and a stale one is refused."""

from typing import Any

from django.db.models import Model

LARGEST = 2**63 - 1


class StaleRecord(Exception):
    """The record isn't any more what the user opened; `current` is its version now, None if it is gone."""

    def __init__(self, current: int | None, opened: int | None = None) -> None:
        super().__init__(f"Opened at version {opened}, now at {current}.")
        self.current, self.opened = current, opened


class VersionMissing(StaleRecord):
    """The form didn't say which version it started from, or said it unreadably."""


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


def _integer(version: Any) -> int | None:
    """A version as forms send it: ASCII figures only, and no more than a database holds."""
    text = str(version)
    if isinstance(version, bool) or not (text.isascii() and text.isdecimal() and len(text) <= 19):
        return None
    return int(text) if 0 < int(text) <= LARGEST else None
