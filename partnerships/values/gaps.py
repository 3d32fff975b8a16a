"""Reading and closing the gaps of records."""

from collections.abc import Iterable

from django.db.models import Q

from .models import Gap, GapState

__all__ = ["GapState", "close_filled_gaps", "gaps_for", "has_value", "kind_of"]


def kind_of(record) -> str:
    """The name under which the gaps of a record, or of a model, are kept: its model's name in lower case."""
    return record._meta.model_name


def gaps_for(kind: str, ids: Iterable[int]) -> dict[tuple[int, str], str]:
    """The state of each gap of these records, by record and field; one query, none without ids."""
    ids = list(ids)
    if not ids:
        return {}
    gaps = Gap.objects.filter(record_kind=kind, record_id__in=ids).values_list("record_id", "field", "state")
    return {(record_id, field): state for record_id, field, state in gaps}


def gaps_of(records: Iterable) -> dict[tuple[str, int, str], str]:
    """The state of each gap of records of any kinds, by kind, record and field; one query."""
    by_kind: dict[str, list[int]] = {}
    for record in records:
        by_kind.setdefault(kind_of(record), []).append(record.pk)
    wanted = Q(pk__in=[])
    for kind, ids in by_kind.items():
        wanted |= Q(record_kind=kind, record_id__in=ids)
    gaps = Gap.objects.filter(wanted).values_list("record_kind", "record_id", "field", "state")
    return {(kind, record_id, field): state for kind, record_id, field, state in gaps}


def close_filled_gaps(record) -> list[str]:
    """Delete the gaps of `record` whose field now holds a value; the names of these fields.

    Relations to many are the caller's: they are left as they are.
    """
    gaps = Gap.objects.filter(record_kind=kind_of(record), record_id=record.pk)
    filled = sorted(field for field in gaps.values_list("field", flat=True) if has_value(record, field))
    if filled:
        gaps.filter(field__in=filled).delete()
    return filled


def has_value(record, field: str) -> bool:
    """Whether `field` of `record` holds a value: 0 and False are values; "", None, empty dates and sums are none."""
    columns = {column.name: column.attname for column in record._meta.concrete_fields}
    if field not in columns and not isinstance(getattr(type(record), field, None), property):
        return False
    value = getattr(record, columns.get(field, field))
    return value is not None and (isinstance(value, int | float) or str(value) != "")
