"""What goes when a record goes: its own rows, records that can't be without it, and what is linked to any of them."""

from collections import defaultdict
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, router, transaction
from django.db.models import Model
from django.db.models.deletion import Collector, ProtectedError

from partnerships.access.models import Record

Ids = dict[type[Model], set[int]]


@dataclass(frozen=True)
class Removal:
    """What would go with a record, by model, and the rows that stand in the way."""

    going: Ids
    kept_by: list[Model]


def delete_record(record: Model) -> None:
    """Delete a record with all that goes with it, in one transaction; what the database refuses is refused at once.

    Raises ProtectedError where something depends on it, IntegrityError where something came to depend on it just now;
    then nothing is deleted.
    """
    with transaction.atomic():
        going = removal(record).going
        for model in linked_models():
            model._base_manager.filter(pk__in=going.get(model, ())).delete()
        record.delete()
        connection.check_constraints(table_names=[one._meta.db_table for one in dependants(going)])


def removal(record: Model) -> Removal:
    """What deleting a record would take along, and what depends on it."""
    collector = Collector(using=router.db_for_write(type(record)), origin=record)
    try:
        collector.collect([record])
    except ProtectedError as refused:
        return Removal({}, sorted(refused.protected_objects, key=lambda row: (row._meta.model_name, row.pk)))
    going: Ids = defaultdict(set)
    for model, rows in collector.data.items():
        going[model] |= {row.pk for row in rows}
    for quick in collector.fast_deletes:
        going[quick.model] |= set(quick.values_list("pk", flat=True))
    add_linked(going)
    return Removal({model: ids for model, ids in going.items() if ids}, [])


def add_linked(going: Ids) -> None:
    """Add the rows that are linked to any record that goes, such as statements and gaps, and those linked to these."""
    fresh = dict(going)
    while fresh:
        found: Ids = defaultdict(set)
        for model, ids in fresh.items():
            for linked in linked_models() if issubclass(model, Record) else ():
                rows = linked._base_manager.filter(record_kind=model._meta.model_name, record_id__in=ids)
                found[linked] |= set(rows.values_list("pk", flat=True)) - going.get(linked, set())
        fresh = {model: ids for model, ids in found.items() if ids}
        for model, ids in fresh.items():
            going[model] |= ids


def linked_models() -> list[type[Model]]:
    """The models whose rows name the record they belong to by its kind and id."""
    return [model for model in apps.get_models() if getattr(model, "scoped_by_link", False)]


def dependants(going: Ids) -> list[type[Model]]:
    """The models with a foreign key to any that goes: their tables are where a reference could be left hanging."""
    return [
        model
        for model in apps.get_models()
        if any(one.related_model in going for one in model._meta.concrete_fields if one.is_relation)
    ]
