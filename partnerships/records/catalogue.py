"""Keeps the catalogue: one line per record, written again in the transaction of the change that alters it."""

from collections.abc import Iterable

from partnerships.access.models import Entry, Visibility
from partnerships.records.kinds import Kind, kind_of, kinds
from partnerships.values.text import normalise, pinyin, squeezed

BATCH = 500
BETWEEN = " ¦ "


def line_of(kind: Kind, record) -> Entry:
    """The catalogue's line for one record."""
    names = [name for name in kind.names(record) if name]
    words = BETWEEN.join(str(word) for word in kind.words(record) if word)
    return Entry(
        kind=kind.name,
        record_id=record.pk,
        title=str(record)[:400],
        second=kind.second(record)[:400],
        visibility=getattr(record, "visibility", Visibility.EVERYONE),
        names_key=BETWEEN.join(dict.fromkeys(normalise(name) for name in names)),
        words=words,
        words_key=normalise(words),
        pinyin_key=BETWEEN.join(dict.fromkeys(filter(None, (squeezed(pinyin(name)) for name in names)))),
    )


COLUMNS = ["title", "second", "visibility", "names_key", "words", "words_key", "pinyin_key"]


def write_lines(kind: Kind, ids: Iterable[int] | None = None) -> None:
    """Write the lines of these records of a kind (all where `ids` is None) and take out those of deleted ones."""
    rows = kind.model._default_manager.select_related(*kind.catalogue_joins)
    lines = Entry.objects.filter(kind=kind.name)
    if ids is not None:
        rows, lines = rows.filter(pk__in=ids), lines.filter(record_id__in=ids)
    lines.exclude(record_id__in=rows.order_by().values("pk")).delete()
    batch = []
    for record in rows.order_by("pk").iterator(BATCH):
        batch.append(line_of(kind, record))
        if len(batch) == BATCH:
            store(batch)
            batch = []
    store(batch)


def store(lines: list[Entry]) -> None:
    """Insert the lines, or bring those that are there up to date."""
    Entry.objects.bulk_create(lines, update_conflicts=True, unique_fields=["kind", "record_id"], update_fields=COLUMNS)


def refresh(changed: Iterable[tuple[str, int]]) -> None:
    """Bring the lines of changed records, and of those whose lines name them, up to date."""
    by_kind: dict[str, set[int]] = {}
    for name, record_id in changed:
        by_kind.setdefault(name, set()).add(record_id)
    alters: dict[str, set[int]] = {name: set(ids) for name, ids in by_kind.items() if kind_of(name)}
    for kind in kinds():
        for name, path in kind.depends.items():
            if name in by_kind:
                hanging = kind.model._default_manager.filter(**{f"{path}__in": by_kind[name]})
                alters.setdefault(kind.name, set()).update(hanging.order_by().values_list("pk", flat=True))
    for name, ids in alters.items():
        found = kind_of(name)
        if found and ids:
            write_lines(found, ids)


def rebuild() -> None:
    """Write the whole catalogue again, as after loading fixtures or raw SQL."""
    Entry.objects.exclude(kind__in=[kind.name for kind in kinds()]).delete()
    for kind in kinds():
        write_lines(kind)
