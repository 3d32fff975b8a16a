"""Keeps the catalogue: one line per record, written again in the transaction of the change that alters it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from partnerships.access.models import Entry, Visibility
from partnerships.records.kinds import Kind, kind_of, kinds
from partnerships.values.text import normalise, pinyin, squeezed

BATCH = 500
BETWEEN = " ¦ "
COLUMNS = ["title", "native", "second", "visibility", "names_key", "words", "words_key", "pinyin_key"]
# What other lines may repeat: only if one of these is another than before do they need to be written again.
TOLD = ("title", "names_key", "visibility")


def line_of(kind: Kind, record) -> Entry:
    """The catalogue's line for one record."""
    names = [name for name in kind.names(record) if name]
    second = kind.second(record)[:400]
    words = BETWEEN.join(str(word) for word in kind.words(record) if word)
    return Entry(
        kind=kind.name,
        record_id=record.pk,
        title=str(record)[:400],
        native=getattr(record, "native_name", ""),
        second=second,
        visibility=visibility_of(record),
        names_key=BETWEEN.join(dict.fromkeys(normalise(name) for name in names)),
        words=words,
        words_key=normalise(f"{second}{BETWEEN}{words}"),
        pinyin_key=BETWEEN.join(dict.fromkeys(filter(None, (squeezed(pinyin(name)) for name in names)))),
    )


def visibility_of(record) -> int:
    """Who sees a record: as few as see the record itself and each of those that it hangs on."""
    above = [getattr(record, name) for name in getattr(record, "scoped_by", ())]
    seen = [visibility_of(one) for one in above if one is not None]
    return max([record.visibility, getattr(record, "subject_visibility", None) or Visibility.EVERYONE, *seen])


def as_open(record, rows: Iterable, *names: str) -> list:
    """Of a record's rows, those whose related records `names` are seen by everybody who sees the record.

    Only these may lend their words to its line, which is the same for every reader.
    """
    most = visibility_of(record)
    return [row for row in rows if all(getattr(getattr(row, name), "visibility", 0) <= most for name in names)]


def hanging_on(model: Any, seen: tuple = ()) -> Iterator[tuple[str, Any]]:
    """The paths to all records that those of `model` hang on, with the model of each."""
    for name in getattr(model, "scoped_by", ()):
        related = model._meta.get_field(name).related_model
        if related not in seen:
            yield name, related
            for path, further in hanging_on(related, (*seen, model)):
                yield f"{name}__{path}", further


def rows_of(kind: Kind) -> QuerySet:
    """The records of a kind with everything that their lines tell."""
    joins = [*kind.catalogue_joins, *(path for path, _ in hanging_on(kind.model))]
    rows = kind.model._default_manager.select_related(*joins).prefetch_related(*kind.catalogue_prefetch)
    if getattr(kind.model, "scoped_by_link", False):
        subject = Entry.objects.filter(kind=OuterRef("record_kind"), record_id=OuterRef("record_id"))
        rows = rows.annotate(
            subject_visibility=Subquery(subject.values("visibility")[:1]),
            subject_title=Subquery(subject.values("title")[:1]),
        )
    return rows.order_by("pk")


def write_lines(kind: Kind, ids: Iterable[int] | None = None) -> set[int]:
    """Write the lines of these records of a kind (all where `ids` is None) and take out those of deleted ones.

    Returns the ids whose lines were there and now tell something else that other lines repeat.
    """
    rows, lines = rows_of(kind), Entry.objects.filter(kind=kind.name)
    if ids is not None:
        rows, lines = rows.filter(pk__in=ids), lines.filter(record_id__in=ids)
    before = {told[0]: told[1:] for told in lines.values_list("record_id", *TOLD)}
    after: dict[int, tuple] = {}
    batch: list[Entry] = []
    for record in rows.iterator(BATCH):
        batch.append(line_of(kind, record))
        after[record.pk] = tuple(getattr(batch[-1], name) for name in TOLD)
        if len(batch) == BATCH:
            store(batch)
            batch = []
    store(batch)
    if gone := before.keys() - after.keys():
        lines.filter(record_id__in=gone).delete()
    return {one for one, told in before.items() if told != after.get(one)}


def store(lines: list[Entry]) -> None:
    """Insert the lines, or bring those that are there up to date."""
    Entry.objects.bulk_create(lines, update_conflicts=True, unique_fields=["kind", "record_id"], update_fields=COLUMNS)


def refresh(changed: Iterable[tuple[str, int]]) -> None:
    """Bring the lines of changed records, and of those whose lines repeat something of them, up to date."""
    waiting: dict[str, set[int]] = {}
    for name, record_id in changed:
        waiting.setdefault(name, set()).add(record_id)
    written: dict[str, set[int]] = {}
    while waiting:
        name = min(waiting, key=is_linked)
        ids = waiting.pop(name)
        kind = kind_of(name)
        altered = write_lines(kind, ids) if kind else ids
        written.setdefault(name, set()).update(ids)
        for other, others in repeating(name, altered):
            if left := others - written.get(other, set()):
                waiting.setdefault(other, set()).update(left)


def is_linked(name: str) -> bool:
    """Whether the records of a kind speak of others, whose lines must be written first."""
    kind = kind_of(name)
    return bool(kind and getattr(kind.model, "scoped_by_link", False))


def repeating(name: str, ids: set[int]) -> Iterator[tuple[str, set[int]]]:
    """The records, by kind, whose lines repeat something of these records of the kind `name`."""
    if not ids:
        return
    for kind in kinds():
        told = kind.depends.get(name, ())
        paths = {*((told,) if isinstance(told, str) else told)}
        paths |= {path for path, model in hanging_on(kind.model) if model._meta.model_name == name}
        for path in sorted(paths):
            rows = kind.model._default_manager.filter(**{f"{path}__in": ids})
            yield kind.name, set(rows.order_by().values_list("pk", flat=True))
        if getattr(kind.model, "scoped_by_link", False):
            rows = kind.model._default_manager.filter(record_kind=name, record_id__in=ids)
            yield kind.name, set(rows.order_by().values_list("pk", flat=True))


def rebuild() -> int:
    """Write the whole catalogue again, as after loading fixtures or raw SQL; how many lines it has."""
    Entry.objects.exclude(kind__in=[kind.name for kind in kinds()]).delete()
    for kind in sorted(kinds(), key=lambda one: is_linked(one.name)):
        write_lines(kind)
    return Entry.objects.count()
